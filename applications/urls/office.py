"""Addresses of the office's and the bodies' side; included by ``applications.urls``."""

from django.urls import path

from applications.views import (
    body_consultation,
    body_own,
    office_bodies,
    office_consultation,
    office_desk,
    office_intake,
    office_supplement,
)

J = "j/<slug:code>/"

urlpatterns = [
    path(J + "own/", body_own.stages, name="own_stages"),
    path(J + "own/<int:stage>/", body_own.own, name="own"),
    path(J + "own/<int:stage>/order/", body_own.order, name="own_order"),
    path(J + "own/entries/<int:pk>/", body_own.entry, name="own_entry"),
    path(J + "own/objections/<int:pk>/", body_own.objection, name="own_objection"),
    path(J + "questions/", body_consultation.index, name="consultations"),
    path(J + "questions/<int:pk>/", body_consultation.answer, name="answer"),
    path(J + "questions/<int:pk>/set-aside/", office_consultation.set_aside, name="set_aside"),
    path(J + "stages/<int:stage>/bodies/", office_bodies.overview, name="own_overview"),
    path(J + "stages/<int:stage>/bodies/newcomers/", office_bodies.newcomers, name="own_newcomers"),
    path(J + "stage-entries/<int:pk>/assign/", office_bodies.assign, name="assign"),
    path(J + "stages/<int:stage>/intake/", office_intake.intake, name="intake"),
    path(J + "stages/<int:stage>/intake/extend/", office_intake.extend, name="extend"),
    path(J + "stage-entries/<int:pk>/supplement/", office_supplement.supplement, name="office_supplement"),
    path(J + "stages/<int:stage>/eligibility/", office_desk.desk, name="eligibility"),
    path(J + "stages/<int:stage>/acceptance/", office_desk.desk, name="acceptance"),
    path(J + "stages/<int:stage>/recompute/", office_desk.recompute, name="recompute"),
    path(J + "stage-entries/<int:pk>/points/", office_desk.examine, name="examine"),
    path(J + "stages/<int:stage>/consultation/", office_consultation.overview, name="consultation"),
    path(J + "stages/<int:stage>/consultation/ask/", office_consultation.ask, name="ask"),
    path(J + "stages/<int:stage>/consultation/lapse/", office_consultation.lapse, name="lapse"),
]
