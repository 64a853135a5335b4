"""What was not answered, grouped by meaning, for the staff's page of it. Nothing of the request is logged."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from actions.knowledge_base import knowledge_base
from actions.staff_application import authorised
from knowledge.retrieval.groups import Group, group
from knowledge.retrieval.search import Retriever

MOST = 2000

router = APIRouter()


class Text(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: int
    text: Annotated[str, Field(min_length=1, max_length=1000)]


class Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")

    texts: Annotated[list[Text], Field(max_length=MOST)]


@router.post("/staff/groups", dependencies=[Depends(authorised)])
def groups(asked: Asked) -> dict[str, list[dict[str, Any]]]:
    """The largest group first; in each the text nearest its middle first, which is its title."""
    retriever = knowledge_base().retriever
    found = group([each.text for each in asked.texts], retriever)
    return {"groups": [_seen(each, asked.texts, retriever) for each in found]}


def _seen(found: Group, texts: list[Text], retriever: Retriever) -> dict[str, Any]:
    entries = retriever.library.entries
    near = [
        {
            "entry_id": hit.entry,
            "title": {"hi": entries[hit.entry].title["hi"], "en": entries[hit.entry].title["en"]},
            "score": round(hit.probability, 3),
        }
        for hit in found.near
    ]
    return {"ids": [texts[place].id for place in found.members], "title": texts[found.members[0]].text, "near": near}
