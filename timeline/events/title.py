"""Titles: a clause or a noun phrase cut from the sentence along the parse.

Subject, verb, object and what is needed, at most 90 characters; no frame ("said that"), no time words (the
date stands beside), no dangling pronoun where its name is known. Words are the article's own; only a
participle without its verb ("killing two") and a headline's present tense are put into the past.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from timeline.events.lexicon import lexicon
from timeline.events.triggers import Trigger
from timeline.language import Clause, Kind, Names, Sentence, clause_of, is_predicate, phrase
from timeline.model import Timex

if TYPE_CHECKING:
    from spacy.tokens import Token

#: A line of a card, and what a reader takes in at a glance.
MAX_TITLE: Final = 90
_PRONOUNS: Final = frozenset(
    "he she it they we i you this that these those who which him her them us me one".split()
)
_DROPPED_STARTS: Final = frozenset(
    "the a an its his her their our my this that these those another whose".split()
)
_PERSONAL: Final = frozenset("it he she they we".split())
_DANGLING: Final = re.compile(r"\b(?:one|it|them|this|that|him|her|so|they|he|she)$", re.I)
_QUALIFIERS: Final = frozenset(
    "not n't never neither nor reportedly allegedly supposedly purportedly apparently almost nearly barely"
    " hardly partly".split()
)
_NEGATIVE: Final = re.compile(r"\b(?:not|never|neither|nor|no|nobody|none|nothing|without)\b|n't\b", re.I)
_PRONOUN: Final = re.compile(r"\b(?:it|them|him|her|me|us)\b", re.I)
_AUXILIARIES: Final = frozenset("be have do get".split())
_EMPTY_SAYING: Final = frozenset("say tell state add claim stress emphasize write".split())
_TIME_NOUNS: Final = frozenset(
    "day week month year hour minute moment time night morning afternoon evening".split()
)
_POSSESSIVES: Final = frozenset("its his her their our my your".split())
_ATTRIBUTION: Final = frozenset({"according"})
_COMPLEMENTS: Final = frozenset({"obj", "iobj", "xcomp", "compound:prt", "advmod", "obl:agent", "aux:pass"})
_KEPT_ADVERBS: Final = frozenset(
    "not n't never back out up down away together off over ahead on forward home apart aside".split()
)


def title_of(
    trigger: Trigger, sentence: Sentence, names: Names, hidden: frozenset[int], *, real: bool = True
) -> tuple[str, float]:
    """A title, and how good it is from 0 to 1: a clause with a named doer is best, a lone noun worst.

    `hidden` are the numbers of tokens that are time words, see `time_tokens`. If it is not `real`, a
    participle becomes an infinitive ("to free the hostages"), else a past.
    """
    only_happens = trigger.clause is not None and lexicon().lemma(trigger.clause.head) in lexicon().happen
    if trigger.nominal and (trigger.clause is None or trigger.bound or only_happens):
        return _nominal(trigger, sentence, hidden)
    clause = trigger.clause or clause_of(trigger.token)
    title, quality = _verbal(_top(clause), sentence, names, hidden)
    return title if real or clause.head.tag_ != "VBG" else _to_come(
        title, lexicon().lemma(clause.head)
    ), quality


def _to_come(title: str, verb: str) -> str:
    """ "They freed the hostages" -> "They to free the hostages", for what has not happened."""
    past = re.compile(rf"\b{re.escape(lexicon().past_form(verb))}\b", re.I)
    return _finished(past.sub(f"to {verb}", title, count=1))


def _verbal(clause: Clause, sentence: Sentence, names: Names, hidden: frozenset[int]) -> tuple[str, float]:
    subject, quality = _subject(clause, sentence, names, hidden)
    title = _joined([subject, _verb_group(clause)])
    for choices in _pieces(clause, sentence, names, hidden):
        longer = next((t for c in choices if len(t := _joined([title, c])) <= MAX_TITLE), None)
        if longer is None:
            break
        title = longer
    if not subject and (bare := re.sub(r"^(?:had|has|have)\s+", "", title)) != title:
        title = bare
    if len(title.split()) < 3:
        quality -= 0.3
    if _DANGLING.search(title):
        quality -= 0.4
    if clause.negated and not _NEGATIVE.search(title):
        return _finished(title), 0.0  # it would say the opposite: nobody is shown it
    elif _PRONOUN.search(title):
        quality -= 0.25
    if clause.head.lemma_ in _EMPTY_SAYING and not any(
        c.dep_ == "ccomp" and c.i > clause.head.i for c in clause.head.children
    ):
        quality -= 0.5  # "the minister said", and what was said is a quote elsewhere
    return _finished(title), max(0.0, min(1.0, quality + (0.2 if len(title) > 25 else 0.0)))


def _pieces(
    clause: Clause, sentence: Sentence, names: Names, hidden: frozenset[int], depth: int = 0
) -> Iterator[list[str]]:
    """What follows the verb, piece by piece; each in several lengths, the longest first."""
    for complement in _complements(clause):
        if complement.dep_ in {"xcomp", "ccomp", "advcl"} and is_predicate(complement) and depth < 3:
            yield _below(complement, sentence, names, hidden, depth)
            continue
        versions = [phrase(complement, aside=True), phrase(complement), _core(complement)]
        if not _is_coordinated_name(complement):
            versions = versions[1:]
        yield [_text(sentence, [t for t in v if t.i not in hidden], names) for v in versions]


def _below(
    complement: Token, sentence: Sentence, names: Names, hidden: frozenset[int], depth: int
) -> list[str]:
    """A clause inside a title, "to broker a deal": in full, then with one complement less at a time. Its
    verb alone is no title part if it has complements: "a resolution calling" says nothing."""
    clause = clause_of(complement)
    mark, own = "", ""
    if complement.dep_ == "ccomp":
        mark = "that"
        own = _subject(clause, sentence, names, hidden)[0]
        if not own and clause.subject is not None and clause.subject.lower_ in _PERSONAL:
            own = clause.subject.lower_
    text = _joined([mark, own, _verb_group(clause)])
    versions = [text]
    for choices in _pieces(clause, sentence, names, hidden, depth + 1):
        longest = [_joined([versions[0], c]) for c in choices]
        versions = [*longest, *versions]
    return versions[:-1] if len(versions) > 1 else versions


def _nominal(trigger: Trigger, sentence: Sentence, hidden: frozenset[int]) -> tuple[str, float]:
    noun = trigger.token
    text = _text(sentence, [t for t in _without_case(noun, phrase(noun)) if t.i not in hidden], None)
    if len(text) > MAX_TITLE:
        text = _text(sentence, [t for t in _without_case(noun, _core(noun)) if t.i not in hidden], None)
    while (first := text.split(" ", 1)) and len(first) == 2 and first[0].lower() in _DROPPED_STARTS:
        text = first[1]
    if trigger.bound and len(text) + len(trigger.bound) < MAX_TITLE:
        text = f"{text} {trigger.bound}"
    words = text.split()
    return _finished(text), 0.5 if len(words) >= 3 else 0.3 if len(words) == 2 else 0.1


def _top(clause: Clause) -> Clause:
    """The clause a title starts from: "Israel plans to send troops" for the trigger "send"."""
    for _ in range(3):
        head = clause.head
        if head.dep_ != "xcomp" or not clause.infinitive:
            break
        upper = clause_of(head.head)
        if upper.subject is None or any(o.i < head.i for o in upper.objects):
            break
        clause = upper
    return clause


def _subject(clause: Clause, sentence: Sentence, names: Names, hidden: frozenset[int]) -> tuple[str, float]:
    token = clause.subject
    if token is None:
        return "", 0.1
    if token.lower_ in _PRONOUNS:
        name = names.whole(names.stands_for(sentence.index, token.i))
        return (name, 0.75) if name else ("", 0.05)
    tokens = phrase(token, aside=_is_coordinated_name(token))
    if token.i > clause.head.i or any(t.i == clause.head.i for t in tokens):
        tokens = [
            t for t in tokens if not _is_under(t, clause.head) or clause.head.dep_ not in {"acl", "acl:relcl"}
        ]
    text = _text(sentence, [t for t in _without_case(token, tokens) if t.i not in hidden], names)
    if len(text) > 50:
        text = _text(sentence, [t for t in _without_case(token, _core(token)) if t.i not in hidden], names)
    first = text.split(" ", 1)
    if len(first) == 2 and first[0].lower() in _POSSESSIVES:
        text = first[1]
    named = any(t.pos_ == "PROPN" for t in tokens)
    return text, 0.8 if named else 0.65


def _without_case(head: Token, tokens: Sequence[Token]) -> list[Token]:
    """A phrase without the preposition that governs its head, and what stands before that."""
    outside = [c for c in head.children if c.dep_ in {"case", "mark", "cc", "cc:preconj"} and c.i < head.i]
    outside += [
        c
        for c in head.children
        if c.i < head.i and any(g.dep_ == "case" for g in c.children) and c.dep_ != "nmod:poss"
    ]
    dropped = {t.i for c in outside for t in c.subtree}
    return [t for t in tokens if t.i not in dropped or t == head]


def _verb_group(clause: Clause) -> str:
    head = clause.head
    aux = [c for c in head.children if c.dep_ in {"aux", "aux:pass", "cop"} and c.i < head.i]
    aux = [a for a in aux if a.tag_ == "MD" or a.lemma_ in _AUXILIARIES or len(a) < 4]
    if aux:  # "the next move will be to send troops"
        aux += [c for c in head.children if c.dep_ == "mark" and c.lower_ == "to" and c.i < head.i]
    qualifiers = _qualifiers(head)
    if head.dep_ in {"acl", "advcl", "conj"} and head.tag_ == "VBG" and not aux:
        verb = lexicon().lemma(head)
        told = ["did", verb] if clause.negated else [lexicon().past_form(verb)]
        return _joined([*told[:-1], *(_word(t) for t in qualifiers), told[-1], clause.particle])
    if head.tag_ == "VB" and not aux and clause.infinitive:
        return _joined([*(_word(t) for t in qualifiers), "to", head.lower_, clause.particle])
    noun = [] if head.pos_ == "VERB" else [t for t in _core(head) if t.dep_ not in {"cop", "aux", "mark"}]
    words = sorted({*aux, *qualifiers, *noun, head}, key=lambda t: t.i)
    return _joined([_word(t) for t in words] + [clause.particle])


def _qualifiers(head: Token) -> list[Token]:
    """The words before a verb that deny or hedge it: "not", "no longer", "allegedly". A title without them
    says something else. "Not only" denies nothing."""
    found = []
    for child in head.children:
        if child.i > head.i:
            continue
        if child.lower_ in _QUALIFIERS and child.nbor(1).lower_ != "only":
            found.append(child)
        elif child.lower_ == "longer" and child.i > 0 and child.nbor(-1).lower_ == "no":
            found += [child.nbor(-1), child]
    return found


def _word(token: Token) -> str:
    return {
        "n't": "not",
        "wo": "will",
        "ca": "can",
        "'s": "is",
        "'ve": "have",
        "'re": "are",
        "'d": "had",
    }.get(token.lower_, token.text)


def _complements(clause: Clause) -> list[Token]:
    """What stands after the verb and belongs to its meaning, in order."""
    head = clause.head
    found: list[Token] = []
    for child in head.children:
        if child.i < head.i or child.dep_ == "compound:prt":
            continue
        wanted = child.dep_ in _COMPLEMENTS or child.dep_.startswith("obl")
        if child.dep_ == "advmod" and child.lower_ not in _KEPT_ADVERBS:
            wanted = False
        if any(c.lower_ in _ATTRIBUTION for c in child.children):
            wanted = False
        if child.dep_.startswith("obl") and (child.pos_ == "PRON" or child.lemma_ in _TIME_NOUNS):
            wanted = False
        if child.dep_ == "ccomp" and not found:
            wanted = True
        if child.dep_ == "advcl" and not found and child.tag_ == "VB" and clause_of(child).infinitive:
            wanted = True  # "endeavoured to broker a deal"
        if wanted and not _is_apart(child):
            found.append(child)
    return found


def _is_apart(child: Token) -> bool:
    """True if a comma or dash stands before a complement: it is an aside."""
    left = child.left_edge.i - 1
    return left >= child.sent.start and child.doc[left].text in {",", "--", "—", "–", "-", ":"}


def _core(head: Token) -> list[Token]:
    """A phrase cut to the bone: its head with what stands before it and one complement with "of"."""
    keep = {"det", "amod", "compound", "nummod", "nmod:poss", "case", "flat", "nmod:desc", "mark", "advmod"}
    found = [head]
    for child in head.children:
        if child.dep_ in keep and (child.i < head.i or child.dep_ == "flat"):
            found += phrase(child)
        elif child.dep_ == "nmod" and any(c.lower_ == "of" for c in child.children):
            found += _core(child)
        elif child.dep_ == "punct" and child.text == "-":
            found.append(child)
    return sorted(set(found), key=lambda t: t.i)


def _is_coordinated_name(head: Token) -> bool:
    conjuncts = [c for c in head.children if c.dep_ == "conj"]
    return (
        bool(conjuncts)
        and all(c.pos_ in {"PROPN", "NOUN"} for c in conjuncts)
        and not any(c.dep_ in {"acl:relcl", "appos", "parataxis"} for c in head.children)
    )


def _is_under(token: Token, head: Token) -> bool:
    return token == head or head in token.ancestors


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


def _text(sentence: Sentence, tokens: Iterable[Token], names: Names | None) -> str:
    """Tokens as text, with the article's own spacing where they stand together."""
    out = ""
    last: Token | None = None
    for token in tokens:
        word = token.text if sentence.block.kind is not Kind.PARAGRAPH else sentence.place(token).text
        if names is not None and token.lower_ in _PRONOUNS:
            word = names.whole(names.stands_for(sentence.index, token.i)) or word
        if last is not None:
            together = token.i == last.i + 1 and sentence.place(last).end == sentence.place(token).start
            out += "" if together or token.tag_ == "POS" or word in {",", "."} else " "
        out += word
        last = token
    return out.strip()


def _joined(parts: Iterable[str]) -> str:
    return " ".join(p for p in parts if p)


def _finished(text: str) -> str:
    """Balanced, trimmed and with a capital."""
    text = re.sub(r"\s+", " ", text).strip(" ,;:.–—-")
    for left, right in (("“", "”"), ("(", ")"), ("[", "]")):
        if text.count(left) != text.count(right):
            text = text.replace(left, "").replace(right, "")
    if text.count('"') % 2:
        text = text.replace('"', "")
    text = re.sub(r"\s+([,.])", r"\1", re.sub(r"\s+", " ", text)).strip(" ,;:")
    if len(text) > MAX_TITLE:
        text = text[: MAX_TITLE - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
    return text[:1].upper() + text[1:]
