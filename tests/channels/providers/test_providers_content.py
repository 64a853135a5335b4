"""Choices become buttons or a list where WhatsApp can show them, and numbers in the text elsewhere."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from channels.bot_models import BotReply
from channels.errors import SettingsError
from channels.providers.base import Template
from channels.providers.content import Contents, load
from channels.render import whatsapp


def quick(count: int) -> dict[str, Any]:
    ids = [f"{number}b" for number in range(count)]
    variables = {"body": "1", "titles": [f"{number}a" for number in range(count)], "ids": ids}
    return {"kind": "quick_reply", "sid": f"HXquick{count}", "variables": variables}


def picker(count: int, described: bool = False) -> dict[str, Any]:
    content = quick(count) | {"kind": "list_picker", "sid": f"HX{'described' if described else 'list'}{count}"}
    content["variables"]["button"] = "open"
    if described:
        content["variables"]["descriptions"] = [f"{number}c" for number in range(count)]
    return content


def written(path: Path, *contents: dict[str, Any]) -> Contents:
    file = path / "content.yml"
    file.write_text(yaml.safe_dump({f"c{number}": each for number, each in enumerate(contents)}), "utf-8")
    return load(file)


@pytest.fixture
def contents(tmp_path: Path) -> Contents:
    some = [picker(count, described) for count in range(1, 11) for described in (True, False)]
    return written(tmp_path, *some, quick(2), quick(3))


def reply(*titles: str, text: str = "क्या आप बुनकर हैं?", **more: Any) -> BotReply:
    buttons = [{"title": title, "payload": f"entry:{number}"} for number, title in enumerate(titles)]
    return BotReply(text=text, language="hi", buttons=buttons, **more)


def many(count: int) -> list[str]:
    return [f"ज़िला {number}" for number in range(count)]


def sid(template: Template | None) -> str | None:
    return template.sid if template else None


def test_two_choices_are_two_buttons(contents: Contents) -> None:
    template = contents.choose(reply("हाँ ", "नहीं"))
    values = {"1": "क्या आप बुनकर हैं?", "0a": "हाँ", "0b": "entry:0", "1a": "नहीं", "1b": "entry:1"}
    assert template == Template("HXquick2", values)


def test_sources_stand_above_the_buttons(contents: Contents) -> None:
    answer = reply("हाँ", "नहीं", sources=[{"title": "नीति", "as_of": 2025}])
    template = contents.choose(answer)
    assert template
    assert template.variables["1"] == whatsapp.above_buttons(answer) == "क्या आप बुनकर हैं?\n\nस्रोत: नीति (2025)"


@pytest.mark.parametrize(
    ("count", "chosen"),
    [(1, "HXlist1"), (3, "HXquick3"), (4, "HXlist4"), (10, "HXlist10"), (11, None), (0, None)],
)
def test_three_buttons_ten_items_and_no_more(contents: Contents, count: int, chosen: str | None) -> None:
    assert sid(contents.choose(reply(*many(count)))) == chosen


@pytest.mark.parametrize(
    ("length", "chosen"),
    [(20, "HXquick2"), (21, "HXlist2"), (24, "HXlist2"), (25, "HXdescribed2"), (72, "HXdescribed2"), (73, None)],
)
@pytest.mark.parametrize("letter", ["a", "क"])
def test_a_title_is_as_long_as_its_place_allows(
    contents: Contents, length: int, chosen: str | None, letter: str
) -> None:
    assert sid(contents.choose(reply("हाँ", letter * length))) == chosen


def test_an_emoji_counts_two(contents: Contents) -> None:
    assert sid(contents.choose(reply("हाँ", "😀" * 10))) == "HXquick2"
    assert sid(contents.choose(reply("हाँ", "😀" * 10 + "a"))) == "HXlist2"


@pytest.mark.parametrize(("length", "shown"), [(1024, True), (1025, False)])
def test_the_text_above_has_a_limit(contents: Contents, length: int, shown: bool) -> None:
    assert bool(contents.choose(reply("हाँ", "नहीं", text="क" * length))) == shown


def test_the_source_counts_with_the_text_above(contents: Contents) -> None:
    long = reply("हाँ", "नहीं", text="क" * 1020, sources=[{"title": "नीति"}])
    assert contents.choose(long) is None


@pytest.mark.parametrize(("length", "shown"), [(200, True), (201, False), (0, False)])
def test_what_comes_back_has_a_limit(contents: Contents, length: int, shown: bool) -> None:
    answer = BotReply(text="?", language="en", buttons=[{"title": "Yes", "payload": "x" * length}])
    assert bool(contents.choose(answer)) == shown


@pytest.mark.parametrize("titles", [("हाँ", "हाँ "), ("हाँ", " ")])
def test_titles_must_differ_and_say_something(contents: Contents, titles: tuple[str, ...]) -> None:
    assert contents.choose(reply(*titles)) is None


def test_items_with_long_titles_are_numbers_that_are_described(contents: Contents) -> None:
    long = "मुख्यमंत्री युवा उद्यमी विकास अभियान"
    template = contents.choose(reply("ओडीओपी", long))
    assert template
    shown = {name: template.variables[name] for name in ("0a", "0c", "1a", "1c", "open")}
    assert shown == {"0a": "1", "0c": "ओडीओपी", "1a": "2", "1c": long, "open": "विकल्प देखें"}


def test_without_a_file_choices_are_numbered_in_the_text() -> None:
    answer = reply("हाँ", "नहीं")
    assert load(None).choose(answer) is None
    assert "1. हाँ\n2. नहीं" in whatsapp.messages(answer, 1)[0].text


def test_a_number_of_choices_without_a_template_is_numbered_in_the_text(tmp_path: Path) -> None:
    contents = written(tmp_path, quick(2))
    assert contents.choose(reply(*many(2)))
    assert contents.choose(reply(*many(3))) is None


def test_every_value_of_a_template_is_filled(contents: Contents) -> None:
    for count in range(1, 11):
        template = contents.choose(reply(*many(count)))
        assert template
        assert all(template.variables.values())


@pytest.mark.parametrize(
    "content",
    [
        quick(4),
        picker(11),
        quick(0),
        quick(2) | {"sid": "MG1"},
        quick(2) | {"kind": "carousel"},
        quick(2) | {"colour": "red"},
        {"kind": "quick_reply", "sid": "HX1", "variables": {"body": "1", "titles": ["2"], "ids": ["3", "4"]}},
        {"kind": "quick_reply", "sid": "HX1", "variables": {"body": "1", "titles": ["2"], "ids": ["2"]}},
        {
            "kind": "quick_reply",
            "sid": "HX1",
            "variables": {"body": "1", "titles": ["2"], "ids": ["3"], "descriptions": ["4"]},
        },
    ],
)
def test_a_template_that_cannot_be_right_is_refused(tmp_path: Path, content: dict[str, Any]) -> None:
    with pytest.raises(SettingsError, match=r"content\.yml"):
        written(tmp_path, content)


@pytest.mark.parametrize("text", ["a: {\n", "- 1", "x: {}\nx: {}\n", "\xff"])
def test_a_file_that_is_not_in_order_is_refused_in_one_line(tmp_path: Path, text: str) -> None:
    file = tmp_path / "content.yml"
    file.write_text(text, "latin-1")
    with pytest.raises(SettingsError, match=r"content\.yml") as refused:
        load(file)
    assert "\n" not in str(refused.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"gone\.yml"):
        load(tmp_path / "gone.yml")
