"""Choose the category of a draft."""

from __future__ import annotations

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from applications.domain.categories import choose_category
from applications.rules import may_write
from applications.views.common import application_for, shared
from core.pages import submit
from jurisdictions.policy.prizes import Prize


class CategoryForm(forms.Form):
    """One of the prize's categories."""

    category = forms.ChoiceField(label=gettext_lazy("Category"), required=False)

    def __init__(self, *args: object, prize: Prize, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        automatic = [("", gettext_lazy("By its conditions"))] if any(one.when for one in prize.categories) else []
        field = self.fields["category"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*automatic, *((one.key, str(one.name)) for one in prize.categories)]
        field.required = not automatic


@login_required
@require_http_methods(["GET", "POST"])
def category(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Show the categories; keep the one chosen."""
    application = application_for(request, pk, may_write)
    context = shared(request, application)
    if not context["prize"].categories:
        raise Http404
    form = CategoryForm(request.POST or None, prize=context["prize"], initial={"category": application.entry.category})
    valid = request.method == "POST" and form.is_valid()
    if valid and submit(
        request, form, choose_category, application=application, category=form.cleaned_data["category"]
    ):
        return redirect("applications:review", code=code, pk=pk)
    return render(request, "applications/category.html", context | {"form": form, "heading": _("Category")})
