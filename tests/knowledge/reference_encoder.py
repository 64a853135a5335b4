"""The served encoder's weights as a sentence-transformers model, run by PyTorch: an independent reading of them."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from safetensors.numpy import save_file

from knowledge.encoder import vocabulary
from knowledge.encoder.weights import Weights

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_LINEAR = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}
_NORM = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}
_TABLES = {"word": "word_embeddings", "pos": "position_embeddings", "type": "token_type_embeddings"}
_SPECIAL = {
    "bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>", "sep_token": "</s>", "pad_token": "<pad>",
    "cls_token": "<s>", "mask_token": "<mask>",
}  # fmt: skip


def _bert_names(weights: Weights) -> dict[str, npt.NDArray[np.float32]]:
    hidden = weights.shape.hidden
    found = {}
    for ours, theirs in _TABLES.items():
        found[f"embeddings.{theirs}.weight"] = weights.tensors[f"emb.{ours}"].reshape(-1, hidden)
    for end, name in (("w", "weight"), ("b", "bias")):
        found[f"embeddings.LayerNorm.{name}"] = weights.tensors[f"emb.ln.{end}"]
        for n in range(weights.shape.layers):
            for ours, theirs in (_LINEAR | _NORM).items():
                tensor = weights.tensors[f"l{n}.{ours}.{end}"]
                # A linear layer's matrix is (outputs, inputs), and its bias tells the outputs.
                rows = len(weights.tensors[f"l{n}.{ours}.b"])
                square = tensor.reshape(rows, -1) if end == "w" and ours in _LINEAR else tensor
                found[f"encoder.layer.{n}.{theirs}.{name}"] = square
    # BERT has a pooler that mean pooling does not use.
    found["pooler.dense.weight"] = np.zeros((hidden, hidden), np.float32)
    found["pooler.dense.bias"] = np.zeros(hidden, np.float32)
    return found


def _config(weights: Weights) -> dict[str, object]:
    shape = weights.shape
    return {
        "architectures": ["BertModel"], "model_type": "bert", "hidden_act": "gelu", "layer_norm_eps": 1e-12,
        "vocab_size": shape.vocabulary, "hidden_size": shape.hidden, "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads, "intermediate_size": shape.feed_forward,
        "max_position_embeddings": shape.positions, "type_vocab_size": 2, "pad_token_id": 1,
    }  # fmt: skip


def _save(path: Path, data: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data), encoding="utf-8")


def write(weights: Weights, folder: Path) -> Path:
    """The model as a folder that sentence-transformers reads."""
    arrays = {name: np.ascontiguousarray(a, dtype=np.float32) for name, a in _bert_names(weights).items()}
    folder.mkdir(parents=True, exist_ok=True)
    save_file(arrays, folder / "model.safetensors", metadata={"format": "pt"})
    vocabulary.tokenizer(weights.pieces).save(str(folder / "tokenizer.json"))
    tokenizer = {**_SPECIAL, "model_max_length": 512, "tokenizer_class": "PreTrainedTokenizerFast"}
    _save(folder / "tokenizer_config.json", tokenizer)
    _save(folder / "config.json", _config(weights))
    return folder


def load(folder: Path) -> "SentenceTransformer":
    """Transformer, mean over the tokens, unit length, 128 tokens at most."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Normalize, Pooling, Transformer

    torch.set_num_threads(2)
    transformer = Transformer(str(folder), max_seq_length=128)
    pooling = Pooling(transformer.get_word_embedding_dimension(), pooling_mode="mean")
    return SentenceTransformer(modules=[transformer, pooling, Normalize()], device="cpu")
