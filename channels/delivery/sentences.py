"""What delivery itself says, read from bot/responses/delivery.yml."""

from pathlib import Path
from typing import get_args

from channels.errors import SettingsError
from channels.models import Language
from channels.sentences import texts_of

NOTICE, NOTICE_SMS = "utter_privacy_notice", "utter_privacy_notice_sms"
OPTED_OUT, OPTED_IN, ERASED = "utter_opted_out", "utter_opted_in", "utter_erased"
SHOWN, SHOWN_SESSION, ERASED_SESSION = "utter_data_shown", "utter_session_shown", "utter_session_erased"
VOICE_NOTE, IMAGE, DOCUMENT = "utter_voice_note", "utter_image", "utter_document"
VOICE_UNCLEAR, VOICE_CONFIRM = "utter_voice_unclear", "utter_voice_confirm"
LATE, NOT_TAKEN = "utter_answer_late", "utter_not_taken"
HINT, HINT_SMS = "utter_marks_hint", "utter_marks_hint_sms"
KEYS = (
    NOTICE, NOTICE_SMS, OPTED_OUT, OPTED_IN, ERASED, SHOWN, SHOWN_SESSION, ERASED_SESSION, VOICE_NOTE, VOICE_UNCLEAR,
    VOICE_CONFIRM, IMAGE, DOCUMENT, HINT, HINT_SMS, LATE,
    NOT_TAKEN,
)  # fmt: skip


class DeliverySentences:
    """One text for each key and language."""

    def __init__(self, path: Path) -> None:
        """Raises SettingsError when the file, a key or a language is missing."""
        self._texts = texts_of(path, KEYS, "DELIVERY_SENTENCES_FILE")
        for key in KEYS:
            for language in get_args(Language):
                if not self._texts.get((key, language)):
                    raise SettingsError(f"{path.name} has no {key} in {language}")

    def text(self, key: str, languages: list[Language], **gaps: str) -> str:
        texts = (self._texts[key, language] for language in languages)
        return "\n\n".join(text.format(**gaps) if gaps else text for text in texts)
