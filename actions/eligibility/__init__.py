"""Who may get what: schemes as data (`schemes/*.yml`) and an engine that reads them. It knows nothing of Rasa."""

from actions.eligibility.decide import compare, decide
from actions.eligibility.facts import Facts
from actions.eligibility.scheme_file import load
from actions.eligibility.verdict import Verdict

__all__ = ["Facts", "Verdict", "compare", "decide", "load"]
