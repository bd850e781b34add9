"""The page in a real browser: clicked, typed at, printed, read without script, and checked for accessibility.

Skipped where there is no Chromium with its driver. `TIMELINE_AXE` names axe-core's script.
"""

from __future__ import annotations

import base64
import html
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from export_stories import NASTY, ferry

from timeline.export import write
from timeline.export.escape import quote_link
from timeline.interval import Grain, Interval
from timeline.model import Timeline, When

selenium = pytest.importorskip("selenium", reason="no selenium here")

from selenium import webdriver  # noqa: E402
from selenium.webdriver.chrome.service import Service  # noqa: E402
from selenium.webdriver.common.action_chains import ActionChains  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402
from selenium.webdriver.support.ui import Select, WebDriverWait  # noqa: E402

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
AXE = os.environ.get("TIMELINE_AXE", "")
PAGE = ROOT / "output" / "timeline.html"

pytestmark = pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="no Chromium with its driver here")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """One browser for all tests, without network."""
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM or ""
    for switch in (
        "headless=new",
        "no-sandbox",
        "disable-gpu",
        "disable-dev-shm-usage",
        "window-size=1200,900",
    ):
        options.add_argument(f"--{switch}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    yield driver
    driver.quit()


class Browser:
    """The page as a reader has it before them."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def open(self, hash: str = "", page: Path = PAGE) -> None:
        """Load the page anew."""
        self.driver.get("about:blank")
        self.driver.get(page.as_uri() + hash)

    def all(self, css: str) -> list[Any]:
        """The elements there are."""
        return self.driver.find_elements(By.CSS_SELECTOR, css)

    def one(self, css: str) -> Any:
        """The one element there is."""
        [found] = self.all(css)
        return found

    def seen(self, css: str) -> list[Any]:
        """The elements that can be seen, all at the same moment."""
        found = self.driver.execute_script(
            "const seen = { visibilityProperty: true, opacityProperty: true };"
            "return [...document.querySelectorAll(arguments[0])].filter((e) => e.checkVisibility(seen));",
            css,
        )
        return list(found)

    def run(self, script: str) -> Any:
        """What a script returns."""
        return self.driver.execute_script(script)

    def press(self, *keys: str) -> None:
        """Keys, wherever the focus is."""
        ActionChains(self.driver).send_keys(*keys).perform()

    def until(self, css: str, there: bool = True) -> None:
        """Wait until something can be seen, or no longer."""
        WebDriverWait(self.driver, 5).until(lambda _: bool(self.seen(css)) is there)

    def scheme(self, scheme: str) -> None:
        """Light or dark; always without motion, so that nothing moves away under a click."""
        wanted = {"prefers-color-scheme": scheme, "prefers-reduced-motion": "reduce"}
        features = [{"name": name, "value": value} for name, value in wanted.items()]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})

    def size(self, width: int, height: int = 900) -> None:
        """A window as wide as this."""
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        self.settle()

    def settle(self) -> None:
        """Wait until the page has drawn what was asked of it."""
        self.driver.execute_async_script(
            "const done = arguments[0];"
            "requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 20)));"
        )

    @property
    def hash(self) -> str:
        """What follows # in the address."""
        return str(self.run("return location.hash"))

    @property
    def focus(self) -> str:
        """The id of what has the focus, or its kind."""
        return str(self.run("return document.activeElement.id || document.activeElement.className"))

    @property
    def days(self) -> float:
        """How many days the band shows: those between two ticks times what there is room for."""
        return float(
            self.run(
                "const first = [...document.querySelectorAll('.band .mark')].length;"
                "document.querySelector('.these').click();"
                "const [a, b] = ['since', 'until'].map((id) => new Date(document.getElementById(id).value));"
                "document.querySelector('[type=reset]').click();"
                "return (b - a) / 864e5 + 1;"
            )
        )


@pytest.fixture
def browser(chromium: Any) -> Iterator[Browser]:
    """The gallery's page, freshly loaded."""
    page = Browser(chromium)
    page.scheme("light")
    page.size(1200)
    page.open()
    yield page
    chromium.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    chromium.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


EVENT, TITLE = ".event", ".event .anchor"


# -- what the page does not do -----------------------------------------------------------------


def test_the_policy_is_kept_and_nothing_is_fetched(browser: Browser) -> None:
    """The console stays silent and no address but the page's own is asked for."""
    browser.driver.get_log("performance")
    browser.open()
    browser.one(".nearer").click()
    sent = [entry["message"] for entry in browser.driver.get_log("performance")]
    asked = [url for line in sent for url in re.findall(r'"request":\{[^{}]*?"url":"([^"]+)"', line)]

    assert [] == browser.driver.get_log("browser")
    assert {PAGE.as_uri(), "about:blank"} >= {url.partition("#")[0] for url in asked}


def test_an_injected_script_does_not_run(browser: Browser) -> None:
    """The policy stops inline script, handlers and pictures from elsewhere."""
    browser.run(
        "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.hit = 1\">');"
        "const script = document.createElement('script'); script.textContent = 'window.hit = 2';"
        "document.body.append(script);"
    )

    assert browser.run("return window.hit") is None
    assert [] != browser.driver.get_log("browser")


# -- the list ----------------------------------------------------------------------------------


def test_search(browser: Browser) -> None:
    """Typing filters the list and the count at each letter; Escape brings all back."""
    total = len(browser.all(EVENT))
    browser.press("/")
    browser.press("Vetoed")
    left = browser.seen(EVENT)

    assert 0 < len(left) < total
    assert all("vetoed" in event.get_attribute("textContent").lower() for event in left)
    assert f"{len(left)} of {total} events" == browser.one("output").text
    browser.press("xyz")
    assert [] == browser.seen(EVENT)
    assert "No event matches." == browser.one(".nothing").text
    browser.press(Keys.ESCAPE)
    assert total == len(browser.seen(EVENT))


def test_status_source_and_participant(browser: Browser) -> None:
    """Each filter leaves what it says, they add up, and one button undoes them."""
    total = len(browser.all(EVENT))
    browser.one("label.chip:has([value=cancelled])").click()
    assert {"cancelled"} == {event.get_dom_attribute("data-status") for event in browser.seen(EVENT)}
    browser.one("[type=reset]").click()
    browser.settle()
    assert total == len(browser.seen(EVENT))

    Select(browser.one("#source")).select_by_value("9")
    cited = [event.get_dom_attribute("data-sources").split() for event in browser.seen(EVENT)]
    assert cited
    assert all("9" in numbers for numbers in cited)
    who = Select(browser.one("#who"))
    name = who.options[1].get_dom_attribute("value")
    who.select_by_index(1)
    both = browser.seen(EVENT)
    assert len(both) < len(cited)
    assert all(name in event.get_dom_attribute("data-who").split("\n") for event in both)


def test_dates(browser: Browser) -> None:
    """Two days leave the events that touch them; what has no date is left out."""
    for id, day in (("since", "2024-03-22"), ("until", "2024-03-25")):
        browser.run(
            f"const i = document.getElementById('{id}'); i.value = '{day}';"
            "i.dispatchEvent(new Event('input', { bubbles: true }))"
        )
    spans = [[e.get_dom_attribute(f"data-{end}") for end in ("start", "end")] for e in browser.seen(EVENT)]

    assert spans
    assert all(start <= "2024-03-25" and end >= "2024-03-22" for start, end in spans)


def test_keys(browser: Browser) -> None:
    """j and k step through the events in sight; in a text field they are letters."""
    ids = [event.get_dom_attribute("id") for event in browser.all(EVENT)]
    browser.press("j")
    browser.press("j")
    assert ids[1] == browser.focus
    browser.press("k")
    assert ids[0] == browser.focus
    browser.press("/")
    browser.press("jk")
    assert "jk" == browser.one("#search").get_property("value")


def test_letters_can_be_left_alone(browser: Browser) -> None:
    """Who dictates can turn the keys off that are no more than a letter, and on again (WCAG 2.1.4)."""
    browser.one(".keys").click()
    browser.press("j", "/")
    assert "keys" == browser.focus
    browser.press(Keys.ENTER)
    browser.press("/")
    assert "search" == browser.focus


def test_quotes_open_and_close(browser: Browser) -> None:
    """A click opens an event's other quotes and the reason for its date; one button opens them all."""
    first = browser.all(EVENT)[0]
    assert not first.find_element(By.CSS_SELECTOR, ".why").is_displayed()
    first.find_element(By.CSS_SELECTOR, "summary").click()
    assert first.find_element(By.CSS_SELECTOR, ".why").is_displayed()
    browser.one(".unfold").click()
    assert len(browser.all(".why")) == len(browser.seen(".why"))
    assert "true" == browser.one(".unfold").get_dom_attribute("aria-pressed")


def test_permalinks(browser: Browser) -> None:
    """An event's address opens it and puts the focus there, even if a filter hid it."""
    last = browser.all(EVENT)[-1].get_dom_attribute("id")
    browser.open(f"#{last}")
    assert last == browser.focus
    assert browser.one(f"#{last} details").get_property("open")

    browser.open()
    browser.press("/", "Khan Younis")
    browser.run(f"location.hash = '{last}'")
    WebDriverWait(browser.driver, 5).until(lambda _: browser.focus == last)
    assert browser.one(f"#{last}").is_displayed()


def test_quotes_lead_to_their_words(browser: Browser) -> None:
    """A link opens the source at the quote, without telling it where the reader came from."""
    links = browser.all(".open a")

    assert links
    for link in links:
        assert re.match(r"https?://.+#:~:text=.+", link.get_dom_attribute("href"))
        assert "noreferrer" in link.get_dom_attribute("rel")


@pytest.mark.parametrize(
    "quote",
    [
        "the vote, at last, failed",
        "a long sentence - with a dash & more, of “words” that go on and on until the council rose",
        "Besançon’s 50% rise: #1 of 2,300",
    ],
)
def test_a_browser_finds_the_words(browser: Browser, tmp_path: Path, quote: str) -> None:
    """The address we make scrolls a browser down to the quote in a long article."""
    filler = "<p>Nothing was said of it here.</p>" * 200
    article = tmp_path / "article.html"
    article.write_text(
        f'<!doctype html><meta charset="utf-8">{filler}<p id="here">Then {html.escape(quote)}.</p>{filler}',
        encoding="utf-8",
    )
    fragment = quote_link("https://a.example/", quote).removeprefix("https://a.example/")
    browser.open(fragment, page=article)
    seen = "const { top } = document.getElementById('here').getBoundingClientRect();"
    WebDriverWait(browser.driver, 5).until(lambda _: browser.run("return scrollY") > 0)
    assert browser.run(f"{seen} return 0 < top && top < innerHeight")


def test_disagreements_are_a_table(browser: Browser) -> None:
    """The event leads to the table, whose rows have the values, the words and the source."""
    browser.all(".dispute a")[0].click()
    assert "#disagreements" == browser.hash
    rows = browser.seen("#disagreements tbody tr")
    assert all(re.search(r"\d.*\[\d+\].*“.+”", " ".join(row.text.split())) for row in rows)


# -- the time band -----------------------------------------------------------------------------


def test_zoom_and_pan(browser: Browser) -> None:
    """Plus shows fewer days, minus and "All days" more; shift and an arrow key move on."""
    whole = browser.days
    browser.one(".nearer").click()
    nearer = browser.days
    assert nearer < whole * 0.8
    browser.one(".farther").click()
    assert browser.days > nearer
    browser.one(".nearer").click()
    browser.one(".nearer").click()
    before = browser.one(".band svg").get_attribute("innerHTML")
    browser.run("document.querySelector('.stage').focus()")
    ActionChains(browser.driver).key_down(Keys.SHIFT).send_keys(Keys.ARROW_RIGHT).key_up(Keys.SHIFT).perform()
    assert before != browser.one(".band svg").get_attribute("innerHTML")
    browser.one(".whole").click()
    assert whole == browser.days


def test_drag(browser: Browser) -> None:
    """The band goes with the hand, and letting go opens nothing."""
    browser.one(".nearer").click()
    browser.one(".nearer").click()
    before = [mark.location["x"] for mark in browser.all(".mark")]
    band = browser.one(".band svg")
    ActionChains(browser.driver).move_to_element_with_offset(band, 0, 70).click_and_hold().move_by_offset(
        -120, 0
    ).release().perform()

    assert before != [mark.location["x"] for mark in browser.all(".mark")]
    assert "" == browser.hash


def test_a_drag_does_not_outlast_the_hand(browser: Browser, tmp_path: Path) -> None:
    """After a drag a key still opens what has the focus; a button let go elsewhere lets go of the band."""
    (tmp_path / "timeline.html").write_bytes(write(ferry(), "html"))
    browser.open(page=tmp_path / "timeline.html")
    browser.one(".nearer").click()
    browser.run(
        "const band = document.querySelector('.band svg');"
        "const hand = (type, clientX, buttons) =>"
        " band.dispatchEvent(new PointerEvent(type, { pointerId: 1, clientX, buttons, bubbles: true }));"
        "band.setPointerCapture = () => {};"
        "hand('pointerdown', 300, 1); hand('pointermove', 200, 1);"
        "window.moved = band.innerHTML;"
        "hand('pointermove', 100, 0);"  # let go outside the window
        "hand('pointermove', 50, 1);"  # and pressed again on something else
    )
    assert browser.run("return moved === document.querySelector('.band svg').innerHTML")
    browser.run("document.querySelector('.stage').focus()")
    browser.press(Keys.ARROW_RIGHT)
    where = browser.driver.switch_to.active_element.get_dom_attribute("href")
    browser.press(Keys.ENTER)
    WebDriverWait(browser.driver, 5).until(lambda _: browser.hash)
    assert where == browser.hash


def test_arrows_step_from_event_to_event(browser: Browser) -> None:
    """In the band the arrow keys go along the markers, and Enter leads to the event in the list."""
    browser.run("document.querySelector('.stage').focus()")
    browser.press(Keys.ARROW_RIGHT)
    browser.press(Keys.ARROW_RIGHT)
    marks = browser.all(".mark")
    assert marks[1] == browser.driver.switch_to.active_element
    browser.until(".peek")
    named, where = (marks[1].get_dom_attribute(name) for name in ("aria-label", "href"))
    assert browser.one(".peek").text.splitlines()[1] in named
    browser.press(Keys.ENTER)
    WebDriverWait(browser.driver, 5).until(lambda _: browser.hash == where)
    assert browser.hash[1:] == browser.focus


def test_hover_shows_the_quote_in_its_context(browser: Browser) -> None:
    """A marker under the mouse shows date, title and quote, until Escape or until the mouse is elsewhere."""
    single = browser.all(".mark:not(:has(.many))")[0]
    ActionChains(browser.driver).move_to_element(single).perform()
    browser.until(".peek blockquote")
    event = browser.one(single.get_dom_attribute("href"))
    quote = event.find_element(By.CSS_SELECTOR, "blockquote p").get_attribute("textContent")
    assert quote == browser.one(".peek blockquote p").get_attribute("textContent")
    ActionChains(browser.driver).move_to_element(browser.one("h1")).perform()
    browser.until(".peek", there=False)


def test_a_tap_shows_the_quote_and_a_second_one_goes_there(browser: Browser) -> None:
    """A finger has no hover: the first touch opens what a mouse would see."""
    browser.size(500)
    tap = (
        "const mark = [...document.querySelectorAll('.mark')].find((m) => m.getAttribute('href') === '%s');"
        "mark.dispatchEvent(new PointerEvent('click',"
        " { pointerType: 'touch', bubbles: true, cancelable: true }));"
    )
    where = browser.run("return document.querySelector('.mark:not(:has(.many))').getAttribute('href')")
    browser.run(tap % where)
    browser.until(".peek blockquote")
    assert "" == browser.hash
    browser.run(tap % where)
    WebDriverWait(browser.driver, 5).until(lambda _: browser.hash == where)


def test_markers_that_touch_are_one_with_a_count(browser: Browser) -> None:
    """No two markers overlap; a count opens up when it is clicked, and all events are counted once."""

    def marks() -> list[tuple[float, int]]:
        found = [(m.rect["x"], m.find_elements(By.CSS_SELECTOR, ".count")) for m in browser.all(".mark")]
        return [(x, int(count[0].text) if count else 1) for x, count in found]

    dated = sum(bool(event.get_dom_attribute("data-start")) for event in browser.all(EVENT))
    places = marks()
    assert dated == sum(count for _, count in places)
    assert all(b - a >= 15 for (a, _), (b, _) in pairwise(places))
    most = max(places, key=lambda place: place[1])
    counted = next(m for m in browser.all(".mark") if m.find_elements(By.CSS_SELECTOR, ".count"))
    ActionChains(browser.driver).click(counted.find_element(By.CSS_SELECTOR, ".many")).perform()
    assert most[1] > 1
    assert browser.seen(".peek") or places != marks()


def test_labels_of_the_band_never_touch(browser: Browser) -> None:
    """At every zoom and width no label overlaps another or is struck by a leader or runs off."""
    for width in (1200, 700, 390):
        browser.size(width)
        for _ in range(5):
            found = browser.run(
                "const box = (e) => { const r = e.getBoundingClientRect();"
                " return [r.left, r.right, r.top, r.bottom]; };"
                "return [...document.querySelectorAll('.band .label, .band .leader')]"
                ".map((e) => [e.classList[0], ...box(e)])"
            )
            labels = [rest for kind, *rest in found if kind == "label"]
            leaders = [rest for kind, *rest in found if kind == "leader"]
            for i, (left, right, top, bottom) in enumerate(labels):
                assert left >= 0
                assert right <= width
                for begin, end, high, low in labels[i + 1 :]:
                    apart = end <= left or right <= begin or low <= top + 2 or bottom <= high + 2
                    assert apart
                for x, _, high, low in leaders:
                    struck = left + 1 < x < right - 1 and high < bottom - 3 and top + 3 < low
                    assert not struck
            browser.one(".nearer").click()


def test_the_band_shows_what_the_list_shows(browser: Browser) -> None:
    """A filter takes events from both; "List only these days" sets the dates from the band."""
    browser.press("/", "vetoed")
    left = {f"#{event.get_dom_attribute('id')}" for event in browser.seen(EVENT)}
    assert {mark.get_dom_attribute("href") for mark in browser.all(".mark")} <= left
    browser.press(Keys.ESCAPE)
    browser.one(".nearer").click()
    browser.one(".these").click()
    assert browser.one("#since").get_property("value") > "2023-10-07"
    assert len(browser.seen(EVENT)) < len(browser.all(EVENT))


def test_the_picture_leads_to_the_list(browser: Browser) -> None:
    """What the picture draws of an event is a way to it."""
    browser.one(".picture summary").click()
    id = browser.all(EVENT)[-1].get_dom_attribute("id")
    drawn = browser.all(f'figure [id*="{id}"]')
    assert drawn
    browser.driver.execute_script(
        "arguments[0].dispatchEvent(new MouseEvent('click', { bubbles: true }))", drawn[0]
    )
    WebDriverWait(browser.driver, 5).until(lambda _: browser.hash == f"#{id}")


# -- without script, on paper, aloud -------------------------------------------------------------


def test_without_script(browser: Browser) -> None:
    """All events, quotes, reasons and the picture are open; what needs script is not there."""
    browser.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    browser.open()

    assert len(browser.all(EVENT)) == len(browser.seen(EVENT)) > 0
    assert len(browser.all("blockquote")) == len(browser.seen("blockquote"))
    assert len(browser.all(".why")) == len(browser.seen(".why"))
    assert browser.seen("figure svg")
    assert [] == browser.seen(".filters, .band")


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="no pdftotext here")
def test_on_paper(browser: Browser, tmp_path: Path) -> None:
    """The print has every title, quote and source address, and none of the controls."""
    titles = [link.get_attribute("textContent") for link in browser.all(TITLE)]
    quotes = [mark.get_attribute("textContent") for mark in browser.all("blockquote mark")]
    printed = browser.driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})["data"]
    (tmp_path / "page.pdf").write_bytes(base64.b64decode(printed))
    done = subprocess.run(
        ["pdftotext", tmp_path / "page.pdf", "-"], capture_output=True, text=True, check=True
    )
    text = re.sub(r"\s+", "", done.stdout)

    assert [] == [title for title in titles if re.sub(r"\s+", "", title) not in text]
    assert [] == [quote for quote in quotes if re.sub(r"\s+", "", quote) not in text]
    assert "tidewater.example/archive" in text
    assert "Openallquotes" not in text
    assert "Alldays" not in text


def test_printing_leaves_the_picture_as_it_was(browser: Browser) -> None:
    """Open for the paper; afterwards closed only if it was."""
    for was in (True, False):
        browser.run(f"document.querySelector('.picture').open = {str(was).lower()}")
        browser.run("dispatchEvent(new Event('beforeprint'))")
        assert browser.one(".picture").get_property("open")
        browser.run("dispatchEvent(new Event('afterprint'))")
        assert was is browser.one(".picture").get_property("open")


def test_aloud(browser: Browser) -> None:
    """A screen reader meets one main heading, a heading and an article for each event, named controls."""
    tree = browser.driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    told = [(n["role"]["value"], n.get("name", {}).get("value", "")) for n in tree if not n["ignored"]]
    headings = [name for role, name in told if role == "heading"]
    titles = [link.get_attribute("textContent") for link in browser.all(TITLE)]

    assert [] == [title for title in titles if not any(h.startswith(title) for h in headings)]
    assert len(titles) == sum(role == "article" for role, _ in told)
    controls = [
        name for role, name in told if role in ("button", "searchbox", "combobox", "checkbox", "link")
    ]
    assert all(controls)


def test_nothing_runs_off_a_telephone(browser: Browser) -> None:
    """On a narrow screen the page scrolls downwards only."""
    for width in (1200, 390, 320):
        browser.size(width)
        assert browser.run("return document.documentElement.scrollWidth") <= width


@pytest.mark.skipif(not AXE, reason="no axe-core here: TIMELINE_AXE names its script")
@pytest.mark.parametrize(("scheme", "width"), [("light", 1200), ("dark", 390)])
def test_axe_finds_nothing(browser: Browser, scheme: str, width: int) -> None:
    """axe-core finds no violation, with everything open."""
    script = Path(AXE).read_text(encoding="utf-8")
    browser.size(width)
    browser.scheme(scheme)
    browser.one(".unfold").click()
    browser.run("document.querySelector('.picture').open = true; document.querySelector('.stage').focus()")
    browser.press(Keys.ARROW_RIGHT)
    browser.until(".peek")
    browser.driver.execute_cdp_cmd("Runtime.evaluate", {"expression": script})
    found = browser.driver.execute_async_script(
        "const done = arguments[0];"
        "axe.run().then(({ violations }) =>"
        " done(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 120)).join(' ')}`)))"
    )

    assert [] == found


# -- other timelines ---------------------------------------------------------------------------


def spread(days: list[str]) -> Timeline:
    """An event on each of these days, with a hostile title."""
    story = ferry()
    first = story.events[0]
    events = tuple(
        replace(
            first,
            id=f"ev-{number:010x}",
            title=NASTY[number % len(NASTY)] or "Nothing",
            when=When(Interval.on(day), Grain.DAY),
            date_text=day,
            salience=number % 7 / 7,
        )
        for number, day in enumerate(days)
    )
    return replace(story, events=events, relations=(), discrepancies=())


@pytest.mark.parametrize(
    ("timeline", "marks"),
    [
        (Timeline("Nothing yet"), 0),
        (replace(ferry(), events=ferry().events[-1:], relations=(), discrepancies=()), 0),
        (spread(["2024-05-02"]), 1),
        (spread(["2024-05-02"] * 20), 1),
        (spread(["0001-01-01", "0079-08-24", "1066-10-14", "9999-12-31"]), 3),
        (spread([f"{1900 + n // 4}-{n % 12 + 1:02d}-{n % 28 + 1:02d}" for n in range(500)]), 20),
    ],
    ids=["empty", "undated", "one", "a day", "ages", "500"],
)
def test_any_timeline(browser: Browser, tmp_path: Path, timeline: Timeline, marks: int) -> None:
    """The page of every timeline opens without an error, counts all its events and runs nothing of theirs."""
    (tmp_path / "timeline.html").write_bytes(write(timeline, "html"))
    browser.driver.get_log("browser")
    browser.open(page=tmp_path / "timeline.html")

    assert [] == browser.driver.get_log("browser")
    assert len(timeline.shown) == len(browser.seen(EVENT))
    assert marks <= len(browser.all(".mark")) <= max(marks, 70)
    counts = [mark.text.split("\n")[0] for mark in browser.all(".mark")]
    dated = sum(event.when.interval is not None for event in timeline.shown)
    assert dated == sum(int(count) if count.isdigit() else 1 for count in counts)
    if marks:
        for _ in range(12):
            browser.one(".nearer").click()
        assert browser.all(".tick")
        browser.one(".whole").click()
        assert [] == browser.driver.get_log("browser")


def test_bars_that_have_no_row_are_counted(browser: Browser, tmp_path: Path) -> None:
    """Five events over the same days: three bars, and how many more there are."""
    story = ferry()
    days = When(Interval.of(2024, 5), Grain.MONTH)
    events = tuple(replace(story.events[0], id=f"ev-{n:010x}", when=days) for n in range(5))
    five = replace(story, events=events, relations=(), discrepancies=())
    (tmp_path / "timeline.html").write_bytes(write(five, "html"))
    browser.open(page=tmp_path / "timeline.html")

    assert 3 == len(browser.all(".bar"))
    assert "+2 at the same time" in browser.one(".band svg").text


def test_the_picture_tells_ids_apart(browser: Browser, tmp_path: Path) -> None:
    """An id that begins as another does leads to its own event."""
    story = ferry()
    events = tuple(replace(story.events[0], id=id) for id in ("ev-1-2", "ev-12", "ev-1"))
    three = replace(story, events=events, relations=(), discrepancies=())
    drawn = "".join(
        f'<g id="{part}"><path d="M0 0H9V9H0Z"/></g>' for part in ("ev-1-2-title-0", "ev-12-cites")
    )
    picture = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{drawn}</svg>'
    (tmp_path / "timeline.html").write_bytes(write(three, "html", picture=picture))
    for part, id in (("ev-1-2-title-0", "ev-1-2"), ("ev-12-cites", "ev-12")):
        browser.open(page=tmp_path / "timeline.html")
        browser.run(f"document.getElementById('picture-{part}').dispatchEvent(new MouseEvent('click'))")
        WebDriverWait(browser.driver, 5).until(lambda _: browser.hash)
        assert f"#{id}" == browser.hash
