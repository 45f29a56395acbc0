"""Let the database itself refuse to rewrite the ledger, whoever asks.

Models refuse too, with a clearer message; this holds for raw SQL and other programs.
"""

_SQLITE = """
CREATE TRIGGER newsroom_release_no_{verb} BEFORE {verb} ON newsroom_release
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END
"""
_POSTGRESQL_FUNCTION = """
CREATE FUNCTION newsroom_release_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$
"""
_POSTGRESQL = """
CREATE TRIGGER newsroom_release_no_{verb} BEFORE {verb} ON newsroom_release
FOR EACH ROW EXECUTE FUNCTION newsroom_release_refuse()
"""
VERBS = ("update", "delete")


def creation(vendor: str) -> list[str]:
    """List the statements that set the triggers up. `vendor`: as Django names it."""
    if vendor == "postgresql":
        return [_POSTGRESQL_FUNCTION, *(_POSTGRESQL.format(verb=v) for v in VERBS)]
    return [_SQLITE.format(verb=verb) for verb in VERBS]


def removal(vendor: str) -> list[str]:
    """List the statements that take the triggers down."""
    if vendor == "postgresql":
        return ["DROP FUNCTION newsroom_release_refuse() CASCADE"]
    return [f"DROP TRIGGER newsroom_release_no_{verb}" for verb in VERBS]
