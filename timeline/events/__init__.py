"""Event mentions: who did what, when, and whether it happened.

    mentions = detect(parsed, timexes)

`lexicon.toml` holds the words, `triggers` finds them, `times` gives each its time expression, `status` says
whether it happened, `facts` who, where and how many, `title` what a timeline prints.
"""

from timeline.events.detect import detect
from timeline.events.lexicon import Lexicon, lexicon

__all__ = ["Lexicon", "detect", "lexicon"]
