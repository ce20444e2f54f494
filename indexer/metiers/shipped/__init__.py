"""What `maillage train` made of the lexicon of jobs with the default encoder. Read by `indexer.metiers.vectors`."""
