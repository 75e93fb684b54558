"""Routes of the bare address, where no town is known."""

from django.urls import path

from gemeinwerk.web.steering import health
from gemeinwerk.web.ui import brand, start, static_files

urlpatterns = [
    path("", start.start, name="start"),
    path("gesundheit", health.health, name="steering.health"),
    path("metriken", health.metrics, name="steering.metrics"),
    path("marke.css", brand.brand_stylesheet, name="ui.brand"),
    path("static/<str:version>/<path:name>", static_files.serve, name="ui.static"),
]
handler404 = "gemeinwerk.web.ui.middleware.errors.handler404"
handler400 = "gemeinwerk.web.ui.middleware.errors.handler400"
handler500 = "gemeinwerk.web.ui.middleware.errors.handler500"
