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
