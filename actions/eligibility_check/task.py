"""The dialogue that checks a person against one scheme, or against all of them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path

from actions.dialogue.answers import has
from actions.dialogue.cues import Cues
from actions.dialogue.cues import load as load_cues
from actions.dialogue.field import AnswerKind, Field, FreeText, Named
from actions.dialogue.message import Message, Phrases
from actions.dialogue.said import Said
from actions.dialogue.state import State
from actions.dialogue.task import Occasion, Task
from actions.district_words import facts_of as products_of
from actions.eligibility import Facts, Verdict, compare, decide, load
from actions.eligibility.fact_words import FactWords, load_words, read_words
from actions.eligibility.facts import KINDS, ORDER
from actions.eligibility.kinds import Value, Whole
from actions.eligibility.product import is_district_product
from actions.eligibility_check import comparison, fair, verdict
from actions.eligibility_check.made import product_of
from actions.eligibility_check.told import DISTRICT, OWN_PRODUCT, PRODUCT, RESIDENT, facts_of
from actions.knowledge_base import knowledge_base
from knowledge.entry import ByLanguage
from knowledge.text import mention

HERE = Path(__file__).resolve().parent
SAID = HERE.parent / "eligibility" / "said.yml"
_SHARED = 2  # schemes that must wait for a fact before it is asked when all are compared
_MOST_OTHERS = 2
_PLAUSIBLE_AGE = Whole(5, 110)  # "1" is rather a button than an age
_OF_AGE, _JOINT, _BODIES = 18, "cfc", ("spv", "group", "company")


class EligibilityTask(Task):
    """Topic: the id of a scheme, or empty for all."""

    kind = "eligibility"
    intent = "check_eligibility"

    @cached_property
    def _fields(self) -> dict[str, Field]:
        found = {name: _field(name, words) for name, words in load_words().items()}
        kinds: dict[str, AnswerKind] = {DISTRICT: Named(), PRODUCT: FreeText()}
        own = read_words(HERE / "fields.yml", kinds)
        places = {name: Field(name, kinds[name], words.question, words.why) for name, words in own.items()}
        return {**found, **places}

    def topic(self, text: str, scheme: str) -> str:
        return scheme if scheme in load() else ""

    def switched(self, state: State, message: Message) -> str | None:
        """ "PM Vishwakarma mein dekho mera": the one other scheme that is named with a wish to look."""
        named = {m.value for m in message.mentions if m.kind == mention.SCHEME} & load().keys() - {state.topic}
        return named.pop() if len(named) == 1 and _LOOK.are_in(message) else None

    def next_step(self, state: State, occasion: Occasion) -> Sequence[Said]:
        return self.finish(state, occasion)[-1:]

    def fields(self) -> Mapping[str, Field]:
        return self._fields

    def cues(self) -> Mapping[str, Cues]:
        return load_cues(SAID)

    def next(self, state: State, today: date) -> str | None:
        facts = self._facts(state, today)
        wanted = _of_all(facts, today) if state.topic not in load() else _of_one(facts, state.topic, today)
        if wanted != OWN_PRODUCT:
            return wanted
        return next((n for n in (DISTRICT, PRODUCT) if n not in state.told and n not in state.refused), wanted)

    def field(self, state: State, name: str) -> Field:
        """Few know what their district's products are: they are named when it is asked."""
        district = knowledge_base().districts.by_id.get(str(state.told.get(DISTRICT, "")))
        if name != OWN_PRODUCT or district is None:
            return self._fields[name]
        asked = {
            language: verdict.label("own_product", language, district=district.name[language],
                                    products=products_of(district, language))
            for language in ("hi", "hi-Latn", "en")
        }  # fmt: skip
        return replace(self._fields[name], question=ByLanguage.model_validate(asked))

    def read(self, state: State, message: Message) -> Mapping[str, Value]:
        """Districts, products and places outside the state are found by the gazetteer.

        A district once told stays, unless it is asked for or put right: another may be that of a fair.
        """
        named = {kind: list(dict.fromkeys(m.value for m in message.mentions if m.kind == kind)) for kind in _PLACES}
        is_home = state.asked in _ABOUT_HOME or DISTRICT not in state.told or has("correction", message)
        is_about_fair = state.topic == "mda" or state.asked in _ABOUT_FAIR
        is_fair = any(m.kind == mention.SCHEME and m.value == "mda" for m in message.mentions)
        if state.asked in _ABOUT_FAIR or is_fair or not is_home:
            named[mention.DISTRICT] = named[mention.OUTSIDE] = []
        if is_about_fair and (purpose := fair.purpose_of(message)):
            return {"mda_purpose": purpose}
        if len(named[mention.OUTSIDE]) == 1 and not named[mention.DISTRICT]:
            return {RESIDENT: False}
        found: dict[str, Value] = {DISTRICT: named[mention.DISTRICT][0]} if len(named[mention.DISTRICT]) == 1 else {}
        product = self._product(str(found.get(DISTRICT, state.told.get(DISTRICT, ""))), named[mention.PRODUCT])
        if product is None:
            product = self._made(state, message)
        return found | ({PRODUCT: product} if product and state.asked not in _ABOUT_FAIR else {})

    def _made(self, state: State, message: Message) -> str | None:
        """ "I make pickle"; "I told you, pickle", where it is asked whether that is the district's product."""
        told = str(state.told.get(PRODUCT, ""))
        if not told:
            return product_of(message.text)
        return told if state.asked == OWN_PRODUCT and Phrases((told,)).are_in(message) else None

    def _product(self, district: str, named: Sequence[str]) -> str | None:
        """Of several ("leather shoes" is two) the district's own, else the first."""
        districts = knowledge_base().districts
        own = (name for name in named if is_district_product(districts, district, name, date.max))
        return next(own, named[0] if named else None)

    def finish(self, state: State, occasion: Occasion) -> Sequence[Said]:
        facts, today, language = self._facts(state, occasion.today), occasion.today, occasion.language
        if state.topic not in load():
            return [comparison.in_words(compare(facts, today), language)]
        one = decide(facts, load()[state.topic], today)
        return verdict.in_words(one, _others(facts, one, today), language)

    def _facts(self, state: State, today: date) -> Facts:
        return facts_of(state, knowledge_base().districts, today)


_LOOK = Phrases((
    "dekho", "dekhiye", "dekh lo", "dekh lijiye", "dekh do", "dekh dijiye", "dekhna", "check", "check karo", "jaancho",
    "jaanch lo", "jaanch karo", "check for me", "look at", "for me", "mera dekho", "meri patrata", "try",
))  # fmt: skip
_ABOUT_HOME = (DISTRICT, PRODUCT, OWN_PRODUCT, RESIDENT)
_ABOUT_FAIR = ("mda_purpose", "fair_over", "fair_ended", "stall_cost", "freight_cost")
_PLACES = (mention.DISTRICT, mention.PRODUCT, mention.OUTSIDE)


def _field(name: str, words: FactWords) -> Field:
    kind = _PLAUSIBLE_AGE if name == "age" else KINDS[name]
    return Field(name, kind, words.question, words.why, words.choices)


def _of_one(facts: Facts, scheme: str, today: date) -> str | None:
    """When all that could settle it is refused, the amounts are still worth asking: the sum is given all the same."""
    found = decide(facts, load()[scheme], today)
    amounts = found.benefit.needs if found.state == "need_more" else ()
    open_amounts = (name for name in amounts if name not in facts.refused)
    return found.next_fact or found.benefit_fact or next(open_amounts, None)


def _of_all(facts: Facts, today: date) -> str | None:
    """What several schemes wait for, most of them first; what only one wants is asked when that one is chosen."""
    votes = Counter(v.next_fact for v in compare(facts, today) if v.state == "need_more" and v.next_fact)
    shared = [name for name, count in votes.items() if count >= _SHARED]
    return min(shared, key=lambda name: (-votes[name], ORDER[name]), default=None)


def _others(facts: Facts, one: Verdict, today: date) -> list[Verdict]:
    """Schemes that fit or may fit instead; none to a minor, and a joint body's centre only to a joint body."""
    if (facts.age is not None and facts.age < _OF_AGE) or facts.applicant in _BODIES:
        return []
    others = (v for v in compare(facts, today) if v.scheme not in (one.scheme, _JOINT) and v.state != "not_eligible")
    return list(others)[:_MOST_OTHERS]
