"""What the console sends."""

from typing import Annotated

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field

from actions.content.form import Form
from actions.content.mistakes import Language
from actions.content.tables import LONGEST_ID, LONGEST_NAME

EntryId = Annotated[str, Path(max_length=LONGEST_ID, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Number = Annotated[int, Field(ge=0, le=2**31 - 1)]
Words = Annotated[str, Field(max_length=2000)]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    language: Language = "en"


class Checked(Body):
    entry: Form


class By(Body):
    staff: Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]


class Saved(By):
    entry: Form
    note: Words = ""
    based_on: Number
    new: bool = False


class OfVersion(By):
    number: Number
    based_on: Number = 0
    reason: Words = ""


class Suggested(By):
    words: Annotated[str, Field(min_length=3, max_length=2000)]
