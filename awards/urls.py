"""Addresses of this app."""

from django.urls import path

from awards.views import approval, cases, conferral, duties, entering, honours, misuse, payments, public

app_name = "awards"
J = "j/<slug:code>/"

urlpatterns = [
    path("verify/", public.find, name="find"),
    path("verify/<slug:token>/", public.verify, name="verify"),
    path(J + "register/", public.register, name="register"),
    path(J + "disclosures/", public.disclosures, name="disclosures"),
    path(J + "sharing/", public.sharing, name="sharing"),
    path(J + "approval/<int:pk>/", approval.detail, name="approval"),
    path(J + "approval/<int:pk>/fix/", approval.fix, name="fix"),
    path(J + "approval/<int:pk>/approve/", approval.approve_, name="approve"),
    path(J + "conferral/<int:pk>/", conferral.detail, name="conferral"),
    path(J + "honours/", honours.index, name="honours"),
    path(J + "honours/new/", entering.earlier, name="earlier"),
    path(J + "honours/other/", entering.other, name="other"),
    path(J + "honours/<int:pk>/", honours.detail, name="honour"),
    path(J + "honours/<int:pk>/case/", cases.create, name="case_new"),
    path(J + "honours/<int:pk>/duty/", duties.of_honour, name="duty"),
    path(J + "honours/<int:pk>/misuse/", misuse.create, name="misuse_new"),
    path(J + "misuse/", misuse.index, name="misuse"),
    path(J + "misuse/<int:pk>/", misuse.settle, name="misuse_settle"),
    path(J + "bonuses/", payments.index, name="payments"),
    path(J + "bonuses/<int:pk>/paid/", payments.paid, name="paid"),
    path(J + "bonuses.csv", payments.export, name="payments_csv"),
    path(J + "duties/", duties.index, name="duties"),
    path(J + "duties/new/", duties.create, name="duty_new"),
    path(J + "cases/", cases.index, name="cases"),
    path(J + "bars/", cases.bars, name="bars"),
    path(J + "rounds/<int:pk>/case/", cases.against_applicant, name="case_applicant"),
    path(J + "cases/<int:pk>/", cases.detail, name="case"),
    path(J + "cases/<int:pk>/step/", cases.step, name="case_step"),
    path(J + "cases/<int:pk>/returned/", cases.returned, name="case_returned"),
    path(J + "cases/<int:pk>/disclose/", cases.disclose_, name="case_disclose"),
    path(J + "cases/<int:pk>/credit/", cases.credit, name="case_credit"),
    path(J + "cases/<int:pk>/correction/", cases.correction, name="case_correction"),
    path(J + "cases/<int:pk>/evidence/", cases.evidence, name="case_evidence"),
]
