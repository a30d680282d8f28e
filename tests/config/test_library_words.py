"""What libraries show on our pages has its Chinese, from them or from ``core/borrowed.py``."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.utils.translation import gettext, ngettext, override

CALL = re.compile(r"""(?:\b_|gettext_lazy|gettext)\(\s*((?:\s*(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'))+)""")
TAG = re.compile(r"""\{%\s*trans(?:late)?\s+(?:"([^"]*)"|'([^']*)')\s*(?:as \w+\s*)?%\}""")
BLOCK = re.compile(r"\{%\s*blocktrans(?:late)?([^%]*)%\}(.*?)\{%\s*endblocktrans(?:late)?\s*%\}", re.DOTALL)
VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
#: Where the sentences are that a person may meet here; parts of the libraries that are not used are left out.
USED = {
    "allauth": ("account/", "mfa/", "usersessions/", "templates/account/", "templates/mfa/", "templates/usersessions/"),
    "unfold": ("admin", "forms", "templates/", "templatetags/", "contrib/import_export/", "contrib/simple_history/", "contrib/filters/"),
    "import_export": ("admin", "forms", "results", "widgets", "formats/", "templates/"),
    "simple_history": ("admin", "models", "templates/"),
    "guardian": ("forms", "admin", "templates/"),
    "django.forms": ("",),
    "django.contrib.auth": ("validators", "password_validation", "forms", "models"),
}  # fmt: skip
#: Never shown: for programmers, units of sizes, names that stay as they are, blocks whose page we do not use.
SILENT = {
    "field label", "WebAuthn", "call to force_str() on instance failed: %s", "Form is not validated, call `is_valid` first",
    "use_natural_foreign_keys and key_is_id cannot both be True", "You can not create nested object without parent",
    "Dataset not found. No action performed.", "%(class_name)s %(instance)s", "Select currency",
    "%(exc_name)s encountered while trying to read file. Ensure you have chosen the correct format for the file.",
    "After you've created a user, you’ll be able to edit more user options.",
}  # fmt: skip


def sentences(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        for found in CALL.finditer(text):
            if not found[1].startswith(('"""', "'''")):
                yield ast.literal_eval(f"({found[1]})")
        return
    for found in TAG.finditer(text):
        yield found[1] or found[2] or ""
    for found in BLOCK.finditer(text):
        if "count" not in found[1]:
            body = VARIABLE.sub(r"%(\1)s", found[2])
            yield " ".join(line.strip() for line in body.strip().split("\n")) if "trimmed" in found[1] else body


@pytest.mark.parametrize("package", USED)
def test_libraries_speak_chinese(package: str) -> None:
    spec = find_spec(package)
    assert spec is not None and spec.origin
    root, missing = Path(spec.origin).parent, {}
    for path in [*root.rglob("*.py"), *root.rglob("*.html"), *root.rglob("*.txt")]:
        name = path.relative_to(root).as_posix()
        if not name.startswith(USED[package]) or "test" in name or "/constance/" in name or "crispy" in name:
            continue
        with override("zh-hans"):
            for one in sentences(path):
                known = gettext(one) != one or ngettext(one, one, 2) != one
                if re.search("[a-z]{3}", one) and not known and one not in SILENT and "password" not in one:
                    missing[one] = name
    assert not missing, missing
