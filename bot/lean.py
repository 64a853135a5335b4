"""Keeps TensorFlow out of the serving process, where no part of our pipeline uses it.

Rasa imports it at start through exactly three modules of its own, which only help in training, and spaCy
wherever it is installed. Stand-ins for the three, and hiding TensorFlow from the rest, save 0.4 GB and
several seconds. A pipeline with a neural network (DIET, TED) must be served without
this: `SERVE_NEURAL_NETWORKS=1` does that.
"""

from __future__ import annotations

import os
import sys
from types import ModuleType

# Rasa's module -> the names that others import from it
TRAINING_ONLY = {
    "rasa.utils.tensorflow.callback": ("RasaTrainingLogger", "RasaModelCheckpoint"),
    "rasa.utils.tensorflow.data_generator": ("RasaBatchDataGenerator",),
    # A trained model names it among the parts of its training.
    "rasa.graph_components.validators.default_recipe_validator": ("DefaultV1RecipeValidator",),
}


class TrainingOnly:
    """In place of what is needed to train, or to serve a neural network."""

    def __init__(self, *_: object, **__: object) -> None:
        raise RuntimeError("This model has a neural network: serve it with SERVE_NEURAL_NETWORKS=1.")


def install() -> None:
    """Must come before the first import of rasa.core."""
    if os.environ.get("SERVE_NEURAL_NETWORKS") == "1":
        return
    for module, names in TRAINING_ONLY.items():
        if module not in sys.modules:
            sys.modules[module] = _stand_in(module, names)
    # None is Python's own mark for "cannot be imported": spaCy then goes without, as it is made to.
    sys.modules.setdefault("tensorflow", None)  # type: ignore[arg-type]


def _stand_in(name: str, names: tuple[str, ...]) -> ModuleType:
    module = ModuleType(name)
    for each in names:
        setattr(module, each, TrainingOnly)
    return module
