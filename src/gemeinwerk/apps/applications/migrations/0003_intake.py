"""Adds what machines sent in, once per Idempotency-Key, behind its wall."""

import django.db.models.deletion
from django.db import migrations, models

import gemeinwerk.apps.municipalities.tenancy
import gemeinwerk.core.kernel.ids
from gemeinwerk.apps.municipalities.walls import wall


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0002_walls"),
        ("identity", "0003_api_key"),
        ("municipalities", "0002_walls"),
    ]

    operations = [
        migrations.CreateModel(
            name="Intake",
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
                ("once_hash", models.BinaryField(max_length=32)),
                ("body_hash", models.BinaryField(max_length=32)),
                ("dossier", models.UUIDField()),
                ("sealed_receipt", models.BinaryField(default=b"")),
                ("received_at", models.DateTimeField()),
                (
                    "api_key",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="identity.apikey",
                    ),
                ),
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
                        fields=("municipality", "api_key", "once_hash"), name="intake_once"
                    )
                ],
            },
        ),
        wall("applications_intake", references=(("api_key_id", "identity_apikey"),)),
    ]
