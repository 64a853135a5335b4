"""`python -m benchmarks.conversations`: asks the running system and writes the transcripts in docs/conversations/.

Three kinds: every question that the founding documents answer (founding_questions.yml), each in a fresh session;
longer dialogues (dialogues.yml), and the scripted ones of the skills (skills_*.yml), each in a session of its own.
"""

import argparse
import sys
import uuid
from collections.abc import Sequence
from pathlib import Path

import httpx
from tqdm import tqdm

from benchmarks import transcripts
from benchmarks.errors import BenchmarkError, ServerError
from benchmarks.founding import Dialogue, Point, load_dialogues, load_points
from benchmarks.places import CONVERSATIONS, OUTBOX
from benchmarks.skills import SkillDialogue, load_skills
from benchmarks.transcripts import Answer
from benchmarks.understanding.messages import LANGUAGES
from benchmarks.understanding.recognise import Recogniser
from knowledge import districts, entries_loader
from knowledge.errors import KnowledgeError

_TIMEOUT = 30.0
_PARTS = ("questions", "dialogues", "skills")


def main(argv: Sequence[str]) -> int:
    given = _parser().parse_args(argv)
    try:
        with httpx.Client(base_url=given.url.rstrip("/"), timeout=_TIMEOUT, trust_env=False) as client:
            written = record(client, Path(given.folder), given.only or _PARTS)
    except (BenchmarkError, KnowledgeError) as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join(str(path) for path in written))
    return 0


def record(client: httpx.Client, folder: Path, parts: Sequence[str] = _PARTS) -> list[Path]:
    """Asks all that the folder's two YAML files hold and writes a file a document and a language beside them."""
    texts: dict[str, str] = {}
    if "questions" in parts:
        texts |= _questions(client, load_points(folder))
    if "dialogues" in parts:
        texts |= _dialogues(client, load_dialogues(folder))
    if "skills" in parts:
        texts |= _skills(client, load_skills(folder))
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return [folder / f"{name}.md" for name in texts]


def _questions(client: httpx.Client, points: list[Point]) -> dict[str, str]:
    recogniser = Recogniser(entries_loader.load(), districts.load())
    texts = {}
    with tqdm(total=len(points) * len(LANGUAGES), desc="questions", unit="question") as bar:
        for document in dict.fromkeys(point.document for point in points):
            asked = []
            for point in (point for point in points if point.document == document):
                asked.append((point, {code: ask(client, new_session(), point.questions[code]) for code in LANGUAGES}))
                bar.update(len(LANGUAGES))
            texts[transcripts.slug(document)] = transcripts.document(document, asked, recogniser)
    return texts


def _dialogues(client: httpx.Client, dialogues: dict[str, list[Dialogue]]) -> dict[str, str]:
    texts = {}
    with tqdm(total=sum(len(d.turns) for some in dialogues.values() for d in some), desc="dialogues") as bar:
        for language, some in dialogues.items():
            held = []
            for dialogue in some:
                held.append((dialogue, _hold(client, dialogue)))
                bar.update(len(dialogue.turns))
            texts[f"dialogues-{language}"] = transcripts.dialogues(language, held)
    return texts


def _skills(client: httpx.Client, skills: list[SkillDialogue]) -> dict[str, str]:
    held: dict[str, list[tuple[Dialogue, list[Answer]]]] = {}
    for skill in tqdm(skills, desc="skills", unit="dialogue"):
        turns = list(skill.hold(client, OUTBOX))
        said = Dialogue(skill.title, tuple(said for _, said, _ in turns))
        held.setdefault(skill.language, []).append((said, [answer for *_, answer in turns]))
    return {f"skills-{language}": transcripts.dialogues(language, some) for language, some in held.items()}


def _hold(client: httpx.Client, dialogue: Dialogue) -> list[Answer]:
    session = new_session()
    return [ask(client, session, text) for text in dialogue.turns]


def ask(client: httpx.Client, session: str, text: str) -> Answer:
    """One turn through the message API."""
    try:
        response = client.post("/api/v1/messages", json={"session_id": session, "text": text})
        answer: Answer = response.raise_for_status().json()
    except httpx.HTTPStatusError as error:
        raise ServerError(f"The system answered {error.response.status_code} to: {text}") from error
    except httpx.HTTPError as error:
        raise ServerError(f"No system answers at {client.base_url}: start it with `make run`.") from error
    return answer


def new_session() -> str:
    return f"record-{uuid.uuid4().hex}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.conversations", description=__doc__)
    parser.add_argument("--url", default="http://127.0.0.1:8000", help="the running system (%(default)s)")
    parser.add_argument("--folder", default=CONVERSATIONS, help="with the questions, and where transcripts are written")
    parser.add_argument("--only", choices=_PARTS, action="append", help="one of the three")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
