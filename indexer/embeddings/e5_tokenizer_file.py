"""The tokenizer of multilingual-e5-small as a `tokenizer.json`, the format of the `tokenizers` library.

It cuts a text as e5_tokenizer.py does, but for runs of unknown characters, which that library merges, and some forty
rare signs of the character map.
"""

from typing import Any

from indexer.embeddings.e5_weights import Header, Vocabulary, Weights

_PADDING, _MASK = "<pad>", "<mask>"
_START, _END, _UNKNOWN = "<s>", "</s>", "<unk>"

_REMOVED = r"[\x{0}-\x{8}\x{B}\x{E}-\x{1F}\x{7F}\x{8F}\x{9F}]"
_SPACES = r"[\x{9}\x{A}\x{C}\x{D}\x{1680}\x{200B}-\x{200F}\x{2028}\x{2029}\x{2581}\x{FEFF}\x{FFFD}]"
"""What the model's character map does beside NFKC: these are removed, those are spaces."""


def named_marks() -> dict[str, str]:
    """The marks by the names that transformers gives them."""
    return {
        "bos_token": _START,
        "cls_token": _START,
        "eos_token": _END,
        "sep_token": _END,
        "pad_token": _PADDING,
        "unk_token": _UNKNOWN,
        "mask_token": _MASK,
    }


def build_tokenizer(weights: Weights) -> dict[str, Any]:
    """The `tokenizers` library's own format: NFC, lower case, the character map, words, then pieces."""
    vocabulary = weights.vocabulary()
    pieces = _list_pieces(vocabulary, weights.header)
    marks = {piece: i for i, piece in enumerate(pieces) if piece in named_marks().values()}
    steps = [
        {"type": "NFC"},
        {"type": "Lowercase"},
        _replace(_REMOVED, ""),
        _replace(_SPACES, " "),
        {"type": "NFKC"},
        _replace(r"\s+", " "),
        {"type": "Strip", "strip_left": True, "strip_right": True},
    ]
    return {
        "version": "1.0",
        "added_tokens": [_mark(piece, i) for piece, i in marks.items()],
        "normalizer": {"type": "Sequence", "normalizers": steps},
        "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True},
        "post_processor": _around(vocabulary),
        "decoder": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True},
        "model": {
            "type": "Unigram",
            "unk_id": vocabulary.unknown_id,
            "vocab": list(zip(pieces, vocabulary.scores, strict=True)),
            "byte_fallback": False,
        },
    }


def _list_pieces(vocabulary: Vocabulary, header: Header) -> list[str]:
    """All pieces by id, with the marks that `Vocabulary` leaves out; the last piece is the mask."""
    by_id = {i: piece for piece, i in vocabulary.ids.items()}
    by_id |= {header.start_id: _START, header.end_id: _END, header.padding_id: _PADDING, header.unknown_id: _UNKNOWN}
    by_id.setdefault(header.pieces - 1, _MASK)
    return [by_id[i] for i in range(header.pieces)]


def _replace(pattern: str, content: str) -> dict[str, Any]:
    return {"type": "Replace", "pattern": {"Regex": pattern}, "content": content}


def _mark(piece: str, number: int) -> dict[str, Any]:
    told = {"single_word": False, "lstrip": piece == _MASK, "rstrip": False, "normalized": False, "special": True}
    return {"id": number, "content": piece, **told}


def _around(vocabulary: Vocabulary) -> dict[str, Any]:
    """<s> text </s>, and a second text in the same way."""

    def mark(piece: str) -> dict[str, Any]:
        return {"SpecialToken": {"id": piece, "type_id": 0}}

    def text(name: str) -> dict[str, Any]:
        return {"Sequence": {"id": name, "type_id": 0}}

    single = [mark(_START), text("A"), mark(_END)]
    numbers = {_START: vocabulary.start_id, _END: vocabulary.end_id}
    return {
        "type": "TemplateProcessing",
        "single": single,
        "pair": [*single, mark(_START), text("B"), mark(_END)],
        "special_tokens": {
            piece: {"id": piece, "ids": [number], "tokens": [piece]} for piece, number in numbers.items()
        },
    }
