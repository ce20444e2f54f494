"""`maillage bench`: a catalogue made up, a fixed mix of requests, and how long an engine takes to answer them."""
