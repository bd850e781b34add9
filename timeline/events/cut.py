"""A clause or a phrase cut to the length of a title: which words stay, which never do, which go first.

Words keep the article's order; only what hangs on others is taken away, with all that hangs on it in turn:
asides, time clauses, and then, as far as the line is too long, relative clauses, conditions, circumstances.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from timeline.language import is_predicate

if TYPE_CHECKING:
    from spacy.tokens import Token

#: Ranks of what may go, highest first. Nothing else in a phrase can be missed.
_CLAUSE_OF_A_NOUN: Final = 9
_CONDITION: Final = 8
_CIRCUMSTANCE: Final = 7
_PARTICIPLE: Final = 6
_PLACE_OF_A_NOUN: Final = 5
_COORDINATED: Final = 4
_COMPLEMENT: Final = 3
_NEVER: Final = 99

_ASIDE: Final = frozenset({"parataxis", "discourse", "vocative", "dep", "list", "dislocated", "cc:preconj"})
_NOUNS: Final = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET"})
_BREAKS: Final = frozenset({",", "--", "—", "–", "-", ":", ";", "("})
_HYPHENS: Final = frozenset({"-", "–", "/"})
#: Markers of a clause without which the clause above it says something else.
_CONDITIONS: Final = frozenset("if unless until because than lest so provided except without".split())
_CIRCUMSTANCES: Final = frozenset(
    "after before during amid since until despite while following because".split()
)
#: Prepositions of what turns the rest round: "no way without".
_EXCEPT: Final = frozenset({"without", "except", "unless", "but"})
_TIME_NOUNS: Final = frozenset(
    "day week month year hour minute moment time night morning afternoon evening".split()
)
#: Adverbs of a verb without which it says something else; others go.
_ADVERBS: Final = frozenset(
    "not n't never neither nor back out up down away together off over ahead on forward apart aside in"
    " only how why where there here abroad reportedly allegedly supposedly purportedly apparently almost"
    " nearly barely hardly partly".split()
)
#: Adverbs behind a verb that can be missed.
_PASSING: Final = frozenset(
    "also still again too now then soon later ever yet already today instead well however therefore"
    " meanwhile earlier recently once thus".split()
)


@dataclass(eq=False)
class Cut:
    """The words of a phrase or clause, and what of them may go."""

    must: Collection[int]
    """Numbers of tokens that stay, and all that is above them."""
    hidden: Collection[int]
    """Numbers of tokens that are time words."""
    kept: dict[int, Token] = field(default_factory=dict)
    optional: list[tuple[float, int, list[Token]]] = field(default_factory=list)
    """(rank, number of the first token, heads of what goes together)."""

    def take(self, token: Token, children: Sequence[Token] | None = None, above: float = 0.0) -> None:
        """Takes a token and what hangs on it; only `children`, if they are given: it is the head of all.
        What hangs on something that may go itself (at rank `above`) goes before it."""
        self.kept[token.i] = token
        coordinated = []
        for child in token.children if children is None else children:
            rank = self._rank(token, child)
            if children is not None and rank and child.dep_ == "conj":
                rank = _NEVER
            elif rank == _COMPLEMENT and above:
                # "as part of a deal", "until they agree to talks" go as a whole
                rank = _PARTICIPLE if child.dep_.startswith("acl") else 0
            if any(t.i in self.must for t in child.subtree):
                rank = 0
            if rank == _NEVER:
                continue
            below = max(float(rank), above + 0.01) if rank else above
            if child.dep_ == "conj" and rank:
                coordinated.append(child)
            elif rank:
                self.optional.append((below, child.i, [child]))
            self.take(child, above=below)
        if coordinated:  # "women, children and men": all of them or only the first
            self.optional.append((max(_COORDINATED, above + 0.01), coordinated[0].i, coordinated))

    def fitted(self, fits: Callable[[list[Token]], bool]) -> tuple[list[Token], float]:
        """The words that fit, in order, and what was lost with the others: 0 for nothing."""
        kept = dict(self.kept)
        gone: list[tuple[float, list[Token], list[Token]]] = []
        for rank, _, heads in sorted(self.optional, key=lambda o: (-o[0], -o[1])):
            if fits(_ordered(kept)):
                break
            below = [t for head in heads for t in head.subtree if t.i in kept]
            if below:
                gone.append((rank, heads, below))
                for token in below:
                    del kept[token.i]
        loss = 0.0
        for rank, heads, below in reversed(gone):  # what is short may fit after all
            again = kept | {t.i: t for t in below}
            if all(h.head.i in kept for h in heads) and fits(_ordered(again)):
                kept = again
            else:
                loss += (10 - rank) / 10
        return _ordered(kept), loss

    def _rank(self, token: Token, child: Token) -> int:
        """When `child` of `token` goes: 0 for not at all, `_NEVER` for at once."""
        if child.i in self.hidden:
            return _NEVER
        if _is_joined(child):
            return 0
        dep = child.dep_
        if dep in _ASIDE:
            return _NEVER
        if dep == "punct":
            return self._punctuation(token, child)
        if dep == "cc":
            return 0 if token.dep_ == "conj" else _NEVER
        apart = child.i > token.i and (_is_apart(child) or _follows_aside(token, child))
        if dep == "appos":
            return _NEVER if apart or child.i < token.i else 0
        if dep == "conj":
            return _conjunct(token, child)
        if dep in {"xcomp", "ccomp"} and child.i > token.i:
            return _complement_clause(token, child)
        if dep == "advmod" and apart:
            return _NEVER
        if dep == "advmod":
            return _adverb(token, child)
        if dep == "advcl":
            return _adverbial_clause(token, child, apart=apart)
        if dep.startswith("acl"):
            return _clause_of_a_noun(token, child, apart=apart)
        if dep.startswith("obl"):
            return _oblique(token, child, apart=apart)
        if dep.startswith("nmod") and dep not in {"nmod:poss", "nmod:desc"}:
            if apart:
                return _NEVER
            if _case(child) in _EXCEPT:
                return 0
            return _COMPLEMENT if _case(child) == "of" else _PLACE_OF_A_NOUN
        return _NEVER if apart and dep in {"amod", "nummod"} else 0  # "Issa, second in command, ..."

    def _punctuation(self, token: Token, child: Token) -> int:
        if child.text in _HYPHENS and not child.whitespace_:
            return 0
        if child.text == "," and token.dep_ == "conj" and child.i < token.i and token.pos_ in _NOUNS:
            return 0
        return _NEVER


def _ordered(kept: dict[int, Token]) -> list[Token]:
    return [kept[i] for i in sorted(kept)]


def _is_apart(child: Token) -> bool:
    """True if a comma, a dash or a bracket stands before it: it is an aside."""
    left = child.left_edge
    return left.text in _BREAKS or (left.i > child.sent.start and left.nbor(-1).text in _BREAKS)


def _is_joined(child: Token) -> bool:
    """True for the "41-year-" of "a 41-year-old man"."""
    last = child.right_edge
    return last != child and last.text in _HYPHENS and not last.whitespace_ and last.i < child.head.i


def _follows_aside(token: Token, child: Token) -> bool:
    """True for what stands behind an aside: "Roe, head of the bank, who retired"."""
    return child.dep_.startswith(("appos", "acl")) and any(
        c.dep_ == "appos" and token.i < c.i < child.i and _is_apart(c) for c in token.children
    )


def _case(token: Token) -> str:
    return " ".join(c.lower_ for c in token.children if c.dep_ in {"case", "fixed"} and c.i < token.i)


def _marks(token: Token) -> set[str]:
    return {c.lower_ for c in token.children if c.dep_ in {"mark", "case", "advmod"} and c.i < token.i}


def _conjunct(token: Token, child: Token) -> int:
    below = list(child.subtree)
    if is_predicate(child) and child.pos_ == "VERB":
        together = child.tag_ == token.tag_ and token.tag_ in {"VB", "VBG"} and token.dep_ != "ROOT"
        return _CLAUSE_OF_A_NOUN if together else _NEVER
    if token.pos_ in _NOUNS and child.pos_ in _NOUNS and len(below) > 12:
        return _NEVER
    if any(t.dep_ in {"acl:relcl", "advcl", "parataxis"} for t in below):
        return _NEVER
    if _case(token) == "between" or token.dep_.startswith("nsubj"):
        return 0  # a verb agrees with all of its subjects
    return _COORDINATED


def _complement_clause(token: Token, child: Token) -> int:
    """A verb has one such clause; a second, or one that is finite and has a doer of its own where none can
    be, is a slip of the parser."""
    if child.dep_ == "ccomp":
        marked = any(c.dep_ == "mark" for c in child.children)
        if token.pos_ not in {"VERB", "AUX"} and not marked and _starts_with_pronoun(child):
            return _NEVER
        return _NEVER if any(c.dep_ == "ccomp" and token.i < c.i < child.i for c in token.children) else 0
    return (
        _NEVER if child.tag_ in {"VBD", "VBZ", "VBP"} and child.left_edge.i <= token.i + 1 == child.i else 0
    )


def _starts_with_pronoun(clause: Token) -> bool:
    """True for "officials it didn't name", hung elsewhere by a slip of the parser."""
    return clause.left_edge.pos_ == "PRON"


def _adverb(token: Token, child: Token) -> int:
    if child.lower_ in _ADVERBS or child.tag_ == "WRB":
        return 0
    if child.lower_ == "longer" or (child.lower_ == "no" and child.nbor(1).lower_ == "longer"):
        return 0
    if not is_predicate(token) or (token.pos_ == "ADJ" and child.i < token.i):
        return 0
    plain = child.i == token.i + 1 and not child.text.endswith("ly") and child.lower_ not in _PASSING
    return 0 if plain else _NEVER  # "fell short", "turned sour"


def _adverbial_clause(token: Token, child: Token, *, apart: bool) -> int:
    marks = _marks(child)
    if child.i < token.i:
        return _NEVER
    if marks & _CONDITIONS:
        return _NEVER if apart and "if" not in marks else _PLACE_OF_A_NOUN
    if apart:
        return _NEVER
    if "to" in marks:
        return _CIRCUMSTANCE
    if child.tag_ == "VBG" and marks & {"of", "on", "from", "for", "against", "about", "into"}:
        return _COMPLEMENT
    if child.tag_ == "VBG" and marks & {"by", "in", "without"}:
        return _CIRCUMSTANCE
    if child.tag_ in {"VBG", "VBN"} and not marks:
        return _CIRCUMSTANCE
    return _NEVER


def _clause_of_a_noun(token: Token, child: Token, *, apart: bool) -> int:
    if apart:
        return _NEVER
    if token.pos_ in {"PRON", "DET"} or token.lower_ in {"those", "one"}:
        return 0  # "those who fled"
    if child.tag_ in {"VBD", "VBZ", "VBP"} and _marks(child) & _CIRCUMSTANCES:
        return _NEVER  # "his tour since the war began"
    if child.dep_ == "acl:relcl":
        return _CLAUSE_OF_A_NOUN
    needed = "of" in _marks(child) or any(c.tag_ == "TO" for c in child.children)
    return _COMPLEMENT if needed else _PARTICIPLE  # "the right to vote", "the people trapped there"


def _oblique(token: Token, child: Token, *, apart: bool) -> int:
    if apart or any(c.lower_ == "according" for c in child.children):
        return _NEVER
    if child.tag_ in {"WDT", "WP", "WRB"}:
        return 0
    if child.lemma_ in _TIME_NOUNS or child.i < token.i:
        return _NEVER
    if child.dep_ == "obl:agent":
        return _COMPLEMENT
    case = _case(child)
    if case in _EXCEPT:
        return 0
    if case.split(" ")[0] in _CIRCUMSTANCES:
        return _CONDITION
    first = not any(
        token.i < c.i < child.i and c.dep_ in {"obj", "obl", "xcomp", "ccomp"} for c in token.children
    )
    return _COMPLEMENT if first else _PLACE_OF_A_NOUN
