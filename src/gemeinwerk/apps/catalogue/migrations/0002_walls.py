"""Builds the walls and grants of this room's tables."""

from django.db import migrations

from gemeinwerk.apps.municipalities.walls import wall


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial"), ("municipalities", "0002_walls")]
    operations = [
        wall("catalogue_offer", references=(("unit_id", "municipalities_unit"),)),
        wall("catalogue_offerversion", references=(("offer_id", "catalogue_offer"),)),
    ]
