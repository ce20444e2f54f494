"""Jobs as people say them → codes of the ROME 4.0: how they are said, searched, and read in a text."""
