"""Adds API keys of partners, behind their wall."""

import django.db.models.deletion
from django.db import migrations, models

import gemeinwerk.apps.municipalities.tenancy
import gemeinwerk.core.kernel.ids
from gemeinwerk.apps.municipalities.walls import wall


class Migration(migrations.Migration):
    dependencies = [("identity", "0002_walls"), ("municipalities", "0002_walls")]

    operations = [
        migrations.CreateModel(
            name="ApiKey",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gemeinwerk.core.kernel.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("hint", models.CharField(max_length=12)),
                ("key_hash", models.BinaryField(max_length=32)),
                ("services", models.JSONField(default=list)),
                ("added_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "municipality",
                    models.ForeignKey(
                        db_index=False,
                        default=gemeinwerk.apps.municipalities.tenancy.current_id,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="municipalities.municipality",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("municipality", "key_hash"), name="api_key_by_hash"
                    )
                ],
            },
        ),
        wall(
            "identity_apikey",
            web="SELECT, INSERT, UPDATE",
            worker="SELECT, INSERT, UPDATE",
        ),
    ]
