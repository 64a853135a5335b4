"""The served encoder: unit vectors, whatever the batch, and the same numbers as PyTorch makes of the weights."""

import os
import random
import shutil
from pathlib import Path

import numpy as np
import pytest
import reference_encoder
import yaml
from any_text import any_text
from hypothesis import given, settings
from tokenizers import Tokenizer

from knowledge.encoder import vocabulary
from knowledge.encoder.build import PREFIX
from knowledge.encoder.serve import OnnxEncoder
from knowledge.encoder.weights import Weights, read
from knowledge.errors import NotBuiltError
from knowledge.paths import ENCODER
from knowledge.text.normalise import plain
from knowledge.text.transliterate import Transliterator

BY_LANGUAGE = yaml.safe_load(Path(__file__).with_name("encoder_texts.yml").read_text(encoding="utf-8"))
TEXTS: list[str] = [text for texts in BY_LANGUAGE.values() for text in texts]
QUERIES = [PREFIX + text for text in TEXTS]


@pytest.fixture(scope="session")
def served() -> Tokenizer:
    return Tokenizer.from_file(str(ENCODER / "tokenizer.json"))


def test_there_are_sixty_texts_to_compare_by() -> None:
    assert len(TEXTS) == 60


def test_every_vector_has_length_one_and_no_bad_number(encoder: OnnxEncoder) -> None:
    vectors = encoder([*TEXTS, "", " ", "?", "😀", "word " * 500])
    assert vectors.dtype == np.float32
    assert np.isfinite(vectors).all()
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)


def test_a_text_alone_has_the_vector_it_has_in_company(encoder: OnnxEncoder) -> None:
    together = encoder(TEXTS)
    alone = np.concatenate([encoder([text]) for text in TEXTS])
    assert (together * alone).sum(axis=1).min() >= 0.999


def test_vectors_come_in_the_order_of_the_texts(encoder: OnnxEncoder) -> None:
    order = random.Random(7).sample(range(len(TEXTS)), len(TEXTS))
    shuffled = encoder([TEXTS[i] for i in order])
    assert (shuffled * encoder(TEXTS)[order]).sum(axis=1).min() >= 0.999


def test_a_copy_such_as_an_image_has_is_the_same_encoder(encoder: OnnxEncoder, tmp_path: Path) -> None:
    """Else the vectors that were kept would be none of it, and an edit would take minutes to be learnt."""
    copy = shutil.copytree(ENCODER, tmp_path / "encoder", copy_function=shutil.copyfile)
    assert OnnxEncoder(copy).identity == encoder.identity


def test_the_library_that_serves_it_tells_nobody() -> None:
    assert os.environ["ORT_DISABLE_TELEMETRY"] == "1"


def test_no_texts_have_no_vectors(encoder: OnnxEncoder) -> None:
    assert len(encoder([])) == 0


def test_the_same_meaning_is_nearer_than_another(encoder: OnnxEncoder) -> None:
    same, other, asked = encoder(["the bank sent my form back", "what is the cricket score", "बैंक ने फ़ॉर्म लौटा दिया"])
    assert asked @ same > asked @ other


def test_an_encoder_that_is_not_built_says_how_to_build_it(tmp_path: Path) -> None:
    with pytest.raises(NotBuiltError, match="knowledge build"):
        OnnxEncoder(tmp_path)


def test_the_served_model_agrees_with_pytorch_on_the_same_weights(
    encoder: OnnxEncoder, pruned: Weights, tmp_path: Path
) -> None:
    reference = reference_encoder.load(reference_encoder.write(pruned, tmp_path / "model"))
    theirs = np.asarray(reference.encode(QUERIES, batch_size=20))
    assert np.allclose(np.linalg.norm(theirs, axis=1), 1, atol=1e-4)
    cosines = (encoder(TEXTS) * theirs).sum(axis=1)
    assert cosines.mean() >= 0.99
    assert cosines.min() >= 0.97


def test_token_ids_are_those_of_the_transformers_tokenizer(served: Tokenizer, pruned: Weights, tmp_path: Path) -> None:
    from transformers import PreTrainedTokenizerFast

    folder = reference_encoder.write(pruned, tmp_path / "model")
    theirs = PreTrainedTokenizerFast.from_pretrained(str(folder))(QUERIES)["input_ids"]
    assert [e.ids for e in served.encode_batch(QUERIES)] == theirs


def test_every_text_starts_and_ends_with_the_marks_of_the_model(served: Tokenizer) -> None:
    for encoded in served.encode_batch(QUERIES):
        assert (encoded.tokens[0], encoded.tokens[-1]) == ("<s>", "</s>")
        assert "<unk>" not in encoded.tokens[:-2] or "🙏" in encoded.tokens


def test_the_smaller_vocabulary_cuts_texts_in_the_same_pieces(full: Weights, pruned: Weights) -> None:
    """Texts as the encoder is given them: words only, Hinglish in Devanagari as far as its words are known."""
    assert len(pruned.pieces) < 0.2 * len(full.pieces)
    everything, ours = vocabulary.tokenizer(full.pieces), vocabulary.tokenizer(pruned.pieces)
    transliterate = Transliterator.load()
    as_read = [f"{PREFIX}{transliterate(plain(text))}" for text in BY_LANGUAGE["hi-Latn"]]
    for text in [*(f"{PREFIX}{plain(text)}" for code in ("hi", "en") for text in BY_LANGUAGE[code]), *as_read]:
        assert ours.encode(text).tokens == everything.encode(text).tokens


def test_a_piece_keeps_its_own_vector_when_the_vocabulary_shrinks(full: Weights, pruned: Weights) -> None:
    where = {piece: i for i, (piece, _) in enumerate(full.pieces)}
    before = full.tensors["emb.word"].reshape(-1, full.shape.hidden)
    after = pruned.tensors["emb.word"].reshape(-1, pruned.shape.hidden)
    assert len(after) == len(pruned.pieces) == pruned.shape.vocabulary
    for i in range(0, len(after), 997):
        assert (after[i] == before[where[pruned.pieces[i][0]]]).all()


def test_joiners_do_not_change_the_pieces(served: Tokenizer) -> None:
    assert served.encode("क्\u200dया").ids == served.encode("क्या").ids


def test_a_file_that_holds_no_weights_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.bin").write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(ValueError, match="does not hold encoder weights"):
        read(tmp_path / "x.bin")


@settings(max_examples=40)
@given(any_text)
def test_any_text_has_a_vector(encoder: OnnxEncoder, text: str) -> None:
    assert np.isfinite(encoder([text])).all()
