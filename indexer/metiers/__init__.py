"""Jobs as people say them → codes of the ROME 4.0: how they are said, how they are searched, what a text tells of them."""
