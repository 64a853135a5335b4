"""The encoder as an ONNX graph, written directly from its weights so that serving needs no PyTorch.

Inputs `input_ids` and `attention_mask`, both int64 of shape (batch, length); output `embedding`,
float32 of shape (batch, hidden), the mean of the last layer over the mask, of length 1.
"""

import math
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from onnx import ModelProto, NodeProto, TensorProto, checker, helper, numpy_helper

from knowledge.encoder.weights import Array, Shape

_OPSET = 17
_EPSILON = 1e-12


class _Graph:
    """Collects nodes and constants; every method returns the name of its output."""

    def __init__(self, tensors: Mapping[str, Array], shape: Shape) -> None:
        self.tensors, self.shape = tensors, shape
        self.nodes: list[NodeProto] = []
        self.constants: list[TensorProto] = []
        self._count = 0

    def node(self, op: str, *inputs: str, **attributes: object) -> str:
        self._count += 1
        output = f"{op.lower()}_{self._count}"
        self.nodes.append(helper.make_node(op, list(inputs), [output], name=output, **attributes))
        return output

    def constant(self, name: str, value: npt.NDArray[np.generic]) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def value(self, name: str, *values: float, dtype: type = np.int64) -> str:
        return self.constant(name, np.array(values, dtype=dtype))

    def linear(self, x: str, name: str, rows: int, columns: int) -> str:
        weight = self.constant(f"{name}.w", self.tensors[f"{name}.w"].reshape(rows, columns).T)
        bias = self.constant(f"{name}.b", self.tensors[f"{name}.b"])
        return self.node("Add", self.node("MatMul", x, weight), bias)

    def norm(self, x: str, name: str) -> str:
        scale = self.constant(f"{name}.w", self.tensors[f"{name}.w"])
        bias = self.constant(f"{name}.b", self.tensors[f"{name}.b"])
        return self.node("LayerNormalization", x, scale, bias, axis=-1, epsilon=_EPSILON)

    def heads(self, x: str, order: tuple[int, ...]) -> str:
        """(batch, length, hidden) -> (batch, heads, ...) in the given order of axes."""
        return self.node("Transpose", self.node("Reshape", x, "heads_shape"), perm=order)

    def gelu(self, x: str) -> str:
        """Written so that onnxruntime knows it again and makes one step of it."""
        inner = self.node("Erf", self.node("Div", x, "root_two"))
        return self.node("Mul", self.node("Mul", x, self.node("Add", inner, "one")), "half")


def _embed(g: _Graph) -> str:
    words = g.constant("emb.word", g.tensors["emb.word"].reshape(-1, g.shape.hidden))
    positions = g.constant("emb.pos", g.tensors["emb.pos"].reshape(-1, g.shape.hidden))
    kinds = g.constant("emb.type", g.tensors["emb.type"].reshape(-1, g.shape.hidden)[0])
    length = g.node("Gather", g.node("Shape", "input_ids"), "axis_one", axis=0)
    place = g.node("Slice", positions, "axis_zero", length)
    total = g.node("Add", g.node("Gather", words, "input_ids", axis=0), g.node("Add", place, kinds))
    return g.norm(total, "emb.ln")


def _attend(g: _Graph, x: str, layer: str, mask: str) -> str:
    hidden = g.shape.hidden
    query = g.heads(g.linear(x, f"{layer}.q", hidden, hidden), (0, 2, 1, 3))
    key = g.heads(g.linear(x, f"{layer}.k", hidden, hidden), (0, 2, 3, 1))
    value = g.heads(g.linear(x, f"{layer}.v", hidden, hidden), (0, 2, 1, 3))
    scores = g.node("Add", g.node("Mul", g.node("MatMul", query, key), "head_scale"), mask)
    mixed = g.node("MatMul", g.node("Softmax", scores, axis=-1), value)
    joined = g.node("Reshape", g.node("Transpose", mixed, perm=(0, 2, 1, 3)), "hidden_shape")
    return g.linear(joined, f"{layer}.ao", hidden, hidden)


def _layer(g: _Graph, x: str, layer: str, mask: str) -> str:
    x = g.norm(g.node("Add", x, _attend(g, x, layer, mask)), f"{layer}.aln")
    inner = g.gelu(g.linear(x, f"{layer}.fi", g.shape.feed_forward, g.shape.hidden))
    return g.norm(
        g.node("Add", x, g.linear(inner, f"{layer}.fo", g.shape.hidden, g.shape.feed_forward)), f"{layer}.oln"
    )


def _pool(g: _Graph, x: str, weights: str) -> None:
    column = g.node("Unsqueeze", weights, "last_axis")
    total = g.node("ReduceSum", g.node("Mul", x, column), "axis_one", keepdims=0)
    mean = g.node("Div", total, g.node("ReduceSum", column, "axis_one", keepdims=0))
    size = g.node("ReduceL2", mean, axes=[-1], keepdims=1)
    g.nodes.append(helper.make_node("Div", [mean, size], ["embedding"], name="embedding"))


def _constants(g: _Graph) -> None:
    head = g.shape.hidden // g.shape.heads
    g.value("axis_zero", 0)
    g.value("axis_one", 1)
    g.value("last_axis", -1)
    g.value("mask_axes", 1, 2)
    g.value("heads_shape", 0, 0, g.shape.heads, head)
    g.value("hidden_shape", 0, 0, g.shape.hidden)
    for name, value in (("one", 1.0), ("half", 0.5), ("root_two", math.sqrt(2)), ("minus", -1e9)):
        g.constant(name, np.array(value, dtype=np.float32))
    g.constant("head_scale", np.array(1 / math.sqrt(head), dtype=np.float32))


def build(tensors: Mapping[str, Array], shape: Shape) -> ModelProto:
    """The whole graph with its weights."""
    g = _Graph(tensors, shape)
    _constants(g)
    weights = g.node("Cast", "attention_mask", to=TensorProto.FLOAT)
    hidden_away = g.node("Mul", g.node("Sub", "one", g.node("Unsqueeze", weights, "mask_axes")), "minus")
    x = _embed(g)
    for i in range(shape.layers):
        x = _layer(g, x, f"l{i}", hidden_away)
    _pool(g, x, weights)
    size = ["batch", "length"]
    inputs = [helper.make_tensor_value_info(n, TensorProto.INT64, size) for n in ("input_ids", "attention_mask")]
    output = helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["batch", shape.hidden])
    graph = helper.make_graph(g.nodes, "encoder", inputs, [output], g.constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=9)
    checker.check_model(model)
    return model
