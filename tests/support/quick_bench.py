"""`python -m tests.support.quick_bench bench …`: the command with the tests' quick encoder, in a process of its own."""

import sys
from unittest.mock import patch

from indexer.cli import main
from indexer.language.needs import SilentReader
from tests.support.hashing_encoder import HashingEncoder

if __name__ == "__main__":
    sys.argv[0] = "maillage"
    with (
        patch("indexer.benchmark.workbench.load_encoder", lambda settings: HashingEncoder()),
        patch("indexer.benchmark.workbench.load_need_reader", lambda encoder, folder: SilentReader()),
    ):
        main()
