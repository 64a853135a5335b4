"""What follows on what was heard. Each step gives the next screen, and changes the call's state."""

from channels.models import Language
from channels.phone import speech
from channels.phone.asking import Asking
from channels.phone.screen import CallState, Choice, Heard, Screen, Then
from channels.phone.screens import CALL_BACK, LINK_KEY, MARK_KEYS, Screens
from channels.phone.text_messages import NotSent, TextMessages, can_get_text
from channels.phone.words import Command, chosen, is_command
from channels.settings import Settings
from channels.transcripts.answers import is_goodbye, is_sure_goodbye
from channels.turn_log.words import Mark
from channels.turns import Turn

MENU, PERSON = "menu:", "person:"
# Misses in a row: the prompt again, then keys, then the helpline, then good-bye.
AGAIN, KEYS, HELPLINE = 3, 4, 5
LANGUAGES: tuple[tuple[str, Command, Language], ...] = (("1", "hindi", "hi"), ("2", "english", "en"))
CONNECTED = ("completed", "answered")


class Steps:
    def __init__(self, asking: Asking, screens: Screens, texts: TextMessages, settings: Settings) -> None:
        self._asking, self.screens, self._texts, self._settings = asking, screens, texts, settings

    async def take(self, then: Then, state: CallState, heard: Heard) -> Screen:
        """The screen after the one that led to `then`."""
        if then == "person":
            return self._after_person(state, heard)
        if heard.digits == "0" or is_command(heard.words, "person"):
            return await self._person(state)
        if then == "wait":
            return await self._wait(state)
        if heard.is_nothing:
            return self._silence(state)
        if self._is_ending(state, heard):
            return self.screens.goodbye(state)
        if then == "language":
            return await self._language(state, heard)
        if then == "confirm":
            return await self._confirmed(state, heard)
        return await (self._key_menu if then == "keys" else self._question)(state, heard)

    def sorry(self, state: CallState) -> Screen:
        """No answer; the call goes on."""
        state.pending = None
        return self.screens.ask(state, "unavailable")

    # ---- a question, or what steers the call

    async def _language(self, state: CallState, heard: Heard) -> Screen:
        """Chosen for the whole call; or a question in Hindi, which chooses too."""
        for key, command, language in LANGUAGES:
            if heard.digits == key or is_command(heard.words, command):
                state.language, state.misses = language, 0
                return await self._ask_bot(state, f"language:{language}", quietly=True)
        return await self._question(state, heard)

    async def _question(self, state: CallState, heard: Heard) -> Screen:
        choice, is_doubtful = self._choice(state, heard), self._is_doubtful(heard)
        if choice and not is_doubtful:
            return await self._take_choice(state, choice.payload)
        steered = await self._steer(state, heard)
        if steered:
            return steered
        if heard.digits and state.keys == "one":
            return self._missed(state, self.screens.prompt_again(state, "wrong_key"))
        if is_doubtful:
            state.doubtful = choice.payload if choice else heard.words
            return self._missed(state, self.screens.confirm(state, heard.words))
        return await self._ask_bot(state, heard.digits or heard.words)

    async def _take_choice(self, state: CallState, payload: str) -> Screen:
        return await (self._person(state) if payload == PERSON else self._ask_bot(state, payload))

    def _choice(self, state: CallState, heard: Heard) -> Choice | None:
        """While more is to be heard the choices have not been said yet."""
        if state.rest:
            return None
        if heard.digits:
            return next((each for each in state.choices if str(each.number) == heard.digits), None)
        return chosen(heard.words, state.choices)

    async def _steer(self, state: CallState, heard: Heard) -> Screen | None:
        if state.rest and _means(state, heard, "more", "1"):
            return self.screens.next_piece(state)
        if _means(state, heard, "repeat", "9"):
            return self._again(state)
        if is_command(heard.words, "slower"):
            state.slow = True
            return self._again(state).after(self.screens.say(state, "slower"))
        if state.links and not state.rest and _means(state, heard, "link", str(LINK_KEY)):
            return await self._send_links(state, heard)
        if state.can_mark and not state.rest and heard.digits in MARK_KEYS:
            return await self._mark(state, MARK_KEYS[heard.digits])
        return None

    async def _mark(self, state: CallState, mark: Mark) -> Screen:
        """Whether the answer helped; where that cannot be noted, what may be done now is said again."""
        is_noted = await self._asking.mark(state, mark)
        return self.screens.mark_noted(state) if is_noted else self._again(state)

    def _again(self, state: CallState) -> Screen:
        state.misses = 0
        return self.screens.again(state)

    async def _send_links(self, state: CallState, heard: Heard) -> Screen:
        if not can_get_text(heard.number):
            return self.screens.ask(state, "link_no_number")
        try:
            await self._texts.send(heard.number, self.screens.link_text(state), self._asking.reference(state))
        except NotSent:
            return self.screens.ask(state, "link_not_sent")
        return self.screens.link_sent(state)

    # ---- the end

    def _is_ending(self, state: CallState, heard: Heard) -> bool:
        """In the midst of a question of ours, only what can be no answer to it."""
        is_asked = state.keys == "many" or any(each.payload.startswith("answer:") for each in state.choices)
        is_over = is_sure_goodbye if is_asked else is_goodbye
        return is_over(heard.words) and not self._is_doubtful(heard)

    # ---- doubt, silence, wrong keys

    def _is_doubtful(self, heard: Heard) -> bool:
        """A recogniser that does not tell how sure it is says nothing, or 0."""
        return bool(heard.words) and 0 < (heard.confidence or 0) < self._settings.speech_confidence

    async def _confirmed(self, state: CallState, heard: Heard) -> Screen:
        if heard.digits == "1" or is_command(heard.words, "yes"):
            return await self._take_choice(state, state.doubtful)
        if heard.digits == "2" or is_command(heard.words, "no"):
            return self._missed(state, self.screens.say_again(state))
        if heard.digits == "9" or is_command(heard.words, "repeat"):
            return state.screens[state.step].after()
        if heard.digits:
            return self._missed(state, self.screens.prompt_again(state, "wrong_key"))
        return await self._question(state, heard)  # said anew

    def _silence(self, state: CallState) -> Screen:
        if state.misses < KEYS:
            return self._missed(state, self.screens.prompt_again(state, "not_heard"))
        state.misses += 1
        if state.misses == HELPLINE and self._settings.phone_person == "dial":
            return self._dial(state)
        return self.screens.goodbye(state)

    def _missed(self, state: CallState, screen: Screen) -> Screen:
        """The screen, unless there were too many misses before it."""
        state.misses += 1
        return screen if state.misses <= AGAIN else self._keys(state)

    def _keys(self, state: CallState) -> Screen:
        state.misses = KEYS
        return self.screens.keys(state)

    async def _key_menu(self, state: CallState, heard: Heard) -> Screen:
        if heard.digits == "1":
            state.misses = 0
            return self.screens.ask(state)
        if heard.digits == "2":
            return await self._ask_bot(state, MENU)
        if heard.digits == "9":
            return self._again(state)
        return self._keys(state).after(self.screens.say(state, "wrong_key"))

    # ---- a person

    async def _person(self, state: CallState) -> Screen:
        state.misses, state.pending = 0, None
        if self._settings.phone_person == "callback":
            return await self._ask_bot(state, CALL_BACK)
        return self._dial(state)

    def _dial(self, state: CallState) -> Screen:
        state.outcomes["connected"] = state.outcomes.get("connected", 0) + 1
        return self.screens.connecting(state)

    def _after_person(self, state: CallState, heard: Heard) -> Screen:
        if heard.dialled in CONNECTED:
            state.misses = 0
            return self.screens.ask(state, "anything_else")
        return self.screens.not_connected(state)

    # ---- the assistant

    async def _ask_bot(self, state: CallState, text: str, quietly: bool = False) -> Screen:
        state.doubtful = ""
        self._asking.begin(state, text, quietly)
        return await self._wait(state)

    async def _wait(self, state: CallState) -> Screen:
        """The answer; a screen that asks for it again; or, after too long, an apology."""
        pending = state.pending
        if pending is None:
            return self._again(state)
        turn = await self._asking.answer(state)
        if state.pending is not None:
            return self.screens.wait(state)
        if pending.quietly:
            return self.screens.ask(state)
        return self.sorry(state) if turn is None or turn.failure else self._answered(state, turn)

    def _answered(self, state: CallState, turn: Turn) -> Screen:
        state.misses = 0
        if not turn.replies:
            return self.screens.ask(state, "with_staff")
        state.language = "en" if turn.replies[-1].language == "en" else "hi"
        if self._settings.phone_person == "dial" and wants_person(turn):
            return self._dial(state)
        answer = speech.answer(turn.replies, turn.outcome, self._settings.phone_piece_characters)
        return self.screens.answer(state, answer, turn.outcome)


def wants_person(turn: Turn) -> bool:
    """Asked for one, and surely nothing else: distress ends in the same outcome, and then the words count."""
    asks = {reply.handover.reason for reply in turn.replies if reply.handover}
    return turn.outcome == "handed_over" and asks == {"asked"}


def _means(state: CallState, heard: Heard, command: Command, key: str) -> bool:
    """Where a number may be typed, a key is part of one."""
    return is_command(heard.words, command) or (state.keys != "many" and heard.digits == key)
