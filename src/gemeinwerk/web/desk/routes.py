"""Routes of the desk, below "amt/"."""

from django.urls import URLPattern, path

from gemeinwerk.web.desk.views import asking, case, deciding, files, inbox, printing

_CASE = "vorgang/<uuid:case_id>"

urlpatterns: list[URLPattern] = [
    path("", inbox.inbox, name="desk.inbox"),
    path("suche", inbox.search, name="desk.search"),
    path("druck", printing.queue, name="desk.print_queue"),
    path("druck/<uuid:job_id>/brief", printing.letter, name="desk.letter"),
    path("druck/<uuid:job_id>/gedruckt", printing.printed, name="desk.printed"),
    path(_CASE, case.show, name="desk.case"),
    path(f"{_CASE}/uebernehmen", case.claim, name="desk.claim"),
    path(f"{_CASE}/zurueckgeben", case.release, name="desk.release"),
    path(f"{_CASE}/zuteilen", case.assign, name="desk.assign"),
    path(f"{_CASE}/vermerk", case.note, name="desk.note"),
    path(f"{_CASE}/nachricht", case.message, name="desk.message"),
    path(f"{_CASE}/anwesend", case.stay, name="desk.stay"),
    path(f"{_CASE}/datei/<uuid:file_id>", files.show, name="desk.file"),
    path(f"{_CASE}/unterlagen", asking.documents, name="desk.ask"),
    path(f"{_CASE}/anhoerung", asking.hearing, name="desk.hearing"),
    path(
        f"{_CASE}/anforderung/<uuid:request_id>/zuruecknehmen",
        case.withdraw,
        name="desk.withdraw_request",
    ),
    path(f"{_CASE}/entscheiden", deciding.decide, name="desk.decide"),
    path(f"{_CASE}/entscheiden/vorschau", deciding.preview, name="desk.preview"),
    path(f"{_CASE}/entscheiden/erlassen", deciding.propose, name="desk.propose"),
    path(f"{_CASE}/entscheiden/bestaetigen", deciding.confirm, name="desk.confirm"),
    path(f"{_CASE}/entscheiden/zurueck", deciding.send_back, name="desk.send_back"),
]
