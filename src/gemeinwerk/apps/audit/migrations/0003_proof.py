"""Adds how far the chain of each town was proven, and the wall of that table."""

import django.db.models.deletion
from django.db import migrations, models

import gemeinwerk.apps.municipalities.tenancy
import gemeinwerk.core.kernel
from gemeinwerk.apps.municipalities.walls import wall


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_walls"), ("municipalities", "0002_walls")]
    operations = [
        migrations.CreateModel(
            name="Proof",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gemeinwerk.core.kernel.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("position", models.BigIntegerField()),
                ("hash", models.BinaryField(max_length=32)),
                ("proven_at", models.DateTimeField()),
                ("whole_at", models.DateTimeField()),
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
        ),
        migrations.AddConstraint(
            model_name="proof",
            constraint=models.UniqueConstraint(fields=("municipality",), name="proof_per_town"),
        ),
        wall("audit_proof", web="SELECT", worker="SELECT, INSERT, UPDATE"),
    ]
