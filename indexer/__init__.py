"""From a raw record to a built index: schema, feeds, catalogue, encoder, engines, command line."""
