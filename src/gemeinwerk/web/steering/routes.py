"""Routes of steering, below "leitung/"."""

from django.urls import path

from gemeinwerk.web.steering import alarms, archive, keys, people, record, recoveries, units

urlpatterns = [
    path("", alarms.alarms, name="steering.alarms"),
    path("auftrag/<uuid:job_id>/wiederholen", alarms.retry, name="steering.retry"),
    path("recht/bestaetigen", alarms.confirm_law, name="steering.confirm_law"),
    path("zahlen", alarms.figures, name="steering.figures"),
    path("protokoll", record.record, name="steering.audit"),
    path("personal", people.people, name="steering.people"),
    path("personal/neu", people.add, name="steering.add_person"),
    path("personal/<uuid:staff_id>", people.change, name="steering.person"),
    path("personal/<uuid:staff_id>/ausgeschieden", people.leave, name="steering.person_leaves"),
    path("personal/<uuid:staff_id>/zugang", people.reset, name="steering.reset_access"),
    path("stellen", units.units, name="steering.units"),
    path("stellen/<uuid:unit_id>", units.change, name="steering.unit"),
    path("stellen/<uuid:unit_id>/schliessen", units.close, name="steering.close_unit"),
    path("schluessel", keys.keys, name="steering.keys"),
    path("schluessel/<uuid:key_id>/beenden", keys.revoke, name="steering.revoke_key"),
    path("archiv", archive.offers, name="steering.archive"),
    path("archiv/<uuid:offer_id>/antwort", archive.answer, name="steering.archive_answer"),
    path("archiv/<uuid:offer_id>/paket", archive.package, name="steering.archive_package"),
    path("archiv/<uuid:offer_id>/uebergeben", archive.handed_over, name="steering.handed_over"),
    path("wiederherstellung", recoveries.waiting, name="steering.recoveries"),
    path(
        "wiederherstellung/<uuid:recovery_id>/freigeben",
        recoveries.release,
        name="steering.release_recovery",
    ),
]
