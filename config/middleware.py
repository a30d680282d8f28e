"""The content security policy, and the one place that needs a wider one; answers to forms that a script sends."""

from collections.abc import Callable
from http import HTTPStatus

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest, HttpResponse, HttpResponseBase

OPERATE = "/operate/"
# The operators' admin draws itself with Alpine, which evaluates expressions from attributes.
WIDER = {"script-src": [SELF, UNSAFE_EVAL], "style-src": [SELF, UNSAFE_INLINE]}


class PolicyMiddleware(CSPMiddleware):
    """The strict policy for everyone, a wider one under the operators' admin only."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        """The parts the header is built from."""
        parts = super().get_policy_parts(request, response, report_only)
        if request.path.startswith(OPERATE):
            parts.replace = {**WIDER, **(parts.replace or {})}
        return parts


def go_on_yourself(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A form with files that a script sends, to show its progress: it is told where to go on, instead of being led there unseen.

    Followed within the script, the next page would be shown to nobody, and its messages would be gone.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.headers.get("X-Upload") and response.has_header("Location"):
            response.status_code = HTTPStatus.NO_CONTENT
        return response

    return middleware
