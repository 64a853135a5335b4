"""No route of the console without its role, no page without its words."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from fastapi.routing import APIRoute
from gateway_settings import settings
from staffed import Staff as Site
from starlette.routing import Mount

import channels.console
from channels.app import create_app
from channels.console import words
from channels.console.access import Staff
from channels.console.accounts import entry
from channels.console.areas import areas
from channels.console.roles import ROLES

PUBLIC = {("GET", "/login"), ("POST", "/login"), ("POST", "/language"), ("GET", "/oidc"), ("GET", "/oidc/back")}
HERE = Path(channels.console.__file__).parent


def routers() -> Iterator[APIRouter]:
    yield entry.router
    yield from (area.router() for area in areas())


def routes() -> list[APIRoute]:
    found = [route for router in routers() for route in router.routes]
    assert all(isinstance(route, APIRoute) for route in found), "the console has plain routes only"
    return [route for route in found if isinstance(route, APIRoute)]


def calls(dependant: Any) -> Iterator[Any]:
    for each in dependant.dependencies:
        yield each.call
        yield from calls(each)


def test_every_route_asks_for_a_role_or_is_one_of_the_few_public_ones() -> None:
    for route in routes():
        roles = [call.roles for call in calls(route.dependant) if isinstance(call, Staff)]
        named = {(method, route.path) for method in route.methods}
        assert named <= PUBLIC or (roles and all(roles)), f"{route.path} asks for no role"
        assert {role for each in roles for role in each} <= set(ROLES)
    assert len(routes()) > 10


def test_the_console_has_no_other_routes_than_those_looked_at() -> None:
    app = create_app(settings())
    app.state.handovers.close()
    (console,) = (route.app for route in app.routes if isinstance(route, Mount) and route.path == "/console")
    own = [getattr(route, "path", None) for route in console.routes]
    assert [path for path in own if path is not None] == ["/", "/static"]
    assert len(own) == 2 + len(list(routers()))


async def test_every_route_that_changes_something_refuses_a_form_without_the_token(staff: Site) -> None:
    admin = await staff("admin")
    changing = [(route, method) for route in routes() for method in route.methods - {"GET"}]
    assert len(changing) > 5
    for route, method in changing:
        path = "/console" + re.sub(r"{[^}]*}", "1", route.path)
        refused = await admin.client.request(method, path, data={"language": "en"})
        assert refused.status_code == 403 and "too old" in refused.text, route.path


async def test_nobody_gets_in_anywhere_without_logging_in(staff: Site) -> None:
    browser = staff.browser()
    await browser.get("/login")
    for route in routes():
        for method in route.methods:
            if (method, route.path) not in PUBLIC:
                path = "/console" + re.sub(r"{[^}]*}", "1", route.path)
                answer = await browser.client.request(method, path, headers={"X-CSRF-Token": browser.token})
                assert answer.status_code == 303, (method, path, answer.status_code)
                assert answer.headers["location"].startswith("/console/login")


def test_every_area_has_its_name_in_both_languages() -> None:
    for area in areas():
        assert words.has(f"{area.name}.nav"), area.name


def test_every_key_that_a_page_names_is_there() -> None:
    used: set[str] = set()
    named = re.compile(r'(?:\bt\(|Refused\(|say\([a-z_.]+, )"([a-z_]+\.[a-z_0-9]*[a-z0-9])"')
    for path in (*HERE.rglob("*.html"), *HERE.rglob("*.py")):
        used |= set(named.findall(path.read_text("utf-8")))
    used -= {"area.key"}  # of the explanation
    assert len(used) > 40
    assert [key for key in sorted(used) if not words.has(key)] == []


def test_no_page_has_a_script_or_a_style_of_its_own_or_marks_text_as_safe() -> None:
    forbidden = re.compile(r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\son[a-z]+=|\|\s*safe\b|https?://|autoescape", re.I)
    for path in HERE.rglob("*.html"):
        assert not forbidden.search(path.read_text("utf-8")), path.name
