"""Every address of the site; each app names its own."""

from importlib.util import find_spec

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import URLPattern, URLResolver, include, path

from accounts.language import choose as choose_language
from config.settings.apps import HOUSE
from config.views import healthz

# Operators sign in like everybody else, second factor included.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

# Accounts are kept by the domain, and secrets of a second factor are nobody's to look at.
for model in (Group, EmailAddress, Authenticator, UserSession):
    if admin.site.is_registered(model):
        admin.site.unregister(model)

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("operate/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("i18n/setlang/", choose_language, name="set_language"),
    *(
        path("", include(f"{name}.urls"))
        for name in HOUSE
        if find_spec(f"{name}.urls")  # core and audit show nothing of their own
    ),
]
