"""Tables of municipalities: tenants, units, staff and dated parameters."""

from __future__ import annotations

from django.db import models

from gemeinwerk.apps.municipalities.walls import WalledById


class Municipality(models.Model):
    """Kommune: the tenant. Public facts only; no wall (reviewed list)."""

    id = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=12, unique=True)  # ARS, 12 digits
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)  # "Stadt", "Gemeinde", ...
    state = models.CharField(max_length=2)  # "BW" .. "TH"
    population = models.PositiveIntegerField()
    brand = models.JSONField(default=dict)  # colour, crest (name of a shipped SVG), claim, picture
    contact = models.JSONField(default=dict)  # street, postcode, city, phone, email, hours, ...
    legal = models.JSONField(default=dict)  # imprint, privacy officer, remedy: authority, court
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Unit(WalledById):
    """Organisationseinheit: an office or team that works on cases."""

    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["municipality", "name"], name="unit_by_name")]

    def __str__(self) -> str:
        return self.name


class StaffMember(WalledById):
    """Mitarbeiterin oder Mitarbeiter: works for one municipality in one or more units."""

    name = models.CharField(max_length=160)
    email = models.EmailField()
    roles = models.JSONField(default=list)  # core.access roles
    units = models.ManyToManyField(Unit, through="Membership", related_name="members")
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "email"], name="staff_once_by_email")
        ]

    def __str__(self) -> str:
        return self.name


class Membership(WalledById):
    """Zugehörigkeit: who works in which unit."""

    staff = models.ForeignKey(
        StaffMember, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, db_constraint=False, db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "staff", "unit"], name="membership_once"
            )
        ]


class Parameter(WalledById):
    """Örtlicher Wert: a dated value that a town sets for a service (fee, zones, text)."""

    service_key = models.CharField(max_length=80)
    name = models.CharField(max_length=80)
    value = models.JSONField()
    valid_from = models.DateField()
    norm = models.CharField(max_length=300, blank=True)
    set_by = models.CharField(max_length=160, blank=True)
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "service_key", "name", "valid_from"],
                name="parameter_once_by_day",
            )
        ]
