"""multilingual-e5-small in plain NumPy float32, as its paper writes it: slow, and independent of the ONNX graph."""

import math

import numpy as np
from numpy.typing import NDArray

from indexer.embeddings.e5_weights import Weights, dense

Floats = NDArray[np.float32]


def gelu(x: Floats) -> Floats:
    """x × Φ(x), by Abramowitz and Stegun's formula 7.1.26 for erf (error under 1.5e-7)."""
    z = np.abs(x) / math.sqrt(2)
    t = 1 / (1 + 0.3275911 * z)
    tail = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    erf = np.sign(x) * (1 - tail * np.exp(-z * z))
    activated: Floats = (x * (1 + erf) / 2).astype(np.float32)
    return activated


class ReferenceModel:
    """One text at a time: ids with their marks in, unit vector out."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._matrices: dict[str, Floats] = {}
        self._codes, self._scales = weights.blocks("emb.word", weights.header.hidden)

    def encode(self, ids: list[int]) -> Floats:
        hidden = self._weights.header.hidden
        places = self._weights.floats("emb.pos").reshape(-1, hidden)[: len(ids)]
        x = dense(self._codes[ids], self._scales[ids]) + places + self._weights.floats("emb.type")[:hidden]
        x = self._normalise("emb.ln", x)
        for layer in range(self._weights.header.layers):
            x = self._layer(f"l{layer}.", x)
        mean = x.mean(axis=0)
        unit: Floats = mean / np.linalg.norm(mean)
        return unit

    def _layer(self, layer: str, x: Floats) -> Floats:
        x = self._normalise(f"{layer}aln", x + self._linear(f"{layer}ao", self._attend(layer, x)))
        inner = gelu(self._linear(f"{layer}fi", x))
        return self._normalise(f"{layer}oln", x + self._linear(f"{layer}fo", inner))

    def _attend(self, layer: str, x: Floats) -> Floats:
        heads = self._weights.header.heads
        q, k, v = (self._linear(f"{layer}{part}", x).reshape(len(x), heads, -1).swapaxes(0, 1) for part in "qkv")
        weights = np.exp(q @ k.swapaxes(1, 2) / math.sqrt(q.shape[2]))
        weights /= weights.sum(axis=2, keepdims=True)
        attended: Floats = (weights @ v).swapaxes(0, 1).reshape(len(x), -1)
        return attended

    def _linear(self, name: str, x: Floats) -> Floats:
        if name not in self._matrices:
            self._matrices[name] = dense(*self._weights.blocks(f"{name}.w", x.shape[1]))
        return x @ self._matrices[name].T + self._weights.floats(f"{name}.b")

    def _normalise(self, name: str, x: Floats) -> Floats:
        centred = x - x.mean(axis=1, keepdims=True)
        deviation = np.sqrt((centred**2).mean(axis=1, keepdims=True) + self._weights.header.epsilon)
        scaled: Floats = centred / deviation * self._weights.floats(f"{name}.w")
        return scaled + self._weights.floats(f"{name}.b")
