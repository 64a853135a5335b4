"""From what a person told to the engine's facts; districts and products are matched here."""

from collections.abc import Mapping
from datetime import date

from actions.dialogue.state import State
from actions.eligibility import Facts
from actions.eligibility.errors import FactError
from actions.eligibility.facts import FOLLOWS, KINDS
from actions.eligibility.kinds import Value
from actions.eligibility.product import is_called, is_district_product
from knowledge.districts import Districts

DISTRICT, PRODUCT, RESIDENT, OWN_PRODUCT = "district", "product", "up_resident", "district_product"
FOOD, FOOD_CATEGORY = "food_unit", "food_processing"


def facts_of(state: State, districts: Districts, today: date) -> Facts:
    """What was told counts before what follows from it."""
    told: dict[str, Value] = {}
    for name, value in state.told.items():
        if name in KINDS:
            told = _with(told, name, value)
    for name, value in _concluded(state, districts, today).items():
        told.setdefault(name, value)
    return Facts.of(told, refused=state.refused & KINDS.keys())


def _with(told: Mapping[str, Value], name: str, value: Value) -> dict[str, Value]:
    """What contradicts the newest (a date of a kit that "was never given") is taken back."""
    while True:
        try:
            Facts.of({**told, name: value})
        except FactError as error:
            contradicting = error.fact if error.fact != name else _against(name, told)
            if contradicting not in told:
                return dict(told)  # by itself no such fact can be: what is new is left out
            told = {key: old for key, old in told.items() if key != contradicting}
        else:
            return {**told, name: value}


def _against(name: str, told: Mapping[str, Value]) -> str:
    """The fact that cannot stand beside this one."""
    concluded = FOLLOWS.get(name, ("", None))[0]
    others = [concluded, *(n for n, (of, _) in FOLLOWS.items() if of == name), "spv_members", "spv_makers"]
    return next((n for n in others if n in told and n != name), "")


def _concluded(state: State, districts: Districts, today: date) -> dict[str, Value]:
    """Where a product is not on the district's list the person is asked, not refused: it may have another name."""
    district, product = (str(state.told.get(name, "")) for name in (DISTRICT, PRODUCT))
    found: dict[str, Value] = {RESIDENT: True} if district in districts.by_id else {}
    if product and is_district_product(districts, district, product, today):
        found[OWN_PRODUCT] = True
    families = {
        p.category
        for d in districts.makers_of(product)
        for p in districts.by_id[d].all_products
        if is_called(p, product)
    }
    return found | ({FOOD: families == {FOOD_CATEGORY}} if families else {})
