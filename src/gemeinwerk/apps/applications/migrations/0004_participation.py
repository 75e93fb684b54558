"""Adds the people who fill in a part of a draft, behind their wall."""

import django.db.models.deletion
from django.db import migrations, models

import gemeinwerk.apps.municipalities.tenancy
import gemeinwerk.core.kernel.ids
from gemeinwerk.apps.municipalities.walls import wall


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0003_intake"),
        ("municipalities", "0002_walls"),
    ]

    operations = [
        migrations.CreateModel(
            name="Participation",
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
                ("dossier", models.UUIDField()),
                ("role", models.CharField(max_length=40)),
                ("state", models.CharField(default="invited", max_length=12)),
                ("sealed_content", models.BinaryField()),
                ("access_code_hash", models.BinaryField(null=True)),
                ("language", models.CharField(default="de", max_length=2)),
                ("invited_at", models.DateTimeField()),
                ("due_on", models.DateField()),
                ("opened_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("reminded_at", models.DateTimeField(null=True)),
                ("overdue_at", models.DateTimeField(null=True)),
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
                "indexes": [
                    models.Index(
                        fields=["municipality", "dossier"], name="participation_by_dossier"
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ["invited", "opened"])),
                        fields=["municipality", "due_on"],
                        name="participation_due",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["invited", "opened", "done"])),
                        fields=("municipality", "dossier", "role"),
                        name="participation_once",
                    )
                ],
            },
        ),
        wall("applications_participation"),
    ]
