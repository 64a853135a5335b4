"""How heavy the widget is and how soon it can be used, in Chromium with a slowed network and processor."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from shutil import which
from threading import Thread
from typing import Any

import httpx

from benchmarks import report
from benchmarks.errors import BenchmarkError
from benchmarks.figures import spread
from benchmarks.places import BENCH
from benchmarks.servers import Server, free_port, running
from benchmarks.tables import table

DESCRIPTION = "bytes, requests and seconds until the widget can be used, on slow networks (two minutes)"
SLOWER = 6  # the processor of a cheap phone, as Chromium's own tools assume it
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
HOST = (
    '<!doctype html><html lang="hi"><meta charset="utf-8"><title>Site</title><link rel="icon" href="data:,">'
    '<script defer src="{}/widget.js"></script>'
)
MARKS = (
    """addEventListener("odop-ready", () => requestAnimationFrame(() => { window.readyAt = performance.now(); }));"""
)
OPEN = """() => new Promise((done) => { const from = performance.now();
  const root = document.querySelector("odop-sahayak").shadowRoot;
  root.querySelector(".launcher").click(); requestAnimationFrame(() => done(performance.now() - from)); })"""
ASK = """() => new Promise((done) => { const from = performance.now();
  const root = document.querySelector("odop-sahayak").shadowRoot;
  const look = () => root.querySelector(".theirs") && done(performance.now() - from);
  new MutationObserver(look)
    .observe(root, {childList: true, subtree: true});
  root.querySelector(".welcome .chip").click(); })"""


@dataclass(frozen=True)
class Network:
    name: str
    kilobits: int
    round_trip: int  # milliseconds


NETWORKS = (Network("slow 3G", 400, 400), Network("2G", 50, 800))


@dataclass(frozen=True)
class Look:
    """One visit: seconds from the click on a link to the site."""

    ready: float
    opening: float
    answer: float
    again: float
    requests: int
    bytes: float


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--visits", type=int, default=5, help="visits on each network (%(default)s)")


def run(given: argparse.Namespace) -> None:
    browser_path = which("chromium") or which("google-chrome")
    if not browser_path:
        raise BenchmarkError("The widget is measured in Chromium, and there is none on this machine.")
    looks: dict[str, list[Look]] = {}
    with _gateway() as helpline, _site(helpline) as site, _browser(browser_path) as browser:
        for network in NETWORKS:
            looks[network.name] = [_look(browser, site, helpline, network) for _ in range(given.visits)]
    report.write("widget", "The widget on another site", _text(looks))


def _text(looks: dict[str, list[Look]]) -> str:
    columns = list(looks.values())
    rows = [
        ["until it can be used, s", *(spread([each.ready for each in column]) for column in columns)],
        ["the same on the next page, s", *(spread([each.again for each in column]) for column in columns)],
        ["from a tap to the open panel, s", *(f"{max(each.opening for each in c):.2f} at most" for c in columns)],
        ["from a tap to the first answer, s", *(spread([each.answer for each in column]) for column in columns)],
        ["requests to be usable", *(spread([each.requests for each in column]) for column in columns)],
        ["kilobytes to be usable", *(spread([each.bytes / 1000 for each in column]) for column in columns)],
    ]
    names = [f"{each.name} ({each.kilobits} kbit/s, {each.round_trip} ms)" for each in NETWORKS]
    return (
        f"{table(['', *names], rows)}\n\nEach cell: mean (least–most) of {len(columns[0])} visits, processor slowed "
        f"{SLOWER} times, with a bot that answers at once. Usable: drawn, and it opens when tapped. The site's own "
        "page is one line, loaded over the same network."
    )


def _look(browser: Any, site: str, helpline: str, network: Network) -> Look:
    context = browser.new_context(viewport={"width": 360, "height": 640})
    page = context.new_page()
    page.set_default_timeout(90_000)
    page.add_init_script(MARKS)
    wire = context.new_cdp_session(page)
    carried: list[float] = []
    wire.on("Network.loadingFinished", lambda event: carried.append(event["encodedDataLength"]))
    wire.send("Network.enable")
    speed = network.kilobits * 1000 / 8
    wire.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": network.round_trip, "downloadThroughput": speed, "uploadThroughput": speed},
    )
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    ready = _ready(page, site)
    requests, weight = len(carried) - 1, sum(carried[1:])  # but the site's own page
    opening, answer = page.evaluate(OPEN), page.evaluate(ASK)
    again = _ready(page, site + "/next")
    context.close()
    return Look(ready, opening / 1000, answer / 1000, again, requests, weight)


def _ready(page: Any, address: str) -> float:
    page.goto(address)
    page.wait_for_function("window.readyAt")
    return float(page.evaluate("window.readyAt")) / 1000


@contextmanager
def _browser(path: str) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@contextmanager
def _gateway() -> Iterator[str]:
    """With a bot that needs no model: what is measured is the way, not the answer."""
    bot_port, port = free_port(), free_port()
    url, database = f"http://127.0.0.1:{port}", BENCH / "widget.db"
    BENCH.mkdir(parents=True, exist_ok=True)
    database.unlink(missing_ok=True)
    env = {
        "GATEWAY_PORT": str(port),
        "BOT_URL": f"http://127.0.0.1:{bot_port}",
        "DATABASE_URL": f"sqlite:///{database}",
    }
    serve = f"import uvicorn; from channels.fake_bot import FakeBot; uvicorn.run(FakeBot().app, port={bot_port})"
    with ExitStack() as up:
        up.enter_context(running(Server("widget-bot", [sys.executable, "-c", serve], partial(_answers, bot_port))))
        up.enter_context(
            running(Server("widget-gateway", [sys.executable, "-m", "channels"], partial(_answers, port), env))
        )
        yield url


def _answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/", timeout=1.0).status_code == 200
    except httpx.HTTPError:
        return False


@contextmanager
def _site(helpline: str) -> Iterator[str]:
    page = HOST.format(helpline).encode()

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_page = "favicon" not in self.path
            self.send_response(200 if is_page else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page if is_page else b"")

        def log_message(self, *_: object) -> None:
            """Nothing: the figures are what is told."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
