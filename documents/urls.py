"""Addresses of this app."""

from django.urls import path

from documents import views

app_name = "documents"

urlpatterns = [
    path("j/<slug:code>/files/<slug:token>/", views.file, name="file"),
    path("j/<slug:code>/papers/<slug:token>/", views.paper, name="paper"),
]
