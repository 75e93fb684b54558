"""Builds the walls and grants of this room's tables."""

from django.db import migrations

from gemeinwerk.apps.municipalities.walls import wall


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        wall("audit_entry", web="SELECT, INSERT", worker="SELECT, INSERT"),
        wall(
            "audit_link",
            references=(("entry_id", "audit_entry"),),
            web="SELECT",
            worker="SELECT, INSERT",
        ),
    ]
