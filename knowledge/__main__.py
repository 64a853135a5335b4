"""Command line for content officers and developers: `python -m knowledge --help`."""

import argparse
import sys

from knowledge.errors import KnowledgeError


def _check(_: argparse.Namespace) -> None:
    from knowledge.entries_loader import load

    library = load()
    questions = sum(len(q) for e in library.entries.values() for _, q in e.questions.items())
    print(f"{len(library.entries)} entries, {questions} questions, {len(library.sources)} sources: all in order")


def _build(arguments: argparse.Namespace) -> None:
    from knowledge.build import run

    run(arguments.encoder)


def _search(arguments: argparse.Namespace) -> None:
    from knowledge.retrieval.search import Retriever
    from knowledge.text.gazetteer import Gazetteer
    from knowledge.text.mention import PRODUCT, SCHEME

    retriever = Retriever.load()
    mentions = Gazetteer.load().find(arguments.text)
    schemes = {m.value for m in mentions if m.kind == SCHEME}
    craft = any(m.kind == PRODUCT for m in mentions)
    result = retriever.search(arguments.text, schemes, craft)
    print(f"language {result.language}, zone {result.zone}")
    for label, probability in retriever.rank(arguments.text, result.language, schemes, craft)[: arguments.top]:
        print(f"  {probability:6.3f}  {label}")


def _calibrate(_: argparse.Namespace) -> None:
    from knowledge.encoder.serve import OnnxEncoder
    from knowledge.entries_loader import load
    from knowledge.retrieval import calibrate, questions, train
    from knowledge.retrieval.features import Readers
    from knowledge.text.transliterate import Transliterator

    asked = questions.load(load())
    meanings = train.meanings(asked, Readers(OnnxEncoder(threads=2), Transliterator.load()))
    chosen = calibrate.choose(asked, *calibrate.unseen_probabilities(asked, meanings))
    calibrate.write(chosen, len(asked))
    print("thresholds:", ", ".join(f"{code} {value}" for code, value in chosen.items()))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m knowledge", description="The assistant's knowledge.")
    commands = parser.add_subparsers(required=True, metavar="command")
    for name, call, text in (
        ("check", _check, "read every entry strictly; each mistake with its file and line"),
        ("build", _build, "build the encoder, the language model and the index, where they are out of date"),
        ("calibrate", _calibrate, "choose the answer thresholds on unseen questions (a minute or two)"),
        ("search", _search, "show what a message would be answered with"),
    ):
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(call=call)
        if name == "build":
            command.add_argument("--encoder", metavar="NAME", help="another sentence-transformers model, or its folder")
        if name == "search":
            command.add_argument("text", help="the message")
            command.add_argument("--top", type=int, default=5, help="how many candidates to show (5)")
    return parser


def main() -> int:
    arguments = _parser().parse_args()
    try:
        arguments.call(arguments)
    except KnowledgeError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
