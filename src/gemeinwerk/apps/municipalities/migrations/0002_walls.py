"""Builds the walls and grants of this room's tables."""

from django.db import migrations

from gemeinwerk.apps.municipalities.walls import share, wall


class Migration(migrations.Migration):
    dependencies = [("municipalities", "0001_initial")]
    operations = [
        wall("municipalities_unit"),
        wall("municipalities_staffmember"),
        wall(
            "municipalities_membership",
            references=(
                ("staff_id", "municipalities_staffmember"),
                ("unit_id", "municipalities_unit"),
            ),
        ),
        wall("municipalities_parameter"),
        share("municipalities_municipality", web="SELECT", worker="SELECT"),
    ]
