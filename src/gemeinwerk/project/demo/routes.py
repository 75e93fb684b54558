"""Routes of the demonstration, below "demo"."""

from django.urls import path

from gemeinwerk.project.demo import views
from gemeinwerk.web.ui import gallery

urlpatterns = [
    path("demo", views.choose, name="demo.choose"),
    path("demo/werden", views.become, name="demo.become"),
    path("demo/post", views.mails, name="demo.mails"),
    path("demo/bausteine", gallery.gallery, name="demo.gallery"),
]
