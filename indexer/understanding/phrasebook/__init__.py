"""The rules as data: readable TOML files, one a subject. How they are written: `indexer.understanding.phrases`."""
