"""What follows on what was heard. Each step gives the next screen, and changes the call's state."""

from channels.logs import log
from channels.models import Language
from channels.phone import speech
from channels.phone.asking import Asking
from channels.phone.screen import CallState, Choice, Heard, Said, Screen, Then
from channels.phone.sentences import PhoneSentences
from channels.phone.text_messages import NotSent, TextMessages, can_get_text
from channels.phone.words import Command, chosen, is_command
from channels.settings import Settings
from channels.turns import Turn

CALL_BACK, MENU = "task:callback", "menu:"
# Silences in a row: the prompt again, then keys, then the helpline, then good-bye.
AGAIN, KEYS, HELPLINE = 3, 4, 5
LONGEST_READ_BACK = 200
LANGUAGES: tuple[tuple[str, Command, Language], ...] = (("1", "hindi", "hi"), ("2", "english", "en"))
CONNECTED = ("completed", "answered")


class Steps:
    def __init__(self, asking: Asking, sentences: PhoneSentences, texts: TextMessages, settings: Settings) -> None:
        self._asking, self._sentences, self._texts, self._settings = asking, sentences, texts, settings

    async def take(self, then: Then, state: CallState, heard: Heard) -> Screen:
        """The screen after the one that led to `then`."""
        if then == "person":
            return self._after_person(state, heard)
        if heard.digits == "0" or is_command(heard.words, "person"):
            return await self._person(state)
        if then == "wait":
            return await self._wait(state)
        if heard.is_nothing:
            return await self._silence(state)
        if then == "language":
            return await self._language(state, heard)
        if then == "confirm":
            return await self._confirmed(state, heard)
        return await (self._key_menu if then == "keys" else self._question)(state, heard)

    # ---- the beginning

    def greeting(self, state: CallState) -> Screen:
        both: tuple[Language, ...] = ("hi", "en")
        return _content(state, Screen(says=[self._sentences.say("greeting", each) for each in both], then="language"))

    async def _language(self, state: CallState, heard: Heard) -> Screen:
        for key, command, language in LANGUAGES:
            if heard.digits == key or is_command(heard.words, command):
                state.language, state.misses = language, 0
                return await self._ask_bot(state, f"language:{language}", quietly=True)
        return await self._question(state, heard)

    # ---- a question, or what steers the call

    async def _question(self, state: CallState, heard: Heard) -> Screen:
        choice = self._choice(state, heard)
        if choice and not self._is_doubtful(heard):
            return await self._ask_bot(state, choice.payload)
        steered = await self._steer(state, heard)
        if steered:
            return steered
        if heard.digits and state.keys == "one":
            return self._missed(state, "wrong_key")
        if self._is_doubtful(heard):
            return self._confirm(
                state, choice.title if choice else heard.words, choice.payload if choice else heard.words
            )
        return await self._ask_bot(state, heard.digits or heard.words)

    def _choice(self, state: CallState, heard: Heard) -> Choice | None:
        """While more is to be heard the choices have not been said yet."""
        if state.rest:
            return None
        if heard.digits:
            return next((each for each in state.choices if str(each.number) == heard.digits), None)
        return chosen(heard.words, state.choices)

    async def _steer(self, state: CallState, heard: Heard) -> Screen | None:
        if state.rest and self._means(state, heard, "more", "1"):
            return self._next_piece(state)
        if self._means(state, heard, "repeat", "9"):
            return self._again(state)
        if is_command(heard.words, "slower"):
            state.slow = True
            return self._again(state).after(self._say(state, "slower"))
        if state.links and not state.rest and self._means(state, heard, "link", "5"):
            return await self._send_links(state, heard)
        return None

    def _means(self, state: CallState, heard: Heard, command: Command, key: str) -> bool:
        """Where a number may be typed, a key is part of one."""
        return is_command(heard.words, command) or (state.keys != "many" and heard.digits == key)

    # ---- doubt

    def _is_doubtful(self, heard: Heard) -> bool:
        """A recogniser that does not tell how sure it is says nothing, or 0."""
        return bool(heard.words) and 0 < (heard.confidence or 0) < self._settings.speech_confidence

    def _confirm(self, state: CallState, words: str, text: str) -> Screen:
        state.misses += 1
        if state.misses > AGAIN:
            return self._keys(state)
        state.doubtful = text
        return Screen(says=[self._say(state, "confirm", words=words[:LONGEST_READ_BACK])], then="confirm")

    async def _confirmed(self, state: CallState, heard: Heard) -> Screen:
        doubtful = state.doubtful
        if heard.digits == "1" or is_command(heard.words, "yes"):
            state.doubtful = ""
            return await self._ask_bot(state, doubtful)
        if heard.digits == "2" or is_command(heard.words, "no"):
            state.doubtful = ""
            return await self._not_that(state)
        if heard.digits == "9" or is_command(heard.words, "repeat"):
            return state.screens[state.step].after()
        if heard.digits:
            return state.screens[state.step].after(self._say(state, "wrong_key"))
        return await self._question(state, heard)  # said anew

    async def _not_that(self, state: CallState) -> Screen:
        state.misses += 1
        if state.misses > AGAIN:
            return self._keys(state)
        return Screen(says=[self._say(state, "say_again")], then="question", keys=state.keys)

    # ---- nothing heard

    async def _silence(self, state: CallState) -> Screen:
        state.misses += 1
        if state.misses <= AGAIN:
            return state.screens[state.step].after(self._say(state, "not_heard"))
        if state.misses == KEYS:
            return self._keys(state)
        if state.misses == HELPLINE and self._settings.phone_person == "dial":
            return self._dial(state)
        return Screen(says=[self._say(state, "goodbye")], then="end")

    def _missed(self, state: CallState, key: str) -> Screen:
        state.misses += 1
        return self._keys(state) if state.misses > AGAIN else state.screens[state.step].after(self._say(state, key))

    def _keys(self, state: CallState) -> Screen:
        state.misses = max(state.misses, KEYS)
        return Screen(says=[self._say(state, "keys")], then="keys", keys="only")

    async def _key_menu(self, state: CallState, heard: Heard) -> Screen:
        if heard.digits == "1":
            state.misses = 0
            return self._ask(state)
        if heard.digits == "2":
            return await self._ask_bot(state, MENU)
        if heard.digits == "9":
            return self._again(state)
        return self._keys(state).after(self._say(state, "wrong_key"))

    # ---- a person

    async def _person(self, state: CallState) -> Screen:
        state.misses, state.pending = 0, None
        if self._settings.phone_person == "callback":
            return await self._ask_bot(state, CALL_BACK)
        return self._dial(state)

    def _dial(self, state: CallState) -> Screen:
        state.outcomes["connected_to_person"] = state.outcomes.get("connected_to_person", 0) + 1
        return Screen(says=[self._say(state, "connecting")], then="person")

    def _after_person(self, state: CallState, heard: Heard) -> Screen:
        if heard.dialled in CONNECTED:
            state.misses = 0
            return self._ask(state, "anything_else")
        _forget_answer(state)
        state.choices = [Choice(number=1, title=self._say(state, "call_back").text, payload=CALL_BACK)]
        says = [self._say(state, "not_connected"), *self._spoken_choices(state)]
        return _content(state, Screen(says=says, then="question"))

    # ---- the assistant

    async def _ask_bot(self, state: CallState, text: str, quietly: bool = False) -> Screen:
        self._asking.begin(state, text, quietly)
        return await self._wait(state)

    async def _wait(self, state: CallState) -> Screen:
        """The answer; a screen that asks for it again; or, after too long, an apology."""
        pending = state.pending
        if pending is None:
            return self._again(state)
        turn = await self._asking.answer(state)
        if state.pending is not None:
            return Screen(says=[self._say(state, "wait")], then="wait")
        if pending.quietly:
            return self._ask(state)
        return self._apology(state) if turn is None or turn.failure else await self._answered(state, turn)

    async def _answered(self, state: CallState, turn: Turn) -> Screen:
        state.misses = 0
        if not turn.replies:
            return self._ask(state, "with_staff")
        state.language = "en" if turn.replies[-1].language == "en" else "hi"
        if self._settings.phone_person == "dial" and wants_person(turn):
            return self._dial(state)
        answer = speech.answer(turn.replies, turn.outcome, self._settings.phone_piece_characters)
        state.rest, state.choices, state.links = answer.pieces, answer.choices, answer.links
        state.keys = "many" if answer.is_open else "one"
        state.tail = self._tail(state, turn.outcome == "question_asked")
        return self._next_piece(state)

    def _next_piece(self, state: CallState) -> Screen:
        piece, *state.rest = state.rest
        says = [piece, self._say(state, "more")] if state.rest else [piece, *state.tail]
        return _content(state, Screen(says=says, then="question", keys="one" if state.rest else state.keys))

    def _tail(self, state: CallState, is_question: bool) -> list[Said]:
        """What may be done now, after the answer itself."""
        tail = self._spoken_choices(state)
        if state.links:
            is_taken = state.keys == "many" or any(each.number == 5 for each in state.choices)
            tail.append(self._say(state, "link_by_word" if is_taken else "link"))
        if state.keys == "many":
            tail.append(self._say(state, "by_keys"))
        elif not state.choices and not is_question:
            tail.append(self._say(state, "anything_else"))
        return tail

    def _spoken_choices(self, state: CallState) -> list[Said]:
        return [
            self._say(state, "choice", title=each.title, number=str(each.number))
            if each.number
            else self._say(state, "choice_by_word", title=each.title)
            for each in state.choices
        ]

    # ---- smaller things

    async def _send_links(self, state: CallState, heard: Heard) -> Screen:
        text = self._sentences.write("link_text", state.language, links=" ".join(state.links))
        try:
            if not can_get_text(heard.number):
                raise NotSent
            await self._texts.send(heard.number, text, self._asking.reference(state))
        except NotSent:
            return self._ask(state, "link_not_sent")
        return self._after_link(state)

    def _after_link(self, state: CallState) -> Screen:
        """The choices stay: whoever wanted the link may still take one."""
        state.links = []
        says = [self._say(state, "link_sent"), *self._tail(state, False)]
        return _content(state, Screen(says=says, then="question", keys=state.keys))

    def _again(self, state: CallState) -> Screen:
        state.misses = 0
        return (state.content or self._ask(state)).after()

    def _ask(self, state: CallState, key: str = "ask") -> Screen:
        _forget_answer(state)
        return _content(state, Screen(says=[self._say(state, key)], then="question"))

    def _apology(self, state: CallState) -> Screen:
        log.warning("phone_unanswered")
        return self._ask(state, "unavailable")

    def sorry(self, state: CallState) -> Screen:
        """Something failed on our side; the call goes on."""
        state.pending = None
        return self._ask(state, "unavailable")

    def _say(self, state: CallState, key: str, **gaps: str) -> Said:
        return self._sentences.say(key, state.language, **gaps)


def wants_person(turn: Turn) -> bool:
    """Asked for one and nothing else: who is in distress, or has left a number, is first told what was said."""
    asks = [reply.handover.reason for reply in turn.replies if reply.handover]
    return turn.outcome == "handed_over" and set(asks) <= {"asked"}


def _content(state: CallState, screen: Screen) -> Screen:
    state.content = screen
    return screen


def _forget_answer(state: CallState) -> None:
    state.rest, state.tail, state.choices, state.links, state.keys = [], [], [], [], "one"
