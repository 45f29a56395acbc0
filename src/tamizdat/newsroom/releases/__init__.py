"""What becomes of a release around the ledger: held, followed, erased, compared.

Source: docs/decisions/0033-held-erased-followed.md.
"""
