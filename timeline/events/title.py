"""Titles: a clause or a noun phrase cut from the sentence along the parse.

Subject, verb, object and what is needed, at most 90 characters; no frame ("said that"), no time words (the
date stands beside), no dangling pronoun where its name is known. Words are the article's own; only a
participle without its verb ("killing two") and a headline's present tense are put into the past.

What cannot stand alone, "to send troops" or a lone "truce", is told by the clause it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from timeline.events.cut import Cut
from timeline.events.lexicon import lexicon
from timeline.events.telling import (
    clause_above,
    core,
    gap_of,
    is_case_of,
    is_named,
    is_of,
    is_open,
    is_report,
    is_there,
    is_told_apart,
    is_under,
    only_bounds,
    shorter_names,
    spoken_of,
    to_come,
    verb_group,
)
from timeline.events.triggers import Trigger
from timeline.events.wording import MAX_TITLE, Wording, finished, joined, quotations
from timeline.language import Clause, Names, Sentence, clause_of, governor
from timeline.model import Timex

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEGATIVE: Final = re.compile(r"\b(?:not|never|neither|nor|no|nobody|none|nothing|without)\b|n't\b", re.I)
#: A subject longer than this leaves no room for what it does.
_MAX_SUBJECT: Final = 55
#: Subjects that say next to nothing of who it was.
_ANYBODY: Final = frozenset({"people", "persons", "some", "others", "many", "several", "those"})
_EMPTY_SAYING: Final = frozenset("say tell state add claim stress emphasize write".split())
_POSSESSIVES: Final = frozenset("its his her their our my your".split())
#: A title of a clause above the event's own tells more than the event.
_FROM_ABOVE: Final = 0.6
#: A title this readable needs no help.
_READS_WELL: Final = 0.75
#: A title that has lost this much is no better than a short one.
_MUCH: Final = 1.3
#: A speaker's name no longer than this stands before a quote.
_MAX_SPEAKER: Final = 30
#: Where a long quote can be broken off.
_CLAUSE_END: Final = re.compile(r",? (?:but|and|so|because) |[.!;] ")
_PRONOUNS: Final = frozenset(
    "he she it they we i you this that these those who which him her them us me one".split()
)
_DROPPED_STARTS: Final = frozenset(
    "the a an its his her their our my this that these those another whose".split()
)
_DANGLING: Final = re.compile(
    r"\b(?:one|it|them|this|that|him|her|so|they|he|she|what|which|who|to|of|and)$", re.I
)


@dataclass(frozen=True)
class _Title:
    text: str
    quality: float
    """0 to 1: a clause with a named doer is best, a lone noun worst."""
    loss: float = 0.0
    """What did not fit."""


def title_of(
    trigger: Trigger,
    sentence: Sentence,
    names: Names,
    hidden: frozenset[int],
    *,
    real: bool = True,
    speaker: str = "",
) -> tuple[str, float]:
    """A title, and how good it is from 0 to 1: a clause with a named doer is best, a lone noun worst.

    `hidden` are the numbers of tokens that are time words, see `time_tokens`. If it is not `real`, a
    participle becomes an infinitive ("to free the hostages"), else a past. `speaker` says "I" here.
    """
    title = _Titles(Wording(sentence, names, hidden, speaker), real).of(trigger)
    return finished(title.text), max(0.0, min(1.0, title.quality))


def _in_its_subject(verb: Token, clause: Clause) -> bool:
    """True for "seized" in "the release of those seized remains a goal", whose clause tells another event."""
    return clause.subject is not None and clause.subject in verb.ancestors


@dataclass(frozen=True, eq=False)
class _Titles:
    """Makes the titles of one sentence."""

    wording: Wording
    real: bool

    def of(self, trigger: Trigger) -> _Title:
        clause = trigger.clause
        happens = clause is not None and lexicon().lemma(clause.head) in lexicon().happen
        if trigger.nominal and (clause is None or trigger.bound or happens):
            noun = self._nominal(trigger)
            if happens or (trigger.bound and self.real):
                return noun
            if self.real and (noun.quality >= 0.5 or (noun.quality >= 0.3 and is_told_apart(trigger.token))):
                return noun
            around = self._around(trigger.token if clause is None else clause.head)
            return noun if around is None else replace(around, quality=noun.quality)
        clause = clause or clause_of(trigger.token)
        must = {trigger.token.i, clause.head.i}
        own = self._clause(clause, must)
        if not self.real and clause.head.tag_ == "VBG":
            own = replace(own, text=to_come(own.text, lexicon().lemma(clause.head)))
        best = own
        for above, controlled in clause_above(clause):
            title = self._clause(above, must)
            if clause.head.text not in title.text or _in_its_subject(clause.head, above):
                continue
            if controlled and title.loss >= 0:
                best = title
                break
            if title.quality >= _READS_WELL and 0 <= title.loss < _MUCH:
                best = replace(title, quality=min(own.quality, _FROM_ABOVE))
                break
        if best.quality < _READS_WELL:
            if quote := self._quote(clause):
                return replace(best, text=quote)
            if said := self._said(clause):
                return replace(best, text=said.text)
        return best

    def _quote(self, clause: Clause) -> str:
        """ "Blinken: “It is still possible”", for a clause in a quote and for the verb that it hangs on. The
        quote is a sentence by its marks: it starts where the sentence starts, and a comma or stop ends it."""
        sentence = self.wording.sentence
        offset = sentence.place(clause.head).start - sentence.span.start
        speaker = self.wording.speaker
        saying = is_report(clause.head) and clause.subject is not None
        if saying:
            if any(c.dep_ == "ccomp" and c.i > clause.head.i for c in clause.head.children):
                return ""
            names = [name for name, _ in self._subjects(clause)]
            speaker = names[0] if len(names[0]) < _MAX_SPEAKER else min(names, key=len)
        for start, end in quotations(sentence.span.text):
            words = sentence.span.text[start:end]
            if len(speaker) + len(words) > MAX_TITLE - 6:
                words = _CLAUSE_END.split(words)[0] + ","
            inside = end <= offset if saying else start <= offset < end
            title = f"{speaker}: “{words.rstrip(' ,.')}”"
            whole = start <= 1 and words.rstrip().endswith((",", ".", "!"))
            if speaker and inside and whole and len(words.split()) > 2 and len(title) <= MAX_TITLE:
                return title
        return ""

    def _said(self, clause: Clause) -> _Title | None:
        """ "Rain is on its way, the agency said" -> "The agency said that rain is on its way"."""
        head = clause.head
        if not is_report(head) or any(c.dep_ == "ccomp" and c.i > head.i for c in head.children):
            return None
        told = next((c for c in head.children if c.dep_ in {"ccomp", "parataxis"} and c.i < head.i), None)
        if told is None and head.dep_ == "parataxis" and head.head.i < head.i:
            told = head.head
        if told is None or clause.subject is None:
            return None
        what = self._clause(clause_of(told), {told.i})
        if what.loss < 0 or what.quality < _READS_WELL:
            return None
        first = next((t for t in self.wording.sentence.words if t.is_alpha), told)
        text = what.text
        if first.text == text.split()[0] and first.pos_ != "PROPN":
            text = text[:1].lower() + text[1:]
        for subject, quality in self._subjects(clause):
            title = joined([subject, verb_group(clause), "that", text])
            if subject and len(title) <= MAX_TITLE:
                return _Title(title, quality)
        return None

    def _around(self, noun: Token) -> _Title | None:
        """The clause a lone noun, or the verb that carries it, stands in, if it makes a title."""
        above = noun if noun.pos_ == "VERB" else governor(noun.head) if noun.head != noun else None
        if above is None:
            return None
        clause = clause_of(above)
        upper = [c for c, _ in clause_above(clause)]
        if not upper and (clause.infinitive or (clause.participle and not self.real)):
            return None
        for told in upper or [clause]:
            title = self._clause(told, {noun.i, clause.head.i})
            whole = noun.text in title.text and len(title.text.split()) > 3
            if title.loss >= 0 and title.quality >= 0.6 and whole:
                return title
        return None

    def _clause(self, clause: Clause, must: Collection[int]) -> _Title:
        """The best title of a clause: the fullest subject that leaves room for all the rest, or the shorter
        one that costs least. A `loss` below 0: too long whatever is left out."""
        best = self._longest(clause, must)
        if best is None or best.loss > 0:
            without = replace(self, wording=replace(self.wording, that=False))._longest(clause, must)
            if without is not None and (best is None or without.loss < best.loss):
                best = without
        if best is None:
            subject, quality = next(self._subjects(clause))
            tokens, _ = self._rest(clause, must, subject)
            return replace(self._told(clause, subject, tokens, quality), quality=0.1, loss=-1.0)
        return best

    def _longest(self, clause: Clause, must: Collection[int]) -> _Title | None:
        best = None
        for cost, (subject, quality) in enumerate(self._subjects(clause)):
            tokens, loss = self._rest(clause, must, subject)
            title = self._told(clause, subject, tokens, quality)
            if len(title.text) > MAX_TITLE:
                continue
            title = replace(title, loss=loss + 0.3 * cost)
            if best is None or title.loss < best.loss:
                best = title
        return best

    def _told(self, clause: Clause, subject: str, rest: Sequence[Token], quality: float) -> _Title:
        group = verb_group(clause)
        start = joined([subject, group])
        text = joined([start, self.wording.text(rest, start)])
        longer = ""
        if (about := spoken_of(clause)) is not None:
            doer = self._noun_phrase(about, clause, 30, start)
            longer = joined([start, "that", doer, self.wording.text(rest, start)])
        elif (gap := gap_of(clause)) is not None and is_open(clause, rest):
            longer = joined([text, self._noun_phrase(gap, clause, 40, start)])
        text = longer if 0 < len(longer) <= MAX_TITLE else text
        if not subject and (bare := re.sub(r"^(?:had|has|have)\s+", "", text)) != text:
            text = bare
        quality -= 0.3 * (len(text.split()) < 3) + 0.4 * bool(_DANGLING.search(text))
        quality -= 0.35 * (subject.lower() in _ANYBODY and len(text.split()) < 5)  # "people were targeted"
        if clause.negated and not _NEGATIVE.search(text):
            return _Title(text, 0.0)  # it would say the opposite: nobody is shown it
        quality -= self.wording.loose(rest, subject)
        if clause.head.lemma_ in _EMPTY_SAYING and not any(
            c.dep_ in {"ccomp", "obj"} and c.i > clause.head.i for c in clause.head.children
        ):
            quality -= 0.5  # "the minister said", and what was said is a quote elsewhere
        return _Title(text, max(0.0, min(1.0, quality + (0.2 if len(text) > 25 else 0.0))))

    def _rest(self, clause: Clause, must: Collection[int], subject: str) -> tuple[list[Token], float]:
        """What stands after the verb, as far as it fits."""
        head = clause.head
        start = joined([subject, verb_group(clause)])
        there = is_there(clause)
        behind = [c for c in head.children if c.i > head.i and (there or c != clause.subject)]
        if head.pos_ != "VERB":  # "is the largest", "was a mistake": the predicate is in the verb group
            behind = [c for c in behind if c.dep_ not in {"nmod", "acl", "amod"} or c not in core(head)]
        cut = Cut(must, self.wording.hidden)
        cut.take(head, behind)
        del cut.kept[head.i]
        said = set(core(head)) if head.pos_ != "VERB" else set()

        def rest(tokens: Sequence[Token]) -> list[Token]:
            return [t for t in tokens if t not in said]

        def fits(tokens: Sequence[Token]) -> bool:
            return len(joined([start, self.wording.text(rest(tokens), start)])) <= MAX_TITLE

        tokens, loss = cut.fitted(fits)
        place = self._fronted_place(clause)
        tokens = rest(tokens)
        while tokens and tokens[-1].tag_ in {"IN", "DT", "PRP$", "CC", "TO", "POS"}:
            tokens.pop()
        if place and fits([*tokens, *place]):
            tokens = [*tokens, *place]
        return tokens, loss

    def _fronted_place(self, clause: Clause) -> list[Token]:
        """ "In Lebanon, strikes killed 41 civilians": the place goes to the end."""
        for child in clause.head.children:
            fronted = child.dep_ == "obl" and child.i < clause.head.i and child.ent_type_ in {"LOC", "GPE"}
            if fronted and any(c.lower_ in {"in", "near", "at"} for c in child.children):
                cut = Cut((), self.wording.hidden)
                cut.take(child)
                tokens, _ = cut.fitted(lambda t: len(self.wording.text(t)) < 30)
                return tokens
        return []

    def _subjects(self, clause: Clause) -> Iterator[tuple[str, float]]:
        """The subject in several lengths, the longest first, and how good a title is with it."""
        token = clause.subject
        if token is None:
            yield "", 0.1
            return
        if is_there(clause):
            yield "There", 0.65
            return
        if token.lower_ in _PRONOUNS and token.pos_ in {"PRON", "DET"}:
            name = self.wording.stands_for(token)
            yield (name, 0.75) if name else ("", 0.05)
            return
        named = 0.8 if is_named(token) else 0.65
        seen = set()
        if any(c.tag_ == "PRP$" for t in token.children for c in (t, *t.children)):
            for child in token.children:  # "its main ally, the US"
                if child.dep_ == "appos" and child.pos_ == "PROPN" and child.i > token.i:
                    name = self._noun_phrase(child, clause, 36)
                    seen.add(name)
                    yield name, named
        for limit in (_MAX_SUBJECT, 36, 20):
            text = self._noun_phrase(token, clause, limit)
            if text and text not in seen:
                seen.add(text)
                yield text, named
        for name in shorter_names(token):
            if name not in seen:
                yield name, named

    def _noun_phrase(self, token: Token, clause: Clause | None, limit: int, before: str = "") -> str:
        # A verb agrees with all of its subjects, and "the passage" of what says nothing.
        whole = {c.i for c in token.children if c.dep_ == "conj" or (c.dep_ == "nmod" and is_of(c))}
        cut = Cut(whole if clause is not None else (), self.wording.hidden)
        children = list(token.children)
        if clause is not None:
            children = [c for c in children if not is_under(clause.head, c)]
        children = [c for c in children if c.dep_ not in _OUTSIDE and not is_case_of(c, token)]
        cut.take(token, [c for c in children if c.dep_ != "acl:relcl" or not only_bounds(c)])
        tokens, _ = cut.fitted(lambda t: len(self.wording.text(t)) <= limit)
        if clause is not None:
            tokens = [t for t in tokens if t.i != clause.head.i]
        text = self.wording.text(tokens, before)
        first = text.split(" ", 1)
        if len(first) == 2 and first[0].lower() in _POSSESSIVES | {"even"}:
            text = first[1]
        return text

    def _nominal(self, trigger: Trigger) -> _Title:
        text = self._noun_phrase(trigger.token, None, MAX_TITLE - len(trigger.bound) - 1)
        while len(first := text.split(" ", 1)) == 2 and first[0].lower() in _DROPPED_STARTS:
            text = first[1]
        if trigger.bound:
            text = f"{text} {trigger.bound}"
        words = text.split()
        return _Title(text, 0.5 if len(words) >= 3 else 0.3 if len(words) == 2 else 0.1)


#: What hangs on a noun from outside: its preposition, or, if it is a predicate, what is said of it.
_OUTSIDE: Final = frozenset(
    {"case", "mark", "cc", "cop", "aux", "nsubj", "nsubj:pass", "csubj", "expl", "advcl", "ccomp", "obl"}
)


def time_tokens(sentence: Sentence, timexes: Sequence[Timex]) -> frozenset[int]:
    """Numbers of the tokens that are time words, with the possessive that follows them."""
    hidden: set[int] = set()
    doc = sentence.words.doc
    for timex in timexes:
        if timex.type == "DURATION":
            continue
        inside = sentence.at(timex.span.start, timex.span.end)
        hidden.update(t.i for t in inside)
        if inside:
            after = inside[-1].i + 1
            if after < len(doc) and doc[after].tag_ == "POS":
                hidden.add(after)
            before = inside[0].i - 1
            if before >= sentence.words.start and doc[before].dep_ == "case" and doc[before].head.i in hidden:
                hidden.add(before)
    return frozenset(hidden)
