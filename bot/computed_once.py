"""What Rasa 3.6 works out anew in every turn though it never changes while it serves, and once more at each start.

Each does what Rasa's own code does; Rasa is unmodified on disk. Figures: benchmarks/README.md.
"""

from __future__ import annotations

from functools import lru_cache
from graphlib import TopologicalSorter
from typing import Any

from jsonschema.exceptions import best_match
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.core.processor import MessageProcessor
from rasa.engine.exceptions import GraphRunError
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.utils.io import read_yaml

_SCHEMA = RemoteAction.action_response_format_spec()
_VALIDATOR = validator_for(_SCHEMA)(_SCHEMA)
_PLANS = "_plans_by_targets"


def install() -> None:
    """For the serving process, before a model is loaded."""
    RemoteAction._validate_action_result = _validate_action_result
    Event.resolve_by_type = staticmethod(lru_cache(Event.resolve_by_type))
    DaskGraphRunner.run = _run
    Domain.from_yaml = classmethod(_domain_of_model)
    MessageProcessor._check_for_unseen_features = _trust


def _domain_of_model(cls: type[Domain], yaml: str, original_filename: str = "") -> Domain:
    """A model's domain, which was checked against the schema when it was trained."""
    return cls.from_dict(read_yaml(yaml))


def _trust(self: MessageProcessor, parse_data: dict[str, Any]) -> None:
    """That all names are in the domain was seen to when the model was trained; Rasa writes out the domain to look."""


def _validate_action_result(self: RemoteAction, result: dict[str, Any]) -> bool:
    """An action's answer against the schema, with the validator compiled once."""
    error = best_match(_VALIDATOR.iter_errors(result))
    if error is not None:
        raise error
    return True


def _run(
    self: DaskGraphRunner, inputs: dict[str, Any] | None = None, targets: list[str] | None = None
) -> dict[str, Any]:
    """The graph's nodes one after another, in an order worked out at the first run."""
    wanted = tuple(targets or self._graph_schema.target_names)
    outputs = {name: (name, value) for name, value in (inputs or {}).items()}
    try:
        for name, needs in _plan(self, wanted):
            outputs[name] = self._instantiated_nodes[name](*(outputs[need] for need in needs))
    except RuntimeError as error:
        raise GraphRunError("Error running runner.") from error
    return dict(outputs[name] for name in wanted)


def _plan(runner: DaskGraphRunner, targets: tuple[str, ...]) -> list[tuple[str, list[str]]]:
    plans = runner.__dict__.setdefault(_PLANS, {})
    if targets not in plans:
        nodes = runner._graph_schema.minimal_graph_schema(list(targets)).nodes
        order = TopologicalSorter({name: node.needs.values() for name, node in nodes.items()}).static_order()
        plans[targets] = [(name, list(nodes[name].needs.values())) for name in order if name in nodes]
    return plans[targets]
