"""Who, where, how many, and who says so: what a trigger's clause tells besides the event itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from timeline.events.lexicon import lexicon
from timeline.events.triggers import Trigger
from timeline.events.wording import Wording
from timeline.language import Names, Sentence, clause_of, governor, is_predicate, phrase
from timeline.model import Quantity

if TYPE_CHECKING:
    from spacy.tokens import Token

_PLACE_PREPOSITIONS: Final = frozenset("in at on near into to across off outside inside around".split())
_NUMBER_WORDS = dict(
    zip(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen".split(),
        range(1, 20),
        strict=True,
    )
) | dict(
    zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True)
)
_SCALES: Final = {"dozen": 12, "hundred": 100, "thousand": 1_000, "million": 1_000_000}
#: What is counted of verbs that are said of goods and places as well.
_OF_GOODS: Final = frozenset({"abducted", "released", "displaced", "rescued"})
_POSSESSIVES: Final = frozenset("its his her their our my your".split())
_CONTENT: Final = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})


def participants(
    trigger: Trigger,
    sentence: Sentence,
    names: Names,
    hidden: frozenset[int] = frozenset(),
    speaker: str = "",
) -> tuple[str, ...]:
    """Who and whom: names as the article writes them in full, else the phrase; doer first. `hidden` are the
    numbers of tokens that are time words, `speaker` is who says "I" here."""
    found: list[str] = []
    wording = Wording(sentence, names, hidden, speaker=speaker)
    for head in _arguments(trigger):
        if head.i not in hidden:
            found += _named(head, wording)
    return tuple(dict.fromkeys(found))[:6]


def place(trigger: Trigger, names: Names) -> str:
    """The most specific place name in the trigger's own phrases, else empty."""
    heads: list[Token] = []
    if trigger.clause is not None:
        heads += [o for o in trigger.clause.objects if o != trigger.token]
    if trigger.nominal:
        heads += [c for c in trigger.token.children if c.dep_ in {"nmod", "obl", "compound", "nmod:poss"}]
        for clause in (c for c in trigger.token.children if c.dep_ == "acl:relcl"):
            heads += [c for c in clause.children if c.dep_ == "obl"]
    if trigger.clause is not None:
        heads += [t for prep, t in trigger.clause.obliques if set(prep.split()) & _PLACE_PREPOSITIONS]
    for head in heads:
        for token in reversed(phrase(head)):
            modifies = token.dep_ in {"compound", "nmod:poss"} and not (trigger.nominal and token == head)
            typed = token.ent_type_ in {"LOC", "GPE", "FAC"} or (
                not token.ent_type_ and token.text in names.places
            )
            if typed and token.pos_ == "PROPN" and not modifies:
                return _run(token)
    return ""


def attribution(trigger: Trigger, sentence: Sentence, names: Names) -> str:
    """Who says so: "according to", or the subject of the verb of saying above; empty if the article does."""
    words = lexicon()
    for token in sentence.words:
        if token.lower_ == "according" and token.head != token and token.head.pos_ in {"NOUN", "PROPN"}:
            named = [t for t in phrase(token.head) if t.dep_ != "case" and t.dep_ != "fixed"]
            return sentence.cover(named).text if named else ""
    token = trigger.token
    for _ in range(6):
        if token.head == token:
            break
        if token.dep_ in {"ccomp", "parataxis"}:
            upper = token.head
            if words.kind(words.verbs.get(words.lemma(upper), "")).report:
                clause = clause_of(upper)
                if clause.subject is not None:
                    return _spoken_by(clause.subject, sentence, names)
        token = token.head
    return ""


def quantities(trigger: Trigger, sentence: Sentence) -> tuple[Quantity, ...]:
    """The number of people killed, freed, abducted ... that the trigger acts on."""
    words = lexicon()
    aspect = words.counted.get(trigger.lemma)
    if aspect is None:
        return ()
    found = []
    for head in _counted(trigger):
        quantity = _quantity(head, sentence, aspect)
        if quantity is not None:
            found.append(quantity)
    return tuple(found[:1])


def content_words(trigger: Trigger) -> frozenset[str]:
    """Base forms of the content words around the trigger: its phrase, its subject, its objects."""
    words = lexicon()
    heads: list[Token] = [trigger.token]
    if trigger.clause is not None:
        clause = trigger.clause
        heads += [t for t in (clause.subject, clause.agent, *clause.objects) if t is not None]
        heads += [t for _, t in clause.obliques]
    else:
        above = governor(trigger.token)
        if above is not None:
            heads += [t for t in (clause_of(above).subject, above) if t is not None]
    tokens = {
        t.i: t
        for head in heads
        for t in ([head] if head is trigger.token and not trigger.nominal else phrase(head))
    }
    return frozenset(
        words.lemma(t)
        for t in tokens.values()
        if t.pos_ in _CONTENT and len(t) > 1 and t.i != trigger.token.i
    )


def _arguments(trigger: Trigger) -> Iterator[Token]:
    clause = trigger.clause
    if clause is not None:
        doers = (clause.agent, clause.subject) if clause.passive else (clause.subject, clause.agent)
        yield from (t for t in doers if t is not None and t != trigger.token)
        yield from (o for o in clause.objects if o != trigger.token)
        yield from (
            t for prep, t in clause.obliques if prep in {"with", "against", "to", "for"} and t.pos_ == "PROPN"
        )
    if trigger.nominal:
        for child in trigger.token.children:
            if child.dep_ in {"nmod:poss", "compound", "amod", "nmod"}:
                yield child


def _named(head: Token, wording: Wording) -> list[str]:
    names = wording.names
    if (name := wording.meant(head)) or head.pos_ == "PRON":
        return [name] if name else []
    found = []
    for token in (head, *(c for c in head.children if c.dep_ == "conj")):
        proper = [t for t in phrase(token) if t.pos_ == "PROPN" and t.dep_ not in {"nmod", "obl"}]
        if token.pos_ == "PROPN" and proper:
            found.append(names.whole(_run(token)))
        elif token.pos_ == "NOUN" and lexicon().lemma(token) in lexicon().actors and token.dep_ != "compound":
            kept = [
                t
                for t in phrase(token)
                if t.i <= token.i
                and (t == token or (t.head == token and t.dep_ in {"amod", "compound", "nmod:poss"}))
            ]
            joined = next((t for t in kept if t.dep_ == "amod" and _is_joined(t)), None)
            if joined is not None:  # "Hamas-led militants"
                found.append(token.doc[joined.left_edge.i : token.i + 1].text)
            else:
                found.append(" ".join(t.text for t in kept if t.tag_ != "POS"))
        elif token.pos_ == "ADJ" and token.text[:1].isupper():
            found.append(token.text)
    return [f for f in found if f and f.split()[0].lower() not in _POSSESSIVES]


def _is_joined(token: Token) -> bool:
    """True for the "led" of "Hamas-led"."""
    return token.left_edge.i < token.i and token.nbor(-1).text == "-"


def _run(token: Token) -> str:
    """The run of proper nouns around one, as text."""
    doc = token.doc
    start = end = token.i
    while start > token.sent.start and _continues_name(doc[start - 1]):
        start -= 1
    while end + 1 < token.sent.end and (doc[end + 1].pos_ == "PROPN" or doc[end + 1].text == "-"):
        end += 1
    while doc[end].text == "-":
        end -= 1
    return str(doc[start : end + 1].text)


def _continues_name(token: Token) -> bool:
    """True for what stands before a name's head and belongs to it: "United" of "United Nations"."""
    if token.pos_ == "PROPN":
        return token.dep_ != "nmod:desc"
    return token.pos_ == "ADJ" and token.tag_ in {"NNP", "NNPS"}


def _spoken_by(subject: Token, sentence: Sentence, names: Names) -> str:
    if subject.pos_ == "PRON":
        return names.stands_for(sentence.index, subject.i)
    tokens = [t for t in phrase(subject) if t.dep_ != "case" or t.head != subject]
    text = sentence.cover(tokens).text
    text = text if len(text) <= 80 else subject.text
    return "" if any(c.isdigit() for c in text) else text


def _counted(trigger: Trigger) -> Iterator[Token]:
    clause = trigger.clause
    if trigger.nominal:
        yield trigger.token
        return
    if clause is None:
        return
    if clause.passive or trigger.lemma in {"die", "drown", "perish", "flee"}:
        if clause.subject is not None:
            yield clause.subject
        return
    yield from clause.objects
    yield from (t for prep, t in clause.obliques if prep == "" and t.pos_ == "NUM")


def _quantity(head: Token, sentence: Sentence, aspect: str) -> Quantity | None:
    number = head if head.pos_ == "NUM" else next((c for c in head.children if _is_number(c)), None)
    if number is None or is_predicate(head) or not _is_counted(head, aspect):
        return None
    value = _value(number)
    if value is None:
        return None
    place_ = sentence.place(
        min((t for t in number.subtree if t.pos_ == "NUM"), default=number, key=lambda t: t.i)
    )
    left = sentence.text[max(sentence.span.start, place_.start - 24) : place_.start].lower()
    said = [p for p in lexicon().approximate if re.search(rf"\b{re.escape(p)}\s+(?:the\s+)?$", left)]
    sort = lexicon().approximate[max(said, key=len)] if said else ""
    tokens = [number, head]
    return Quantity(
        aspect,
        value,
        sort == "about",
        {"least": "at least", "most": "at most"}.get(sort, ""),
        sentence.cover(tokens),
    )


def _is_counted(head: Token, aspect: str) -> bool:
    """True for people, where other things may be acted on as well: "seized 20 kilograms"."""
    if aspect not in _OF_GOODS or head.pos_ in {"NUM", "PROPN"} or head.text[:1].isupper():
        return True
    words = lexicon()
    return bool({head.lemma_.lower(), words.lemma(head)} & (words.people | words.actors))


def _is_number(token: Token) -> bool:
    return token.dep_ == "nummod" or (token.dep_ in {"compound", "amod"} and token.lower_ in _NUMBER_WORDS)


def _value(number: Token) -> int | None:
    """The number that a token and the scales next to it name: "23", "two million", "2.5 million"."""
    if scale := _SCALES.get(number.lower_):  # "two million", "two hundred thousand": the scale is the head
        below = (_value(c) if c.lower_ in _SCALES else _figure(c) for c in number.children)
        value = next((v for v in below if v is not None), None)
        return round(value * scale) if value is not None and value < 1000 else None
    value = _figure(number)
    if value is None:
        return None
    for token in (*number.children, number.head):
        if token.lower_ in _SCALES and abs(token.i - number.i) == 1:
            return round(value * _SCALES[token.lower_])
    return value if isinstance(value, int) else None


def _figure(token: Token) -> float | int | None:
    """The number that one token is, without its scale."""
    text = token.text.replace(",", "").lower()
    if text.isascii() and text.isdigit() and len(text) <= 9:
        return int(text)
    return float(text) if re.fullmatch(r"[0-9]{1,3}\.[0-9]{1,3}", text) else _NUMBER_WORDS.get(text)
