"""Routes of the staff pages under test, without the rest of the house."""

from django.urls import include, path

from gemeinwerk.web.desk.sign_in import routes as sign_in
from gemeinwerk.web.steering import routes as steering

urlpatterns = [path("amt/", include(sign_in)), path("leitung/", include(steering))]
handler404 = "gemeinwerk.web.ui.middleware.errors.handler404"
handler500 = "gemeinwerk.web.ui.middleware.errors.handler500"
