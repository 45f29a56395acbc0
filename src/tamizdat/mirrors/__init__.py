"""Editions out: deliver them to hosts nobody trusts, read back, verify, say so."""
