"""What may be asked, in the order of asking; the words are in `fields.yml`."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from pydantic import Field as Setting
from pydantic import RootModel

from actions.dialogue.field import AnswerKind, Choice, Day, Field, YesNo
from actions.eligibility.errors import SchemeError
from actions.eligibility.scheme_file import read_strictly, validated
from actions.rejection.case import NOT_TOLD
from knowledge.entry import ByLanguage, Strict

PATH = Path(__file__).with_name("fields.yml")
REASONS = ("papers", "cibil", "area", "collateral", "deposit", "bribe", "other", NOT_TOLD)
_DAY = Day(exact=True)
KINDS: dict[str, AnswerKind] = {
    "forwarded": YesNo(), "complained": YesNo(), "complained_on": _DAY, "bank_replied": YesNo(), "replied_on": _DAY,
    "ombudsman": YesNo(), "court": YesNo(), "reason": Choice(REASONS), "reason_written": YesNo(),
}  # fmt: skip


class _Words(Strict):
    question: ByLanguage
    why: ByLanguage
    choices: dict[str, ByLanguage] = Setting(default_factory=dict)


class _File(RootModel[dict[str, _Words]]):
    pass


@lru_cache(maxsize=2)
def load_fields(path: Path = PATH) -> Mapping[str, Field]:
    """Raises SchemeError with file and line where a field or a choice has no words, or words have no field."""
    document = read_strictly(path)
    words = validated(document, document.data, _File).root
    wrong = [document.problem((n,), "there is no such field") for n in words if n not in KINDS]
    wrong += [document.problem((), f"no words for {n}") for n in KINDS if n not in words]
    for name, kind in KINDS.items():
        options = kind.options if isinstance(kind, Choice) else ()
        if name in words and set(words[name].choices) != set(options):
            wrong.append(document.problem((name, "choices"), f"name exactly: {', '.join(options) or 'none'}"))
    if wrong:
        raise SchemeError(wrong)
    return {n: Field(n, k, words[n].question, words[n].why, words[n].choices) for n, k in KINDS.items()}
