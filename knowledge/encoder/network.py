"""The encoder's weights as a PyTorch network and back, so that it can be trained on.

Needs the `dev` environment. Names on the left are those of the packaged weights, on the right those of
transformers' BertModel, which multilingual-e5-small is.
"""

from typing import Any

import numpy as np
import torch
from transformers import BertConfig, BertModel

from knowledge.encoder.weights import Array, Shape, Weights

_EMBEDDINGS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def _names(shape: Shape) -> dict[str, str]:
    layers = {
        f"l{n}.{ours}.{kind}": f"encoder.layer.{n}.{theirs}.{'weight' if kind == 'w' else 'bias'}"
        for n in range(shape.layers)
        for ours, theirs in _LAYER.items()
        for kind in "wb"
    }
    return _EMBEDDINGS | layers


def _config(shape: Shape) -> BertConfig:
    return BertConfig(
        vocab_size=shape.vocabulary, hidden_size=shape.hidden, num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads, intermediate_size=shape.feed_forward,
        max_position_embeddings=shape.positions, layer_norm_eps=1e-12,
    )  # fmt: skip


def network(weights: Weights) -> Any:
    """A BertModel with these weights; its word embeddings are not trained, so that unseen words keep theirs."""
    model = BertModel(_config(weights.shape), add_pooling_layer=False)
    sizes = {name: tensor.shape for name, tensor in model.state_dict().items()}
    names = _names(weights.shape)
    state = {
        theirs: torch.from_numpy(np.array(weights.tensors[ours])).reshape(sizes[theirs])
        for ours, theirs in names.items()
    }
    model.load_state_dict(state)
    model.embeddings.requires_grad_(False)
    return model


def trained(model: Any, shape: Shape) -> dict[str, Array]:
    """The tensors that training may have changed, by the names of the packaged weights."""
    state = model.state_dict()
    names = {ours: theirs for ours, theirs in _names(shape).items() if ours not in _EMBEDDINGS}
    return {ours: state[theirs].detach().cpu().float().numpy().reshape(-1) for ours, theirs in names.items()}


def embed(model: Any, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """Mean of the last layer over the mask, at length 1, as the served graph has it."""
    states = model(input_ids=ids, attention_mask=mask).last_hidden_state
    mean = (states * mask.unsqueeze(-1)).sum(1) / mask.sum(1, keepdim=True)
    return torch.nn.functional.normalize(mean.float(), dim=-1)
