"""Builds the walls and grants of this room's tables."""

from django.db import migrations

from gemeinwerk.apps.municipalities.walls import wall


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]
    operations = [
        wall("documents_storedfile"),
    ]
