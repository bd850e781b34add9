"""Each word of a batch is embedded once.

What a word is to an encoder before it sees the neighbours depends on the word alone, and half of the words of
a text are repeats: the same rows, multiplied again and again, were a fifth of all arithmetic.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from thinc.api import Model


def embed_once(nlp: Language) -> Language:
    """The pipeline, its two encoders changed to embed each word once; its results stay.

    For a pipeline made as the shipped one: a component `tok2vec`, and a component `ner` with an encoder
    of its own.
    """
    shared: Any = nlp.get_pipe("tok2vec")
    names: Any = nlp.get_pipe("ner")
    for encoder in (shared.model, names.model.get_ref("tok2vec").layers[0]):
        encoder.layers[0] = _once(encoder.layers[0])
    return nlp


def _once(embed: Model[list[Doc], list[Any]]) -> Model[list[Doc], list[Any]]:
    from thinc.api import Model

    return Model("once", _forward, layers=[embed])


def _forward(model: Model[list[Doc], list[Any]], docs: list[Doc], is_train: bool) -> tuple[list[Any], Any]:
    from spacy.tokens import Doc

    embed = model.layers[0]
    if is_train or not docs:
        return embed(docs, is_train)
    keys = np.concatenate([doc.to_array(["ORTH", "NORM", "SPACY"]) for doc in docs])
    numbers: dict[bytes, int] = {}
    width = keys.itemsize * keys.shape[1]
    data = keys.tobytes()
    places = np.fromiter(
        (numbers.setdefault(data[at : at + width], len(numbers)) for at in range(0, len(data), width)),
        dtype=np.intp,
        count=len(keys),
    )
    vocab = docs[0].vocab
    words = np.frombuffer(b"".join(numbers), dtype=keys.dtype).reshape(-1, keys.shape[1])
    each = Doc(
        vocab, words=[vocab.strings[int(w)] for w, _, _ in words], spaces=[bool(s) for _, _, s in words]
    )
    for token, (_, norm, _) in zip(each, words, strict=True):
        if token.norm != norm:
            token.norm_ = vocab.strings[int(norm)]
    [rows], _ = embed([each], False)
    ends = np.cumsum([len(doc) for doc in docs])
    return np.split(rows[places], ends[:-1]), _no_gradient


def _no_gradient(_: Any) -> Any:
    raise NotImplementedError("words embedded once are not trained")
