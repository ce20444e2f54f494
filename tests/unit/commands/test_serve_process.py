"""What `maillage serve` says before anything large is imported. In a process of its own: NumPy reads it once."""

import os
import subprocess
import sys

_ASK = """
import sys
import indexer.cli
from indexer.commands.serve import prepare_process
early = "numpy" in sys.modules
prepare_process()
import os
print(early, os.environ["OPENBLAS_NUM_THREADS"])
"""


def _run(**given: str) -> str:
    kept = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    done = subprocess.run([sys.executable, "-c", _ASK], env=kept | given, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_a_server_tells_blas_to_use_one_thread_before_numpy_is_imported() -> None:
    assert _run() == "False 1"


def test_a_deployment_that_says_another_number_of_threads_is_obeyed() -> None:
    assert _run(OPENBLAS_NUM_THREADS="3") == "False 3"
