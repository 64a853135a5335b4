"""How a page is made: `render(request, "area/page.html", who=who, ...)`."""

import re
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from channels.console import access, words
from channels.console.areas import areas
from channels.console.moments import moment, plain_day
from channels.console.roles import Account
from channels.privacy.redact import KINDS

TEMPLATES = Path(__file__).with_name("templates")
_HIDDEN = re.compile(rf"\[({'|'.join(KINDS)})\]")
_environment = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def render(
    request: Request, template: str, who: Account | None = None, status: int = 200, **values: Any
) -> HTMLResponse:
    """In a template: `t("area.key", gap=...)`, `who`, `language`, `csrf`, `path`, `moment(at)`,
    `plain_day(text)`, and the values.

    `called("area.prefix_", value)` is the word for a value or, where there is none, the value; `hidden(text)` says what
    was taken out of a text in the page's language."""
    language = access.language_of(request, who)
    context = {
        "t": words.sayer(language),
        "who": who,
        "language": language,
        "csrf": access.csrf(request),
        "path": request.url.path,
        "areas": [area for area in areas() if who and who.may(*area.roles)],
        "done": _done(request),
        "moment": moment,
        "plain_day": plain_day,
        "called": lambda prefix, value: words.say(language, prefix + value) if words.has(prefix + value) else value,
        "hidden": lambda text: _HIDDEN.sub(lambda kind: f"[{words.say(language, 'common.hidden_' + kind[1])}]", text),
    }
    return HTMLResponse(_environment.get_template(template).render(context | values), status)


def warm_up() -> None:
    """Before anybody asks: templates are compiled and words read once, so that no first page waits for it."""
    words.load()
    for name in _environment.list_templates():
        _environment.get_template(name)


def is_fragment(request: Request) -> bool:
    """htmx asks for a part of the page."""
    return request.headers.get("hx-request") == "true"


def _done(request: Request) -> str | None:
    """A sentence of ours that an address may name after a form, `?done=accounts.saved`; nothing else."""
    key = "done." + request.query_params.get("done", "")
    return key if words.has(key) else None
