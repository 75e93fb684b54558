"""Registers this room with Django."""

from django.apps import AppConfig


class Room(AppConfig):
    name = "gemeinwerk.apps.library"
    label = "library"
