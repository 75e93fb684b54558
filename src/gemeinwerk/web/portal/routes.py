"""Routes of the portal."""

from django.urls import path

from gemeinwerk.web.portal.views import (
    application,
    check,
    evidence,
    home,
    keep,
    paper,
    parts,
    persons,
    status,
    town,
)
from gemeinwerk.web.portal.views.doors import own
from gemeinwerk.web.portal.views.parts import own_part
from gemeinwerk.web.ui import leave

urlpatterns = [
    path("", home.home, name="portal.home"),
    path("suche", home.search, name="portal.search"),
    path("lebenslage/<slug:key>", home.life_situation, name="portal.life_situation"),
    path("leistung/<slug:slug>", home.service, name="portal.service"),
    path("leistung/<slug:slug>/beginnen", application.start, name="portal.start"),
    path("leistung/<slug:slug>/papierformular.pdf", paper.empty, name="portal.paper"),
    path("antrag/<uuid:draft_id>", own(application.overview), name="portal.overview"),
    path(
        "antrag/<uuid:draft_id>/seite/<str:page_id>",
        own(application.page, again=application.page_again),
        name="portal.page",
    ),
    path("antrag/<uuid:draft_id>/nachweise", own(evidence.evidence), name="portal.evidence"),
    path(
        "antrag/<uuid:draft_id>/nachweise/<str:key>/hochladen",
        own(evidence.upload),
        name="portal.upload",
    ),
    path(
        "antrag/<uuid:draft_id>/nachweise/<str:key>/spaeter",
        own(evidence.follows),
        name="portal.follows",
    ),
    path(
        "antrag/<uuid:draft_id>/datei/<uuid:file_id>/entfernen",
        own(evidence.remove),
        name="portal.remove_file",
    ),
    path("antrag/<uuid:draft_id>/pruefen", own(check.check), name="portal.check"),
    path("antrag/<uuid:draft_id>/absenden", own(check.submit), name="portal.submit"),
    path(
        "antrag/<uuid:draft_id>/papierformular.pdf", own(paper.filled), name="portal.filled_paper"
    ),
    path("antrag/<uuid:draft_id>/person/<str:role>", own(persons.person), name="portal.person"),
    path(
        "antrag/<uuid:draft_id>/person/<str:role>/erinnern",
        own(persons.remind),
        name="portal.person_remind",
    ),
    path(
        "antrag/<uuid:draft_id>/person/<str:role>/zugangscode",
        own(persons.new_code),
        name="portal.person_code",
    ),
    path("antrag/<uuid:draft_id>/merken", own(keep.keep), name="portal.keep"),
    path("antrag/<uuid:draft_id>/verwerfen", own(keep.discard), name="portal.discard"),
    path("weiter/<uuid:dossier_id>", keep.resume, name="portal.resume"),
    path("mitmachen/<uuid:part_id>", parts.join, name="portal.join"),
    path("teil/<uuid:part_id>", own_part(parts.part), name="portal.part"),
    path(
        "teil/<uuid:part_id>/seite/<str:page_id>",
        own_part(parts.part_page),
        name="portal.part_page",
    ),
    path("teil/<uuid:part_id>/pruefen", own_part(parts.part_check), name="portal.part_check"),
    path(
        "teil/<uuid:part_id>/abschliessen", own_part(parts.part_finish), name="portal.part_finish"
    ),
    path("teil/<uuid:part_id>/aendern", own_part(parts.part_reopen), name="portal.part_reopen"),
    path("teil/<uuid:part_id>/ablehnen", own_part(parts.part_decline), name="portal.part_decline"),
    path("teil/<uuid:part_id>/kopie.pdf", own_part(parts.part_copy), name="portal.part_copy"),
    path("vorgang/<uuid:dossier_id>", own(status.status), name="portal.status"),
    path("vorgang/<uuid:dossier_id>/eingang", own(status.receipt), name="portal.receipt"),
    path(
        "vorgang/<uuid:dossier_id>/zugangscode", own(status.access_code), name="portal.access_code"
    ),
    path("vorgang/<uuid:dossier_id>/kopie.pdf", own(status.copy), name="portal.copy"),
    path("vorgang/<uuid:dossier_id>/fristen.ics", own(status.calendar), name="portal.calendar"),
    path("vorgang/<uuid:dossier_id>/datei/<uuid:file_id>", own(status.file), name="portal.file"),
    path("vorgang/<uuid:dossier_id>/nachreichen", own(status.hand_in), name="portal.hand_in"),
    path("vorgang/<uuid:dossier_id>/nachricht", own(status.write), name="portal.write"),
    path("vorgang/<uuid:dossier_id>/bescheid", own(status.retrieve), name="portal.retrieve"),
    path("beenden", leave.leave, name="portal.leave"),
    path("beendet", leave.left, name="portal.left"),
    path("impressum", town.imprint, name="portal.imprint"),
    path("datenschutz", town.privacy, name="portal.privacy"),
    path("barrierefreiheit", town.accessibility, name="portal.accessibility"),
    path("barriere-melden", town.report_barrier, name="portal.report_barrier"),
]
