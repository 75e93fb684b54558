"""Builds the walls and grants of this room's tables."""

from django.db import migrations

from gemeinwerk.apps.municipalities.walls import wall


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial"), ("documents", "0002_walls")]
    operations = [
        wall("notices_decision", references=(("file_id", "documents_storedfile"),)),
        wall("notices_delivery", references=(("decision_id", "notices_decision"),)),
        wall("notices_printjob", references=(("file_id", "documents_storedfile"),)),
    ]
