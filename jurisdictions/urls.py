"""Addresses of a jurisdiction's administration pages."""

from django.urls import path

from jurisdictions.views import bodies, calendar, lists, office, people, plate, saved_views

app_name = "jurisdictions"
J = "j/<slug:code>/admin/"

urlpatterns = [
    path("lists/views/", saved_views.save, name="view_save"),
    path("lists/views/<int:pk>/", saved_views.change, name="view_change"),
    path("j/<slug:code>/plate.css", plate.stylesheet, name="plate"),
    path(J, office.index, name="admin"),
    path(J + "office/", office.edit, name="office"),
    path(J + "calendar/", calendar.index, name="calendar"),
    path(J + "calendar/list/", lists.days, name="calendar_list"),
    path(J + "calendar/try/", calendar.attempt_window, name="calendar_try"),
    path(J + "calendar/years/", calendar.state, name="calendar_state"),
    path(J + "calendar/years/<int:pk>/withdraw/", calendar.withdraw, name="calendar_withdraw"),
    path(J + "calendar/<int:pk>/remove/", calendar.remove, name="calendar_remove"),
    path(J + "bodies/", bodies.index, name="bodies"),
    path(J + "bodies/list/", lists.bodies, name="bodies_list"),
    path(J + "bodies/new/", bodies.new, name="body_new"),
    path(J + "bodies/<int:pk>/", bodies.edit, name="body"),
    path(J + "bodies/<int:pk>/active/", bodies.active, name="body_active"),
    path(J + "people/", people.index, name="people"),
    path(J + "people/list/", lists.roles, name="people_list"),
    path(J + "people/give/", people.give, name="give_role"),
    path(J + "people/<int:pk>/end/", people.end, name="end_role"),
    path(J + "people/<int:pk>/remind/", people.remind, name="remind"),
]
