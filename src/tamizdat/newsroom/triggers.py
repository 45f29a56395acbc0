"""Let the database itself refuse to rewrite the ledger, and tell who waits for it.

Models refuse too, with a clearer message; this holds for raw SQL and other programs.
Only PostgreSQL has to be asked to tell: SQLite counts its commits for whoever looks.
"""

from collections.abc import Iterable

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

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

# The one change of the ledger: words that a newer release took back are emptied.
_ERASES = """
NEW.id = OLD.id AND NEW.article_id = OLD.article_id AND NEW.number = OLD.number
AND NEW.kind = OLD.kind AND NEW.time = OLD.time AND NEW.actor_id {same} OLD.actor_id
AND NEW.content = '{{}}' AND NEW.erased IS NOT NULL AND NEW.salt <> OLD.salt
AND NEW.note IN ('', OLD.note) AND EXISTS (
  SELECT 1 FROM newsroom_release r WHERE r.article_id = OLD.article_id
  AND r.number > OLD.number AND r.kind IN ('redaction', 'withdrawal'))
"""
_ERASURE_SQLITE = f"""
CREATE TRIGGER newsroom_release_no_update BEFORE UPDATE ON newsroom_release
WHEN NOT ({_ERASES.format(same="IS")})
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END
"""
_ERASURE_FUNCTION = f"""
CREATE FUNCTION newsroom_release_erase() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN IF {_ERASES.format(same="IS NOT DISTINCT FROM")} THEN RETURN NEW; END IF;
RAISE EXCEPTION 'the ledger is append-only'; END $$
"""
_ERASURE_POSTGRESQL = """
CREATE TRIGGER newsroom_release_no_update BEFORE UPDATE ON newsroom_release
FOR EACH ROW EXECUTE FUNCTION newsroom_release_erase()
"""

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


def erasure(vendor: str) -> list[str]:
    """List the statements that let what a newer release took back be emptied.

    On SQLite for a table made anew, which has no trigger: its columns changed.
    """
    if vendor == "postgresql":
        return [
            "DROP TRIGGER newsroom_release_no_update ON newsroom_release",
            _ERASURE_FUNCTION,
            _ERASURE_POSTGRESQL,
        ]
    return [_ERASURE_SQLITE, _SQLITE.format(verb="delete")]


def no_erasure(vendor: str) -> list[str]:
    """List the statements that undo `erasure`, where the table stays as it is."""
    if vendor == "postgresql":
        return [
            "DROP FUNCTION newsroom_release_erase() CASCADE",
            _POSTGRESQL.format(verb="update"),
        ]
    return []


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


def put_aside(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take every trigger down while a migration makes tables anew, whoever set it.

    Only SQLite makes a table anew to change a column: it finds a trigger broken that
    names the table, and drops those that stand on it. `put_back` comes last.
    """
    if editor.connection.vendor != "sqlite":
        return
    editor.execute(
        "CREATE TEMPORARY TABLE triggers_aside AS "
        "SELECT sql FROM sqlite_master WHERE type = 'trigger'"
    )
    with editor.connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        names = [name for (name,) in cursor.fetchall()]
    for name in names:
        editor.execute(f"DROP TRIGGER {editor.quote_name(name)}")


def put_back(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Set the triggers again that `put_aside` took down."""
    if editor.connection.vendor != "sqlite":
        return
    with editor.connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM temp.triggers_aside")
        statements = [statement for (statement,) in cursor.fetchall()]
    for statement in statements:
        editor.execute(statement, params=None)
    editor.execute("DROP TABLE temp.triggers_aside")
