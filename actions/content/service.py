"""The parts put together by the settings, once per process."""

from functools import lru_cache

from actions.applications.errors import SettingsError
from actions.content.desk import Desk
from actions.content.engine import open_engine
from actions.content.errors import Unavailable
from actions.content.settings import Settings, load_settings
from actions.content.store import Versions
from actions.content.trials import Trials
from actions.knowledge_base import knowledge_base


class Opened:
    def __init__(self, settings: Settings) -> None:
        self.engine = open_engine(settings.database_address, settings.content_timeout_seconds)
        self.versions = Versions(self.engine)
        self.desk = Desk(self.versions, lambda: knowledge_base().retriever.library)
        self.trials = Trials(self.engine, settings.content_questions, settings.content_trial_seconds)


@lru_cache(maxsize=1)
def opened() -> Opened:
    """This process's own, opened when first needed; what fails is tried again the next time."""
    try:
        return Opened(load_settings())
    except SettingsError as error:
        raise Unavailable(str(error)) from None


def versions() -> Versions:
    return opened().versions
