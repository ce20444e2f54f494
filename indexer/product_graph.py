"""The graph of `products.py`, a file of some hundred bytes: vectors of bytes times a table given when it is opened.

`python -m indexer.product_graph` writes it again. Made apart, so that a server need not import `onnx` (150 ms, 11 MB).
"""

from pathlib import Path
from typing import Final

GRAPH: Final = "products.onnx"
VECTORS, TABLE, PRODUCTS = "vectors", "table", "products"

ZERO: Final = 64
"""The byte that stands for zero in vectors."""


def build_product_graph() -> bytes:
    """vectors uint8 [n, columns] → products int32 [n, rows]. Its own table is one number, there to be replaced."""
    import numpy as np
    from onnx import TensorProto, helper, numpy_helper

    node = helper.make_node("MatMulInteger", [VECTORS, TABLE, "zero"], [PRODUCTS])
    taken = helper.make_tensor_value_info(VECTORS, TensorProto.UINT8, ["n", "columns"])
    given = helper.make_tensor_value_info(PRODUCTS, TensorProto.INT32, ["n", "rows"])
    table = numpy_helper.from_array(np.zeros((1, 1), np.int8), TABLE)
    zero = numpy_helper.from_array(np.array(ZERO, np.uint8), "zero")
    graph = helper.make_graph([node], "product", [taken], [given], [table, zero])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    written: bytes = model.SerializeToString()
    return written


if __name__ == "__main__":
    (Path(__file__).parent / GRAPH).write_bytes(build_product_graph())
