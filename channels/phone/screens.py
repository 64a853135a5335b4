"""What is said at each point of a call."""

from channels.models import Language, Outcome
from channels.phone.screen import CallState, Choice, Said, Screen
from channels.phone.sentences import PhoneSentences
from channels.phone.speech import Answer, title
from channels.turn_log.marks import ANSWERS
from channels.turn_log.words import Mark

LINK_KEY = 5
MARK_KEYS: dict[str, Mark] = {"7": "up", "8": "down"}
LONGEST_READ_BACK = 200
CALL_BACK = "task:callback"


class Screens:
    def __init__(self, sentences: PhoneSentences) -> None:
        self._sentences = sentences

    def greeting(self, state: CallState) -> Screen:
        """In both languages: which is the caller's is not known yet."""
        both: tuple[Language, ...] = ("hi", "en")
        return _kept(state, Screen(says=[self._sentences.say("greeting", each) for each in both], then="language"))

    def ask(self, state: CallState, key: str = "ask") -> Screen:
        """Free for the next question; what the last answer offered is over."""
        state.rest, state.tail, state.choices, state.links, state.keys = [], [], [], [], "one"
        state.can_mark = False
        return _kept(state, Screen(says=[self.say(state, key)], then="question"))

    def again(self, state: CallState) -> Screen:
        """The last thing that was worth hearing."""
        return state.content or self.ask(state)

    def prompt_again(self, state: CallState, key: str) -> Screen:
        """After a miss: not the whole answer once more, but what may be done now."""
        last = state.screens[state.step]
        return last.model_copy(update={"first": [self.say(state, key)], "says": [] if last.asks else last.says})

    def wait(self, state: CallState) -> Screen:
        return Screen(says=[self.say(state, "wait")], then="wait")

    def confirm(self, state: CallState, words: str) -> Screen:
        return Screen(says=[self.say(state, "confirm", words=words[:LONGEST_READ_BACK])], then="confirm")

    def say_again(self, state: CallState) -> Screen:
        return Screen(says=[self.say(state, "say_again")], then="question", keys=state.keys)

    def keys(self, state: CallState) -> Screen:
        return Screen(says=[self.say(state, "keys")], then="keys", keys="only")

    def connecting(self, state: CallState) -> Screen:
        return Screen(says=[self.say(state, "connecting")], then="person")

    def not_connected(self, state: CallState) -> Screen:
        """A call back instead."""
        screen = self.ask(state, "not_connected")
        state.choices = [
            Choice(number=1, title=title(self.say(state, "call_back").text, state.language), payload=CALL_BACK)
        ]
        return _kept(state, screen.model_copy(update={"asks": self._choices(state)}))

    def goodbye(self, state: CallState) -> Screen:
        return Screen(says=[self.say(state, "goodbye")], then="end")

    # ---- an answer

    def answer(self, state: CallState, answer: Answer, outcome: Outcome) -> Screen:
        state.rest, state.choices, state.links = answer.pieces, answer.choices, answer.links
        state.keys = "many" if answer.is_open else "one"
        state.can_mark = outcome in ANSWERS and state.keys == "one"
        state.tail = self._tail(state, outcome)
        return self._all_at_once(state) if outcome == "handed_over" else self.next_piece(state)

    def _all_at_once(self, state: CallState) -> Screen:
        """Whom to call in need is not for after a key."""
        says, state.rest = state.rest, []
        return _kept(state, Screen(says=says, asks=state.tail, then="question", keys=state.keys))

    def next_piece(self, state: CallState) -> Screen:
        piece, *state.rest = state.rest
        if state.rest:
            return _kept(state, Screen(says=[piece], asks=[self.say(state, "more")], then="question"))
        return _kept(state, Screen(says=[piece], asks=state.tail, then="question", keys=state.keys))

    def link_sent(self, state: CallState) -> Screen:
        """The choices stay: whoever wanted the link may still take one."""
        state.links = []
        state.tail = self._tail(state, "answered")
        says = [self.say(state, "link_sent")]
        return _kept(state, Screen(says=says, asks=state.tail, then="question", keys=state.keys))

    def mark_noted(self, state: CallState) -> Screen:
        """What else may be done stays."""
        state.can_mark = False
        state.tail = self._tail(state, "answered")
        return _kept(state, Screen(says=[self.say(state, "mark_noted")], asks=state.tail, then="question"))

    def link_text(self, state: CallState) -> str:
        return self._sentences.write("link_text", state.language, links=" ".join(state.links))

    def say(self, state: CallState, key: str, **gaps: str) -> Said:
        return self._sentences.say(key, state.language, **gaps)

    def _tail(self, state: CallState, outcome: Outcome) -> list[Said]:
        """What may be done now, after the answer itself."""
        tail = self._choices(state)
        if state.links:
            is_taken = state.keys == "many" or any(each.number == LINK_KEY for each in state.choices)
            tail.append(self.say(state, "link_by_word" if is_taken else "link"))
        if state.can_mark and not state.told_marks:
            state.told_marks = True
            tail.append(self.say(state, "mark"))
        if outcome == "handed_over":
            tail.append(self.say(state, "zero"))
        elif state.keys == "many":
            tail.append(self.say(state, "by_keys"))
        elif not state.choices and outcome != "question_asked":
            tail.append(self.say(state, "anything_else"))
        return tail

    def _choices(self, state: CallState) -> list[Said]:
        return [
            self.say(state, "choice", title=each.title, number=str(each.number))
            if each.number
            else self.say(state, "choice_by_word", title=each.title)
            for each in state.choices
        ]


def _kept(state: CallState, screen: Screen) -> Screen:
    """Worth hearing again."""
    state.content = screen
    return screen
