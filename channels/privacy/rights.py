"""What people on the web and on the phone may ask for of their data, as on WhatsApp and SMS: see it, erase it."""

from sqlalchemy import Connection, func, select

from channels.bot_client import BotClient
from channels.bot_models import BotReply
from channels.delivery.sentences import ERASED_SESSION, SHOWN_SESSION, DeliverySentences
from channels.delivery.words import wish_of
from channels.handovers import Clock, Handovers
from channels.models import Language
from channels.privacy.person import erase_session
from channels.settings import Settings
from channels.store.tables import HandoverRow


class Rights:
    """Their session is all that is known of them."""

    def __init__(self, settings: Settings, bot: BotClient, store: Handovers, clock: Clock) -> None:
        self._bot, self._store, self._clock = bot, store, clock
        self._sentences = DeliverySentences(settings.delivery_sentences_file)

    async def heard(self, session_id: str, text: str, languages: list[Language]) -> list[BotReply]:
        """The answer to a wish; nothing where the message is none. Raises BotFailure and StoreFailure."""
        wish = wish_of(text)
        if wish == "erase":
            await self._bot.forget(session_id)
            await self._store.run(self._erase, session_id)
            return self._replies(ERASED_SESSION, languages)
        if wish == "show":
            talks = await self._store.run(self._count, session_id)
            return self._replies(SHOWN_SESSION, languages, talks=str(talks))
        return []

    def _replies(self, key: str, languages: list[Language], **gaps: str) -> list[BotReply]:
        return [
            BotReply(text=self._sentences.text(key, [language], **gaps), language=language, outcome="small_talk")
            for language in languages
        ]

    def _erase(self, session_id: str) -> None:
        with self._store.database.writing() as connection:
            erase_session(connection, session_id, self._clock())

    def _count(self, session_id: str) -> int:
        with self._store.database.reading() as connection:
            return _talks(connection, session_id)


def _talks(connection: Connection, session_id: str) -> int:
    mine = HandoverRow.session_id == session_id
    return connection.execute(select(func.count()).select_from(HandoverRow).where(mine)).scalar() or 0
