"""Trees with ClearNLP labels, `en_core_web_*`'s, as Universal Dependencies.

The two differ in more than names: ClearNLP makes prepositions and copulas heads, chains conjuncts, and hangs
a conjunction on what stands before it. Everything above reads Universal Dependencies, so a tree is turned
once, right after parsing. Each turn below is one such difference; `as_ud` makes them in order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

#: Labels that differ in name alone.
_RENAMED: Final = {
    "acomp": "xcomp",
    "attr": "xcomp",
    "auxpass": "aux:pass",
    "csubjpass": "csubj:pass",
    "dative": "iobj",
    "dobj": "obj",
    "intj": "discourse",
    "meta": "dep",
    "neg": "advmod",
    "nsubjpass": "nsubj:pass",
    "oprd": "xcomp",
    "pcomp": "advcl",
    "poss": "nmod:poss",
    "preconj": "cc:preconj",
    "predet": "det:predet",
    "prep": "advmod",
    "prt": "compound:prt",
    "quantmod": "advmod",
    "relcl": "acl:relcl",
}
#: OntoNotes' types of names as ours; what is not here (dates, amounts, nationalities) is no name of an actor.
_NAMES: Final = {"PERSON": "PERSON", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}
_PREDICATES: Final = frozenset({"VERB", "AUX", "ADJ", "ADV"})


@dataclass(eq=False, slots=True)
class _Node:
    token: Token
    dep: str
    pos: str
    head: _Node | None = None
    children: list[_Node] = field(default_factory=list)

    @property
    def i(self) -> int:
        return self.token.i

    def hang(self, head: _Node | None, dep: str) -> None:
        """Move below `head`."""
        if self.head is not None:
            self.head.children.remove(self)
        self.head, self.dep = head, dep
        if head is not None:
            head.children.append(self)
            head.children.sort(key=lambda n: n.i)

    def child(self, *deps: str) -> _Node | None:
        return next((c for c in self.children if c.dep in deps), None)


def speaks_clearnlp(labels: Iterable[str]) -> bool:
    """True if a parser's labels are ClearNLP's.

    >>> speaks_clearnlp(("nsubj", "nsubjpass")), speaks_clearnlp(("nsubj", "nsubj:pass"))
    (True, False)
    """
    return "nsubjpass" in set(labels)


def as_ud(doc: Doc) -> Doc:
    """The same words with a tree of Universal Dependencies, and names of our three types."""
    from spacy.tokens import Doc, Span

    nodes = [_Node(t, t.dep_, t.pos_) for t in doc]
    for node in nodes:
        if node.token.head != node.token:
            node.head = nodes[node.token.head.i]
            node.head.children.append(node)
    for turn in TURNS:
        for node in nodes:
            turn(node)
    turned = Doc(
        doc.vocab,
        words=[t.text for t in doc],
        spaces=[bool(t.whitespace_) for t in doc],
        tags=[t.tag_ for t in doc],
        pos=[n.pos for n in nodes],
        morphs=[str(t.morph) for t in doc],
        lemmas=[t.lemma_ for t in doc],
        heads=[n.head.i if n.head else n.i for n in nodes],
        deps=[n.dep if n.head else "ROOT" for n in nodes],
    )
    turned.ents = tuple(
        Span(turned, e.start, e.end, label=_NAMES[e.label_]) for e in doc.ents if e.label_ in _NAMES
    )
    return turned


def conjunctions_hang_on_what_follows(node: _Node) -> None:
    """ "tea and juice": ClearNLP hangs "and" on "tea", UD on "juice"."""
    if node.dep == "cc" and node.head is not None:
        after = next((c for c in node.head.children if c.dep == "conj" and c.i > node.i), None)
        if after is not None:
            node.hang(after, "cc")


def conjuncts_hang_on_the_first(node: _Node) -> None:
    """ "tea, milk and juice": ClearNLP hangs "juice" on "milk", UD on "tea"."""
    if node.dep == "conj":
        first = node.head
        while first is not None and first.dep == "conj":
            first = first.head
        if first is not None and first is not node.head:
            node.hang(first, "conj")


def there_is_its_subject(node: _Node) -> None:
    """ "There were talks": the talks are the subject of a full verb."""
    told = node.child("attr")
    if told is not None and node.child("expl") is not None:
        told.dep, node.pos = "nsubj", "VERB"


def prepositions_mark_their_nouns(node: _Node) -> None:
    """ "met in Oslo": ClearNLP hangs "Oslo" on "in" and "in" on the verb; "by" of a passive is `agent`."""
    if node.dep not in {"prep", "agent", "dative"} or node.head is None:
        return
    noun, inner = node.child("pobj"), node.child("prep")
    marks = [node]
    if noun is None and inner is not None:  # "out of the city"
        noun, marks = inner.child("pobj"), [node, inner]
    clause = node.child("pcomp")
    above = node.head
    if noun is not None:
        nominal = above.pos not in _PREDICATES
        noun.hang(above, "obl:agent" if node.dep == "agent" else "nmod" if nominal else "obl")
        for mark in marks:
            mark.hang(noun, "case")
        _hand_over(marks, noun)
    elif clause is not None:  # "after meeting the king"
        clause.hang(above, "acl" if above.pos not in _PREDICATES else "advcl")
        node.hang(clause, "mark")
        _hand_over(marks, clause)


def copulas_hang_on_what_is_said(node: _Node) -> None:
    """ "It was a raid", "The road is open", "He is in Oslo": the raid is the predicate, "was" its copula."""
    if node.token.lemma_ != "be" or node.dep in {"aux", "auxpass", "aux:pass", "cop"}:
        return
    said = node.child("attr", "acomp", "oprd")
    if said is None and node.child("nsubj") is not None:
        said = next((c for c in node.children if c.dep == "obl" and c.i > node.i), None)
    if said is None or node.child("expl") is not None:
        return
    above, dep = node.head, node.dep
    said.hang(above, dep)
    for child in list(node.children):
        child.hang(said, child.dep)
    node.hang(said, "cop")
    node.pos = "AUX"


def bare_times_are_obliques(node: _Node) -> None:
    """ "They met Monday": a noun phrase used as an adverb."""
    if node.dep == "npadvmod" and node.head is not None:
        node.dep = "obl:unmarked" if node.head.pos in _PREDICATES else "nmod:unmarked"


def names_of_people_are_flat(node: _Node) -> None:
    """ "Antony Blinken": UD's head is the first name, all others hang flat on it."""
    if node.token.ent_type_ != "PERSON" or node.pos != "PROPN":
        return
    before = [
        c for c in node.children if c.dep == "compound" and c.token.ent_type_ == "PERSON" and c.i < node.i
    ]
    if not before:
        return
    first = before[0]
    first.hang(node.head, node.dep)
    for child in list(node.children):
        child.hang(first, "flat" if child in before else child.dep)
    node.hang(first, "flat")


def other_labels_have_other_names(node: _Node) -> None:
    """ "nsubjpass" is "nsubj:pass"; the "to" of an infinitive marks it and is no auxiliary."""
    infinitive = node.dep == "aux" and node.token.tag_ == "TO"
    node.dep = "mark" if infinitive else _RENAMED.get(node.dep, node.dep)


TURNS: Final[tuple[Callable[[_Node], None], ...]] = (
    conjunctions_hang_on_what_follows,
    conjuncts_hang_on_the_first,
    there_is_its_subject,
    prepositions_mark_their_nouns,
    copulas_hang_on_what_is_said,
    bare_times_are_obliques,
    names_of_people_are_flat,
    other_labels_have_other_names,
)


def _hand_over(marks: list[_Node], to: _Node) -> None:
    """What still hangs on a preposition goes to its noun."""
    for mark in marks:
        for child in list(mark.children):
            child.hang(to, child.dep)
