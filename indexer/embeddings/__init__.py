"""Texts to vectors: the encoder's interface, the encoders, and the cache of vectors."""
