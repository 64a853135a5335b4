"""`python -m benchmarks`: how well messages are understood, how fast, how delivered. See benchmarks/README.md."""

import argparse
import signal
import sys
from types import FrameType

from benchmarks import ask, widget
from benchmarks.chaos import command as chaos
from benchmarks.delivery import command as delivery
from benchmarks.errors import BenchmarkError
from benchmarks.plan import Plan
from benchmarks.public import command as public
from benchmarks.scale import command as scale
from benchmarks.understanding import messages
from knowledge.errors import KnowledgeError

_REQUESTS = (signal.SIGINT, signal.SIGTERM)
_DESCRIPTION = """Measures the assistant. Without a command: all of it (about an hour).
Results are printed and written to var/bench/results.md; logs are in var/bench/log."""
_QUALITY = "send every development message and judge the answers (two minutes)"
_UNDERSTANDING = """answers, out of scope, distress, languages, spelling, calibration, confusions and the speed of
understanding, into var/bench/understanding.md and .json (about five minutes)"""
_TALKS = "have whole conversations and judge every reply in its place (half a minute)"
_RECORD = "write benchmarks/recorded.yml, which `make test` compares with (half a minute, no servers)"
_CONSOLE = "time the console's pages with 400,000 turns in the store (a minute or two)"
_GROUPS = "how well unanswered messages are grouped, on the development messages (a minute)"
_FUZZ = "hostile input for every way in: 5xx, crashes, memory (a quarter of an hour)"
_GROWTH = "what entries, turns in the store and long messages cost, in processor time (some minutes)"
_SPEED = "time this bot and Rasa's stock pipeline side by side (about half an hour, most of it stock's training)"


def _quality(given: argparse.Namespace) -> None:
    load = messages.load_unseen if given.unseen else messages.load
    chosen = load((given.language,) if given.language else messages.LANGUAGES)
    from benchmarks.understanding import quality

    if given.offline:
        return quality.run_offline(chosen)
    quality.run(chosen, given.url.rstrip("/"))


def _understanding(given: argparse.Namespace) -> None:
    from benchmarks.understanding import run

    run.run(None if given.offline else given.url.rstrip("/"))


def _talks(given: argparse.Namespace) -> None:
    from benchmarks.understanding import talks

    talks.run(given.url.rstrip("/"), given.unseen)


def _record(given: argparse.Namespace) -> None:
    from benchmarks.understanding import run

    run.record()


def _speed(given: argparse.Namespace) -> None:
    from benchmarks import speed

    names = ("repetitions", "trainings", "turns", "clients", "seconds", "stock_epochs")
    speed.run(Plan(**{name: getattr(given, name) for name in names}))


def _ask(_: argparse.Namespace) -> None:
    ask.run()


def _console(given: argparse.Namespace) -> None:
    from benchmarks import console

    console.run(given.turns, given.conversations)


def _groups(given: argparse.Namespace) -> None:
    from benchmarks import groups

    groups.run()


def _fuzz(given: argparse.Namespace) -> None:
    from benchmarks.fuzz import command

    command.run(given)


def _growth(given: argparse.Namespace) -> None:
    from benchmarks.growth import command

    command.run(given)


def _all(given: argparse.Namespace) -> None:
    _understanding(given)
    _speed(given)
    delivery.run(given)
    widget.run(given)


def _message_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--language", choices=messages.LANGUAGES, help="only the messages in this language")
    _unseen_option(parser)


def _unseen_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--unseen", action="store_true", help="messages that nothing was ever changed for")


def _asking_options(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group("answers").add_argument
    add("--offline", action="store_true", help="ask retrieval and district rules directly: no servers")
    _url_option(parser)


def _url_option(parser: argparse.ArgumentParser) -> None:
    text = "the running system (%(default)s); one is started if none is"
    parser.add_argument("--url", default="http://127.0.0.1:8000", help=text)


def _speed_options(parser: argparse.ArgumentParser) -> None:
    plan = Plan()
    add = parser.add_argument_group("speed").add_argument
    add("--repetitions", type=_count, default=plan.repetitions, help="of starts and turns (%(default)s)")
    add("--trainings", type=int, default=plan.trainings, help="of each; 0 uses the models of the last (%(default)s)")
    add("--turns", type=_count, default=plan.turns, help="one by one, in each repetition (%(default)s)")
    add("--clients", type=_count, default=plan.clients, help="at once (%(default)s)")
    add("--seconds", type=float, default=plan.seconds, help="with clients at once (%(default)s)")
    add("--stock-epochs", type=_count, default=plan.stock_epochs, help="fewer than %(default)s make a quick trial")


def _console_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--turns", type=_count, default=400_000, help="in the store (%(default)s)")
    parser.add_argument("--conversations", type=_count, default=100_000, help="they are of (%(default)s)")


def _fuzz_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--inputs", type=_count, default=100_000, help="over all entrances (%(default)s)")
    parser.add_argument("--seed", type=int, default=7, help="another one makes other inputs (%(default)s)")
    parser.add_argument("--only", default="", help="entrances whose name begins so (a regular expression)")


def _growth_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--entries", type=_count, default=10_000, help="the most (%(default)s; 2 GB of memory)")
    parser.add_argument("--turns", type=_count, default=1_000_000, help="the most in the store (%(default)s)")


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def _parser() -> argparse.ArgumentParser:
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=_DESCRIPTION, formatter_class=form)
    commands = parser.add_subparsers(required=True, metavar="command")
    for name, call, text, options in (
        ("quality", _quality, _QUALITY, [_message_options, _asking_options]),
        ("understanding", _understanding, _UNDERSTANDING, [_asking_options]),
        ("talks", _talks, _TALKS, [_url_option, _unseen_option]),
        ("record", _record, _RECORD, []),
        ("public", public.run, public.DESCRIPTION, [public.options]),
        ("speed", _speed, _SPEED, [_speed_options]),
        ("console", _console, _CONSOLE, [_console_options]),
        ("groups", _groups, _GROUPS, []),
        ("ask", _ask, ask.DESCRIPTION, []),
        ("delivery", delivery.run, delivery.DESCRIPTION, [delivery.options]),
        ("widget", widget.run, widget.DESCRIPTION, [widget.options]),
        ("fuzz", _fuzz, _FUZZ, [_fuzz_options]),
        ("growth", _growth, _GROWTH, [_growth_options]),
        ("chaos", chaos.run, chaos.DESCRIPTION, [chaos.options]),
        ("scale", scale.run, scale.DESCRIPTION, [scale.options]),
        (
            "all",
            _all,
            "understanding, speed, delivery, then the widget",
            [_asking_options, _speed_options, delivery.options, widget.options],
        ),
    ):
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(call=call)
        for add in options:
            add(command)
    return parser


def _stop(number: int, frame: FrameType | None) -> None:
    """Once: a second request must not cut the stopping of the servers short."""
    for each in _REQUESTS:
        signal.signal(each, signal.SIG_IGN)
    raise KeyboardInterrupt


def main() -> int:
    """Whatever was started is stopped, also when this is asked to stop."""
    for each in _REQUESTS:
        signal.signal(each, _stop)
    given = _parser().parse_args(sys.argv[1:] or ["all"])
    try:
        given.call(given)
    except (BenchmarkError, KnowledgeError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
