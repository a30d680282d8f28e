"""Addresses: the stage's vote, ballots, tellers, results."""

from django.urls import path

from voting.views import ballot, meeting, poll, teller

app_name = "voting"
J = "j/<slug:code>/"

urlpatterns = [
    path(J + "vote/<int:pk>/", meeting.stage, name="stage"),
    path(J + "vote/<int:pk>/convene/", meeting.convene, name="convene"),
    path(J + "vote/<int:pk>/tie/", poll.tie, name="tie"),
    path(J + "meetings/<int:pk>/", meeting.detail, name="meeting"),
    path(J + "meetings/<int:pk>/attendance/", meeting.attend, name="attend"),
    path(J + "meetings/<int:pk>/report/", meeting.report, name="report"),
    path(J + "meetings/<int:pk>/heads/", meeting.heads, name="heads"),
    path(J + "meetings/<int:pk>/fallback/", meeting.fallback, name="fallback"),
    path(J + "meetings/<int:pk>/prepare/", poll.prepare, name="prepare"),
    path(J + "meetings/<int:pk>/second-round/", poll.second_round, name="second_round"),
    path(J + "polls/<int:pk>/", poll.detail, name="poll"),
    path(J + "polls/<int:pk>/open/", poll.open_, name="open"),
    path(J + "polls/<int:pk>/close/", poll.close, name="close"),
    path(J + "polls/<int:pk>/count/", poll.count, name="count"),
    path(J + "polls/<int:pk>/void/", poll.void, name="void"),
    path(J + "polls/<int:pk>/minutes/", poll.minutes, name="minutes"),
    path(J + "polls/<int:pk>/ballot/", ballot.ballot, name="ballot"),
    path(J + "polls/<int:pk>/ballot/undertake/", ballot.undertake, name="undertake"),
    path(J + "polls/<int:pk>/ballot/step-aside/<int:entry>/", ballot.step_aside, name="step_aside"),
    path(J + "polls/<int:pk>/key/", teller.key, name="key"),
    path(J + "polls/<int:pk>/unseal/", teller.unseal, name="unseal"),
    path(J + "polls/<int:pk>/sign/", teller.sign, name="sign"),
]
