"""Makes the widget's one file of its small ones: words, style and scripts, packed once at the start."""

import gzip
import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_args

import yaml

from channels.errors import SettingsError
from channels.models import Language
from channels.names import renamed

HERE = Path(__file__).parent
STATIC = HERE / "static"
# In this order: each uses only what stands before it, or what is called later.
SCRIPTS = ("dom", "memory", "wire", "person", "outbox", "message", "transcript", "voice", "menu", "panel", "element")


@dataclass(frozen=True)
class File:
    plain: bytes
    packed: bytes
    etag: str


@cache
def script() -> File:
    """The whole widget. It defines nothing on the page but its element."""
    parts = [_lean((STATIC / f"{name}.js").read_text("utf-8"), "//") for name in SCRIPTS]
    head = f"const WORDS={_json(words())},CSS={_json(_css())};"
    return _file("\n".join(["(function(){'use strict';", head, *parts, "})();"]))


@cache
def style() -> File:
    """The same style as in the script, for browsers that take none from a script."""
    return _file(_css())


@cache
def demo_style() -> File:
    return _file((STATIC / "demo.css").read_text("utf-8"))


def words(path: Path = HERE / "words.yml") -> dict[str, dict[str, Any]]:
    """What the widget says itself. Raises SettingsError where a language lacks."""
    found: dict[str, dict[str, Any]] = yaml.safe_load(path.read_text("utf-8"))
    for key, texts in found.items():
        if set(texts) != set(get_args(Language)):
            raise SettingsError(f"{path.name}: {key} must have hi, hi-Latn and en")
    return found


def _css() -> str:
    return _lean((STATIC / "widget.css").read_text("utf-8"), "/*")


def _lean(text: str, comment: str) -> str:
    """Without lines of comment and indentation, which a slow network need not carry."""
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith(comment))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _file(text: str) -> File:
    plain = renamed(text).encode()
    return File(plain, gzip.compress(plain, 9, mtime=0), f'"{hashlib.sha256(plain).hexdigest()[:20]}"')
