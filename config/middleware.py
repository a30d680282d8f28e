"""The content security policy, and the one place that needs a wider one."""

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest, HttpResponseBase

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
