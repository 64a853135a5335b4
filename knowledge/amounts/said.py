"""A number with the words around it."""

from dataclasses import dataclass
from datetime import date

from knowledge.amounts.amount import DATE, YEAR, Amount, Interval, simple
from knowledge.amounts.number import Number
from knowledge.amounts.tokens import Tokens, same_clause, word


@dataclass(frozen=True)
class Said:
    """A number in its text, said on the day `today`."""

    tokens: Tokens
    number: Number
    today: date

    def ahead(self, steps: int = 0) -> str:
        """The word so many places behind the number's end, empty beyond the clause."""
        place = self.number.after + steps
        return word(self.tokens, place) if same_clause(self.tokens, self.number.after - 1, place) else ""

    def behind(self, steps: int = 1) -> str:
        """The word so many places before the number, empty beyond the clause."""
        place = self.number.first - steps
        return word(self.tokens, place) if same_clause(self.tokens, max(place, 0), self.number.first) else ""

    def amount(self, kind: str, unit: str = "", first: int | None = None, after: int | None = None) -> Amount:
        """An amount from token `first` to before token `after`, by default the number's own words."""
        start = self.tokens[self.number.first if first is None else first].start
        end = self.tokens[(self.number.after if after is None else after) - 1].end
        return Amount(kind, simple(self.number.low), simple(self.number.high), unit, start, end)

    def dated(self, when: Interval, after: int) -> Amount:
        """A date up to before token `after`."""
        place = self.amount(DATE, after=after)
        return Amount(DATE, when.first.year, when.last.year, YEAR, place.start, place.end, when)
