"""What the routes of the content share."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from fastapi import Form as Field

from channels.console.access import Account, staff

router = APIRouter(prefix="/content")
Reader = Annotated[Account, Depends(staff("agent", "editor"))]
Editor = Annotated[Account, Depends(staff("editor"))]
NAME = r"^[a-z0-9]+(-[a-z0-9]+)*$"
EntryId = Annotated[str, Path(max_length=120, pattern=NAME)]
Number = Annotated[int, Field(ge=0, le=2**31 - 1)]
Group = Annotated[int, Query(ge=0, le=2**31 - 1)]  # of unanswered questions
Words = Annotated[str, Field(max_length=2000)]
PAGE = "/console/content"
