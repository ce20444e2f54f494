"""One contract (`base`), several engines; the final ranking (`ranking`) is shared."""
