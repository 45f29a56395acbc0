"""The press board: what is on its way, what stopped, and where every mirror stands.

reading    what the page shows, from the rows the rooms keep
ways       how far each release has come, step by step
charts     where marks and bars stand; pure
views      the page, and the part of it that is asked for again

Source: docs/decisions/0053-the-press-board.md.
"""
