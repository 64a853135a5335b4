"""Why a message is answered as it is: language, names, rules, scores, and the questions most like it."""

from collections.abc import Iterator

import numpy as np

from knowledge import context
from knowledge.district_question import parse
from knowledge.retrieval import train
from knowledge.retrieval.before import Before
from knowledge.retrieval.features import centred
from knowledge.retrieval.search import Retriever
from knowledge.text.gazetteer import Gazetteer
from knowledge.text.mention import PRODUCT, SCHEME, Mention
from knowledge.text.normalise import clean

_NEIGHBOURS = 5
_CANDIDATES = 5


def explain(text: str, last: str = "") -> Iterator[str]:
    """Lines to print; `last` is the entry answered before, if there was one."""
    retriever, gazetteer = Retriever.load(), Gazetteer.load()
    text = retriever.readers.urdu(clean(text))
    mentions = gazetteer.find(text)
    yield from _reading(text, retriever)
    yield f"names: {'; '.join(map(_name, mentions)) or 'none'}"
    yield f"leans on what was said before: {'yes' if context.leans(text) else 'no'}"
    asked = context.parts(text, mentions)
    if len(asked) > 1:
        yield "questions: " + " | ".join(part.text.strip() for part in asked)
    for part in asked:
        yield from _part(part, retriever, last)
    yield from _neighbours(text, retriever)


def _reading(text: str, retriever: Retriever) -> Iterator[str]:
    detected = retriever.detector.detect(text)
    read = retriever.readers.read(text, retriever.language(text))
    told = detected.code or detected.other or "too short to tell"
    sure = retriever.detector.hinglish_probability(text)
    yield f"language: {told}, read as {read.language} (Hinglish rather than English: {sure:.2f})"
    yield f"read by meaning: {read.hindi}"
    yield f"read by sound:   {read.sound}"


def _name(mention: Mention) -> str:
    return f"{mention.kind} {mention.value} ({mention.score:.2f})"


def _part(part: context.Part, retriever: Retriever, last: str) -> Iterator[str]:
    question = parse(part.text, part.mentions)
    if question:
        yield f"rule: a question about districts: {question}"
        return
    schemes = {m.value for m in part.mentions if m.kind == SCHEME}
    craft = any(m.kind == PRODUCT for m in part.mentions)
    result = retriever.search(part.text, schemes, craft, Before(last))
    yield f"decision: {result.zone} {', '.join(h.entry for h in result.hits)}".rstrip()
    yield f"threshold: {retriever.thresholds.get(result.language)}"
    yield from _scores(part.text, result.language, retriever, schemes, craft)


def _scores(text: str, language: str, retriever: Retriever, schemes: set[str], craft: bool) -> Iterator[str]:
    """The best candidates, with what meaning and sound each add to the score."""
    read = retriever.readers.read(text, language)
    meaning, sound = retriever.head.scores(read, retriever.readers.meaning([read])[0])
    yield "probability  meaning  sound  entry"
    for label, probability in retriever.rank(text, language, schemes, craft)[:_CANDIDATES]:
        i = retriever.head.labels.index(label)
        yield f"{probability:11.3f}  {meaning[i]:7.1f}  {sound[i]:5.1f}  {label}"


def _neighbours(text: str, retriever: Retriever) -> Iterator[str]:
    """The questions nearest in meaning, whatever the head makes of them."""
    of = train.material(retriever.library)
    means = retriever.head.means
    mine = retriever.readers.read(text, retriever.language(text))
    here = centred(retriever.readers.meaning([mine])[0], means[mine.language])
    near = centred(of.vectors, np.stack([means[one.language] for one in of.read])) @ here
    yield "nearest questions:"
    for i in np.argsort(-near)[:_NEIGHBOURS]:
        yield f"  {near[i]:.2f}  {of.asked[i].entry}: {of.asked[i].text}"
