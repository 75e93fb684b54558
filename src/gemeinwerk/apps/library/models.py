"""Tables of the library: schemas and code lists of a town, packages shared by all."""

from __future__ import annotations

from django.db import models

from gemeinwerk.apps.municipalities.walls import WalledById


class Package(models.Model):
    """Leistungspaket: a published version, content-addressed, shared by all towns (S06)."""

    id = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=80)
    version = models.CharField(max_length=20)
    content_hash = models.CharField(max_length=64, unique=True)
    document = models.JSONField()
    added_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="package_version")]


class StoredSchema(WalledById):
    """Datenschema: a FIM schema as a town loaded it, frozen."""

    fim_id = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    standard = models.CharField(max_length=10)
    name = models.CharField(max_length=400)
    content_hash = models.CharField(max_length=64)
    document = models.JSONField()
    findings = models.JSONField(default=list)
    source_name = models.CharField(max_length=200)
    loaded_at = models.DateTimeField()
    loaded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "fim_id", "version", "content_hash"], name="schema_once"
            )
        ]


class StoredCodeList(WalledById):
    """Codeliste: genericode as a town loaded it."""

    uri = models.CharField(max_length=300)
    version = models.CharField(max_length=40)
    content_hash = models.CharField(max_length=64)
    document = models.JSONField()
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "uri", "version"], name="code_list_version"
            )
        ]


class BlockUse(WalledById):
    """Baustein in einem Schema: a group or field of a loaded schema; made from it, kept in step.

    `words` are the texts that are searched, `places` the paths in the schema.
    """

    schema = models.ForeignKey(
        StoredSchema,
        on_delete=models.CASCADE,
        db_constraint=False,
        db_index=False,
        related_name="block_uses",
    )
    fim_id = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    kind = models.CharField(max_length=5)  # "group" or "field"
    name = models.CharField(max_length=400)
    words = models.TextField()
    places = models.JSONField()
    legal_basis = models.JSONField()
    content = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "schema", "fim_id", "version"], name="block_use_once"
            )
        ]
        indexes = [models.Index(fields=["municipality", "fim_id"], name="block_use_block")]


class PaperImport(WalledById):
    """Papierformular: a list of questions on its way to a form; `document` holds the decisions.

    `schema` is what the decisions were last made into, `drafted` how often.
    """

    number = models.PositiveIntegerField()  # part of the FIM numbers in range 99
    title = models.CharField(max_length=200)
    source_name = models.CharField(max_length=200)
    document = models.JSONField()  # core.paper.Questionnaire
    schema = models.ForeignKey(
        StoredSchema,
        null=True,
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    drafted = models.PositiveIntegerField(default=0)
    loaded_at = models.DateTimeField()
    loaded_by = models.CharField(max_length=160)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "number"], name="paper_import_number")
        ]

    def __str__(self) -> str:
        return self.title
