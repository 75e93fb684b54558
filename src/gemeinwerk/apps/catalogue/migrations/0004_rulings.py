"""Adds what authors decide about the rules of a schema to the drafts of services."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0003_service_draft")]

    operations = [
        migrations.AddField(
            model_name="servicedraft",
            name="rulings",
            field=models.JSONField(default=list),
        )
    ]
