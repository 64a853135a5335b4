"""A letter as blocks of lines: what the PDF draws and the plain text lists."""

import json
from dataclasses import dataclass
from typing import Any, Literal, cast

Topic = Literal["reasons", "bank", "ombudsman"]
Language = Literal["hi", "en"]
Style = Literal["date", "to", "subject", "text", "list", "sign", "small"]
TOPICS: tuple[Topic, ...] = ("reasons", "bank", "ombudsman")


@dataclass(frozen=True)
class Block:
    style: Style
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Letter:
    topic: Topic
    language: Language
    blocks: tuple[Block, ...]

    def text(self) -> str:
        return "\n\n".join("\n".join(block.lines) for block in self.blocks)

    def dump(self) -> str:
        blocks = [[block.style, *block.lines] for block in self.blocks]
        return json.dumps([self.topic, self.language, blocks], ensure_ascii=False)


def restore(dumped: str) -> Letter:
    topic, language, blocks = cast(list[Any], json.loads(dumped))
    return Letter(topic, language, tuple(Block(style, tuple(lines)) for style, *lines in blocks))
