"""Bring in what a newsroom published elsewhere: thousands of stories, as releases.

commands   `tamizdat wire import`
sources    folders, archives and exports -> candidates: bytes, address, pictures
stories    a wire item -> a story document
pictures   pictures of a candidate -> pictures of the newsroom
bringing   candidates -> articles with their ledgers, each once
originals  the bytes, kept so that a better parser can read them again

Source: docs/decisions/0045-archives-come-in-as-releases.md.
"""
