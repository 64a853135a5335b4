"""Every error code of a provider means something to an operator and has a consequence."""

import re
from pathlib import Path

import pytest

from channels.errors import SettingsError
from channels.providers.errors import CONSEQUENCES, MAY_RETRY, meaning, read, table

NAMED_IN_THE_WISH = {
    "63016 63018 63003 63024 63032 63049 63051 21610 21614 21211 21617 21408 21612 21635 30034 20429 20003 20404",
    "30001 30002 30003 30004 30005 30006 30007 30008",
}


@pytest.mark.parametrize(
    ("code", "consequence"),
    [
        ("63016", "window_closed"),
        ("63018", "slow_down"),
        ("20429", "slow_down"),
        ("21610", "opted_out"),
        ("21617", "too_long"),
        ("21211", "bad_address"),
        ("30007", "blocked"),
        ("21656", "template"),
        ("connect", "retry_later"),
        ("20003", "give_up"),
        ("30008", "give_up"),
    ],
)
def test_a_code_has_its_consequence(code: str, consequence: str) -> None:
    assert meaning(code).consequence == consequence


def test_every_code_is_told_in_words() -> None:
    for code, entry in table().items():
        assert entry.code == code
        assert re.fullmatch(r"[0-9]{5}|[A-Za-z_]+[0-9]*", code), code
        assert 8 <= len(entry.title) <= 60, code
        assert entry.meaning.endswith("."), code
        assert code not in entry.title, code


def test_no_two_codes_are_told_in_the_same_words() -> None:
    assert len({entry.meaning for entry in table().values()}) == len(table())


def test_every_consequence_is_used() -> None:
    assert {entry.consequence for entry in table().values()} == set(CONSEQUENCES)


def test_the_codes_that_were_asked_for_are_there() -> None:
    assert {code for line in NAMED_IN_THE_WISH for code in line.split()} <= set(table())


def test_only_rate_and_a_closed_way_are_tried_again() -> None:
    assert {"slow_down", "retry_later"} == MAY_RETRY
    for code in ("21610", "63016", "21617", "30008", "http_500"):
        assert meaning(code).consequence not in MAY_RETRY


def test_an_unknown_code_is_given_up_under_a_clear_title() -> None:
    unknown = meaning("98765")
    assert (unknown.consequence, unknown.title) == ("give_up", "Unknown error 98765")
    assert unknown.meaning


@pytest.mark.parametrize(
    "content",
    [
        "a: [",
        "- code: 1",
        "- {code: '1', title: t, meaning: m, consequence: shrug}",
        "- {code: '1', title: t, meaning: m, consequence: give_up, colour: red}",
        "- {code: '1', title: '', meaning: m, consequence: give_up}",
        "- &a {code: '1', title: t, meaning: m, consequence: give_up}\n- *a",
    ],
)
def test_a_table_that_is_not_in_order_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "errors.yml"
    path.write_text(content, "utf-8")
    with pytest.raises(SettingsError, match=r"errors\.yml"):
        read(path)
