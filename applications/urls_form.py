"""Addresses of writing an application; included by ``applications.urls``."""

from django.urls import path

from applications.views import evidence, sections

A = "j/<slug:code>/applications/<int:pk>/"

urlpatterns = [
    path(A + "form/<slug:section>/autosave/", sections.autosave, name="autosave"),
    path(A + "form/<slug:section>/upload/", evidence.upload, name="upload"),
]
