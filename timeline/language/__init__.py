"""English: blocks, sentences, clauses and names of an article. The only place that loads spaCy's model.

    parsed = parse(articles)            one `Parsed` for each article
    for sentence in parsed[0].sentences:
        for clause in clauses(sentence): ...

The rest of the package sees a text through `Sentence` (where the words stand in the article) and
`Clause` (who does what to whom), never through the labels of one parser.
"""

from timeline.language.blocks import Kind
from timeline.language.clauses import Clause, clause_of, clauses, governor, is_predicate, phrase, tense_of
from timeline.language.names import Names
from timeline.language.parse import Parsed, Sentence, model, parse

__all__ = [
    "Clause",
    "Kind",
    "Names",
    "Parsed",
    "Sentence",
    "clause_of",
    "clauses",
    "governor",
    "is_predicate",
    "model",
    "parse",
    "phrase",
    "tense_of",
]
