"""Addresses of lists that come in."""

from django.urls import path

from applications.views import lists_in

J = "j/<slug:code>/"

urlpatterns = [
    path(J + "stages/<int:stage>/results/", lists_in.results, name="import_results"),
    path(J + "questions/<int:stage>/list/", lists_in.answers, name="import_answers"),
]
