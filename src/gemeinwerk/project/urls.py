"""Routes of a town: portal, desk, studio, steering, and in demo mode the role chooser."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from gemeinwerk.web.api import routes as api
from gemeinwerk.web.desk import routes as desk
from gemeinwerk.web.desk.sign_in import routes as sign_in
from gemeinwerk.web.portal import routes as portal
from gemeinwerk.web.steering import health
from gemeinwerk.web.steering import routes as steering
from gemeinwerk.web.studio import routes as studio
from gemeinwerk.web.ui import brand, preferences, security_txt, static_files

urlpatterns: list[URLPattern | URLResolver] = [
    path("gesundheit", health.health, name="steering.town_health"),
    path(".well-known/security.txt", security_txt.security_txt, name="ui.security_txt"),
    path("marke.css", brand.brand_stylesheet, name="ui.brand"),
    path("static/<str:version>/<path:name>", static_files.serve, name="ui.static"),
    path("sprache/<str:code>", preferences.choose_language, name="ui.language"),
    path("darstellung/<str:name>", preferences.choose_theme, name="ui.theme"),
    path("api/", include(api.urlpatterns)),
    path("amt/", include(sign_in.urlpatterns)),
    path("amt/", include(desk.urlpatterns)),
    path("werkstatt/", include(studio.urlpatterns)),
    path("leitung/", include(steering.urlpatterns)),
    path("", include(portal.urlpatterns)),
]
if settings.ENVIRONMENT.mode != "production":
    from gemeinwerk.project.demo import routes as demo

    urlpatterns += demo.urlpatterns
handler404 = "gemeinwerk.web.ui.middleware.errors.handler404"
handler400 = "gemeinwerk.web.ui.middleware.errors.handler400"
handler500 = "gemeinwerk.web.ui.middleware.errors.handler500"
