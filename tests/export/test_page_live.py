"""The page in a real browser: moved, zoomed, pressed and read with keys. Skipped without Chromium."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from itertools import count

import pytest

from blueprint.export import html
from blueprint.scene.page import Detail, FindingLine, Row
from blueprint.scene.shapes import Group, Paint, Rect, Text
from blueprint.scene.themes import THEMES

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")


class Browser:
    """Speaks the DevTools protocol over a pipe, as much of it as these tests need."""

    def __init__(self, profile: str) -> None:
        read, self.write = os.pipe()
        self.read, write = os.pipe()
        command = [
            CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--no-first-run", f"--user-data-dir={profile}",
            "--window-size=1440,900", "--remote-debugging-pipe", "about:blank",
        ]  # fmt: skip
        launch = (  # the browser listens on descriptor 3 and answers on 4
            "import fcntl, os, sys;"
            "to, back = (fcntl.fcntl(int(one), fcntl.F_DUPFD, 10) for one in sys.argv[1:3]);"
            "os.dup2(to, 3); os.dup2(back, 4); os.execv(sys.argv[3], sys.argv[3:])"
        )
        self.process = subprocess.Popen(
            [sys.executable, "-c", launch, str(read), str(write), *command],
            pass_fds=(read, write),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(read)
        os.close(write)
        self.numbers, self.buffer, self.session, self.events = count(1), b"", None, []
        pages = [one for one in self.call("Target.getTargets")["targetInfos"] if one["type"] == "page"]
        self.session = self.call("Target.attachToTarget", targetId=pages[0]["targetId"], flatten=True)[
            "sessionId"
        ]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method, **params):
        number = next(self.numbers)
        message = {"id": number, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.write, json.dumps(message).encode() + b"\0")
        while True:
            reply = self.next_message()
            if reply.get("id") == number:
                assert "error" not in reply, reply
                return reply["result"]
            self.events.append(reply)

    def next_message(self):
        while b"\0" not in self.buffer:
            chunk = os.read(self.read, 1 << 20)
            assert chunk, "the browser went away"
            self.buffer += chunk
        message, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(message)

    def open(self, url):
        self.call("Page.navigate", url=url)
        while True:
            message = self.next_message()
            self.events.append(message)
            if message.get("method") == "Page.loadEventFired":
                return

    def ask(self, expression):
        reply = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in reply, reply
        return reply["result"].get("value")

    def mouse(self, *steps):
        for kind, x, y, more in steps:
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, **more)

    def press(self, key, code=0):
        for kind in ("keyDown", "keyUp"):
            text = {"text": key} if len(key) == 1 and kind == "keyDown" else {}
            self.call("Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=code, **text)

    def view(self):
        """Return x, y and scale of the drawing."""
        return self.ask(
            "(() => { const m = new DOMMatrix(document.querySelector('.sheet').style.transform);"
            " return [m.e, m.f, m.a]; })()"
        )

    def chosen(self):
        return self.ask("document.querySelector('.detail.chosen h3')?.textContent ?? null")

    def focused(self):
        return self.ask(
            "document.activeElement.getAttribute('aria-label') ?? document.activeElement.tagName"
        )

    def close(self):
        self.session = None
        self.call("Browser.close")
        self.process.wait(20)
        os.close(self.read)
        os.close(self.write)


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    browser = Browser(str(tmp_path_factory.mktemp("profile")))
    yield browser
    browser.close()


@pytest.fixture
def page(browser, scene, tmp_path):
    cards = tuple(
        Group(
            (Rect(300 * i, 40, 240, 160, Paint("card", "line"), 8), Text(300 * i, 80, (f"Card {i}",), 14)),
            id=f"c{i}", role="touchpoint", title=f"Card {i}", data=(("touchpoint", f"c{i}"),),
        )
        for i in range(12)
    )  # fmt: skip
    wide = replace(scene, width=3640, height=900, root=Group(cards))
    details = tuple(
        Detail("touchpoint", f"c{i}", f"About {i}", "", (Row("Doing", ("</script>",)),)) for i in range(12)
    )
    findings = (FindingLine("warning", "EX101", "Low", target=("touchpoint", "c11")),)
    file = tmp_path / "page.html"
    file.write_bytes(html.export(wide, THEMES["light"], details=details, findings=findings))
    browser.events.clear()
    browser.call(
        "Emulation.setDeviceMetricsOverride", width=1440, height=900, deviceScaleFactor=1, mobile=False
    )
    browser.open(file.as_uri())
    return browser


def middle(page, selector):
    return page.ask(
        f"(() => {{ const box = document.querySelector('{selector}').getBoundingClientRect();"
        " return [box.x + box.width / 2, box.y + box.height / 2]; })()"
    )


LEFT = {"button": "left", "buttons": 1, "clickCount": 1}


def test_a_press_opens_the_details_and_escape_closes_them(page):
    x, y = middle(page, "[data-touchpoint=c1]")
    page.mouse(("mousePressed", x, y, LEFT), ("mouseReleased", x, y, LEFT))
    assert page.chosen() == "About 1"
    assert page.ask("document.querySelector('[data-touchpoint=c1]').getAttribute('aria-pressed')") == "true"
    assert (
        page.ask("[...document.querySelectorAll('.detail')].filter((one) => one.offsetHeight).length") == 1
    )
    page.press("Escape", 27)
    assert page.chosen() is None


def test_dragging_moves_the_drawing_and_opens_nothing(page):
    x, y = middle(page, "[data-touchpoint=c1]")
    before = page.view()
    page.mouse(
        ("mousePressed", x, y, LEFT), ("mouseMoved", x - 90, y, LEFT), ("mouseReleased", x - 90, y, LEFT)
    )
    after = page.view()
    assert after[0] == pytest.approx(before[0] - 90, abs=1)
    assert page.chosen() is None


def test_the_wheel_zooms_at_the_pointer(page):
    where = middle(page, "[data-touchpoint=c1]")
    before = page.view()
    page.mouse(("mouseWheel", *where, {"deltaX": 0, "deltaY": -240}))
    after = page.view()
    assert after[2] > before[2] * 1.2
    assert middle(page, "[data-touchpoint=c1]")[0] == pytest.approx(where[0], abs=1)


def test_keys_zoom_move_and_show_all(page):
    page.ask("document.querySelector('.stage').focus()")
    before = page.view()
    page.press("+")
    page.press("ArrowRight", 39)
    zoomed = page.view()
    assert zoomed[2] == pytest.approx(before[2] * 1.3)
    assert zoomed[0] < before[0]
    page.press("0")
    assert page.view()[2] * 3640 <= page.ask("document.querySelector('.stage').clientWidth") + 1


def test_the_overview_shows_where_one_is_and_leads_elsewhere(page):
    pane = "(() => { const p = document.querySelector('.overview i').getBoundingClientRect();"
    pane += " const o = document.querySelector('.overview').getBoundingClientRect();"
    pane += " return [(p.left - o.left) / o.width, p.width / o.width]; })()"
    stage = page.ask("document.querySelector('.stage').clientWidth")
    x, _, scale = page.view()
    assert page.ask(pane) == pytest.approx([max(0, -x) / scale / 3640, stage / scale / 3640], abs=0.03)
    left, top, width = page.ask(
        "(() => { const o = document.querySelector('.overview').getBoundingClientRect();"
        " return [o.left, o.top + o.height / 2, o.width]; })()"
    )
    spot = left + width * 0.6
    page.mouse(("mousePressed", spot, top, LEFT), ("mouseReleased", spot, top, LEFT))
    x, _, scale = page.view()
    assert (stage / 2 - x) / scale == pytest.approx(0.6 * 3640, abs=40)
    assert page.chosen() is None
    page.ask("document.querySelector('[data-act=fit]').click()")
    page.ask("new Promise((done) => setTimeout(done, 300))")
    assert page.ask("document.querySelector('.overview').hidden")


def test_tab_reaches_every_card_and_brings_it_into_sight(page):
    page.ask("document.querySelector('.stage').focus()")
    for number in range(12):
        page.press("Tab", 9)
        assert page.focused() == f"Card {number}"
    page.ask("new Promise((done) => setTimeout(done, 300))")
    x, _ = middle(page, "[data-touchpoint=c11]")
    assert 0 < x < page.ask("document.querySelector('.stage').clientWidth")
    page.press("Enter", 13)
    assert page.chosen() == "About 11"
    assert page.ask("document.activeElement.textContent") == "About 11"
    page.press("Escape", 27)
    assert page.focused() == "Card 11"


def test_a_finding_leads_to_its_card(page):
    page.ask("document.querySelector('.finding button').click()")
    assert page.chosen() == "About 11"


def test_the_page_asks_for_nothing_and_reports_no_fault(page):
    page.ask("document.querySelector('[data-act=theme]').click()")
    assert page.ask("document.documentElement.dataset.theme") in ("light", "dark")
    asked = [
        e["params"]["request"]["url"] for e in page.events if e["method"] == "Network.requestWillBeSent"
    ]
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert [e for e in page.events if e["method"] in ("Log.entryAdded", "Runtime.exceptionThrown")] == []
    assert page.ask("document.fonts.check(\"16px 'Blueprint Sans'\")")
    refused = page.ask("fetch('http://localhost:9/').then(() => 'sent', (fault) => fault.name)")
    assert refused == "TypeError"


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_nothing_runs_off_the_side(page, width, height):
    page.call(
        "Emulation.setDeviceMetricsOverride",
        width=width,
        height=height,
        deviceScaleFactor=1,
        mobile=width < 500,
    )
    assert page.ask("document.documentElement.scrollWidth") == width
    inside = "(one) => one.getBoundingClientRect().right <= innerWidth + 1"
    assert page.ask(f"[...document.querySelectorAll('aside *')].every({inside})")
