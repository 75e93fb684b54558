"""Builds the walls and grants of this room's tables."""

from django.db import migrations

from gemeinwerk.apps.municipalities.walls import share, wall


class Migration(migrations.Migration):
    dependencies = [("library", "0001_initial")]
    operations = [
        wall("library_storedschema"),
        wall("library_storedcodelist"),
        share("library_package", web="SELECT", worker="SELECT"),
    ]
