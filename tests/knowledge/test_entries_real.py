"""The entries as they are: right, complete, and readable where they will be read."""

import re
from datetime import date

from knowledge.entries_loader import Library
from knowledge.entry import schemes
from knowledge.text.mention import read_words
from knowledge.text.urdu import UrduReader

OWN_SCHEMES = {"margin_money", "mda", "skill_toolkit", "cfc"}
SCHEMES = set(schemes())


def test_all_entries_load_and_there_are_at_least_sixty(library: Library) -> None:
    assert len(library.entries) >= 60


def test_every_scheme_has_entries(library: Library) -> None:
    assert OWN_SCHEMES < SCHEMES
    assert {e.scheme for e in library.entries.values() if e.scheme} == SCHEMES


def test_every_scheme_has_names_to_find_it_by() -> None:
    names = read_words("schemes.yml")
    assert set(names) == SCHEMES
    for spelt in names.values():
        assert re.search("[a-z]", " ".join(spelt))
        assert re.search("[\u0900-\u097f]", " ".join(spelt))


def test_hindi_texts_are_in_devanagari_and_the_others_are_not(library: Library) -> None:
    for entry in library.entries.values():
        for field in (entry.title, entry.answer, entry.short):
            assert re.search("[\u0900-\u097f]", field["hi"]), entry.id
            assert not re.search("[\u0900-\u097f]", field["hi-Latn"] + field["en"]), entry.id


def test_questions_are_in_the_script_of_their_language(library: Library) -> None:
    for entry in library.entries.values():
        asked = entry.questions
        for script, questions in (("hi", asked.hi), ("", [*asked.hinglish, *asked.en]), ("ur", asked.ur)):
            for question in questions:
                assert bool(re.search("[\u0900-\u097f]", question)) is (script == "hi"), (entry.id, question)
                assert bool(re.search("[\u0600-\u06ff]", question)) is (script == "ur"), (entry.id, question)


def test_questions_in_urdu_script_are_read_as_hindi(library: Library) -> None:
    reader = UrduReader.load()
    asked = [question for entry in library.entries.values() for question in entry.questions.ur]
    assert [q for q in asked if re.search("[\u0621-\u06ff]", reader(q))] == []


def test_the_three_answers_give_the_same_figures(library: Library) -> None:
    def figures(text: str) -> set[str]:
        text = re.sub(r"\b\d+(st|nd|rd|th)\b", "", text)  # a word in Hindi, as the school class is
        return {f.strip(".,").replace(",", "") for f in re.findall(r"\d[\d,.]*", text)} - {"8"}

    differing = {
        e.id: [figures(e.answer[code]) for code in ("hi", "hi-Latn", "en")]
        for e in library.entries.values()
        if not figures(e.answer["hi"]) == figures(e.answer["hi-Latn"]) == figures(e.answer["en"])
    }
    assert differing == {}


def test_no_short_text_has_a_figure_that_no_answer_has(library: Library) -> None:
    def figures(text: str) -> set[str]:
        return set(re.findall(r"\d{2,}", re.sub(r"(?<=\d),(?=\d)", "", text)))

    answered = {f for e in library.entries.values() for _, text in e.answer.items() for f in figures(text)}
    made_up = {
        e.id: extra for e in library.entries.values() for _, t in e.short.items() if (extra := figures(t) - answered)
    }
    assert made_up == {}


def test_no_entry_is_dated_after_it_was_checked(library: Library) -> None:
    assert [e.id for e in library.entries.values() if e.as_of > e.last_checked] == []


def test_at_most_three_follow_ups_are_named_as_only_three_are_offered(library: Library) -> None:
    assert [e.id for e in library.entries.values() if len(e.follow_ups) > 3] == []


def test_follow_ups_of_an_entry_have_different_titles(library: Library) -> None:
    for entry in library.entries.values():
        for language in ("hi", "hi-Latn", "en"):
            titles = [library.entries[i].title[language] for i in entry.follow_ups]
            assert len(titles) == len(set(titles)), entry.id


def test_no_answer_holds_markup_or_a_placeholder(library: Library) -> None:
    for entry in library.entries.values():
        for field in (entry.title, entry.answer, entry.short):
            for _, text in field.items():
                assert not re.search(r"[{}<>*`#]|\bTODO\b|\bXX", text), (entry.id, text)


def test_dates_of_sources_are_readable_and_past(library: Library) -> None:
    dates = {name: source.date for name, source in library.sources.items()}
    assert all(re.fullmatch(r"\d{4}(-\d{2}){0,2}|undated|about .+|.*\d{4}.*", d) for d in dates.values()), dates
    known = [d for d in dates.values() if re.fullmatch(r"\d{4}-\d{2}-\d{2}", d)]
    assert all(date.fromisoformat(d) <= date.today() for d in known)
