"""What is asked: the products of one district after another, so that every answer of a person is another one."""

from dataclasses import dataclass

import yaml

from benchmarks.places import ROOT

LANGUAGES = ("hi", "hi-Latn", "en")
_ASKED = {
    "hi": "{name} का ओडीओपी उत्पाद क्या है?",
    "hi-Latn": "{name} zile ka odop product kya hai?",
    "en": "What is the ODOP product of {name} district?",
}
_ONE_WORD = " -("  # names of several words, or with a note, have more than one way to be said


@dataclass(frozen=True)
class Question:
    district: str
    language: str
    text: str


def all_of(language: str) -> list[Question]:
    districts = yaml.safe_load((ROOT / "knowledge" / "districts.yml").read_text(encoding="utf-8"))["districts"]
    names = {each["id"]: each["name"]["hi" if language == "hi" else "en"] for each in districts}
    plain = {which: name for which, name in names.items() if not any(sign in name for sign in _ONE_WORD)}
    return [Question(which, language, _ASKED[language].format(name=name)) for which, name in plain.items()]


def of_person(number: int, count: int) -> list[Question]:
    """Each begins somewhere else, in one of the three languages."""
    known = all_of(LANGUAGES[number % len(LANGUAGES)])
    start = number * 5 % len(known)
    return [known[(start + place) % len(known)] for place in range(min(count, len(known)))]
