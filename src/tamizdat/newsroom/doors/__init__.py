"""The doors of the editors' site: who gets in, for how long, and how somebody leaves.

Source: docs/decisions/0046-doors.md.
"""
