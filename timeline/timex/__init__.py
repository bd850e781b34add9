"""Time expressions in English news: where they stand, what TIMEX3 calls them, which days they name.

    recognise   text -> expressions with a symbolic meaning, read once
    normalise   meaning x anchor -> value and days
    tag         both, over one article; what was recognised before need not be again

`rules/` holds the grammar, `lexicon.toml` its words.
"""

from timeline.timex.recognise import Expression, recognise
from timeline.timex.tagger import tag

__all__ = ["Expression", "recognise", "tag"]
