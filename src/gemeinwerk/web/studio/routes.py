"""Routes of the studio, below "werkstatt/"."""

from django.urls import path

from gemeinwerk.web.studio.views import (
    blocks,
    home,
    lists,
    papers,
    preview,
    rules,
    schemas,
    services,
    values,
)

urlpatterns = [
    path("", home.home, name="studio.home"),
    path("bausteine", blocks.shelf, name="studio.blocks"),
    path("bausteine/<str:number>", blocks.block, name="studio.block"),
    path("papier", papers.upload, name="studio.papers"),
    path("papier/<uuid:paper_id>", papers.overview, name="studio.paper"),
    path("papier/<uuid:paper_id>/frage/<int:number>", papers.question, name="studio.question"),
    path("papier/<uuid:paper_id>/frage/<int:number>/spaeter", papers.reopen, name="studio.reopen"),
    path("papier/<uuid:paper_id>/vorschlaege", papers.accept, name="studio.accept_proposals"),
    path("papier/<uuid:paper_id>/entwurf", papers.draft, name="studio.paper_draft"),
    path("schema/laden", schemas.upload, name="studio.upload"),
    path("schema/<uuid:schema_id>", schemas.report, name="studio.schema"),
    path("schema/<uuid:schema_id>/qualitaet", schemas.quality, name="studio.quality"),
    path("schema/<uuid:schema_id>/entwurf", schemas.begin, name="studio.begin"),
    path("schema/<uuid:schema_id>/vorschau", preview.of_schema_start, name="studio.preview_start"),
    path(
        "schema/<uuid:schema_id>/vorschau/<str:page_id>",
        preview.of_schema,
        name="studio.preview",
    ),
    path("paket/<str:key>/uebernehmen", services.take_up, name="studio.take_up"),
    path("leistung/<str:key>", services.service, name="studio.service"),
    path("leistung/<str:key>/veroeffentlichen", services.publish, name="studio.publish"),
    path("leistung/<str:key>/einstellen", services.retire, name="studio.retire"),
    path("leistung/<str:key>/vorschau", preview.of_service_start, name="studio.service_preview"),
    path(
        "leistung/<str:key>/vorschau/<str:page_id>",
        preview.of_service,
        name="studio.service_preview_page",
    ),
    path("leistung/<str:key>/codelisten", lists.lists, name="studio.lists"),
    path("leistung/<str:key>/regeln", rules.rules, name="studio.rules"),
    path("leistung/<str:key>/regeln/uebernehmen", rules.confirm_clear, name="studio.rules_confirm"),
    path("leistung/<str:key>/regeln/<str:rule_id>/<str:place>", rules.rule, name="studio.rule"),
    path("leistung/<str:key>/werte", values.overview, name="studio.values"),
    path("leistung/<str:key>/werte/<str:name>", values.value, name="studio.value"),
]
