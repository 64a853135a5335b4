"""Tuning: the PyTorch network is the served encoder, learns what it is told, and goes back into service."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
import yaml
from safetensors.numpy import load_file

from knowledge.encoder import build, network, tune, tuning, vocabulary
from knowledge.encoder.pairs import Pair
from knowledge.encoder.serve import OnnxEncoder, Vectors
from knowledge.encoder.tune import Plan
from knowledge.encoder.weights import Weights
from knowledge.errors import KnowledgeError
from knowledge.retrieval.questions import HELD_BACK, OUT_OF_SCOPE, Question, fold_of

BY_LANGUAGE = yaml.safe_load(Path(__file__).with_name("encoder_texts.yml").read_text(encoding="utf-8"))
TEXTS: list[str] = [text for texts in BY_LANGUAGE.values() for text in texts][::2]
MATERIAL = {
    "loan": ["loan kaise milega", "मुझे लोन चाहिए", "how do I get a loan"],
    "kit": ["toolkit kab milegi", "टूलकिट चाहिए", "when do I get the toolkit"],
    "fair": ["mele me stall", "मेले में दुकान", "a stall at the fair"],
    "office": ["office kahan hai", "दफ़्तर कहाँ है", "where is the office"],
    OUT_OF_SCOPE: ["aaj mausam kaisa hai", "क्रिकेट का स्कोर", "play a song"],
}
OURS = [(text, entry) for entry, texts in MATERIAL.items() for text in texts]
BATCH = [Pair(entry, texts[0], texts[1]) for entry, texts in MATERIAL.items() if entry != OUT_OF_SCOPE]
PLAN = Plan(epochs=2, batch=4, rate=5e-4, seed=7)
LAYERS, PIECES = 2, 20_000


@pytest.fixture(scope="module")
def small(pruned: Weights) -> Weights:
    """The same network with two of its layers and the commonest pieces, which learns and is built quickly."""
    layers = tuple(f"l{n}." for n in range(LAYERS))
    tensors = {name: tensor for name, tensor in pruned.tensors.items() if name.startswith(("emb.", *layers))}
    kept = [*range(PIECES), len(pruned.pieces) - 1]
    tensors["emb.word"] = tensors["emb.word"].reshape(-1, pruned.shape.hidden)[kept].reshape(-1)
    shape = replace(pruned.shape, layers=LAYERS, vocabulary=len(kept))
    return Weights(shape, [pruned.pieces[i] for i in kept], tensors)


@pytest.fixture(scope="module", autouse=True)
def workshop(small: Weights) -> Iterator[None]:
    """Tuning and building use the small network, in single precision on the processor."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (tune, build):
            patch.setattr(module, "read", lambda _: small)
        patch.setattr(build, "prune", lambda weights: weights)
        patch.setattr(tune, "_fast_half", lambda _: False)
        patch.setattr(torch.cuda, "is_available", lambda: False)
        threads = torch.get_num_threads()
        torch.set_num_threads(1)
        yield
        torch.set_num_threads(threads)


@pytest.fixture(scope="module")
def tuned(workshop: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tensors tuned for a few steps on the small material, at a rate that moves them."""
    path = tmp_path_factory.mktemp("tuned") / "new" / "tuned.safetensors"
    tune.tune([text for text, _ in OURS], [entry for _, entry in OURS], PLAN, path)
    return path


def vectors(model: Any, tokenizer: Any, texts: Sequence[str]) -> Vectors:
    """One text at a time, as it is served."""
    model.eval()
    found = []
    with torch.no_grad():
        for text in texts:
            encoded = tokenizer.encode(build.PREFIX + text)
            ids, mask = torch.tensor([encoded.ids]), torch.tensor([encoded.attention_mask])
            found.append(network.embed(model, ids, mask).numpy())
    return np.concatenate(found)


def distinctness(found: Vectors) -> float:
    """How much nearer questions of one entry lie than others."""
    entries = np.array([entry for _, entry in OURS])
    same = entries[:, None] == entries
    cosines = found @ found.T
    return float(cosines[same].mean() - cosines[~same].mean())


def test_the_network_of_the_packaged_weights_gives_the_vectors_of_the_served_encoder(
    encoder: OnnxEncoder, pruned: Weights
) -> None:
    assert len(TEXTS) == 30
    ours = vectors(network.network(pruned), vocabulary.tokenizer(pruned.pieces), TEXTS)
    assert np.allclose(np.linalg.norm(ours, axis=1), 1, atol=1e-4)
    assert (ours * encoder(TEXTS)).sum(axis=1).min() > 0.98


def test_texts_of_different_length_in_one_batch_have_the_vectors_they_have_alone() -> None:
    tuner = tune._Tuner(PLAN, 1)
    tuner.model.eval()
    with torch.no_grad():
        alone = torch.cat([tuner._vectors([text]) for text in TEXTS[:6]])
        together = tuner._vectors(TEXTS[:6])
    assert np.allclose(alone, together, atol=1e-4)


def test_every_packaged_tensor_is_in_the_network_and_comes_back_as_it_was(pruned: Weights) -> None:
    assert set(network._names(pruned.shape)) == set(pruned.tensors)
    back = network.trained(network.network(pruned), pruned.shape)
    assert {name.split(".")[0] for name in back} == {f"l{n}" for n in range(pruned.shape.layers)}
    assert all(np.array_equal(back[name], pruned.tensors[name]) for name in back)


def test_a_few_steps_lower_the_loss_and_are_the_same_for_the_same_seed() -> None:
    def losses(steps: int) -> list[float]:
        torch.manual_seed(7)
        tuner = tune._Tuner(PLAN, 20)
        tuner.model.train()
        return [tuner.step(BATCH, MATERIAL[OUT_OF_SCOPE]) for _ in range(steps)]

    first = losses(20)
    assert np.mean(first[-5:]) < np.mean(first[:5])
    assert losses(3) == pytest.approx(first[:3], abs=1e-5)


def test_steps_pull_questions_of_one_entry_together_and_leave_the_embeddings_alone(small: Weights) -> None:
    torch.manual_seed(7)
    tuner = tune._Tuner(PLAN, 20)
    texts = [text for text, _ in OURS]
    before = vectors(tuner.model, tuner.tokenizer, texts)
    tuner.model.train()
    for _ in range(20):
        tuner.step(BATCH, MATERIAL[OUT_OF_SCOPE])
    assert distinctness(vectors(tuner.model, tuner.tokenizer, texts)) > distinctness(before)
    for name, theirs in network._EMBEDDINGS.items():
        now = tuner.model.state_dict()[theirs].numpy().reshape(-1)
        assert np.array_equal(now, small.tensors[name].reshape(-1)), name


def test_the_rate_rises_and_falls() -> None:
    tuner = tune._Tuner.__new__(tune._Tuner)
    tuner.steps = 100
    rates = [tuner._rate(step) for step in range(120)]
    assert rates[0] == pytest.approx(0.05)
    assert rates.index(max(rates)) in (18, 19, 20)
    assert rates[20:] == sorted(rates[20:], reverse=True)
    assert min(rates[20:]) == 0.05


def test_a_vector_that_finds_its_partner_costs_less() -> None:
    one, other = torch.eye(4)[:3], torch.eye(4)[3:]
    right = tune._loss(one, one, other, 20.0)
    wrong = tune._loss(one, one.roll(1, 0), other, 20.0)
    assert float(right) < 0.01 < float(wrong)
    assert float(tune._loss(one, one, one, 20.0)) > float(right)  # strangers as near as the partner
    assert float(tune._loss(one, one, torch.empty(0, 4), 20.0)) <= float(right)


def test_the_batches_of_a_seed_are_the_same_and_epochs_differ() -> None:
    texts, entries = [t for t, _ in OURS], [e for _, e in OURS]
    plan = Plan(epochs=2, batch=4, seed=1)
    assert tune._schedule(texts, entries, plan) == tune._schedule(texts, entries, plan)
    one = tune._schedule(texts, entries, Plan(epochs=1, batch=4, seed=1))
    both = tune._schedule(texts, entries, plan)
    assert both[: len(one)] == one
    assert both[len(one) :] != one


def test_too_few_entries_for_a_batch_are_refused_before_anything_is_loaded(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="a batch needs 64 different ones"):
        tune.tune([t for t, _ in OURS], [e for _, e in OURS], Plan(), tmp_path / "tuned.safetensors")
    assert not list(tmp_path.iterdir())


def test_only_layers_are_saved_and_they_have_changed(tuned: Path, small: Weights) -> None:
    tensors = load_file(tuned)
    assert set(tensors) == {name for name in small.tensors if not name.startswith("emb.")}
    assert all(tensor.dtype == np.float32 for tensor in tensors.values())
    moved = [name for name in tensors if not np.array_equal(tensors[name], small.tensors[name])]
    assert len(moved) > 0.9 * len(tensors)


def test_tuning_again_with_the_same_seed_gives_the_same_weights_and_with_another_seed_others(
    tuned: Path, tmp_path: Path
) -> None:
    def again(name: str, plan: Plan) -> dict[str, Vectors]:
        tune.tune([text for text, _ in OURS], [entry for _, entry in OURS], plan, tmp_path / name)
        return load_file(tmp_path / name)

    before, same, other = load_file(tuned), again("same", PLAN), again("other", replace(PLAN, seed=8))
    assert all(np.allclose(before[name], same[name], atol=1e-5) for name in before)
    assert not all(np.allclose(before[name], other[name], atol=1e-5) for name in before)


def test_the_built_encoder_serves_the_tuned_weights(tuned: Path, small: Weights, tmp_path: Path) -> None:
    build.build(tmp_path, tuned)
    served, tokenizer = OnnxEncoder(tmp_path)(TEXTS), vocabulary.tokenizer(small.pieces)
    with_tuned = replace(small, tensors={**small.tensors, **load_file(tuned)})
    alike = (served * vectors(network.network(with_tuned), tokenizer, TEXTS)).sum(axis=1)
    packaged = (served * vectors(network.network(small), tokenizer, TEXTS)).sum(axis=1)
    assert alike.min() > 0.99
    assert (alike > packaged).all()


def test_without_tuned_weights_the_packaged_ones_are_served(small: Weights, tmp_path: Path) -> None:
    build.build(tmp_path, tmp_path / "none.safetensors")
    theirs = vectors(network.network(small), vocabulary.tokenizer(small.pieces), TEXTS)
    assert (OnnxEncoder(tmp_path)(TEXTS) * theirs).sum(axis=1).min() > 0.99


def questions_of(entries: str, language: str) -> list[Question]:
    """Ten questions of each entry, some of them held back from tuning."""
    return [Question(f"{entry} {language} {i}", language, entry) for entry in entries for i in range(20)]


def test_the_nearest_entry_is_the_one_whose_other_questions_lie_around() -> None:
    asked = questions_of("abc", "hi") + questions_of("abc", "en")
    place = {"a": [1, 0, 0], "b": [0, 1, 0], "c": [0, 0, 1]}
    rng = np.random.default_rng(1)
    found = np.array([place[q.entry] for q in asked], np.float32) + rng.normal(0, 0.05, (len(asked), 3))
    assert tuning.nearest(asked, found.astype(np.float32)) == {"en": 1.0, "hi": 1.0, "all": 1.0}


def test_a_held_back_question_that_lies_elsewhere_is_counted_as_missed_in_its_language() -> None:
    asked = questions_of("abc", "hi") + questions_of("abc", "en")
    place = {"a": [1, 0, 0], "b": [0, 1, 0], "c": [0, 0, 1]}
    found = np.array([place[q.entry] for q in asked], np.float32)
    held = [i for i, q in enumerate(asked) if fold_of(q.text) == HELD_BACK]
    lost = [i for i in held if asked[i].language == "hi" and asked[i].entry == "a"]
    found[lost] = place["b"]
    shares = tuning.nearest(asked, found)
    hindi = [i for i in held if asked[i].language == "hi"]
    assert lost
    assert shares["en"] == 1.0
    assert shares["hi"] == pytest.approx(1 - len(lost) / len(hindi))
    assert shares["all"] == pytest.approx(1 - len(lost) / len(held))


def test_what_a_language_shares_does_not_count_as_nearness() -> None:
    asked = questions_of("ab", "hi") + questions_of("ab", "en")
    place = {"a": [1.0, 0, 0], "b": [0, 1.0, 0]}
    apart = {"hi": [0, 0, 30.0], "en": [0, 0, -30.0]}
    found = np.array([np.add(place[q.entry], apart[q.language]) for q in asked], np.float32)
    assert tuning.nearest(asked, found)["all"] == 1.0
