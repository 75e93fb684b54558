"""Builds the walls and grants of this room's tables."""

from django.db import migrations

from gemeinwerk.apps.municipalities.walls import share, wall


class Migration(migrations.Migration):
    dependencies = [("outbox", "0001_initial")]
    operations = [
        wall("outbox_job", web="SELECT, INSERT, UPDATE"),
        share(
            "outbox_ticket", web="SELECT, INSERT, UPDATE", worker="SELECT, INSERT, UPDATE, DELETE"
        ),
    ]
