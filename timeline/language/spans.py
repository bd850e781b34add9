"""Where a name starts and ends: repairs of the model's spans, and names it missed.

Each repair is named and takes the names of one document to better ones; they run in order, before the types
are set (see `entities`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from timeline.language.gazetteer import LOC, ORG, PERSON, bare, gazetteer

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Words

Names = list["Words"]
Known = Mapping[str, str]
"""Names of the article, as far as they are sure -> type."""

#: Marks a name never ends with; a full stop may belong to "Inc.".
_TRAILING: Final = frozenset({"'", '"', ",", ";", ":", "(", ")", "]", "-", "''", "’", "”"})
_SUFFIXES: Final = frozenset("Inc Inc. Corp Corp. Ltd Ltd. LLC Co. plc PLC AG GmbH S.A.".split())
#: Little words inside names of people.
_PARTICLES: Final = frozenset("al el bin ibn ben abu de da del di van von la le el- al-".split())


def it_ends_with_a_word(names: Names, _: Known) -> Iterator[Words]:
    """ "the Washington area": the name is Washington; and no name ends with a quotation mark."""
    for name in names:
        end = name.end
        while end > name.start + 1 and _is_outside(name.doc[end - 1], name.label_):
            end -= 1
        yield name if end == name.end else _span(name.doc, name.start, end, name.label_)


def the_firm_has_its_suffix(names: Names, _: Known) -> Iterator[Words]:
    """ "Google, Inc.", "Brandt Ltd."."""
    for name in names:
        doc, end = name.doc, name.end
        at = end + 1 if end < len(doc) and doc[end].text == "," else end
        if at < len(doc) and doc[at].text in _SUFFIXES and name.label_ != PERSON:
            yield _span(doc, name.start, at + 1, ORG)
        else:
            yield name


def a_person_has_all_names(names: Names, _: Known) -> Iterator[Words]:
    """ "Ryan" of "Ryan Reynolds", "Muqtada" of "Muqtada al-Sadr": the capitals next to a person's name are of
    it, unless they are a title or of another name."""
    taken = {token.i for name in names for token in name}
    for name in names:
        if name.label_ != PERSON:
            yield name
            continue
        doc, start, end = name.doc, name.start, name.end
        while end < len(doc) and end not in taken and doc[end].tag_ == "NNP" and _is_plain(doc[end]):
            end += 1
        joined = end + 2 < len(doc) and doc[end].lower_ in _PARTICLES and doc[end + 1].text == "-"
        if joined and doc[end + 2].text[:1].isupper() and end + 2 not in taken:
            end += 3
        while start > 0 and start - 1 not in taken and _is_first_name(doc[start - 1], name):
            start -= 1
        yield name if (start, end) == (name.start, name.end) else _span(doc, start, end, PERSON)


def _missed(doc: Doc, names: Names, known: Known) -> Iterator[Words]:
    taken = {token.i for name in names for token in name}
    start = 0
    while start < len(doc):
        end = start
        while end < len(doc) and end not in taken and doc[end].tag_ in {"NNP", "NNPS"}:
            end += 1
        if end > start:
            text = doc[start:end].text
            kind = gazetteer().types.get(text) or known.get(text)
            kind = kind or (PERSON if _is_full_name(doc[start:end]) else "")
            if kind and not _is_attached(doc, start, end):
                yield _span(doc, start, end, kind)
        start = max(end, start + 1)


STEPS: Final[tuple[Callable[[Names, Known], Iterator[Words]], ...]] = (
    it_ends_with_a_word,
    the_firm_has_its_suffix,
    a_person_has_all_names,
)


def mend_spans(doc: Doc, known: Known) -> None:
    """The names of a document, better cut, and those that were missed."""
    names: Names = list(doc.ents)
    for step in STEPS:
        names = list(step(names, known))
    names += list(_missed(doc, names, known))
    doc.set_ents(_apart(names), default="outside")


def sure_names(docs: Sequence[Doc]) -> dict[str, str]:
    """Names of more than one letter, by the type one article gives them most, and the last names of its
    people."""
    seen: dict[str, list[str]] = {}
    for doc in docs:
        for name in doc.ents:
            seen.setdefault(bare(name), []).append(name.label_)
            if name.label_ == PERSON and 2 <= len(name) <= 4:
                seen.setdefault(name[-1].text, []).append(PERSON)
    return {
        name: max(sorted(set(kinds)), key=kinds.count)
        for name, kinds in seen.items()
        if name[:1].isupper() and len(name) > 1
    }


def _apart(names: Names) -> Names:
    """No two names share a word: the longer one stays."""
    kept: Names = []
    taken: set[int] = set()
    for name in sorted(names, key=lambda n: (n.start - n.end, n.start)):
        if not taken & set(range(name.start, name.end)):
            kept.append(name)
            taken |= set(range(name.start, name.end))
    return sorted(kept, key=lambda n: n.start)


def _span(doc: Doc, start: int, end: int, label: str) -> Words:
    from spacy.tokens import Span

    return Span(doc, start, end, label=label)


def _is_outside(token: Token, kind: str) -> bool:
    if token.text in _TRAILING:
        return True
    common = token.tag_ in {"NN", "NNS"} and token.text.islower() and token.is_alpha
    return common and kind == LOC


def _is_plain(token: Token) -> bool:
    lists = gazetteer()
    return (
        token.text[:1].isupper()
        and token.text.replace("-", "").replace("'", "").isalpha()
        and not token.text.isupper()
        and token.text not in lists.titles | lists.nationalities | lists.body_words | lists.place_words
        and token.text not in lists.types
        and token.text not in lists.calendar
    )


def _is_full_name(words: Words) -> bool:
    """True for two or three capitals right behind what somebody is: "glaciologist Amina Jallow"."""
    if not 2 <= len(words) <= 3 or words.start == 0:
        return False
    before = words.doc[words.start - 1]
    told = before.text in gazetteer().titles or before.lower_ in gazetteer().kinds_of_person
    return told and all(t.is_alpha and _is_plain(t) and len(t) > 1 for t in words)


def _is_first_name(token: Token, name: Words) -> bool:
    return len(name) == 1 and token.tag_ == "NNP" and _is_plain(token) and token.is_alpha


def _is_attached(doc: Doc, start: int, end: int) -> bool:
    """True for a word joined to others by a hyphen, "US-led", "Google-Mozilla"."""
    before = start > 0 and doc[start - 1].text in {"-", "/", "@", "#"}
    return before or (end < len(doc) and doc[end].text in {"-", "/"})
