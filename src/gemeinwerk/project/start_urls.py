"""Routes of the bare address, where no town is known."""

from django.urls import path

from gemeinwerk.project.demo import views
from gemeinwerk.web.ui import brand, static_files

urlpatterns = [
    path("", views.start, name="start"),
    path("marke.css", brand.brand_stylesheet, name="ui.brand"),
    path("static/<str:version>/<path:name>", static_files.serve, name="ui.static"),
]
handler404 = "gemeinwerk.web.ui.middleware.errors.handler404"
handler400 = "gemeinwerk.web.ui.middleware.errors.handler400"
handler500 = "gemeinwerk.web.ui.middleware.errors.handler500"
