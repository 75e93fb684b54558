"""Adds the index of blocks: groups and fields of the loaded schemas, behind the wall."""

import django.db.models.deletion
from django.db import migrations, models

import gemeinwerk.apps.municipalities.tenancy
import gemeinwerk.core.kernel.ids
from gemeinwerk.apps.municipalities.walls import wall


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0002_walls"),
        ("municipalities", "0002_walls"),
    ]

    operations = [
        migrations.CreateModel(
            name="BlockUse",
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
                ("fim_id", models.CharField(max_length=60)),
                ("version", models.CharField(max_length=20)),
                ("kind", models.CharField(max_length=5)),
                ("name", models.CharField(max_length=400)),
                ("words", models.TextField()),
                ("places", models.JSONField()),
                ("legal_basis", models.JSONField()),
                ("content", models.JSONField()),
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="block_uses",
                        to="library.storedschema",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["municipality", "fim_id"], name="block_use_block")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("municipality", "schema", "fim_id", "version"),
                        name="block_use_once",
                    )
                ],
            },
        ),
        wall("library_blockuse", references=(("schema_id", "library_storedschema"),)),
    ]
