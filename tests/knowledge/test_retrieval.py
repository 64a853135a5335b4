"""From a message to an entry, a choice of entries, or an honest "I do not know"."""

from pathlib import Path

import numpy as np
import pytest
import yaml
from any_text import any_text
from hypothesis import given, settings

from knowledge.entries_loader import Library
from knowledge.errors import NotBuiltError
from knowledge.retrieval import questions, search
from knowledge.retrieval.before import Before
from knowledge.retrieval.calibration import Calibration
from knowledge.retrieval.decide import Hit, Result, decide
from knowledge.retrieval.head import Head
from knowledge.retrieval.questions import OUT_OF_SCOPE
from knowledge.retrieval.search import Retriever
from knowledge.text.language import SERVED

PLAIN = yaml.safe_load(Path(__file__).with_name("plain_questions.yml").read_text(encoding="utf-8"))
LANGUAGES = ("hi", "hi-Latn", "en")


def test_an_entry_at_the_threshold_is_answered() -> None:
    assert decide([("loan", 0.4), ("kit", 0.3)], 0.4) == ("answer", (Hit("loan", 0.4),))


def test_below_the_threshold_the_likely_entries_are_offered_best_first() -> None:
    assert decide([("loan", 0.39), ("kit", 0.3)], 0.4) == ("choices", (Hit("loan", 0.39), Hit("kit", 0.3)))


def test_at_most_three_entries_are_offered() -> None:
    zone, hits = decide([(name, 0.2) for name in "abcde"], 0.4)
    assert (zone, [h.entry for h in hits]) == ("choices", ["a", "b", "c"])


def test_an_unlikely_entry_is_not_offered() -> None:
    assert decide([("a", 0.3), ("b", 0.049)], 0.4)[1] == (Hit("a", 0.3),)


def test_nothing_likely_is_unknown() -> None:
    assert decide([("a", 0.04), ("b", 0.03)], 0.4) == ("unknown", ())


def test_a_message_surely_not_ours_is_out_of_scope() -> None:
    assert decide([(OUT_OF_SCOPE, 0.6), ("a", 0.4)], 0.4) == ("out_of_scope", ())


def test_out_of_scope_is_never_offered_as_a_choice_nor_answered() -> None:
    assert decide([(OUT_OF_SCOPE, 0.59), ("a", 0.41)], 0.4) == ("choices", (Hit("a", 0.41),))
    assert decide([(OUT_OF_SCOPE, 0.59), ("a", 0.04)], 0.4) == ("unknown", ())


def test_thresholds_are_given_for_every_language_and_make_sense() -> None:
    chosen = Calibration.load().thresholds
    assert set(chosen) == set(SERVED)
    assert all(0.1 <= value <= 0.95 for value in chosen.values())


def test_the_head_knows_every_entry_and_what_is_not_ours(retriever: Retriever) -> None:
    assert set(retriever.head.labels) == {*retriever.library.entries, OUT_OF_SCOPE}


def test_every_entrys_own_questions_are_answered_with_it(retriever: Retriever) -> None:
    for entry in retriever.library.entries.values():
        for language, texts in entry.questions.items():
            result = retriever.search(texts[0])
            assert (result.zone, result.hits) == ("answer", (Hit(entry.id, 1.0),)), (entry.id, language)


def test_an_exact_question_is_answered_however_it_is_punctuated(retriever: Retriever) -> None:
    entry = retriever.library.entries["mm-how-much"]
    for _, texts in entry.questions.items():
        for text in (texts[0].upper(), f"  {texts[0]} ?!", f"{texts[0]}।"):
            assert retriever.search(text).hits == (Hit(entry.id, 1.0),), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_plain_questions_reach_their_entry(retriever: Retriever, language: str) -> None:
    missed = {}
    for text, wanted in PLAIN[language].items():
        result = retriever.search(text)
        if not {h.entry for h in result.hits} & set(wanted):
            missed[text] = result
    assert len(missed) <= 0.1 * len(PLAIN[language]), missed


def test_at_most_one_plain_question_in_twenty_is_answered_wrongly(retriever: Retriever) -> None:
    asked = {text: wanted for language in LANGUAGES for text, wanted in PLAIN[language].items()}
    wrong = {}
    for text, wanted in asked.items():
        result = retriever.search(text)
        if result.zone == "answer" and result.hits[0].entry not in wanted:
            wrong[text] = result.hits[0]
    assert len(wrong) <= 0.05 * len(asked), wrong


@pytest.mark.parametrize("text", PLAIN["nonsense"])
def test_nonsense_and_what_is_not_ours_is_not_answered(retriever: Retriever, text: str) -> None:
    assert retriever.search(text).zone != "answer"


@pytest.mark.parametrize("text", ["kaun apply kar sakta hai", "कौन कौन से काग़ज़ लगते हैं", "how do I apply"])
def test_naming_a_scheme_never_lowers_its_entries(retriever: Retriever, text: str) -> None:
    language = retriever.language(text)
    library = retriever.library
    for scheme in ("margin_money", "mda", "skill_toolkit", "cfc"):
        plain = retriever.rank(text, language)
        named = retriever.rank(text, language, {scheme})
        ours = [sum(p for name, p in ranked if _scheme(library, name) == scheme) for ranked in (plain, named)]
        assert ours[1] >= ours[0]


def _scheme(library: Library, label: str) -> str | None:
    return library.entries[label].scheme if label in library.entries else None


@pytest.mark.parametrize("text", ["apply kaise kare", "kitna paisa milega"])
def test_the_scheme_that_is_named_outweighs_the_others(retriever: Retriever, text: str) -> None:
    for scheme in ("margin_money", "mda", "skill_toolkit"):
        ranked = [name for name, _ in retriever.rank(text, "hi-Latn", {scheme}) if _scheme(retriever.library, name)]
        assert _scheme(retriever.library, ranked[0]) == scheme


def test_two_schemes_named_favour_no_entry_and_only_make_out_of_scope_less_likely(retriever: Retriever) -> None:
    text = "toolkit aur margin money me kya fark hai"
    both = retriever.rank(text, "hi-Latn", {"skill_toolkit", "margin_money"})
    assert both == retriever.rank(text, "hi-Latn", craft=True)
    assert _entries(both) == _entries(retriever.rank(text, "hi-Latn"))


def test_a_craft_named_makes_out_of_scope_less_likely_and_leaves_the_entries_in_order(retriever: Retriever) -> None:
    text = "chikankari sikhne ka course"
    plain, named = (retriever.rank(text, "hi-Latn", craft=craft) for craft in (False, True))
    assert dict(named).get(OUT_OF_SCOPE, 0) < dict(plain)[OUT_OF_SCOPE]
    assert _entries(named) == _entries(plain)


def _entries(ranked: list[tuple[str, float]]) -> list[str]:
    """The likeliest entries in order; the last of the ten may drop out when out of scope moves."""
    return [name for name, _ in ranked if name != OUT_OF_SCOPE][:8]


def test_probabilities_come_best_first_and_are_shares_of_one(retriever: Retriever) -> None:
    for schemes in ((), ("cfc",)):
        shares = [p for _, p in retriever.rank("loan kaise milega", "hi-Latn", schemes)]
        assert shares == sorted(shares, reverse=True)
        assert 0 < sum(shares) <= 1.0001


def test_the_same_message_gets_the_same_answer_again(retriever: Retriever) -> None:
    assert retriever.search("margin money ka paisa kab milega") == retriever.search("margin money ka paisa kab milega")


@pytest.mark.parametrize("text", ["लोन", "how to apply", "kaise kare", "12", "Agra", "", "எப்படி", "?"])
def test_every_text_is_read_in_some_served_language(retriever: Retriever, text: str) -> None:
    assert retriever.language(text) in SERVED
    if retriever.detector.detect(text).code:
        assert retriever.language(text) == retriever.detector.detect(text).code


def test_a_head_that_is_not_built_says_how_to_build_it(tmp_path: Path) -> None:
    with pytest.raises(NotBuiltError, match="knowledge build"):
        Head.load(tmp_path / "head.npz")


def test_a_head_is_the_same_after_saving_and_loading(retriever: Retriever, tmp_path: Path) -> None:
    retriever.head.save(tmp_path / "new" / "head.npz")
    again = Head.load(tmp_path / "new" / "head.npz")
    assert again.labels == retriever.head.labels
    read = retriever.readers.read("loan kaise milega", "hi-Latn")
    meaning = retriever.readers.meaning([read])[0]
    assert np.array_equal(again(read, meaning), retriever.head(read, meaning))


def test_the_training_material_has_every_question_title_and_all_that_is_not_ours(library: Library) -> None:
    asked = questions.load(library)
    assert {q.entry for q in asked} == {*library.entries, OUT_OF_SCOPE}
    assert {q.language for q in asked} == set(SERVED)
    for entry in library.entries.values():
        mine = {q.text for q in asked if q.entry == entry.id}
        assert set(entry.questions.en) | {entry.title["en"]} <= mine


def test_no_text_is_both_an_entrys_question_and_out_of_scope(library: Library) -> None:
    asked = questions.load(library)
    ours = {q.text.lower() for q in asked if q.entry != OUT_OF_SCOPE}
    assert ours & {q.text.lower() for q in asked if q.entry == OUT_OF_SCOPE} == set()


@settings(max_examples=40)
@given(any_text)
def test_any_text_gets_a_result(retriever: Retriever, text: str) -> None:
    result = retriever.search(text)
    assert isinstance(result, Result)
    assert len(result.hits) == {"answer": 1, "out_of_scope": 0, "unknown": 0}.get(result.zone, len(result.hits))


LEANING = [
    "uske liye kaun kaun se kagaz lagenge", "usme kitna paisa milta hai", "उसके लिए आवेदन कैसे करें",
    "how much do I get from it", "isme kaun apply kar sakta hai", "उसमें कितना पैसा मिलता है",
]  # fmt: skip


def test_messages_that_point_back_are_answered_and_hardly_ever_about_another_scheme(retriever: Retriever) -> None:
    found = {
        (text, last): retriever.search(text, before=Before(last))
        for text in LEANING
        for last in ("mm-what", "toolkit-what", "mda-what")
    }
    answers = {asked: result.hits[0].entry for asked, result in found.items() if result.zone == "answer"}
    others = {
        (text, last): entry
        for (text, last), entry in answers.items()
        if _scheme(retriever.library, entry) not in (None, _scheme(retriever.library, last))
    }
    assert len(answers) >= 0.6 * len(found)
    assert len(others) <= 1, others


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("the fair ended in August and I never sent the bills, is it too late for that now", "mda-claim-time"),
        ("bank se loan mil gaya hai, kya isme se ghar ki marammat kara sakte hain", "mm-loan-use"),
    ],
)
@pytest.mark.parametrize("last", ["toolkit-what", "market-gi", "figures-jobs"])
def test_it_may_mean_what_a_longer_message_itself_speaks_of(
    retriever: Retriever, text: str, entry: str, last: str
) -> None:
    assert retriever.search(text, before=Before(last)).hits[0].entry == entry


def test_in_a_conversation_an_answer_must_be_surer_and_is_offered_otherwise(
    retriever: Retriever, monkeypatch: pytest.MonkeyPatch
) -> None:
    likely = np.zeros(len(retriever.head.labels), dtype=np.float32)
    likely[retriever.head.labels.index("mm-loan-use")] = 0.7
    monkeypatch.setattr(retriever, "_alone", lambda *_: likely)
    text = "what may I buy with the money from the bank"
    assert retriever.search(text).zone == "answer"
    offered = retriever.search(text, before=Before("", "", engaged=True))
    assert (offered.zone, offered.hits[0].entry) == ("choices", "mm-loan-use")


def test_what_was_answered_before_changes_nothing_where_a_scheme_is_named(retriever: Retriever) -> None:
    text = "us toolkit ke liye kagaz"
    assert retriever.search(text, {"skill_toolkit"}, before=Before("mm-what")) == retriever.search(
        text, {"skill_toolkit"}
    )


@pytest.mark.parametrize("last", ["", "no-such-entry", OUT_OF_SCOPE])
def test_a_last_entry_nobody_knows_changes_nothing(retriever: Retriever, last: str) -> None:
    for text in (*LEANING, "kagaz?", "loan kaise milega"):
        assert retriever.search(text, before=Before(last)) == retriever.search(text)


def test_a_long_message_that_does_not_point_back_does_not_lean(retriever: Retriever) -> None:
    text = "mujhe apne kaam ke liye bank se loan lena hai to kya karna padega"
    assert retriever.search(text, before=Before("toolkit-what")) == retriever.search(text)


def test_a_question_word_for_word_is_answered_whatever_came_before(retriever: Retriever) -> None:
    for text in retriever.library.entries["toolkit-what"].questions.hinglish[:5]:
        assert retriever.search(text, before=Before("mm-what")).hits == (Hit("toolkit-what", 1.0),)


def test_a_place_outside_the_state_makes_out_of_scope_likelier(retriever: Retriever) -> None:
    text = "jaipur me blue pottery ka loan milega"
    zones = {retriever.search(text, elsewhere=elsewhere).zone for elsewhere in (False, True)}
    assert zones - {"answer"}


GONE = ("mm-how-much", "toolkit-documents", "helpline-number")


@pytest.fixture(scope="module")
def poorer(retriever: Retriever, library: Library) -> Retriever:
    """The same index, and a library that has lost some entries since."""
    return retriever.with_entries(
        Library({name: e for name, e in library.entries.items() if name not in GONE}, library.sources)
    )


def test_an_entry_that_is_no_longer_in_the_library_is_never_answered_nor_offered(
    poorer: Retriever, library: Library
) -> None:
    assert set(GONE) <= set(poorer.head.labels)
    for name in GONE:
        for language, texts in library.entries[name].questions.items():
            for text in texts[:6]:
                assert not {hit.entry for hit in poorer.search(text).hits} & set(GONE), text
                assert not {label for label, p in poorer.rank(text, language) if p > 0} & set(GONE), text


def test_what_remains_is_answered_as_before_and_with_the_same_encoder(
    poorer: Retriever, retriever: Retriever, library: Library
) -> None:
    assert poorer.readers.encoder is retriever.readers.encoder
    for name in ("mm-who-can", "toolkit-what"):
        assert poorer.search(library.entries[name].questions.hinglish[0]).hits == (Hit(name, 1.0),)
    shares = [p for _, p in poorer.rank("helpline ka number do", "hi-Latn")]
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) <= 1.0001


def test_a_new_entry_is_answered_word_for_word_before_the_index_knows_it(
    retriever: Retriever, library: Library
) -> None:
    text = "kya drone se khet napwana bhi odop me aata hai"
    old = library.entries["mm-what"]
    asked = old.questions.model_copy(update={"hinglish": [text] * 5, "hi": ["ड्रोन?"] * 5, "en": ["drone?"] * 5})
    new = old.model_copy(update={"id": "drone", "questions": asked})
    richer = retriever.with_entries(Library({**library.entries, "drone": new}, library.sources))
    assert richer.search(text).hits == (Hit("drone", 1.0),)


def test_a_new_index_is_read_from_where_it_is_built(
    retriever: Retriever, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "HEAD", tmp_path / "head.npz")
    monkeypatch.setattr(search, "NEAR", tmp_path / "near.npz")
    with pytest.raises(NotBuiltError):
        retriever.with_new_index()
    retriever.head.save(tmp_path / "head.npz")
    retriever.near.save(tmp_path / "near.npz")
    again = retriever.with_new_index()
    assert again.readers.encoder is retriever.readers.encoder
    assert again.library is retriever.library
    assert again.head.labels == retriever.head.labels
    assert np.array_equal(again.near.questions, retriever.near.questions)


@pytest.mark.parametrize(
    ("urdu", "hindi"),
    [("لون کیسے ملے گا", "लोन कैसे मिलेगा"), ("ہیلپ لائن کا نمبر کیا ہے", "हेल्प लाइन का नंबर क्या है")],
)
def test_a_message_in_urdu_script_is_answered_like_its_hindi(retriever: Retriever, urdu: str, hindi: str) -> None:
    found, wanted = retriever.search(urdu), retriever.search(hindi)
    assert found.language == "hi"
    assert {hit.entry for hit in found.hits} & {hit.entry for hit in wanted.hits}


@pytest.mark.parametrize(
    ("slip", "wanted"),
    [("sibsidy kitni milti hai", "subsidy kitni milti hai"), ("toolkiy ke dcouments", "toolkit ke documents")],
)
def test_a_slip_of_the_finger_changes_nothing(retriever: Retriever, slip: str, wanted: str) -> None:
    assert retriever.rank(slip, "hi-Latn") == retriever.rank(wanted, "hi-Latn")


def test_a_message_that_is_searched_and_then_ranked_is_encoded_once(
    retriever: Retriever, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    hear = retriever.readers.meaning
    monkeypatch.setattr(retriever.readers, "meaning", lambda reads: read.extend(r.hindi for r in reads) or hear(reads))
    text = "toolkit ke paise kab tak aayenge mere khate me"
    found = retriever.search(text)
    retriever.rank(text, found.language)
    assert len(read) == 1
