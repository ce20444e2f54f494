"""What `maillage train` learned from the lexicon with the default encoder, so that a server need not encode it."""
