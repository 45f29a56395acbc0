"""Turn what a parser found into a wire item, by rules that hold for every family.

draft      what a parser fills; passages: the parts of a body
text, dates, calendar      spelling, dates for machines, days of datelines
spoken     languages of passages, kept with their letters
foreign    words of other languages in texts that hold none
plain      running text -> passages: teletype, mail, one long paragraph
desk       what never reaches a reader; habits: the words of agencies, as data
heading, lead, dateline, people, ending, contributors, credit    the parts of a story
embargo    when words say that copy may not be used yet
status, subjects, subject_codes, tongue   codes and tags
finish     all of it in order: draft -> item
"""
