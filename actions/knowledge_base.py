"""The knowledge of this process, loaded once."""

from dataclasses import dataclass
from functools import lru_cache

from knowledge import districts
from knowledge.districts import Districts
from knowledge.retrieval.search import Retriever


@dataclass(frozen=True)
class KnowledgeBase:
    retriever: Retriever
    districts: Districts


@lru_cache(maxsize=1)
def knowledge_base() -> KnowledgeBase:
    return KnowledgeBase(Retriever.load(), districts.load())
