"""Gives each shelf of the inbox its index, and makes the table that counts them."""

import django.db.models.deletion
from django.db import migrations, models

import gemeinwerk.apps.municipalities.tenancy
import gemeinwerk.core.kernel.ids


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_walls"),
        ("catalogue", "0002_walls"),
        ("municipalities", "0002_walls"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tally",
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
                ("unit_id", models.UUIDField()),
                ("service_key", models.CharField(max_length=80)),
                ("kind", models.CharField(max_length=8)),
                ("key", models.CharField(max_length=40)),
                ("count", models.IntegerField()),
            ],
        ),
        migrations.RemoveIndex(
            model_name="case",
            name="case_inbox",
        ),
        migrations.RemoveIndex(
            model_name="case",
            name="case_mine",
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["municipality", "unit", "state", "due_on", "id"],
                include=("service_key",),
                name="case_inbox",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(
                    (
                        "state__in",
                        (
                            "awaiting_applicant",
                            "awaiting_second",
                            "hearing",
                            "in_progress",
                            "received",
                        ),
                    )
                ),
                fields=["municipality", "unit", "due_on", "id"],
                include=("service_key",),
                name="case_open",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(
                    (
                        "state__in",
                        (
                            "awaiting_applicant",
                            "awaiting_second",
                            "hearing",
                            "in_progress",
                            "received",
                        ),
                    ),
                    models.Q(("unread", True), ("changed", True), _connector="OR"),
                ),
                fields=["municipality", "unit", "due_on", "id"],
                include=("service_key",),
                name="case_fresh",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(
                    ("state__in", ("closed", "decided", "transferred", "withdrawn"))
                ),
                fields=["municipality", "unit", "due_on", "id"],
                include=("service_key",),
                name="case_done",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(
                    (
                        "state__in",
                        (
                            "awaiting_applicant",
                            "awaiting_second",
                            "hearing",
                            "in_progress",
                            "received",
                        ),
                    )
                ),
                fields=["municipality", "assignee", "due_on", "id"],
                include=("unit", "service_key"),
                name="case_mine",
            ),
        ),
        migrations.AddIndex(
            model_name="tally",
            index=models.Index(fields=["municipality", "unit_id", "kind"], name="tally_by_unit"),
        ),
    ]
