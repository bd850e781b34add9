"""Repairs of speech: who says it, who is told, and what is said. See `repair`.

The clause of saying heads the sentence wherever it stands, and what is said is its complement.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from timeline.language.repair_clauses import (
    ENDS,
    NOMINAL,
    SUBJECTS,
    after_comma,
    after_quote,
    has_subject,
    is_finite,
    lacks_a_subject,
)
from timeline.language.repair_words import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Span as Words
    from spacy.tokens import Token

#: What stands between speech and the one who speaks.
_END_OF_SPEECH: Final = frozenset({",", '"', "''", "”", "’", "'", "--", "—"})
#: Verbs of saying whose object is the one who hears it.
_TELLING: Final = frozenset({"told", "tells", "reminded", "asked", "warned", "advised"})


def speaker_after_the_verb(words: Words) -> bool:
    """ "... is real," said a senior official": the speaker read as an object, and the subject looked for
    inside the quote. Right after a comma or a quotation mark and right before a noun phrase, a verb of saying
    has its subject behind it."""
    changed = False
    for verb in words:
        if verb.lower_ not in lexicon().saying or verb.pos_ != "VERB" or verb.i == words.start:
            continue
        if verb.lower_ in {"told", "reminded"}:
            continue  # "..., told deputies": who is told comes next
        before = verb.doc[verb.i - 1]
        speaker = next((c for c in verb.children if c.i > verb.i and c.pos_ in NOMINAL), None)
        if before.text not in _END_OF_SPEECH or speaker is None or speaker.left_edge.i != verb.i + 1:
            continue
        if speaker.dep_ not in {"obj", "iobj", "obl:unmarked", "nsubj", "xcomp", "ccomp", "parataxis"}:
            continue
        left = [c for c in verb.children if c.i < verb.i and c.dep_ in {"nsubj", "nsubj:pass"}]
        inside = next((c for c in verb.children if c.i < verb.i and c.dep_ == "ccomp"), None)
        if speaker.dep_ == "nsubj" and not left:
            continue
        speaker.dep_ = "nsubj"
        for lost in left:
            lost.dep_ = "nsubj" if inside is not None else "ccomp"
            lost.head = inside if inside is not None else verb
        changed = True
    return changed


def speech_before_the_speaker(words: Words) -> bool:
    """ "Denmark will ship the carriers, the ministry said.": what is said made the head of the one who says
    it."""
    for verb in words:
        if verb.dep_ not in {"advcl", "conj"} or verb.pos_ != "VERB" or not _says(verb, words):
            continue
        said = verb.head
        speaker = next((c for c in verb.children if c.dep_ == "nsubj"), None)
        if speaker is None or said.dep_ in {"acl:relcl", "acl"} or not is_finite(verb, bare=False):
            continue
        told = next((c for c in verb.children if c.dep_ == "ccomp"), None)
        if any(c.dep_ in {"mark", "cc"} for c in verb.children) or (
            told is not None and not after_comma(told)
        ):
            continue
        if any(t.tag_ in {"WDT", "WP", "WRB"} for t in speaker.subtree if t.i <= speaker.i):
            continue
        if said.dep_ in {"parataxis", "conj"} and said.i > verb.i:
            continue
        if not _opens(verb, speaker, words) or not _closes(verb, told, words):
            continue
        above, dep = said.head, said.dep_
        verb.head, verb.dep_ = (verb, "ROOT") if above == said else (above, dep)
        said.head, said.dep_ = verb, "ccomp"
        if told is not None:
            told.head = said
        return True
    return False


def speaker_at_the_end(words: Words) -> bool:
    """ "Patients should stay home, the health service advised.": the speaker read as an object, and "advised"
    as a participle that tells more of it."""
    verb = next((t for t in reversed(list(words)) if not t.is_punct and t.text not in ENDS), None)
    if (
        verb is None
        or verb.lower_ not in lexicon().saying
        or verb.dep_ != "acl"
        or len(list(verb.subtree)) > 2
    ):
        return False
    speaker = verb.head
    said = speaker.head
    if speaker.i != verb.i - 1 or said == speaker or not after_comma(speaker):
        return False
    while said.head != said and said.dep_ != "ccomp":
        said = said.head
    if said.head != said:
        return False
    verb.head, verb.dep_, verb.tag_ = verb, "ROOT", "VBD"
    speaker.head, speaker.dep_ = verb, "nsubj"
    said.head, said.dep_ = verb, "ccomp"
    return True


def the_one_told_after_the_verb(words: Words) -> bool:
    """ "The minister, Karim Aas, told deputies ...": the one told, right after the verb, read as the one who
    tells, who stands before it."""
    for verb in words:
        if verb.lower_ not in {"told", "tells", "reminded"} or verb.pos_ != "VERB" or verb.i + 1 >= words.end:
            continue
        left = [c for c in verb.children if c.i < verb.i]
        if any(c.dep_ in SUBJECTS or c.dep_.startswith("aux") for c in left) or verb.dep_.startswith("acl"):
            continue
        told = next((c for c in verb.children if c.left_edge.i == verb.i + 1 and c.pos_ in NOMINAL), None)
        if told is None or told.dep_ not in {"nsubj", "obj", "iobj"} or any(c.dep_ == "cc" for c in left):
            continue
        teller = next((t for t in reversed(left) if t.pos_ in NOMINAL and t.dep_ in {"ccomp", "obj"}), None)
        teller = teller or _noun_phrase_before(verb, words)
        if teller is None or teller.dep_ == "ROOT" or teller in list(verb.ancestors):
            continue
        if any(c.dep_ in {"case", "nsubj", "cop"} for c in teller.children):
            continue
        told.dep_ = "iobj"
        quoted = after_quote(teller)
        teller.head, teller.dep_ = verb, "nsubj"
        if verb.dep_ == "ccomp" and verb.head.dep_ == "ROOT" and verb.head.i < verb.i and quoted:
            said = verb.head
            verb.head, verb.dep_ = verb, "ROOT"
            said.head, said.dep_ = verb, "ccomp"
        return True
    return False


def subject_of_what_is_said(words: Words) -> bool:
    """ "The agency said the spill was caused by a valve": the spill read as said itself, and what is said of
    it left without a subject."""
    for verb in words:
        if verb.lower_ not in lexicon().saying or verb.lower_ in _TELLING:
            continue
        noun = next((c for c in verb.children if c.dep_ == "obj" and c.i > verb.i), None)
        said = next((c for c in verb.children if c.i > verb.i and _is_told(c)), None)
        if noun is None or said is None or noun.i > said.i or not is_finite(said, bare=False):
            continue
        if has_subject(said) or not lacks_a_subject(said):
            continue
        passive = any(c.dep_ == "aux:pass" for c in said.children)
        noun.head, noun.dep_ = said, "nsubj:pass" if passive else "nsubj"
        said.dep_ = "ccomp"
        return True
    return False


def speech_around_the_speaker(words: Words) -> bool:
    """ "The government, she told reporters, had no choice": both subjects given to the verb of saying. The
    first, cut off by a comma, belongs to what is said."""
    for verb in words:
        if verb.lower_ not in lexicon().saying:
            continue
        subjects = [c for c in verb.children if c.dep_ in {"nsubj", "nsubj:pass"} and c.i < verb.i]
        if len(subjects) != 2:
            continue
        if not after_comma(subjects[1]) and subjects[0].right_edge.text != ",":
            continue
        said = next((c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i), None)
        if said is not None and not has_subject(said):
            subjects[0].head = said
            return True
        if said is None and all(t.is_punct for t in verb.subtree if t.i > verb.i):
            subjects[0].dep_ = "ccomp"  # "No sign of the trawler, the coastguard says"
            return True
    return False


def _is_told(token: Token) -> bool:
    """True for a complement, and for a verb with its auxiliaries read as joined without an "and"."""
    return token.dep_ == "ccomp" or (token.dep_ == "conj" and any(c.tag_ == "MD" for c in token.children))


def _says(verb: Token, words: Words) -> bool:
    last = next((t for t in reversed(list(words)) if not t.is_punct), verb)
    ends = last == verb or words.doc[min(verb.i + 1, words.end - 1)].text == ","
    return verb.lower_ in lexicon().saying or (verb.lower_ in lexicon().finding and ends)


def _opens(verb: Token, speaker: Token, words: Words) -> bool:
    """True if a comma, a quotation mark or a dash stands before the clause of saying."""
    edge = speaker.left_edge if speaker.i < verb.i else verb
    if edge.i <= words.start:
        return False
    return edge.text in _END_OF_SPEECH or edge.nbor(-1).text in _END_OF_SPEECH


def _closes(verb: Token, told: Token | None, words: Words) -> bool:
    """True if the clause of saying, without `told`, ends the sentence or is closed by a comma."""
    below = set(told.subtree) if told is not None else set()
    last = max(t.i for t in verb.subtree if not t.is_punct and t not in below)
    after = words.doc[last + 1] if last + 1 < words.end else None
    return after is None or after.text in ENDS | {",", "--", "—", ":"}


def _noun_phrase_before(verb: Token, words: Words) -> Token | None:
    """The noun phrase that ends, its asides included, right before a verb."""
    last = verb.i - 1
    while last >= words.start and words.doc[last].is_punct:
        last -= 1
    if last < words.start:
        return None
    noun = words.doc[last]
    while noun.head != noun and noun.head.i < verb.i and not after_quote(noun):
        if noun.head.pos_ not in NOMINAL and not any(a.pos_ in NOMINAL for a in _up_to(noun, verb)):
            break
        noun = noun.head
    while noun.pos_ not in NOMINAL and noun.head != noun:
        noun = noun.head
    return noun if noun.pos_ in NOMINAL and noun.i < verb.i else None


def _up_to(token: Token, verb: Token) -> list[Token]:
    """What a word hangs on, as far as it stands before a verb and after its last quotation mark."""
    found: list[Token] = []
    for above in token.ancestors:
        if above.i > verb.i or any(t.text in {'"', "''", "”"} for t in token.doc[above.i : token.i]):
            break
        found.append(above)
    return found
