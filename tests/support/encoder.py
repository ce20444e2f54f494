"""The real default encoder for tests: built once a machine, shared by runs and by xdist workers."""

import hashlib
import os
from pathlib import Path

from indexer.embeddings import build, e5_graph, e5_weights


def default_cache_root() -> Path:
    """`maillage-tests` under the XDG cache folder of the user."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "maillage-tests"


def build_test_encoder_dir(cache_root: Path) -> Path:
    """A folder that serves as `Settings.encoder_dir`, with the model in it; written on the first call (3 s).

    Its name holds the encoder's and a digest of the code that writes the model: changed code writes anew.
    """
    sources = [Path(module.__file__ or "").read_bytes() for module in (build, e5_graph, e5_weights)]
    digest = hashlib.sha256(b"".join(sources)).hexdigest()[:12]
    folder = cache_root / f"{build.ENCODER_NAME.replace('/', '-')}-{digest}"
    build.ensure_model(folder)
    return folder
