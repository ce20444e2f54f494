"""From a file or an address to raw records: opened, recognised by its content, streamed."""
