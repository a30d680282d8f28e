"""A jurisdiction's colours as a stylesheet of its own."""

from __future__ import annotations

from django.test import Client

from jurisdictions.models import Jurisdiction


def test_a_page_carries_the_colours_of_its_jurisdiction_and_a_change_is_seen_at_once(db):
    here = Jurisdiction.objects.create(code="plated", name_zh="某市", colour="#f0c000")
    client = Client()
    page = client.get("/j/plated/").content.decode()
    address = page.split('href="/j/plated/plate.css', 1)[1].split('"', 1)[0]
    first = client.get(f"/j/plated/plate.css{address}")
    assert first["Content-Type"].startswith("text/css")
    assert "--plate: #" in first.content.decode()
    assert "max-age" in first["Cache-Control"]
    assert client.get("/j/plated/plate.css", headers={"If-None-Match": first["ETag"]}).status_code == 304
    Jurisdiction.objects.filter(pk=here.pk).update(colour="#123456")
    assert address not in client.get("/j/plated/").content.decode()
    assert client.get("/j/plated/plate.css", headers={"If-None-Match": first["ETag"]}).status_code == 200
    assert client.get("/j/nowhere/plate.css").status_code == 404
