"""What content officers ask of the knowledge: counts, what is stale, copies, patterns, confusions, a new entry."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import entry_files
import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from knowledge.entries_loader import Library, load
from knowledge.entry import Entry
from knowledge.errors import EntryError, KnowledgeError
from knowledge.retrieval.calibrate import Asked, Unseen
from knowledge.retrieval.calibration import Calibration
from knowledge.retrieval.features import Read
from knowledge.retrieval.neighbours import Weights
from knowledge.retrieval.questions import OUT_OF_SCOPE, Question
from knowledge.retrieval.search import Retriever
from knowledge.retrieval.train import Material
from knowledge.tools import alike, confusions, coverage, explain, scaffold
from knowledge.tools.confusions import Confusion, robbed
from knowledge.tools.stale import stale

TODAY = date(2026, 11, 21)
LANGUAGES = ("hi", "hi-Latn", "en")


def entry(name: str, topic: str = "forms", checked: date = TODAY, **questions: list[str]) -> Entry:
    """An entry with these questions; where a language has none, with some too short to compare."""
    asked = {
        code: questions.get(code.replace("-", "_")) or [f"{word} {code}" for word in "qwertz"] for code in LANGUAGES
    }
    text = dict.fromkeys(LANGUAGES, "x")
    return Entry.model_validate(
        {
            "id": name, "topic": topic, "title": text, "as_of": checked, "last_checked": checked,
            "sources": ["gazette-2025"], "questions": asked | {"ur": questions.get("ur", [])}, "answer": text,
            "short": text,
        }
    )  # fmt: skip


def library_of(*entries: Entry) -> Library:
    return Library({one.id: one for one in entries}, {})


FIVE = ["kagaz", "form", "paisa", "samay", "jagah"]


def test_nearly_the_same_question_is_found_within_an_entry_and_across_entries() -> None:
    one = entry("papers", hi_Latn=["odop ki email id do", "odop ka email id do", *FIVE])
    other = entry("fees", hi_Latn=["odop ki e mail id do", *FIVE])
    found = {frozenset((a.text, b.text)) for a, b in alike.near(library_of(one, other))}
    assert frozenset(("odop ki email id do", "odop ka email id do")) in found
    assert frozenset(("odop ki email id do", "odop ki e mail id do")) in found


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("What is the ODOP helpline", "What is the OVOP helpline"),  # another acronym is another question
        ("how do I apply for a loan", "who pays for the training"),
        ("loan kab", "loan kb"),  # short texts are often alike
    ],
)
def test_questions_that_differ_are_not_reported(first: str, second: str) -> None:
    assert list(alike.near(library_of(entry("papers", en=[first, *FIVE]), entry("fees", en=[second, *FIVE])))) == []


def test_the_same_letters_in_two_languages_are_no_copy() -> None:
    text = "odop email id please"
    assert list(alike.near(library_of(entry("papers", hi_Latn=[text, *FIVE]), entry("fees", en=[text, *FIVE])))) == []


def test_each_pair_is_reported_once() -> None:
    texts = ["margin money kitna milta hai", "margin money kitna milta he", "margin money kitna milta h"]
    pairs = [(a.text, b.text) for a, b in alike.near(library_of(entry("papers", hi_Latn=[*texts, *FIVE])))]
    assert len(pairs) == len({frozenset(pair) for pair in pairs})


def test_one_sentence_with_a_gap_in_five_entries_is_a_pattern() -> None:
    things = ["toolkit", "loan", "training", "stall", "machine"]
    entries = [entry(f"e{i}", en=[f"district office {thing} application", *FIVE]) for i, thing in enumerate(things)]
    patterns = dict(alike.templates(library_of(*entries)))
    assert patterns["district office … application"] == ["e0", "e1", "e2", "e3", "e4"]
    assert "district office … application" not in dict(alike.templates(library_of(*entries[:4])))


def test_small_words_alone_make_no_pattern() -> None:
    things = ["toolkit", "loan", "training", "stall", "machine", "form"]
    entries = [entry(f"e{i}", hi_Latn=[f"{thing} mujhe kaise milega", *FIVE]) for i, thing in enumerate(things)]
    assert alike.templates(library_of(*entries)) == []


def test_patterns_come_with_the_most_entries_first() -> None:
    entries = [entry(f"e{i}", en=[f"district office w{i} application", *FIVE]) for i in range(6)]
    entries += [entry(f"f{i}", en=[f"training centre w{i} timetable", *FIVE]) for i in range(5)]
    assert [len(ids) for _, ids in alike.templates(library_of(*entries))] == [6, 5]


@st.composite
def libraries(draw: st.DrawFn) -> Library:
    shapes = draw(
        st.lists(
            st.tuples(
                st.sampled_from(["forms", "loans", "fairs"]), st.integers(5, 9), st.integers(5, 9), st.integers(5, 9),
                st.integers(0, 3),
            ),
            min_size=1, max_size=8,
        )
    )  # fmt: skip
    return library_of(
        *(
            entry(
                f"e{i}", topic, hi=[f"h{n}" for n in range(hi)], hi_Latn=[f"l{n}" for n in range(latin)],
                en=[f"e{n}" for n in range(en)], ur=[f"u{n}" for n in range(ur)],
            )
            for i, (topic, hi, latin, en, ur) in enumerate(shapes)
        )
    )  # fmt: skip


@given(libraries())
def test_the_counts_of_the_topics_add_up_to_those_of_all(library: Library) -> None:
    head, *topics, everything = coverage.table(library)
    assert everything[0] == "all"
    assert {len(row) for row in (head, *topics, everything)} == {len(head)}
    for i, column in enumerate(head):
        numbers = [int(row[i]) for row in topics] if i else []
        if column == "fewest":
            assert int(everything[i]) == min(numbers)
        elif numbers:
            assert int(everything[i]) == sum(numbers)


@given(libraries())
def test_the_counts_are_those_of_the_questions(library: Library) -> None:
    head, *_, everything = coverage.table(library)
    counted = dict(zip(head, everything, strict=True))
    assert int(counted["entries"]) == len(library.entries)
    for code in LANGUAGES:
        wanted = sum(len(dict(e.questions.items())[code]) for e in library.entries.values())
        assert int(counted[f"{code} questions"]) == wanted
    assert int(counted["ur"]) == sum(len(e.questions.ur) for e in library.entries.values())


@given(libraries(), st.integers(0, 12))
def test_every_entry_with_too_few_questions_is_named_and_no_other(library: Library, wanted: int) -> None:
    poor = [
        e.id for e in library.entries.values() if any(len(q) < max(wanted, 5) for _, q in e.questions.items())
    ]  # fmt: skip
    lines = coverage.missing(library, wanted)
    assert sorted(line.split(":")[0] for line in lines) == sorted(poor)


def test_the_poorest_entries_come_first_with_their_languages() -> None:
    six, nine = [f"a{n}" for n in range(6)], [f"b{n}" for n in range(9)]
    poor = entry("poor", hi=six, hi_Latn=nine, en=nine)
    better = entry("better", hi=nine, hi_Latn=nine, en=nine)
    assert coverage.missing(library_of(better, poor), 10) == [
        "poor: 6 in hi, 9 in hi-Latn, 9 in en", "better: 9 in hi, 9 in hi-Latn, 9 in en",
    ]  # fmt: skip
    assert coverage.missing(library_of(better, poor), 9) == ["poor: 6 in hi"]


def test_the_real_table_has_a_row_for_every_topic(library: Library) -> None:
    rows = coverage.table(library)
    assert [row[0] for row in rows[1:-1]] == sorted({e.topic for e in library.entries.values()})


def test_entries_not_checked_for_longest_come_first() -> None:
    ages = {"new": 0, "old": 200, "older": 300, "just": 180}
    entries = [entry(name, checked=TODAY - timedelta(days=days)) for name, days in ages.items()]
    assert stale(library_of(*entries), 180, TODAY) == [(300, "older", "gazette-2025"), (200, "old", "gazette-2025")]
    assert stale(library_of(*entries), 1000, TODAY) == []
    assert len(stale(library_of(*entries), 0, TODAY)) == 3


def filled(text: str) -> str:
    """The empty entry with something in every gap."""
    text = text.replace('    - ""', "\n".join(f'    - "a{n}"' for n in range(5)))
    return text.replace('""', '"x"').replace("sources: []", "sources: [gazette-2025]")


def test_a_new_entry_loads_once_its_gaps_are_filled(tmp_path: Path) -> None:
    folder, sources = entry_files.write(tmp_path)
    path = scaffold.new("rent", "forms", TODAY, folder)
    assert path == folder / "forms" / "rent.yml"
    with pytest.raises(EntryError) as error:
        load(folder, sources, TODAY)
    assert {line.split(":")[0] for line in str(error.value).splitlines()} == {str(path)}
    for key in ("title.hi", "questions.en", "answer.hi-Latn", "short.en", "sources"):
        assert key in str(error.value)
    path.write_text(filled(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert load(folder, sources, TODAY).entries["rent"].last_checked == TODAY


def test_a_new_entry_has_every_key_that_must_be_there_and_says_the_limits() -> None:
    text = scaffold.text("rent", "forms", TODAY)
    data = yaml.safe_load(text)
    assert set(data) >= {name for name, field in Entry.model_fields.items() if field.is_required()}
    assert (data["id"], data["topic"], data["last_checked"]) == ("rent", "forms", TODAY)
    assert all(limit in text for limit in ("24 characters", "80 words", "134", "306"))


def test_a_new_topic_gets_its_folder(tmp_path: Path) -> None:
    assert scaffold.new("rent", "new-topic", TODAY, tmp_path).is_file()


@pytest.mark.parametrize("name", ["Rent", "rent money", "rent_money", "../rent", "किराया", "", "-rent", "rent--a"])
def test_what_is_no_id_is_refused_and_nothing_is_written(name: str, tmp_path: Path) -> None:
    for given_id, topic in ((name, "forms"), ("rent", name)):
        with pytest.raises(KnowledgeError, match="is no id"):
            scaffold.new(given_id, topic, TODAY, tmp_path / "entries")
    assert not list(tmp_path.rglob("*.yml"))


def test_an_id_that_is_taken_is_refused_whatever_its_topic(tmp_path: Path) -> None:
    folder, _ = entry_files.write(tmp_path)
    before = (folder / "forms" / "papers.yml").read_text(encoding="utf-8")
    with pytest.raises(KnowledgeError, match="papers already"):
        scaffold.new("papers", "loans", TODAY, folder)
    assert (folder / "forms" / "papers.yml").read_text(encoding="utf-8") == before
    assert not (folder / "loans").exists()


def test_the_entries_that_lose_most_questions_come_first() -> None:
    pairs = [Confusion("a", "b", 2, "x"), Confusion("c", "a", 4, "x"), Confusion("a", "d", 3, "x")]
    assert robbed(pairs, 5) == [("a", 5), ("c", 4)]
    assert robbed(pairs, 1) == [("a", 5)]
    assert robbed([], 3) == []


def test_a_question_that_went_to_another_entry_is_counted_with_an_example(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = [Question(f"q{i}", code, name) for i, (code, name) in enumerate([
        ("en", "a"), ("en", "a"), ("hi", "a"), ("hi", "b"), ("en", "b"),
    ])]  # fmt: skip
    went = ["b", "a", "b", "b", "b"]
    labels, places = ["a", "b", OUT_OF_SCOPE], [4, 3, 2, 1, 0]  # folds give them in another order
    rows = {i: np.array([went[i] == label for label in labels], np.float32) for i in places}
    cases = [Unseen(i, rows[i], [0, 1], np.log(rows[i][:2, None] + [[1e-9] * 5] * 2)) for i in places]
    read = [Read(q.language, q.text, q.text) for q in asked]
    monkeypatch.setattr(confusions.train, "material", lambda _: Material(asked, read, np.zeros((5, 2), np.float32), {}))
    monkeypatch.setattr(confusions.calibrate, "unseen", lambda *_: Asked(labels, cases))
    monkeypatch.setattr(confusions.Calibration, "load", lambda: Calibration({}, Weights()))
    result = confusions.confusions(library_of())
    assert result.right == {"en": pytest.approx(2 / 3), "hi": 0.5}
    assert [(c.wanted, c.found, c.count) for c in result.pairs] == [("a", "b", 2)]
    assert result.pairs[0].example in ("q0", "q2")


@pytest.fixture
def explained(retriever: Retriever, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    monkeypatch.setattr(Retriever, "load", classmethod(lambda _: retriever))
    questions = [Question("margin money kitna milta hai", "hi-Latn", "mm-how-much"), Question("x y", "en", "mm-what")]
    read = [retriever.readers.read(q.text, q.language) for q in questions]
    vectors = retriever.readers.meaning(read)
    monkeypatch.setattr(explain.train, "material", lambda _: Material(questions, read, vectors, {}))
    return lambda text, last="": list(explain.explain(text, last))


def test_an_explanation_tells_language_reading_names_and_scores(explained: Callable[..., list[str]]) -> None:
    lines = explained("mujhe margin money ka paisa kitna milega")
    assert lines[0].startswith("language: hi-Latn, read as hi-Latn (")
    assert lines[1].startswith("read by meaning: मुझे")
    assert lines[2].startswith("read by sound:   मुझे")
    assert "scheme margin_money (1.00)" in lines[3]
    assert lines[4] == "leans on what was said before: no"
    assert any(line.startswith("decision: ") for line in lines)
    head = lines.index("probability  meaning  sound  entry")
    shares = [float(line.split()[0]) for line in lines[head + 1 : head + 6]]
    assert shares == sorted(shares, reverse=True)
    assert lines[lines.index("nearest questions:") + 1].endswith("mm-how-much: margin money kitna milta hai")


def test_an_explanation_tells_of_two_questions_and_of_rules(explained: Callable[..., list[str]]) -> None:
    lines = explained("agra ka product kya hai? loan kaise milega?")
    assert "questions: agra ka product kya hai | loan kaise milega" in lines
    assert any(line.startswith("rule: a question about districts: ") for line in lines)
    assert sum(line.startswith("decision: ") for line in lines) == 1


def test_an_explanation_tells_whether_a_message_leans(explained: Callable[..., list[str]]) -> None:
    assert "leans on what was said before: yes" in explained("uske liye kagaz", "mm-how-much")
