"""Icons stay on their grid, and channels find theirs in both languages."""

from __future__ import annotations

import re

import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.svgLib.path import parse_path

from blueprint.scene.icons import GRID, ICONS, STROKE, channel_icon

NEEDED = (
    "first complaint high-frequency high-perception end peak pit pain opportunity fail wait decision "
    "handoff evidence clock persona need metric promise owner technology loop abandon success failure "
    "channel face-1 face-2 face-3 face-4 face-5 web app phone email chat sms store letter delivery social "
    "person kiosk document"
)


@pytest.mark.parametrize("name", sorted(ICONS))
def test_an_icon_and_its_stroke_stay_on_the_grid(name):
    pen = BoundsPen(None)
    parse_path(ICONS[name], pen)
    left, top, right, bottom = pen.bounds
    room = STROKE / 2
    assert min(left, top) >= room, pen.bounds
    assert max(right, bottom) <= GRID - room, pen.bounds
    assert max(right - left, bottom - top) >= 14, "too small to read beside the others"
    assert max(abs((left + right) / 2 - 12), abs((top + bottom) / 2 - 12)) <= 1.6, "off its centre"


def test_every_icon_that_drawings_need_is_there_and_no_two_are_alike():
    assert set(NEEDED.split()) <= set(ICONS)
    assert len(set(ICONS.values())) == len(ICONS)
    assert all(re.fullmatch(r"[MmLlHhVvCcSsQqTtAaZz0-9 .\-]+", data) for data in ICONS.values())


@pytest.mark.parametrize(
    ("channel", "icon"),
    [
        ("phone", "phone"), ("Phone", "phone"), ("电话", "phone"),
        ("客服热线", "headset"), ("call centre", "headset"), ("微信", "messenger"),
        ("微信小程序", "messenger"), ("WhatsApp", "messenger"), ("门店", "store"),
        ("in store", "store"), ("shops", "store"), ("mobile app", "app"),
        ("手机 App", "app"), ("E-Mail", "email"), ("web", "web"),
        ("Web shop", "web"), ("官网", "web"), ("live_chat", "chat"),
        ("face to face", "person"), ("当面", "person"), ("front desk", "counter"),
        ("self-service kiosk", "kiosk"), ("短信", "sms"), ("配送", "delivery"),
        ("courier", "delivery"), ("letter", "letter"), ("小红书", "social"),
        ("上门", "home"), ("hologram", "channel"), ("", "channel"),
        ("量子", "channel"), ("application form", "document"), ("display", "channel"),
        ("seaport", "channel"),
    ],
)  # fmt: skip
def test_a_channel_finds_its_icon(channel, icon):
    assert channel_icon(channel) == icon
