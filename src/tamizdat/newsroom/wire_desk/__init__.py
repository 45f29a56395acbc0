"""The wire desk: copy that came in, and the stories that are begun from it.

keeping    wire items -> rows: known, superseding, like others, alarming
likeness   finds what says nearly the same; pure
alerts     what agencies said of copy that articles used
taking     an item -> the draft of an article, with what of it was used
drafts     an item -> what stands in that draft
retention  what goes, what stays, and reading the bytes again
pictures   a picture of a letter -> the pictures of a service
inbox      what a desk is shown, by filters; views, hooks: how

Nothing here records a release.

Source: docs/decisions/0047-the-wire-desk.md.
"""
