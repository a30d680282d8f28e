"""Addresses: the public site, the office's notices, the objection register."""

from django.urls import path

from publicity.views import objections, office, public

app_name = "publicity"
J = "j/<slug:code>/"

urlpatterns = [
    path("", public.front, name="front"),
    path(J, public.jurisdiction, name="jurisdiction"),
    path(J + "policy/", public.policy, name="policy"),
    path(J + "notices/", public.notices, name="notices"),
    path(J + "notices/<int:pk>/", public.notice, name="notice"),
    path(J + "notices/<int:pk>/object/", public.object_, name="object"),
    path(J + "notices/<int:pk>/object/<slug:number>/", public.received, name="received"),
    path(J + "publicity/<int:pk>/", office.stage, name="stage"),
    path(J + "publicity/<int:pk>/publish/", office.publish, name="publish"),
    path(J + "publicity/<int:pk>/report/", office.report, name="report"),
    path(J + "publicity/<int:pk>/paper-objection/", objections.record_paper, name="record_paper"),
    path(J + "objections/", objections.register, name="objections"),
    path(J + "objections/<int:pk>/", objections.detail, name="objection"),
    path(J + "objections/<int:pk>/examine/", objections.examine, name="examine"),
    path(J + "objections/<int:pk>/conclude/", objections.conclude, name="conclude"),
    path(J + "objections/<int:pk>/tell/", objections.tell, name="tell"),
    path(J + "objections/<int:pk>/unmask/", objections.unmask, name="unmask"),
]
