"""Measure what Tamizdat costs beside its peers, in the same run on the same words.

Prints ratios; nothing here fails because a machine is slow. `python -m bench --help`.
"""
