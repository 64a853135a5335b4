"""Keeps the part of the vocabulary that Hindi, English and Hinglish use, and makes the tokenizer of it.

Devanagari keeps all its pieces. Of the Latin ones, most belong to other languages: those stay that are short, or
that common words of English and romanised Hindi are cut into. Such text has the embedding it had before.
"""

import re
from collections.abc import Sequence

from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

from knowledge.text.skeleton import romanise

Pieces = Sequence[tuple[str, float]]

_SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
_UNKNOWN = 3
_ENGLISH_WORDS, _HINDI_WORDS = 100_000, 30_000
_SHORT = 3  # characters; any word can be put together of such pieces
_LATIN = re.compile("[A-Za-z]")
_SIGNS = set("₹।॥–—‘’“”•…€£°©®™→✓✔×÷¼½¾àâäáãåçèéêëìíîïñòóôõöùúûüÿæœßÀÂÄÁÇÈÉÊËÍÓÔÖÚÜ▁")
_EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf\ufe0f]")
_JOINERS = "[\\x{200c}\\x{200d}]"
# What the model's own normaliser deletes, and what it turns into a space.
_DELETED = "[\\x01-\\x08\\x0b\\x0e-\\x1f\\x7f\\x8f\\x9f]"
_SPACES = "[\\x09\\x0a\\x0c\\x0d\\x{1680}\\x{200b}-\\x{200f}\\x{2028}\\x{2029}\\x{2581}\\x{feff}\\x{fffd}]"


def _served(char: str) -> bool:
    code = ord(char)
    return code < 128 or 0x900 <= code < 0x980 or 0xA8E0 <= code < 0xA900 or char in _SIGNS or bool(_EMOJI.match(char))


def _of_common_words(pieces: Pieces) -> set[str]:
    """The pieces that common words, small and capitalised, are cut into."""
    from wordfreq import top_n_list  # build time only

    words = [*top_n_list("en", _ENGLISH_WORDS), *(romanise(word) for word in top_n_list("hi", _HINDI_WORDS))]
    cut = tokenizer(pieces).encode_batch([*words, *(word.title() for word in words)], add_special_tokens=False)
    return {piece for encoded in cut for piece in encoded.tokens}


def kept_ids(pieces: Pieces) -> list[int]:
    """Ids of the pieces to keep, in order; the special ones (first four and last) always."""
    special = {0, 1, 2, 3, len(pieces) - 1}
    common = _of_common_words(pieces)

    def kept(piece: str) -> bool:
        return all(map(_served, piece)) and (len(piece) <= _SHORT or piece in common or not _LATIN.search(piece))

    return [i for i, (piece, _) in enumerate(pieces) if i in special or kept(piece)]


def tokenizer(pieces: Pieces) -> Tokenizer:
    """The XLM-R tokenizer over `pieces`. Joiners are deleted: XLM-R would split Hindi words at them."""
    made = Tokenizer(models.Unigram(list(pieces), unk_id=_UNKNOWN, byte_fallback=False))
    made.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(_JOINERS), ""),
            normalizers.Replace(Regex(_DELETED), ""),
            normalizers.Replace(Regex(_SPACES), " "),
            normalizers.NFKC(),
        ]
    )
    made.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")]
    )
    special = [AddedToken(s, normalized=False, special=True) for s in _SPECIAL]
    made.add_special_tokens([*special, AddedToken("<mask>", lstrip=True, normalized=False, special=True)])
    made.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    return made
