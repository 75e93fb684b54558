"""Routes of steering, below "leitung/"."""

from django.urls import path

from gemeinwerk.web.steering import alarms, people, record, recoveries, units

urlpatterns = [
    path("", alarms.alarms, name="steering.alarms"),
    path("auftrag/<uuid:job_id>/wiederholen", alarms.retry, name="steering.retry"),
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
    path("wiederherstellung", recoveries.waiting, name="steering.recoveries"),
    path(
        "wiederherstellung/<uuid:recovery_id>/freigeben",
        recoveries.release,
        name="steering.release_recovery",
    ),
]
