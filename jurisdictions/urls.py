"""Addresses of a jurisdiction's administration pages."""

from django.urls import path

from jurisdictions.views import bodies, calendar, office, people

app_name = "jurisdictions"
J = "j/<slug:code>/admin/"

urlpatterns = [
    path(J, office.index, name="admin"),
    path(J + "office/", office.edit, name="office"),
    path(J + "calendar/", calendar.index, name="calendar"),
    path(J + "calendar/try/", calendar.attempt_window, name="calendar_try"),
    path(J + "calendar/years/", calendar.state, name="calendar_state"),
    path(J + "calendar/years/<int:pk>/withdraw/", calendar.withdraw, name="calendar_withdraw"),
    path(J + "calendar/<int:pk>/remove/", calendar.remove, name="calendar_remove"),
    path(J + "bodies/", bodies.index, name="bodies"),
    path(J + "bodies/new/", bodies.new, name="body_new"),
    path(J + "bodies/<int:pk>/", bodies.edit, name="body"),
    path(J + "bodies/<int:pk>/active/", bodies.active, name="body_active"),
    path(J + "people/", people.index, name="people"),
    path(J + "people/give/", people.give, name="give_role"),
    path(J + "people/<int:pk>/end/", people.end, name="end_role"),
    path(J + "people/<int:pk>/remind/", people.remind, name="remind"),
]
