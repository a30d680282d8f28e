"""Addresses of rounds, stages, decisions, and everybody's desk."""

from django.urls import path

from rounds.views import audit, calendar, decisions, desk, entries, office, rounds, stages, supervision

app_name = "rounds"
J = "j/<slug:code>/"

urlpatterns = [
    path("desk/", desk.desk, name="desk"),
    path("desk/as/", desk.act_as, name="act_as"),
    path(J + "desk/", office.desk, name="office"),
    path(J + "supervision/", supervision.index, name="supervision"),
    path(J + "supervision/acts/", supervision.watched, name="watched"),
    path(J + "rounds/", rounds.index, name="index"),
    path(J + "rounds/new/", rounds.create, name="create"),
    path(J + "rounds/<int:pk>/", rounds.detail, name="round"),
    path(J + "rounds/<int:pk>/settings/", rounds.settings, name="settings"),
    path(J + "rounds/<int:pk>/open/", rounds.open_, name="open"),
    path(J + "rounds/<int:pk>/abandon/", rounds.abandon, name="abandon"),
    path(J + "rounds/<int:pk>/clock/", rounds.clock_, name="clock"),
    path(J + "rounds/<int:pk>/next/", rounds.next_, name="next"),
    path(J + "rounds/<int:pk>/calendar/", calendar.detail, name="calendar"),
    path(J + "rounds/<int:pk>/calendar.ics", calendar.ics, name="calendar_ics"),
    path(J + "rounds/<int:pk>/entries/", entries.index, name="entries"),
    path(J + "rounds/<int:pk>/log/", audit.index, name="log"),
    path(J + "rounds/<int:pk>/matters/", supervision.matters, name="matters"),
    path(J + "stages/<int:pk>/", stages.detail, name="stage"),
    path(J + "stages/<int:pk>/prepare/", stages.prepare, name="prepare"),
    path(J + "stages/<int:pk>/close/", stages.close, name="close"),
    path(J + "stages/<int:pk>/correct/", supervision.order, name="correct"),
    path(J + "stages/<int:pk>/observe/", supervision.observe, name="observe"),
    path(J + "corrections/<int:pk>/", supervision.correction, name="correction"),
    path(J + "decisions/<int:pk>/", decisions.detail, name="decision"),
    path(J + "decisions/<int:pk>/release/", decisions.release, name="release"),
    path(J + "decisions/<int:pk>/discard/", decisions.discard, name="discard"),
    path(J + "stage-entries/<int:pk>/counter/", decisions.counter, name="counter"),
    path(J + "entries/<int:pk>/", entries.detail, name="entry"),
    path(J + "entries/<int:pk>/secrets/", entries.unmask, name="unmask"),
    path(J + "entries/<int:pk>/recuse/", entries.recuse, name="recuse"),
]
