"""Uses any other sentence-transformers model, by name where a model hub is reachable or by folder.

Needs the `dev` environment (sentence-transformers and torch). Name it with
`python -m knowledge build --encoder NAME`; without, the built-in encoder is used.
"""

import json
from pathlib import Path
from typing import Any

from knowledge.encoder.build import quantise
from knowledge.errors import KnowledgeError
from knowledge.paths import ENCODER


def _load(name: str) -> Any:
    try:
        from sentence_transformers import SentenceTransformer

        return SentenceTransformer(name, device="cpu")
    except ImportError as error:
        raise KnowledgeError(
            f"the encoder {name} needs sentence-transformers: run `make test` or `make bench` once, which install it"
        ) from error
    except OSError as error:
        raise KnowledgeError(
            f"the encoder {name} could not be loaded: no such folder, or no model hub reachable"
        ) from error


def _export(model: Any, path: Path) -> None:
    """Write the transformer with mean pooling over the mask and unit length, as our own graph has it."""
    import torch

    class Pooled(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.transformer = model[0].auto_model

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            states = self.transformer(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
            weights = attention_mask.unsqueeze(-1).to(states.dtype)
            mean = (states * weights).sum(1) / weights.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(mean, dim=-1)

    sample = model.tokenizer(["query: a", "query: a longer one"], return_tensors="pt", padding=True)
    size = {0: "batch", 1: "length"}
    model[0].auto_model.config._attn_implementation = "eager"
    torch.onnx.export(
        Pooled().eval(), (sample["input_ids"], sample["attention_mask"]), str(path), dynamo=False, opset_version=17,
        input_names=["input_ids", "attention_mask"], output_names=["embedding"],
        dynamic_axes={"input_ids": size, "attention_mask": size, "embedding": {0: "batch"}},
    )  # fmt: skip


def build(name: str, folder: Path = ENCODER) -> None:
    """Write the model as `model.onnx` (int8), `tokenizer.json` and `encoder.json`."""
    model = _load(name)
    if model[1].get_config_dict().get("pooling_mode") != "mean":
        raise KnowledgeError(f"the encoder {name} does not use mean pooling, which is all we serve")
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = model.tokenizer
    tokenizer.backend_tokenizer.save(str(folder / "tokenizer.json"))
    prefix = (model.prompts or {}).get("query", "")
    (folder / "encoder.json").write_text(json.dumps({"prefix": prefix}), encoding="utf-8")
    full = folder / "full.onnx"
    _export(model, full)
    quantise(full, folder / "model.onnx")
    full.unlink()
