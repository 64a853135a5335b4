"""Keeps out of the serving process what Rasa imports at start and no part of ours uses.

TensorFlow, through exactly three modules of Rasa's own, which only help in training, and spaCy wherever it is
installed: 0.4 GB and several seconds. Rasa's other channels and another tracker store, each with its client library,
and its testing, with matplotlib: two seconds. Stand-ins take their places. A pipeline with a neural network (DIET,
TED) must be served without this: `SERVE_NEURAL_NETWORKS=1` does that.
"""

from __future__ import annotations

import os
import sys
from types import ModuleType

# module -> the names that Rasa imports from it
UNUSED = {
    "rasa.utils.tensorflow.callback": ("RasaTrainingLogger", "RasaModelCheckpoint"),
    "rasa.utils.tensorflow.data_generator": ("RasaBatchDataGenerator",),
    # A trained model names it among the parts of its training.
    "rasa.graph_components.validators.default_recipe_validator": ("DefaultV1RecipeValidator",),
    "rasa.core.test": ("test",),
    "rasa.nlu.test": ("CVEvaluationResult",),
    "boto3.dynamodb.conditions": ("Key",),  # for another tracker store
    "rasa.core.channels.botframework": ("BotFrameworkInput",),
    "rasa.core.channels.console": ("CmdlineInput",),
    "rasa.core.channels.facebook": ("FacebookInput",),
    "rasa.core.channels.hangouts": ("HangoutsInput",),
    "rasa.core.channels.mattermost": ("MattermostInput",),
    "rasa.core.channels.rocketchat": ("RocketChatInput",),
    "rasa.core.channels.slack": ("SlackInput",),
    "rasa.core.channels.socketio": ("SocketIOInput",),
    "rasa.core.channels.telegram": ("TelegramInput",),
    "rasa.core.channels.twilio": ("TwilioInput",),
    "rasa.core.channels.twilio_voice": ("TwilioVoiceInput",),
    "rasa.core.channels.webexteams": ("WebexTeamsInput",),
}


class Unused:
    """In place of what is needed to train, to test, or for another channel."""

    def __init__(self, *_: object, **__: object) -> None:
        raise RuntimeError("Left out while serving (bot/lean.py): a neural network needs SERVE_NEURAL_NETWORKS=1.")

    @classmethod
    def name(cls) -> str:
        """That of no channel: Rasa keeps its channels by name."""
        return "unused"


def install() -> None:
    """Must come before the first import of rasa.core."""
    if os.environ.get("SERVE_NEURAL_NETWORKS") == "1":
        return
    for module, names in UNUSED.items():
        if module not in sys.modules:
            sys.modules[module] = _stand_in(module, names)
    # None is Python's own mark for "cannot be imported": spaCy then goes without, as it is made to.
    sys.modules.setdefault("tensorflow", None)  # type: ignore[arg-type]


def _stand_in(name: str, names: tuple[str, ...]) -> ModuleType:
    module = ModuleType(name)
    for each in names:
        setattr(module, each, Unused)
    return module
