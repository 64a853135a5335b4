"""Logs in and takes a picture of each page, in Hindi and in English."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.errors import BenchmarkError

PATIENCE = 120_000  # milliseconds; the first question loads the models
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
COLOURS = 128
QUESTIONS = {"hi": "बैंक ने लोन के लिए मना कर दिया, अब क्या करें", "en": "bank ne loan mana kar diya, ab kya karein"}


@dataclass(frozen=True)
class View:
    """`until` is there once the page is as it should be; `height` of the picture in the docs."""

    name: str
    path: str
    until: str
    height: int
    languages: tuple[str, ...] = ("hi", "en")  # in which the docs show it
    before: Callable[[Any, str], None] | None = None


def _ask(page: Any, language: str) -> None:
    page.locator("#question").press_sequentially(QUESTIONS[language], delay=10)


def _open(page: Any, _: str) -> None:
    page.locator("a.item.high").first.click()


def _group(page: Any, _: str) -> None:
    """The action server puts the texts into groups meanwhile."""
    for _again in range(int(PATIENCE / 2000)):
        if page.locator("[id^=group-]").count():
            return
        page.wait_for_timeout(2000)
        page.reload()


VIEWS = (
    View("ask", "/console/ask", "#answer h2", 1040, before=_ask),
    View("conversations", "/console/conversations", ".said.staff", 1120, before=_open),
    View("unanswered", "/console/unanswered", "[id^=group-]", 900, ("hi",), _group),
    View("content", "/console/content", "main li.card", 800, ()),
    View("editor", "/console/content/mm-how-much", "#checked .bubble", 900, ("hi",)),
    View("figures", "/console/figures", ".curve svg", 1100),
)


def take(browser: str, url: str, known: tuple[str, str], out: Path, width: int, only_docs: bool) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=browser, args=FLAGS)
        page = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme="light").new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(f"{url}/console/login")
        if not only_docs:
            _logins(page, out)
        _log_in(page, *known)
        for language in ("hi", "en"):
            _speak(page, language)
            for view in VIEWS:
                if not only_docs or language in view.languages:
                    _look(page, url, view, language, out, only_docs)
        chromium.close()


def _logins(page: Any, out: Path) -> None:
    for language in ("en", "hi"):
        _speak(page, language)
        _keep(page, out / f"console-login-{language}.png", None)


def _log_in(page: Any, login: str, password: str) -> None:
    page.fill("[name=login]", login)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
    page.wait_for_selector(".top nav")


def _speak(page: Any, language: str) -> None:
    if page.locator("html").get_attribute("lang") != language:
        page.locator(f"button[name=language][value={language}]").click()
        page.wait_for_selector(f"html[lang={language}]", state="attached")


def _look(page: Any, url: str, view: View, language: str, out: Path, only_docs: bool) -> None:
    if not page.goto(url + view.path).ok:
        raise BenchmarkError(f"{view.path} does not open: see var/bench/log/pictures-channels.log.")
    if view.before:
        view.before(page, language)
    page.wait_for_selector(view.until)
    page.evaluate("document.activeElement.blur()")
    _keep(page, out / f"console-{view.name}-{language}.png", view.height if only_docs else None)


def _keep(page: Any, path: Path, height: int | None) -> None:
    """Without a height the whole page. Few colours: a page has no photographs, and the file is a third as large."""
    from PIL import Image

    if height:
        page.set_viewport_size({"width": page.viewport_size["width"], "height": height})
    taken = Image.open(io.BytesIO(page.screenshot(full_page=height is None, animations="disabled", caret="hide")))
    taken.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB", flush=True)
