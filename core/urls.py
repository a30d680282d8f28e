"""Addresses of what belongs to no app in particular."""

from django.urls import path

from core.design import page, themes

app_name = "core"

urlpatterns = [
    path("theme/", themes.choose, name="theme"),
    path("design/", page.components, name="design"),
]
