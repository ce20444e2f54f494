"""Reference tables: those shipped with the product, and those that `maillage reference load` brings."""
