"""How people say jobs: a readable file a ROME domain. Read by `indexer.metiers.sayings`."""
