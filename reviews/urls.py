"""Addresses of reviews."""

from django.urls import path

from reviews.views import answering, applicants, entries, grounds, mine, plans, pool, ranking, records, reports, scoring, stages, teams

app_name = "reviews"
J = "j/<slug:code>/reviews/"

urlpatterns = [
    path(J + "pool/", pool.index, name="pool"),
    path(J + "pool/appoint/", pool.appoint, name="appoint"),
    path(J + "pool/<int:pk>/", pool.detail, name="reviewer"),
    path(J + "pool/<int:pk>/change/", pool.change, name="change"),
    path(J + "pool/<int:pk>/qualify/", records.qualify, name="qualify"),
    path(J + "pool/<int:pk>/note/", records.note, name="note"),
    path(J + "pool/<int:pk>/discipline/", records.discipline, name="discipline"),
    path(J + "pool/<int:pk>/interest/", records.interest, name="interest"),
    path(J + "qualifications/<int:pk>/end/", records.end_qualification, name="end_qualification"),
    path(J + "mine/", mine.index, name="mine"),
    path(J + "undertaking/", mine.undertaking, name="undertaking"),
    path(J + "entries/<int:pk>/step-aside/", mine.step_aside, name="step_aside"),
    path(J + "entries/<int:pk>/score/", scoring.score, name="score"),
    path(J + "entries/<int:pk>/differences/", scoring.differences, name="differences"),
    path(J + "sheets/<int:pk>/reopen/", scoring.reopen, name="reopen"),
    path(J + "entries/<int:pk>/report/", reports.report, name="report"),
    path(J + "entries/<int:pk>/visit/", grounds.visit, name="visit"),
    path(J + "entries/<int:pk>/feed-back/", grounds.feed_back, name="feed_back"),
    path(J + "entries/<int:pk>/opinion/", grounds.opinion, name="opinion"),
    path(J + "entries/<int:pk>/hearing/", grounds.hearing, name="hearing"),
    path(J + "entries/<int:pk>/confirm/", applicants.confirm, name="confirm"),
    path(J + "entries/<int:pk>/feedback/", applicants.feedback, name="feedback"),
    path(J + "entries/<int:pk>/", entries.detail, name="entry"),
    path(J + "entries/<int:pk>/replace/", entries.replace, name="replace"),
    path(J + "entries/<int:pk>/take-back/", entries.take_back, name="take_back"),
    path(J + "entries/<int:pk>/leader/", entries.leader, name="leader"),
    path(J + "stages/<int:pk>/", stages.detail, name="stage"),
    path(J + "stages/<int:pk>/teams/new/", teams.build, name="team_new"),
    path(J + "stages/<int:pk>/distribute/", teams.distribute, name="distribute"),
    path(J + "stages/<int:pk>/ranking/", ranking.ranking, name="ranking"),
    path(J + "stages/<int:pk>/tie/", ranking.tie, name="tie"),
    path(J + "stages/<int:pk>/report/", ranking.stage_report, name="stage_report"),
    path(J + "stages/<int:pk>/answers/", answering.overview, name="answers"),
    path(J + "stages/<int:pk>/bodies/<int:body>/", answering.answer, name="answer"),
    path(J + "teams/<int:pk>/", teams.detail, name="team"),
    path(J + "teams/<int:pk>/assign/", teams.assign, name="assign"),
    path(J + "teams/<int:pk>/dissolve/", teams.dissolve, name="dissolve"),
    path(J + "teams/<int:pk>/size/", teams.explain_size, name="explain_size"),
    path(J + "teams/<int:pk>/proposal/", plans.propose, name="propose"),
    path(J + "teams/<int:pk>/plan/", plans.plan, name="plan"),
    path(J + "teams/<int:pk>/plan/approve/", plans.approve, name="approve_plan"),
    path(J + "teams/<int:pk>/plan/return/", plans.send_back, name="return_plan"),
]
