"""Builds the walls and grants of this room's tables."""

from django.db import migrations

from gemeinwerk.apps.municipalities.walls import wall


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0001_initial"),
        ("catalogue", "0002_walls"),
        ("municipalities", "0002_walls"),
    ]
    operations = [
        wall(
            "cases_case",
            references=(
                ("offer_version_id", "catalogue_offerversion"),
                ("unit_id", "municipalities_unit"),
            ),
        ),
        wall(
            "cases_note",
            references=(("case_id", "cases_case"), ("written_by_id", "municipalities_staffmember")),
        ),
        wall("cases_request", references=(("case_id", "cases_case"),)),
        wall(
            "cases_presence",
            references=(("case_id", "cases_case"), ("staff_id", "municipalities_staffmember")),
        ),
    ]
