"""The built encoder's vectors of every piece of a text, beside the one vector of the whole text."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime
from tokenizers import Tokenizer

from knowledge.encoder.serve import Vectors
from knowledge.errors import NotBuiltError
from knowledge.paths import ENCODER

_MOST_PIECES = 510


@dataclass(frozen=True)
class Pieces:
    """The pieces of a text after its prefix: ids, place in the text, vectors; and the vector of the whole."""

    ids: npt.NDArray[np.int64]
    places: npt.NDArray[np.int64]
    vectors: Vectors
    whole: Vectors


class PieceEncoder:
    """`model.onnx` with the last layer as a second output. e5 wants "query: " or "passage: " before a text."""

    def __init__(self, folder: Path = ENCODER, threads: int = 1) -> None:
        if not (folder / "model.onnx").exists():
            raise NotBuiltError(folder)
        model = onnx.load(folder / "model.onnx")
        self._last = [node for node in model.graph.node if node.op_type == "LayerNormalization"][-1].output[0]
        model.graph.output.append(onnx.helper.make_tensor_value_info(self._last, onnx.TensorProto.FLOAT, None))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self._session = onnxruntime.InferenceSession(model.SerializeToString(), options)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(_MOST_PIECES)
        self.query, self.passage = "query: ", "passage: "

    def __call__(self, prefix: str, text: str) -> Pieces:
        encoded: Any = self._tokenizer.encode(prefix + text)
        feed = {"input_ids": np.array([encoded.ids]), "attention_mask": np.array([encoded.attention_mask])}
        whole, last = self._session.run(["embedding", self._last], feed)
        places = np.array(encoded.offsets, dtype=np.int64) - len(prefix)
        mine = (places[:, 1] > 0) & (np.array(encoded.special_tokens_mask) == 0)
        return Pieces(np.array(encoded.ids)[mine], places[mine], last[0][mine], whole[0])
