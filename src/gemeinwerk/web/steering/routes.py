"""Routes of steering, below "leitung/"."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
