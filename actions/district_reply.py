"""What is said to a question about districts and products; the sentences are in bot/responses."""

from collections.abc import Callable, Sequence

from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.district_words import facts_of, in_few_words, names, product_names, sources_of
from actions.entry_reply import buttons
from actions.knowledge_base import knowledge_base
from knowledge.district_question import DistrictQuestion
from knowledge.programme import current
from knowledge.text.mention import SHARED_NAMES, categories

_Say = Callable[[CollectingDispatcher, DistrictQuestion, str], None]


def reply(dispatcher: CollectingDispatcher, question: DistrictQuestion, language: str) -> list[EventType]:
    """Say the answer, or ask for the user's own district."""
    if question.kind == "own_district":
        return [FollowupAction("district_form")]
    _SAY[question.kind](dispatcher, question, language)
    return []


def say_products(dispatcher: CollectingDispatcher, districts: Sequence[str], language: str) -> None:
    """The products of one district in a sentence, with what people want to know next; of several as lines."""
    found = [knowledge_base().districts.by_id[d] for d in districts]
    key = "utter_district_products" if len(found) == 1 else "utter_districts_products"
    _say(
        dispatcher, key, language, sources_of(found, language),
        district=names(districts, language),
        products=facts_of(found[0], language),
        lines="\n".join(f"• {d.name[language]}: {facts_of(d, language)}" for d in found),
        short="; ".join(in_few_words(d, language) for d in found),
        offered=_next(language) if len(found) == 1 else [],
    )  # fmt: skip


def _next(language: str) -> list[dict[str, str]]:
    library = knowledge_base().retriever.library
    return buttons(library, None, [name for name in current().after_district if name in library.entries], language)


def ask_which(dispatcher: CollectingDispatcher, name: str, candidates: Sequence[str], language: str) -> None:
    by_id = knowledge_base().districts.by_id
    buttons = [{"title": by_id[d].name[language], "payload": f"district:{d}"} for d in candidates]
    spoken = by_id[name].name[language] if name in by_id else SHARED_NAMES[name]["hi" if language == "hi" else "en"]
    dispatcher.utter_message(
        response="utter_which_district", name=spoken, candidates=names(candidates, language), buttons=buttons
    )


def _say(
    dispatcher: CollectingDispatcher,
    key: str,
    language: str,
    sources: list[dict[str, object]],
    short: str | None = None,
    offered: Sequence[dict[str, str]] = (),
    **values: str,
) -> None:
    custom = {"outcome": "answered", "language": language, "sources": sources, "short": short, "topic": "districts"}
    dispatcher.utter_message(response=key, json_message=custom, buttons=list(offered), **values)


def _products(dispatcher: CollectingDispatcher, question: DistrictQuestion, language: str) -> None:
    say_products(dispatcher, question.districts, language)


def _which(dispatcher: CollectingDispatcher, question: DistrictQuestion, language: str) -> None:
    ask_which(dispatcher, question.term, question.districts, language)


def _check(dispatcher: CollectingDispatcher, question: DistrictQuestion, language: str) -> None:
    """Whether one district's list has a product, and what the list is."""
    data = knowledge_base().districts
    district = data.by_id[question.districts[0]]
    makers = data.makers_of(question.term)
    key = "utter_district_has_product" if district.id in makers else "utter_district_lacks_product"
    _say(
        dispatcher, key, language, sources_of([district], language),
        district=district.name[language],
        product=product_names(question.term, language),
        products=facts_of(district, language),
    )  # fmt: skip


def _makers(dispatcher: CollectingDispatcher, question: DistrictQuestion, language: str) -> None:
    found = [knowledge_base().districts.by_id[d] for d in question.districts]
    key = "utter_product_makers" if len(found) > 1 else "utter_product_maker"
    _say(
        dispatcher, key, language, sources_of(found, language, question.term),
        product=product_names(question.term, language),
        districts=names(question.districts, language),
        count=str(len(found)),
    )  # fmt: skip


def _family(dispatcher: CollectingDispatcher, question: DistrictQuestion, language: str) -> None:
    found = [knowledge_base().districts.by_id[d] for d in question.districts]
    lines = "\n".join(f"• {d.name[language]}: {facts_of(d, language, question.term)}" for d in found)
    _say(
        dispatcher, "utter_family_makers", language, sources_of(found, language, category=question.term),
        family=categories()[question.term]["name"][language], lines=lines, count=str(len(found)),
        districts=names(question.districts, language),
    )  # fmt: skip


def _outside(dispatcher: CollectingDispatcher, question: DistrictQuestion, language: str) -> None:
    place = knowledge_base().districts.outside.get(question.districts[0], {})
    dispatcher.utter_message(response="utter_outside_up", place=place.get(language, question.districts[0].title()))


def _count(dispatcher: CollectingDispatcher, question: DistrictQuestion, language: str) -> None:
    data = knowledge_base().districts
    _say(
        dispatcher, "utter_district_count", language, sources_of([], language),
        count=str(len(data.by_id)), divisions=str(len(data.divisions)),
    )  # fmt: skip


def _list(dispatcher: CollectingDispatcher, question: DistrictQuestion, language: str) -> None:
    data = knowledge_base().districts
    lines = "\n".join(
        f"• {d['hi' if language == 'hi' else 'en']}: {names(d['districts'], language)}" for d in data.divisions.values()
    )
    count = str(len(data.by_id))
    _say(dispatcher, "utter_district_list", language, sources_of([], language), lines=lines, count=count)


def _division(dispatcher: CollectingDispatcher, question: DistrictQuestion, language: str) -> None:
    data = knowledge_base().districts
    division = data.divisions[data.by_id[question.districts[0]].division]
    found = [data.by_id[d] for d in division["districts"]]
    _say(
        dispatcher, "utter_division", language, sources_of(found, language),
        division=division["hi" if language == "hi" else "en"], count=str(len(found)),
        lines="\n".join(f"• {d.name[language]}: {facts_of(d, language)}" for d in found),
    )  # fmt: skip


_SAY: dict[str, _Say] = {
    "products": _products, "ambiguous": _which, "check": _check, "makers": _makers, "family": _family,
    "outside": _outside, "count": _count, "list": _list, "division": _division,
}  # fmt: skip
