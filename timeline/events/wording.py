"""How the words of a title are written: names for pronouns, whole words for short ones, balanced marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from timeline.language import Kind, Names, Sentence, clause_of

if TYPE_CHECKING:
    from spacy.tokens import Token

#: A line of a card, and what a reader takes in at a glance.
MAX_TITLE: Final = 90
#: Forms of one pronoun: what one of them stands for in a sentence, the others do as well.
_FORMS: Final = {
    form: first
    for first, forms in (("he", "he him his"), ("she", "she her hers"), ("it", "it its"))
    for form in forms.split()
}
_OWN: Final = frozenset({"his", "its", "hers"})
_SPEAKING: Final = frozenset("i me my we us our you your mine ours myself".split())
_POINTING: Final = frozenset("this that these those one so".split())
#: What clipped words are in full.
SHORT: Final = {
    "n't": "not",
    "wo": "will",
    "ca": "can",
    "'s": "is",
    "'ve": "have",
    "'re": "are",
    "'d": "had",
    "'ll": "will",
}
#: First words of names that are written with an article.
_WITH_ARTICLE: Final = frozenset("US UK UN EU UAE USA United European White Kremlin Vatican".split())
_SUBJECTS: Final = frozenset({"nsubj", "nsubj:pass", "expl", "csubj"})
#: Bodies of people that are called "it".
_BODIES: Final = frozenset(
    "military army navy government ministry police council court company firm agency authority party"
    " parliament union bank board committee commission coastguard team cabinet senate congress".split()
)
_WH: Final = frozenset({"WP", "WDT", "WRB", "WP$"})


@dataclass(frozen=True, eq=False)
class Wording:
    """Writes tokens of one sentence."""

    sentence: Sentence
    names: Names
    hidden: frozenset[int]
    """Numbers of the tokens that are time words."""
    speaker: str = ""
    """Who says "I" here, if known."""
    that: bool = True
    """True if "that" is put before a clause that has none."""

    def text(self, tokens: Sequence[Token], before: str = "") -> str:
        """Tokens as text, with the article's own spacing where they stand together. `before` is the part of
        the title that stands before them: a name told there is not told again."""
        out = ""
        last: Token | None = None
        opened = _opened(tokens) if self.that else set()
        for token in tokens:
            word = self._word(token, f"{before} {out}")
            if token.i in opened:
                word = f"that {word}"
            elif self._follows_possessive(token) and last is not None:
                word = f"the {word}"
            elif (
                (last is not None or before)
                and token.i == self.sentence.words.start
                and token.pos_ != "PROPN"
            ):
                word = word[:1].lower() + word[1:]
            if last is not None:
                glued = token.i == last.i + 1 and self._place(last)[1] == self._place(token)[0]
                glued = glued and word == self._plain(token)
                out += "" if glued or token.tag_ == "POS" or word in {",", "."} else " "
            out += word
            last = token
        return out.strip().replace("can not", "cannot")

    def stands_for(self, token: Token) -> str:
        """The name a pronoun stands for, with the article that names such as "US" have in a sentence."""
        name = self.meant(token)
        return f"the {name}" if name.split(" ")[0] in _WITH_ARTICLE else name

    def meant(self, token: Token) -> str:
        """The name a pronoun stands for: by the article's references, by another form of it before it in the
        sentence, or as the one person named before it; empty if none does."""
        if token.lower_ in {"i", "me"}:
            return self.speaker
        if name := self.names.stands_for(self.sentence.index, token.i):
            return self.names.whole(name)
        form = _FORMS.get(token.lower_)
        if form is None or token.dep_ == "expl":
            return ""
        for other in self.sentence.words:
            if other.i != token.i and _FORMS.get(other.lower_) == form and other.i < token.i:
                name = self.names.stands_for(self.sentence.index, other.i)
                if name:
                    return self.names.whole(name)
        if form != "it" and token.dep_ not in _SUBJECTS:
            people = {
                self.names.whole(_last_of_name(t).text)
                for t in self.sentence.words
                if t.i < token.i and t.ent_type_ == "PERSON" and t.dep_ not in {"flat", "compound"}
            }
            if len(people) == 1:
                return people.pop()
            if not people and token.tag_ == "PRP$" and (doer := self._doer_after(token)):
                return doer
        if token.dep_ not in _SUBJECTS:
            return ""
        return self._doer_above(token) or (self._doer_before(token) if form != "it" else "")

    def _doer_before(self, token: Token) -> str:
        """ "She left at noon.", after a sentence with one person in it, who is its subject."""
        words = self.sentence.words
        if token.head.dep_ != "ROOT" or words.start == 0 or token.i > words.start + 2:
            return ""
        before = words.doc[words.start - 1].sent
        people = [t for t in before if t.ent_type_ == "PERSON" and t.dep_ not in {"flat", "compound"}]
        if len(people) != 1 or people[0].dep_ != "nsubj" or people[0].head.dep_ != "ROOT":
            return ""
        return self.names.whole(_last_of_name(people[0]).text)

    def _doer_above(self, token: Token) -> str:
        """ "As it seeks to wipe them out", "when he arrived": the doer of the main clause before it, if it is
        of that sort."""
        clause = token.head
        other = clause.head if clause.dep_ == "advcl" and clause.head.i < clause.i else None
        if other is None:  # "As the army advanced, it shelled two villages"
            other = next((c for c in clause.children if c.dep_ == "advcl" and c.i < token.i), None)
        if other is None:
            return ""
        doer = next((c for c in other.children if c.dep_ == "nsubj"), None)
        if doer is None or doer.i > token.i or any(c.dep_ == "conj" for c in doer.children):
            return ""
        if doer.tag_ in {"WDT", "WP"} and (noun := clause_of(other).subject) is not None:
            doer = noun
        if doer.pos_ == "PRON":
            return self.names.whole(self.names.stands_for(self.sentence.index, doer.i))
        if token.lower_ == "it" and doer.lower_ in _BODIES:
            own = [c for c in doer.children if c.i < doer.i and c.dep_ in {"det", "amod", "compound"}]
            return self.text([*own, doer], "it")
        person = doer.ent_type_ == "PERSON"
        if doer.pos_ != "PROPN" or person != (token.lower_ != "it") or doer.tag_ == "NNPS":
            return ""
        return self.names.whole(_last_of_name(doer).text)

    def _doer_after(self, token: Token) -> str:
        """ "During his visit, President Lee met reporters"."""
        words = self.sentence.words
        if words[0].pos_ not in {"ADP", "SCONJ"}:
            return ""
        after = [t for t in words if t.i > token.i and t.pos_ in {"PROPN", "PUNCT"}]
        comma = next((t.i for t in after if t.text == ","), None)
        name = next((t for t in after if t.ent_type_ == "PERSON"), None)
        if comma is None or name is None or name.i < comma or name.i > comma + 8:
            return ""
        return self.names.whole(_last_of_name(name).text)

    def loose(self, tokens: Sequence[Token], before: str = "") -> float:
        """How much in these words hangs in the air: pronouns that nothing in the title explains."""
        lost = 0.0
        told = bool(before)
        for token in tokens:
            word = token.lower_
            if word in _SPEAKING:
                lost += 0.0 if word in {"i", "me"} and self.speaker else 0.3
            elif word in _FORMS and token.dep_ != "expl" and token.pos_ in {"PRON", "DET"}:
                if word in _OWN or token.tag_ == "PRP$":
                    lost += 0.0 if told or self.stands_for(token) else 0.3
                elif not self.stands_for(token):
                    lost += 0.05 if told else 0.3
            elif word in {"they", "them", "their"}:
                lost += 0.0 if told else 0.3
            elif token.pos_ == "PRON" and word in _POINTING:
                lost += 0.0 if any(c.i > token.i for c in token.children) else 0.25
            told = told or token.pos_ in {"NOUN", "PROPN"}
        return lost

    def _word(self, token: Token, before: str) -> str:
        word = self._plain(token)
        if token.lower_ in {"n't", "n’t"}:
            return "not"
        if token.pos_ in {"AUX", "VERB"} and token.lower_ in SHORT:
            return SHORT[token.lower_]
        if token.pos_ == "PRON" and token.dep_ != "expl" and (name := self.stands_for(token)):
            if name.split()[-1] in before:
                return word
            own = token.tag_ == "PRP$" or token.dep_ == "nmod:poss"
            return name + ("'" if name.endswith("s") else "'s") * own
        return word

    def _plain(self, token: Token) -> str:
        return (
            token.text if self.sentence.block.kind is not Kind.PARAGRAPH else self.sentence.place(token).text
        )

    def _place(self, token: Token) -> tuple[int, int]:
        place = self.sentence.place(token)
        return place.start, place.end

    def _follows_possessive(self, token: Token) -> bool:
        """True for the word after "Monday's", which is left out: "Monday's vote" -> "the vote"."""
        before = token.i - 1
        return (
            before >= self.sentence.words.start
            and before in self.hidden
            and token.doc[before].tag_ == "POS"
            and not any(c.dep_ == "det" for c in token.children)
        )


def _last_of_name(token: Token) -> Token:
    """ "Netanyahu" of "Prime Minister Benjamin Netanyahu"."""
    return [token, *(c for c in token.children if c.dep_ == "flat")][-1]


def _opened(tokens: Sequence[Token]) -> set[int]:
    """The tokens before which "that" is wanted: first words of finite clauses below a verb."""
    kept = {t.i for t in tokens}
    found = set()
    for token in tokens:
        if token.dep_ != "ccomp" or token.head.i > token.i:
            continue
        below = sorted(t.i for t in token.subtree if t.i in kept)
        first = token.doc[below[0]]
        inside = [t for t in token.subtree if t.i in kept]
        subject = any(c.dep_ in _SUBJECTS and c.i < token.i and c.i in kept for c in token.children)
        marked = (
            first.tag_ == "VBG"
            or not subject
            or any(c.dep_ == "mark" and c.i in kept for c in token.children)
        )
        if marked or first.tag_ in _WH or any(t.tag_ in _WH and t.i < token.i for t in inside):
            continue
        finite = token.tag_ in {"VBD", "VBZ", "VBP", "MD"} or any(
            c.dep_ in {"aux", "cop", "aux:pass"} and c.tag_ in {"VBD", "VBZ", "VBP", "MD"}
            for c in token.children
        )
        if finite and first.i > token.head.i:
            found.add(first.i)
    return found


def quotations(text: str) -> list[tuple[int, int]]:
    """Where quotes stand in a sentence, marks excluded. One that is closed and never opened began before it.

    >>> text = "It is late,” he said, “but not too late.”"
    >>> [text[start:end] for start, end in quotations(text)]
    ['It is late,', 'but not too late.']
    """
    marks = [(m.start(), m[0]) for m in re.finditer(r"[“”\"]", text)]
    opened: int | None = (
        0 if marks and (marks[0][1] == "”" or (len(marks) % 2 and marks[0][1] == '"')) else None
    )
    found = []
    for place, mark in marks:
        if opened is None:
            opened = None if mark == "”" else place + 1
        elif mark != "“":
            found.append((opened, place))
            opened = None
    return found


def joined(parts: Iterable[str]) -> str:
    """Parts with a space between them, empty ones left out."""
    return " ".join(p for p in parts if p)


def finished(text: str) -> str:
    """Balanced, trimmed and with a capital."""
    text = re.sub(r"(?<=\w) - (?=\w)", "-", re.sub(r"\s+", " ", text)).strip(" ,;:.–—-")
    for left, right in (("“", "”"), ("(", ")"), ("[", "]")):
        if text.count(left) != text.count(right):
            text = text.replace(left, "").replace(right, "")
    if text.count('"') % 2:
        text = text.replace('"', "")
    text = re.sub(r"\s+([,.])", r"\1", re.sub(r"\s+", " ", text)).strip(" ,;:")
    if len(text) > MAX_TITLE:
        text = text[: MAX_TITLE - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
    return text[:1].upper() + text[1:]
