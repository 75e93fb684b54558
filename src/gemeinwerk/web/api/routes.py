"""Routes of the interface for machines, version 1."""

from django.urls import path

from gemeinwerk.web.api import intake, services

urlpatterns = [
    path("v1/services", services.services, name="api.services"),
    path("v1/services/<slug:slug>/schema.json", services.schema, name="api.schema"),
    path("v1/services/<slug:slug>/schema.xsd", services.message_schema, name="api.message_schema"),
    path("v1/services/<slug:slug>/openapi.json", services.description, name="api.description"),
    path("v1/services/<slug:slug>/applications", intake.submit, name="api.submit"),
]
