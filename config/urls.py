"""Every address of the site; each app names its own."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from config.settings.apps import PROJECT_APPS, built
from config.views import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("operate/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    *(
        path("", include(f"{name}.urls"))
        for name in PROJECT_APPS
        if built(f"{name}/urls.py") or built(f"{name}/urls/__init__.py")
    ),
]
