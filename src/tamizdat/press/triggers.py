"""Let the database list what waits to be printed, whoever appends to the ledger.

Looking for releases without an edition would read the whole ledger at every turn. All
that is asked of the list stands in it, so that no planner goes through the ledger.
"""

_WAIT = """
INSERT INTO press_waiting (release_id, article_id, service, time)
SELECT NEW.id, NEW.article_id, s.service_id, NEW.time
FROM newsroom_article a
JOIN newsroom_servicepage s ON s.page_ptr_id = a.service_id
WHERE a.id = NEW.article_id;
"""
_SQLITE = f"""
CREATE TRIGGER press_waiting AFTER INSERT ON newsroom_release BEGIN {_WAIT} END
"""
_POSTGRESQL_FUNCTION = f"""
CREATE FUNCTION press_wait() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN {_WAIT} RETURN NULL; END $$
"""
_POSTGRESQL = """
CREATE TRIGGER press_waiting AFTER INSERT ON newsroom_release
FOR EACH ROW EXECUTE FUNCTION press_wait()
"""

# By keys alone: a trigger that names other tables breaks when these are made anew.
RENEWING = {
    "newsroom_arrangement": ("front_id", "service_id", "NEW.number IS NOT NULL"),
    "newsroom_breaking": ("article_id", "article_id", "TRUE"),
}
_RENEW = "INSERT INTO press_renewal ({column}) VALUES (NEW.{key})"
_RENEW_SQLITE = f"""
CREATE TRIGGER press_renewal_{{table}} AFTER INSERT ON {{table}} WHEN {{when}}
BEGIN {_RENEW}; END
"""
_RENEW_POSTGRESQL_FUNCTION = f"""
CREATE FUNCTION press_renew_{{table}}() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN {_RENEW}; RETURN NULL; END $$
"""
_RENEW_POSTGRESQL = """
CREATE TRIGGER press_renewal_{table} AFTER INSERT ON {table}
FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION press_renew_{table}()
"""


def renewing(vendor: str) -> list[str]:
    """List the statements that have renewals listed. `vendor`: as Django names it."""
    forms = [_RENEW_SQLITE]
    if vendor == "postgresql":
        forms = [_RENEW_POSTGRESQL_FUNCTION, _RENEW_POSTGRESQL]
    return [
        form.format(table=table, column=column, key=key, when=when)
        for table, (column, key, when) in RENEWING.items()
        for form in forms
    ]


def renewing_no_more(vendor: str) -> list[str]:
    """List the statements that undo `renewing`."""
    if vendor == "postgresql":
        return [f"DROP FUNCTION press_renew_{table}() CASCADE" for table in RENEWING]
    return [f"DROP TRIGGER press_renewal_{table}" for table in RENEWING]


def creation(vendor: str) -> list[str]:
    """List the statements that set the trigger up. `vendor`: as Django names it."""
    if vendor == "postgresql":
        return [_POSTGRESQL_FUNCTION, _POSTGRESQL]
    return [_SQLITE]


def removal(vendor: str) -> list[str]:
    """List the statements that take the trigger down."""
    if vendor == "postgresql":
        return ["DROP FUNCTION press_wait() CASCADE"]
    return ["DROP TRIGGER press_waiting"]
