"""Acting on several rows of a list as a person does: choose, look at the preview, confirm."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.test import Client

from core.lists import acts


def preview(client: Client, url: str, act: str, rows: Iterable[Any]) -> Any:
    """The page that shows what the act would touch."""
    return client.post(url, {acts.ACT: act, acts.CHOSEN: [row.pk for row in rows]})


def bulk(client: Client, url: str, act: str, rows: Iterable[Any], **data: Any) -> Any:
    """Choose the rows, confirm what the preview shows."""
    rows = list(rows)
    shown = preview(client, url, act, rows)
    assert shown.status_code == 200, shown.status_code
    return client.post(url, {acts.ACT: act, acts.CHOSEN: [row.pk for row in rows], acts.SEAL: sealed(shown), **data})


def sealed(page: Any) -> str:
    """The seal over what a preview shows."""
    found = re.search(rf'name="{acts.SEAL}" value="([0-9a-f]+)"', page.content.decode())
    assert found
    return found[1]
