"""Let the database itself refuse to rewrite the ledger, and tell who waits for it.

Models refuse too, with a clearer message; this holds for raw SQL and other programs.
Only PostgreSQL has to be asked to tell: SQLite counts its commits for whoever looks.
"""

from collections.abc import Iterable

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
_TRUNCATE = """
CREATE TRIGGER newsroom_release_no_truncate BEFORE TRUNCATE ON newsroom_release
FOR EACH STATEMENT EXECUTE FUNCTION newsroom_release_refuse()
"""
VERBS = ("update", "delete")

CHANNEL = "tamizdat_newsroom"
# At commit, once a transaction, without a word about what changed: whoever listens
# asks the tables, and cannot be told less or more than they hold.
_WAKE_FUNCTION = f"""
CREATE FUNCTION newsroom_wake() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN NOTIFY {CHANNEL}; RETURN NULL; END $$
"""
_WAKE = """
CREATE TRIGGER newsroom_wake AFTER INSERT OR UPDATE OR DELETE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION newsroom_wake()
"""
# What an edition shows of a newsroom, and what is set to be published at its hour.
WAKING = (
    "newsroom_release",
    "newsroom_servicepage",
    "newsroom_section",
    "wagtailcore_revision",
)


def waking_of(vendor: str, tables: Iterable[str]) -> list[str]:
    """List the statements that let the database tell of some more tables."""
    if vendor == "postgresql":
        return [_WAKE.format(table=table) for table in tables]
    return []


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


def waking(vendor: str) -> list[str]:
    """List the statements that guard against TRUNCATE and let the database tell."""
    if vendor == "postgresql":
        return [_TRUNCATE, _WAKE_FUNCTION, *(_WAKE.format(table=t) for t in WAKING)]
    return []


def silence(vendor: str) -> list[str]:
    """List the statements that undo `waking`."""
    if vendor == "postgresql":
        return [
            "DROP TRIGGER newsroom_release_no_truncate ON newsroom_release",
            "DROP FUNCTION newsroom_wake() CASCADE",
        ]
    return []
