"""Addresses of writing an application; included by ``applications.urls``."""

from django.urls import path

from applications.views import categories, chances, earlier, evidence, organisations, preview, sections

A = "j/<slug:code>/applications/<int:pk>/"

urlpatterns = [
    path("organisations/ask/", organisations.ask, name="ask_to_join"),
    path("organisations/<int:pk>/people/<int:member>/remind/", organisations.remind_person, name="remind_person"),
    path("j/<slug:code>/can-we-apply/", chances.can_we_apply, name="can_we_apply"),
    path(A + "form/<slug:section>/autosave/", sections.autosave, name="autosave"),
    path(A + "category/", categories.category, name="category"),
    path(A + "earlier/", earlier.earlier, name="earlier"),
    path(A + "preview.pdf", preview.form_preview, name="preview"),
    path(A + "form/<slug:section>/upload/", evidence.upload, name="upload"),
]
