"""Adds forms on paper on their way to a form, behind the wall."""

import django.db.models.deletion
from django.db import migrations, models

import gemeinwerk.apps.municipalities.tenancy
import gemeinwerk.core.kernel.ids
from gemeinwerk.apps.municipalities.walls import wall


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0003_blockuse"),
        ("municipalities", "0002_walls"),
    ]

    operations = [
        migrations.CreateModel(
            name="PaperImport",
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
                ("number", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=200)),
                ("source_name", models.CharField(max_length=200)),
                ("document", models.JSONField()),
                ("drafted", models.PositiveIntegerField(default=0)),
                ("loaded_at", models.DateTimeField()),
                ("loaded_by", models.CharField(max_length=160)),
                ("changed_at", models.DateTimeField()),
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
                (
                    "schema",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="library.storedschema",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("municipality", "number"), name="paper_import_number"
                    )
                ],
            },
        ),
        wall("library_paperimport", references=(("schema_id", "library_storedschema"),)),
    ]
