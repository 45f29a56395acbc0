"""Agency copy, feeds and saved pages in: bytes become wire items.

In the order the bytes travel:

    commands   reads the files named on the command line, prints the items
    parsers    finds the family of the bytes and hands them to its parser
    decode     bytes -> text, with how the encoding was found, by one set of rules
               for all families; copy_evidence weighs guesses by letters;
               doubled: what was encoded twice
    markup     text -> tree -> passages, hardened against whoever wrote it
    draft      what a parser found -> item, by the rules of all families
    agencies   names of news agencies as pages print them; loads nothing else
    language   text -> language and direction, by evidence
    items      what a parser yields; receipt: how it came to that
    errors     everything that can be wrong with a file
"""
