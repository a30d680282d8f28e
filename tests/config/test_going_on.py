"""A form that a script sends is told where to go on; everybody else is led there."""

from __future__ import annotations

from django.test import Client


def test_a_script_is_told_the_address_and_a_browser_is_led_to_it(db):
    sent = {"theme": "dark", "next": "/verify/"}
    led = Client().post("/theme/", sent)
    told = Client().post("/theme/", sent, headers={"X-Upload": "1"})
    assert (led.status_code, told.status_code) == (302, 204)
    assert led["Location"] == told["Location"] == "/verify/" and not told.content
    assert Client().get("/verify/", headers={"X-Upload": "1"}).status_code == 200
