"""Addresses of the applicant's side."""

from django.urls import path

from applications.views import afterwards, applicant, apply, organisations, procedure, sections

J = "j/<slug:code>/"
A = J + "applications/<int:pk>/"

urlpatterns = [
    path(J + "apply/", apply.index, name="apply"),
    path(J + "apply/start/", apply.start, name="start"),
    path(A, applicant.overview, name="application"),
    path(A + "form/<slug:section>/", sections.edit, name="section"),
    path(A + "review/", procedure.review, name="review"),
    path(A + "secrets/", procedure.unmask, name="unmask"),
    path(A + "file/", procedure.file, name="file"),
    path(A + "receipt/", procedure.receipt, name="receipt"),
    path(A + "take-back/", procedure.take_back, name="take_back"),
    path(A + "withdraw/", procedure.withdraw, name="withdraw"),
    path(A + "internal-publicity/", procedure.internal_publicity, name="internal_publicity"),
    path(A + "supplement/", afterwards.supplement, name="supplement"),
    path(A + "supplement/file/", afterwards.file_supplement, name="file_supplement"),
    path(A + "versions/<int:number>/", afterwards.difference, name="difference"),
    path("organisations/", organisations.index, name="organisations"),
    path("organisations/new/", organisations.register, name="register_organisation"),
    path("organisations/<int:pk>/", organisations.detail, name="organisation"),
    path("organisations/<int:pk>/people/", organisations.add_person, name="add_person"),
    path("organisations/<int:pk>/people/<int:member>/leave/", organisations.remove_person, name="remove_person"),
]
