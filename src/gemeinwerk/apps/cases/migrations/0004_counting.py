"""Lets the database count the shelves itself: exact, whoever writes, at a constant price."""

from django.db import migrations

from gemeinwerk.apps.municipalities.walls import wall

_OPEN = (
    "one.state IN ('received', 'in_progress', 'awaiting_applicant', 'hearing', 'awaiting_second')"
)
# A case adds one to each number it stands in; an update adds only what differs.
_ADD = """
    INSERT INTO cases_tally (id, municipality_id, unit_id, service_key, kind, key, count)
    SELECT gen_random_uuid(), one.municipality_id, one.unit_id, one.service_key,
           mark.kind, mark.key, sum(one.step)
    FROM (<rows>) AS one
    CROSS JOIN LATERAL (VALUES
        ('state', one.state, true),
        ('fresh', '', <open> AND (one.unread OR one.changed)),
        ('holder', one.assignee_id::text, <open> AND one.assignee_id IS NOT NULL),
        ('due', to_char(one.due_on, 'YYYY-MM-DD'), <open>)
    ) AS mark (kind, key, counts)
    WHERE mark.counts
    GROUP BY one.municipality_id, one.unit_id, one.service_key, mark.kind, mark.key
    HAVING sum(one.step) <> 0;
""".replace("<open>", _OPEN)


def _rows(table: str, step: int) -> str:
    return (
        (
            "SELECT municipality_id, unit_id, service_key, state, unread, changed, assignee_id,"
            " due_on, <step> AS step FROM <table>"
        )
        .replace("<step>", str(step))
        .replace("<table>", table)
    )


_BY_EVENT = {
    "insert": ("NEW TABLE AS come", _rows("come", 1)),
    "delete": ("OLD TABLE AS gone", _rows("gone", -1)),
    "update": (
        "OLD TABLE AS gone NEW TABLE AS come",
        f"{_rows('come', 1)} UNION ALL {_rows('gone', -1)}",
    ),
}


def _trigger(event: str) -> migrations.RunSQL:
    tables, rows = _BY_EVENT[event]
    name = f"cases_tally_{event}"
    return migrations.RunSQL(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql"
        f" SET search_path = public, pg_temp AS"
        f" $$ BEGIN {_ADD.replace('<rows>', rows)} RETURN NULL; END $$;"
        f" CREATE TRIGGER {name} AFTER {event.upper()} ON cases_case REFERENCING {tables}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {name}()",
        f"DROP TRIGGER {name} ON cases_case; DROP FUNCTION {name}()",
    )


# Cases that are there already are counted town by town, for the walls hold for the owner, too.
_COUNT_WHAT_IS_THERE = """
DO $$ DECLARE town record; BEGIN
    FOR town IN SELECT id FROM municipalities_municipality LOOP
        EXECUTE format('SET LOCAL gemeinwerk.municipality = %L', town.id);
        <add>
    END LOOP;
    SET LOCAL gemeinwerk.municipality = '';
END $$
""".replace("<add>", _ADD.replace("<rows>", _rows("cases_case", 1)))


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_shelves")]
    operations = [
        wall("cases_tally", web="SELECT, INSERT", worker="SELECT, INSERT, DELETE"),
        migrations.RunSQL(_COUNT_WHAT_IS_THERE, migrations.RunSQL.noop),
        *(_trigger(event) for event in _BY_EVENT),
    ]
