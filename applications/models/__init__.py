"""The app's models: the applicant's side here, the office's and the bodies' side in modules of their own."""

from importlib.util import find_spec

from applications.models.afterwards import Extension, Supplement, SupplementFile
from applications.models.application import Application, Evidence, FiledVersion
from applications.models.publicity import InternalPublicity

__all__ = [
    "Application",
    "Evidence",
    "Extension",
    "FiledVersion",
    "InternalPublicity",
    "Supplement",
    "SupplementFile",
]

if find_spec("applications.models.assessment"):
    from applications.models.assessment import *  # noqa: F403
if find_spec("applications.models.opinions"):
    from applications.models.opinions import *  # noqa: F403
