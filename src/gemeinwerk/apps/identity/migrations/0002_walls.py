"""Builds the walls and grants of this room's tables."""

from django.db import migrations

from gemeinwerk.apps.municipalities.walls import wall


class Migration(migrations.Migration):
    dependencies = [("identity", "0001_initial"), ("municipalities", "0002_walls")]
    operations = [
        wall("identity_credential", references=(("staff_id", "municipalities_staffmember"),)),
        wall("identity_passkey", references=(("staff_id", "municipalities_staffmember"),)),
        wall("identity_session", references=(("staff_id", "municipalities_staffmember"),)),
        wall(
            "identity_recovery",
            references=(
                ("staff_id", "municipalities_staffmember"),
                ("released_by_id", "municipalities_staffmember"),
            ),
        ),
        wall("identity_attempt"),
    ]
