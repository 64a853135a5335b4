"""What stages mean: complete in three languages, with sources, read strictly."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from actions.applications import sentences, stages
from knowledge.entry import MAX_SHORT, ByLanguage
from knowledge.errors import EntryError

LOADED = stages.load()
EVERY = [(scheme, code) for scheme, found in LOADED.by_scheme.items() for code in found]
FACTS = {"margin_money": 15, "skill_toolkit": 6, "mda": 5, "cfc": 6}
RUDE = re.compile(r"\b(tum|tumhara|tumhare|tu|tera|teri)\b|(?<!\S)(तुम|तुम्हारा|तुम्हारी|तू|तेरा|तेरी)(?!\S)", re.IGNORECASE)


def texts(scheme: str, code: str) -> list[ByLanguage]:
    stage = LOADED.by_scheme[scheme][code]
    return [stage.name, stage.meaning, stage.next, stage.do_now]


def test_every_stage_of_every_scheme_is_there() -> None:
    assert {scheme: len(found) for scheme, found in LOADED.by_scheme.items()} == FACTS


@pytest.mark.parametrize(("scheme", "code"), EVERY)
def test_each_language_is_written_in_its_own_script(scheme: str, code: str) -> None:
    for text in texts(scheme, code):
        assert re.search("[\u0900-\u097f]", text.hi)
        assert not re.search("[\u0900-\u097f]", text.hinglish + text.en)


@pytest.mark.parametrize(("scheme", "code"), EVERY)
def test_texts_are_short_and_respectful(scheme: str, code: str) -> None:
    for text in texts(scheme, code):
        for _, words in text.items():
            assert len(words.split()) <= 35
            assert not RUDE.search(words)


@pytest.mark.parametrize(("scheme", "code"), EVERY)
@pytest.mark.parametrize("language", ["hi", "hi-Latn", "en"])
def test_every_stage_is_explained_without_a_gap(scheme: str, code: str, language: str) -> None:
    told = LOADED.explain(scheme, code, date(2026, 9, 1), language, date(2026, 9, 2))
    said = [told.name, told.meaning, told.next, told.who, told.do_now, told.worry or "-"]
    assert all(said)
    assert not any("{" in text for text in said)
    assert told.days_here == 1


def test_a_stage_is_late_only_after_its_days() -> None:
    since = date(2026, 9, 1)
    on_time = LOADED.explain("margin_money", "forwarded_bank", since, "en", date(2026, 10, 1))
    late = LOADED.explain("margin_money", "forwarded_bank", since, "en", date(2026, 10, 2))
    assert (on_time.late, late.late) == (False, True)
    assert on_time.worry is not None
    assert "30 days" in on_time.worry


def test_a_stage_reached_tomorrow_by_a_clock_ahead_of_ours_is_not_early() -> None:
    told = LOADED.explain("mda", "committee", date(2026, 9, 2), "en", date(2026, 9, 1))
    assert (told.days_here, told.late) == (0, False)


def test_a_final_stage_is_never_late_and_leaves_nothing_to_wait_for() -> None:
    told = LOADED.explain("margin_money", "adjusted", date(2020, 1, 1), "hi", date(2026, 1, 1))
    assert (told.late, told.worry) == (False, None)


def test_days_that_are_our_own_measure_say_so() -> None:
    for scheme, code in EVERY:
        told = LOADED.explain(scheme, code, date(2026, 1, 1), "en", date(2026, 1, 1))
        own = LOADED.by_scheme[scheme][code].worry_basis == "own"
        assert told.worry is None or ("our own measure" in told.worry) == own


def test_a_stage_that_is_unknown_is_not_found() -> None:
    assert LOADED.find("margin_money", "kit_given") is None
    assert LOADED.find("pmegp", "applied") is None


FIRST = stages.STAGES / "mda.yml"
MISTAKES = {
    "a language missing": ('      en: "The fair is over; the claim has not come yet."\n', "", "meaning.en"),
    "an unknown key": ("    actor: dic\n", "    actor: dic\n    colour: red\n", "colour"),
    "an unknown source": ("noida-mda-2024]", "hearsay]", "unknown source hearsay"),
    "a code twice": ("code: claim_submitted", "code: event_attended", "event_attended is given twice"),
    "an unknown actor": ("actor: committee", "actor: minister", "actor"),
    "a stage to wait at without days": ("worry_after_days: 20", "worry_after_days: null", "final stage"),
    "no source": ("sources: [odop-portal-scheme-faq, odop-portal-schemes]", "sources: []", "sources"),
    "another scheme than the file's": ("scheme: mda", "scheme: pmegp", "the file is named mda.yml"),
    "a key given twice": ("scheme: mda", "scheme: mda\nscheme: mda", "given twice"),
}


@pytest.mark.parametrize(("old", "new", "said"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_in_a_file_is_refused_with_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = FIRST.read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "mda.yml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(EntryError, match=rf"mda\.yml:\d+: .*{said}"):
        stages.load.__wrapped__(tmp_path, stages.ACTORS)


def test_a_missing_actor_is_refused(tmp_path: Path) -> None:
    lines = stages.ACTORS.read_text(encoding="utf-8").splitlines(keepends=True)
    path = tmp_path / "actors.yml"
    path.write_text("".join(line for line in lines if not line.startswith("  spv:")), encoding="utf-8")
    with pytest.raises(EntryError, match="spv is missing"):
        stages.load.__wrapped__(stages.STAGES, path)


@pytest.mark.parametrize("language", ["hi", "hi-Latn", "en"])
def test_the_message_with_the_code_fits_two_segments_and_names_code_and_time(language: str) -> None:
    text = sentences.load().code_sms[language].format(code="123456", minutes=10)
    assert len(text) <= MAX_SHORT[language]
    assert "123456" in text
    assert "10" in text
    assert language == "hi" or text.isascii()


def test_the_sentence_for_an_outage_names_another_way() -> None:
    for _, text in sentences.load().unavailable.items():
        assert "1800-1800-888" in text


def test_a_sentence_missing_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sentences.yml"
    path.write_text('code_sms: {hi: "x", hi-Latn: "x", en: "x"}', encoding="utf-8")
    load: Callable[[Path], object] = sentences.load.__wrapped__
    with pytest.raises(EntryError, match="unavailable"):
        load(path)
