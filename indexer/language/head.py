"""The head that tells thématiques apart: a multinomial logistic regression on vectors, learned from the lexicon.

A phrase is its direction once what all phrases have in common is taken away. The head is one row a thématique, so that
reading a text is one small product; it is learned in seconds, without randomness.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]

SCALE = 12.0
"""Directions are lengthened by it before learning: of 1, it would take thousands of steps."""

DECAY = 2e-3
"""Weight of the squared weights in the loss: 5e-4 to 6e-3 were tried on dev texts; all views together are level."""

STEPS, RATE = 120, 0.03
"""Of Adam on all phrases at once (Kingma and Ba, 2015)."""


def learn_head(vectors: Matrix, labels: Sequence[int], classes: int) -> Matrix:
    """[classes + 1, dimensions]: a row a class, whose product with a direction is its logit; then what is common."""
    common = vectors.mean(axis=0)
    directions = build_directions(vectors, common) * np.float32(SCALE)
    wanted = np.eye(classes, dtype=np.float32)[np.asarray(labels)]
    weights = _descend(directions, wanted) * np.float32(SCALE)
    return np.vstack([weights.T, common]).astype(np.float32)


def build_directions(vectors: Matrix, common: Matrix) -> Matrix:
    """Unit rows [texts, dimensions] without what all have in common; zeros stay finite."""
    own = vectors - common
    directions: Matrix = (own / np.maximum(np.linalg.norm(own, axis=-1, keepdims=True), 1e-9)).astype(np.float32)
    return directions


def soften(logits: Matrix) -> Matrix:
    """Rows of logits → rows of probabilities."""
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    likely: Matrix = (raised / raised.sum(axis=-1, keepdims=True)).astype(np.float32)
    return likely


def _descend(directions: Matrix, wanted: Matrix) -> Matrix:
    """Weights [dimensions, classes] after STEPS of Adam, from zero."""
    weights: Matrix = np.zeros((directions.shape[1], wanted.shape[1]), np.float32)
    first: Matrix = np.zeros_like(weights)
    second: Matrix = np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        slope = directions.T @ (soften(directions @ weights) - wanted) / np.float32(len(directions))
        slope += np.float32(DECAY) * weights
        first = (first * 0.9 + slope * 0.1).astype(np.float32)
        second = (second * 0.999 + slope * slope * 0.001).astype(np.float32)
        away = np.sqrt(second / (1 - 0.999**step)) + 1e-8
        weights -= (RATE * (first / (1 - 0.9**step)) / away).astype(np.float32)
    return weights
