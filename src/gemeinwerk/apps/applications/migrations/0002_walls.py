"""Builds the walls and grants of this room's tables."""

from django.db import migrations

from gemeinwerk.apps.municipalities.walls import wall


class Migration(migrations.Migration):
    dependencies = [("applications", "0001_initial"), ("catalogue", "0002_walls")]
    operations = [
        wall("applications_draft", references=(("offer_version_id", "catalogue_offerversion"),)),
        wall(
            "applications_submission", references=(("offer_version_id", "catalogue_offerversion"),)
        ),
        wall("applications_evidence"),
        wall("applications_foundby"),
    ]
