"""What the encoder is tuned on: pairs with one answer, batches of different answers."""

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.encoder.pairs import Pair, batches, pairs

materials = st.lists(
    st.tuples(st.sampled_from("abcdefghij"), st.sampled_from(["loan", "kit", "fair", "form", "fees"])), max_size=40
)


def made(material: list[tuple[str, str]], seed: int = 1) -> list[Pair]:
    return pairs([text for text, _ in material], [entry for _, entry in material], random.Random(seed))


@given(materials)
def test_every_text_is_once_the_first_of_a_pair_beside_another_of_its_entry(material: list[tuple[str, str]]) -> None:
    found = made(material)
    mine = {(entry, text) for text, entry in material}
    alone = {e for e, n in Counter(entry for entry, _ in mine).items() if n == 1}
    assert sorted((p.entry, p.one) for p in found) == sorted((e, t) for e, t in mine if e not in alone)
    for pair in found:
        assert (pair.entry, pair.other) in mine
        assert pair.one != pair.other


@given(materials, st.integers(1, 6))
def test_no_entry_comes_twice_in_a_batch_and_every_batch_is_full(material: list[tuple[str, str]], size: int) -> None:
    for batch in batches(made(material), size, random.Random(2)):
        assert len(batch) == size
        assert len({pair.entry for pair in batch}) == size


@given(materials, st.integers(1, 6))
def test_no_pair_is_used_twice_and_few_are_left_over(material: list[tuple[str, str]], size: int) -> None:
    of = made(material)
    used = [pair for batch in batches(of, size, random.Random(2)) for pair in batch]
    assert Counter(used) <= Counter(of)
    left = Counter(of) - Counter(used)
    assert len({pair.entry for pair in left.elements()}) < size


def test_entries_of_one_size_leave_nothing_over() -> None:
    of = [Pair(entry, f"{entry}{i}", f"{entry}x") for entry in "abcd" for i in range(10)]
    assert sum(len(batch) for batch in batches(of, 4, random.Random(5))) == 40
    assert sum(len(batch) for batch in batches(of, 2, random.Random(5))) == 40


def test_the_same_seed_gives_the_same_pairs_and_batches() -> None:
    material = [(f"text {i}", f"entry {i % 7}") for i in range(60)]
    assert made(material, 3) == made(material, 3)
    assert made(material, 3) != made(material, 4)
    one, other = ([*batches(made(material, 3), 4, random.Random(9))] for _ in range(2))
    assert one == other


def test_the_order_of_the_material_does_not_change_who_is_paired_with_whom() -> None:
    material = [(f"text {i}", "loan") for i in range(12)]
    assert set(made(material)) == set(made(material[::-1]))


def test_texts_and_entries_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        pairs(["a", "b"], ["loan"], random.Random(1))
