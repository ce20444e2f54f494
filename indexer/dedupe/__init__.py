"""Which records of several sources tell of the same structure, or of the same offer: block, compare, cluster, merge."""
