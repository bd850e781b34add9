"""Grammatical rewrites of treebank sentences into shapes that news has and treebanks hardly have.

Each rewrite takes a sentence as nodes and says whether it could be made; what it moves or adds is grammatical
and its tree is known, so that the parser learns the shape from right trees. None has words of its own but
dates, quotation and dashes; what else they insert stood in another sentence of the treebank.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Final

from timeline.language.train.trees import Tree, Word

_DAYS: Final = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS: Final = (
    "January February March April May June July August September October November December".split()
)
_SHORT: Final = "Jan. Feb. March April May June July Aug. Sept. Oct. Nov. Dec.".split()
_SUBJECTS: Final = frozenset({"nsubj", "nsubj:pass"})
_SAYING: Final = frozenset("say tell add write announce warn argue explain note claim report insist".split())
_NOMINAL: Final = frozenset({"NOUN", "PROPN"})
#: Never moved or given anything inside: what it would break is not seen by the eye of a rewrite.
_LOOSE: Final = frozenset({"parataxis", "reparandum", "dislocated", "list", "orphan", "vocative", "dep"})


@dataclass(eq=False, slots=True)
class Node:
    """A word that knows its head as an object, so that words can be moved before they are numbered again."""

    word: Word
    head: Node | None

    @property
    def dep(self) -> str:
        """Relation to the head."""
        return self.word.deprel


Nodes = list[Node]


@dataclass(frozen=True)
class Borrowed:
    """Phrases of the treebank that may be put into other sentences."""

    asides: Sequence[Tree]
    """Appositions, without their commas."""


def nodes_of(tree: Tree) -> Nodes:
    """A tree as nodes, in order."""
    nodes = [Node(word, None) for word in tree]
    for node in nodes:
        node.head = nodes[node.word.head - 1] if node.word.head else None
    return nodes


def tree_of(nodes: Nodes) -> Tree:
    """Nodes in their order as a tree, numbered again, names dropped."""
    number = {id(node): n for n, node in enumerate(nodes, 1)}
    return tuple(
        replace(node.word, head=number[id(node.head)] if node.head else 0, name="") for node in nodes
    )


def borrowed(trees: Sequence[Tree]) -> Borrowed:
    """Appositions between commas that hold no verb: "Ann Lee, a member of the board, said ..."."""
    asides = []
    for tree in trees:
        nodes = nodes_of(tree)
        for node in nodes:
            if node.dep == "appos" and node.word.upos in _NOMINAL:
                phrase = [n for n in below(node, nodes) if n.dep != "punct" or n.head is not node]
                inside = {n.word.upos for n in phrase}
                if 2 <= len(phrase) <= 9 and not inside & {"VERB", "AUX", "PUNCT", "SYM", "X"}:
                    kept, node.head = node.head, None
                    asides.append(tree_of(phrase))
                    node.head = kept
    return Borrowed(asides)


# Each rewrite by its name; the first line of the docstring is a sentence that it makes.


def date_first(nodes: Nodes, random: Random, _: Borrowed) -> bool:
    """ "On Thursday the board met": a date at the front, with and without a comma."""
    verb, subject = _main(nodes)
    if verb is None or subject is None or nodes.index(_left(subject, nodes)) != 0:
        return False
    _uncapital(nodes[0])
    date = _date(random, verb, bare=random.random() < 0.25)
    if random.random() < 0.5:
        date[-1].word = replace(date[-1].word, space=False)
        date.append(Node(_word(",", "PUNCT", ",", "punct"), verb))
    _capital(date[0])
    nodes[:0] = date
    return True


def date_before_verb(nodes: Nodes, random: Random, _: Borrowed) -> bool:
    """ "The board on Thursday met": a date between subject and verb."""
    verb, subject = _main(nodes)
    if verb is None or subject is None or subject.word.upos == "PRON":
        return False
    end = nodes.index(_right(subject, nodes)) + 1
    if end >= len(nodes) or not (nodes[end] is verb or nodes[end].dep in {"aux", "aux:pass"}):
        return False
    nodes[end:end] = _date(random, verb, bare=random.random() < 0.3)
    return True


def date_after_verb(nodes: Nodes, random: Random, _: Borrowed) -> bool:
    """ "The board said Thursday that ...", "The board held talks Thursday with ..."."""
    verb, subject = _main(nodes)
    if verb is None or subject is None:
        return False
    objects = [n for n in nodes if n.head is verb and n.dep == "obj" and nodes.index(n) > nodes.index(verb)]
    if objects and len(below(objects[0], nodes)) > 5:
        return False
    at = nodes.index(_right(objects[0], nodes) if objects else verb) + 1
    if at >= len(nodes) or nodes[at].dep in {"compound:prt", "fixed", "iobj", "obj", "xcomp", "advmod"}:
        return False
    if nodes[at - 1].word.space is False and nodes[at].word.upos != "PUNCT":
        return False  # "didn't"
    _put(nodes, at, _date(random, verb, bare=random.random() < 0.7))
    return True


def date_last(nodes: Nodes, random: Random, _: Borrowed) -> bool:
    """ "The board met in the capital on Thursday."."""
    verb, subject = _main(nodes)
    if verb is None or subject is None or nodes[-1].word.form != "." or len(nodes) < 4:
        return False
    last = nodes[-2]
    if any(n.word.upos in {"VERB", "AUX"} for n in nodes[nodes.index(verb) + 1 :]) or last.dep in _LOOSE:
        return False
    _put(nodes, len(nodes) - 1, _date(random, verb, bare=random.random() < 0.5))
    return True


def date_in_reduced_clause(nodes: Nodes, random: Random, _: Borrowed) -> bool:
    """ "The hostages taken on Oct. 7 have returned": a date inside a participle or relative clause."""
    for node in nodes:
        if node.dep in {"acl", "acl:relcl"} and node.word.xpos in {"VBN", "VBD", "VBG"}:
            phrase = below(node, nodes)
            at = nodes.index(_right(node, nodes)) + 1
            if len(phrase) <= 8 and at < len(nodes) and not _is_mark(nodes[at - 1]):
                _put(nodes, at, _date(random, node, bare=random.random() < 0.35))
                return True
    return False


def date_before_noun(nodes: Nodes, random: Random, _: Borrowed) -> bool:
    """ "the October 7 attack", "Monday's attack": a date that belongs to a noun."""
    for node in nodes:
        det = next((n for n in nodes if n.head is node and n.dep == "det"), None)
        if node.word.upos != "NOUN" or det is None or det.word.form.lower() not in {"the", "an", "a"}:
            continue
        if any(n.head is node and n.dep in {"nummod", "nmod:poss"} for n in nodes):
            continue
        at = nodes.index(det) + 1
        if random.random() < 0.5:
            month, number = _month_and_day(random, node, "compound")
            nodes[at:at] = [month, number]
            det.word = replace(det.word, form="The" if at == 1 else "the", lemma="the")
        else:
            day = Node(_name(random.choice(_DAYS), "nmod:poss"), node)
            day.word = replace(day.word, space=False)
            nodes[at - 1 : at] = [day, Node(_word("'s", "PART", "POS", "case"), day)]
        return True
    return False


def speech_last(whole: Nodes, random: Random, _: Borrowed) -> bool:
    """ "The road is closed, said Ann Lee, a spokeswoman.", "The road is closed, she said."."""
    nodes = whole
    verb, subject = _main(nodes)
    if verb is None or subject is None or verb.word.lemma not in _SAYING or verb.head is not None:
        return False
    speech = next((n for n in nodes if n.head is verb and n.dep == "ccomp"), None)
    if speech is None or nodes.index(speech) < nodes.index(verb):
        return False
    nodes = [n for n in nodes if n.word.xpos not in {"``", "''"}]
    said = below(speech, nodes)
    while said[0].dep == "punct":
        said.pop(0)
    rest = [n for n in nodes if n not in said and not (n.dep == "punct" and n.head is speech)]
    if rest != [*below(subject, nodes), verb, *(n for n in rest if n.dep == "punct" and n.head is verb)]:
        return False
    said = [n for n in said if not (n.dep == "mark" and n.word.form == "that") and not _is_end(n)]
    end = [n for n in rest if n.word.form == "."]
    if len(said) < 4 or len(end) != 1 or any(n.head is not verb for n in end):
        return False
    speaker = below(subject, nodes)
    if speaker[-1].word.upos == "PUNCT":
        return False
    quoted = random.random() < 0.6
    _uncapital(speaker[0])
    _capital(said[0])
    said[-1].word = replace(said[-1].word, space=False)
    comma = Node(_word(",", "PUNCT", ",", "punct"), verb)
    inverted = subject.word.upos != "PRON" and random.random() < 0.6
    tail = [verb, *speaker] if inverted else [*speaker, verb]
    for node in tail:
        node.word = replace(node.word, space=True)
    tail[-1].word = replace(tail[-1].word, space=False)
    if quoted:
        comma.word = replace(comma.word, space=False)
        said = [_quote("``", speech, space=False), *said, comma, _quote("''", speech)]
    else:
        said.append(comma)
    whole[:] = [*said, *tail, *end]
    return True


def phrase_first(nodes: Nodes, random: Random, _: Borrowed) -> bool:
    """ "In a post to the network, the minister urged ...": a prepositional phrase moved to the front."""
    verb, subject = _main(nodes)
    if verb is None or subject is None or nodes.index(_left(subject, nodes)) != 0:
        return False
    moved = _movable(nodes, verb)
    if moved is None:
        return False
    _take_out(nodes, moved)
    _uncapital(nodes[0])
    _capital(moved[0])
    comma = Node(_word(",", "PUNCT", ",", "punct"), verb)
    moved[-1].word = replace(moved[-1].word, space=random.random() < 0.15)
    nodes[:0] = moved if moved[-1].word.space else [*moved, comma]
    return True


def phrase_after_subject(nodes: Nodes, random: Random, _: Borrowed) -> bool:
    """ "The minister, in a post to the network, urged ...": a prepositional phrase after the subject."""
    verb, subject = _main(nodes)
    if verb is None or subject is None or subject.word.upos == "PRON":
        return False
    moved = _movable(nodes, verb)
    if moved is None or not _ends_before(subject, verb, nodes):
        return False
    _take_out(nodes, moved)
    _between_marks(nodes, nodes.index(_right(subject, nodes)) + 1, moved, verb, random)
    return True


def apposition_after_subject(nodes: Nodes, random: Random, borrowed: Borrowed) -> bool:
    """ "The minister, head of the party, urged ...": an apposition of another sentence after the subject."""
    verb, subject = _main(nodes)
    if verb is None or subject is None or subject.word.upos not in _NOMINAL or not borrowed.asides:
        return False
    if not _ends_before(subject, verb, nodes):
        return False
    aside = nodes_of(random.choice(borrowed.asides))
    top = next(n for n in aside if n.head is None)
    top.head, top.word = subject, replace(top.word, deprel="appos")
    _between_marks(nodes, nodes.index(_right(subject, nodes)) + 1, aside, top, random)
    return True


def dashes(nodes: Nodes, random: Random, _: Borrowed) -> bool:
    """ "The minister -- head of the party -- urged ...": dashes for a pair of commas."""
    for node in nodes:
        if node.dep not in {"appos", "acl:relcl", "parataxis"}:
            continue
        phrase = [n for n in below(node, nodes) if n.word.form != "," or n.head is not node]
        first, last = nodes.index(phrase[0]) - 1, nodes.index(phrase[-1]) + 1
        if first < 1 or last >= len(nodes) - 1:
            continue
        if nodes[first].word.form == nodes[last].word.form == ",":
            dash = random.choice(["--", "--", "—", "–"])
            for at in (first, last):
                nodes[at - 1].word = replace(nodes[at - 1].word, space=True)
                nodes[at].word = replace(nodes[at].word, form=dash, lemma=dash, xpos=":", space=True)
            return True
    return False


def headline(nodes: Nodes, random: Random, _: Borrowed) -> bool:
    """ "Minister urges talks on border": no articles, no forms of "be", no full stop, present tense."""
    verb, subject = _main(nodes)
    if verb is None or subject is None or subject.word.upos == "PRON" or len(nodes) > 14:
        return False
    if any(n.word.upos in {"PRON", "PUNCT"} for n in nodes[:-1]) or nodes[-1].word.form != ".":
        return False
    kept = [
        n
        for n in nodes[:-1]
        if not (n.dep == "det" and n.word.form.lower() in {"the", "a", "an"})
        and not (n.dep == "aux:pass" and n.word.lemma == "be" and n.head is verb)
    ]
    if len(kept) < 4 or any(n.head is not None and n.head not in kept for n in kept):
        return False
    if verb.word.xpos == "VBD" and verb in kept:
        singular = subject.word.xpos in {"NN", "NNP"}
        form = _present(verb.word.lemma) if singular else verb.word.lemma
        feats = "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"
        if not singular:
            feats = "Mood=Ind|Number=Plur|Person=3|Tense=Pres|VerbForm=Fin"
        verb.word = replace(verb.word, form=form, xpos="VBZ" if singular else "VBP", feats=feats)
    capitals = random.random() < 0.35
    for node in kept:
        if capitals and len(node.word.form) > 3:
            _capital(node)
    _capital(kept[0])
    nodes[:] = kept
    return True


#: How often a sentence may be used by one rewrite; chance makes the results differ.
PASSES: Final = 3

Rewrite = Callable[[Nodes, Random, Borrowed], bool]

#: Every rewrite with its share of what is made.
REWRITES: Final[tuple[tuple[Rewrite, int], ...]] = (
    (date_first, 4),
    (date_before_verb, 4),
    (date_after_verb, 4),
    (date_last, 3),
    (date_in_reduced_clause, 3),
    (date_before_noun, 3),
    (speech_last, 6),
    (phrase_first, 5),
    (phrase_after_subject, 5),
    (apposition_after_subject, 7),
    (dashes, 2),
    (headline, 5),
)


def rewritten(trees: Sequence[Tree], count: int, *, seed: int) -> Iterator[tuple[str, Tree]]:
    """`count` sentences at most, each with the name of its rewrite; the same for the same `seed`."""
    random = Random(seed)
    pool = [t for t in trees if 6 <= len(t) <= 40 and not any(w.deprel in _LOOSE for w in t)]
    extra = borrowed(trees)
    total = sum(share for _, share in REWRITES)
    for rewrite, share in REWRITES:
        left = count * share // total
        for tree in [t for _ in range(PASSES) for t in random.sample(pool, len(pool))]:
            if not left:
                break
            nodes = nodes_of(tree)
            if rewrite(nodes, random, extra) and _is_whole(nodes):
                left -= 1
                yield rewrite.__name__, tree_of(nodes)


def _is_whole(nodes: Nodes) -> bool:
    """True if no word was left behind that another hangs on."""
    there = {id(node) for node in nodes}
    return all(node.head is None or id(node.head) in there for node in nodes)


def below(node: Node, nodes: Nodes) -> Nodes:
    """A node and all that hangs on it, in order."""
    return [n for n in nodes if _is_under(n, node)]


def _is_under(node: Node | None, top: Node) -> bool:
    while node is not None:
        if node is top:
            return True
        node = node.head
    return False


def _left(node: Node, nodes: Nodes) -> Node:
    return below(node, nodes)[0]


def _right(node: Node, nodes: Nodes) -> Node:
    return below(node, nodes)[-1]


def _main(nodes: Nodes) -> tuple[Node | None, Node | None]:
    """The root verb in the past or present and its subject before it, or None."""
    verb = next((n for n in nodes if n.head is None), None)
    if verb is None or verb.word.upos != "VERB" or verb.word.xpos not in {"VBD", "VBZ", "VBP", "VBN"}:
        return None, None
    for node in nodes[: nodes.index(verb)]:
        if node.head is verb and node.dep in _SUBJECTS:
            phrase = below(node, nodes)
            whole = nodes.index(phrase[-1]) - nodes.index(phrase[0]) + 1 == len(phrase)
            return (verb, node) if whole else (None, None)
    return None, None


def _ends_before(subject: Node, verb: Node, nodes: Nodes) -> bool:
    """True if the verb or its auxiliary follows the subject at once, and the subject is simple."""
    end = nodes.index(_right(subject, nodes)) + 1
    phrase = below(subject, nodes)
    simple = not any(n.word.upos in {"VERB", "PUNCT"} or n.dep == "conj" for n in phrase)
    after = nodes[end]
    return simple and (after is verb or after.dep in {"aux", "aux:pass"}) and after.word.form[0] not in "'’n"


def _movable(nodes: Nodes, verb: Node) -> Nodes | None:
    """A prepositional phrase at the end of the sentence that hangs on the main verb."""
    if len(nodes) < 8 or nodes[-1].word.form != ".":
        return None
    for node in nodes:
        if node.head is verb and node.dep == "obl" and nodes.index(node) > nodes.index(verb):
            phrase = below(node, nodes)
            starts = nodes.index(phrase[0])
            if (
                nodes[starts : starts + len(phrase)] == phrase
                and starts + len(phrase) == len(nodes) - 1
                and phrase[0].dep == "case"
                and 3 <= len(phrase) <= 14
                and not any(_is_mark(n) for n in phrase)
                and starts - nodes.index(verb) > 1
            ):
                return phrase
    return None


def _take_out(nodes: Nodes, phrase: Nodes) -> None:
    nodes[:] = [n for n in nodes if n not in phrase]
    nodes[-2].word = replace(nodes[-2].word, space=False)


def _between_marks(nodes: Nodes, at: int, phrase: Nodes, head: Node, random: Random) -> None:
    """Put a phrase between commas or dashes that hang on `head`."""
    dash = random.choice(["--", "—"]) if random.random() < 0.12 else ""
    xpos = ":" if dash else ","
    nodes[at - 1].word = replace(nodes[at - 1].word, space=bool(dash))
    phrase[-1].word = replace(phrase[-1].word, space=bool(dash))
    marks = [Node(_word(dash or ",", "PUNCT", xpos, "punct"), head) for _ in range(2)]
    _uncapital(phrase[0])
    nodes[at:at] = [marks[0], *phrase, marks[1]]


def _put(nodes: Nodes, at: int, phrase: Nodes) -> None:
    """Put a phrase before `at`, spaces as English has them."""
    before = nodes[at - 1]
    phrase[-1].word = replace(phrase[-1].word, space=before.word.space)
    before.word = replace(before.word, space=True)
    nodes[at:at] = phrase


def _date(random: Random, verb: Node, *, bare: bool) -> Nodes:
    """A date that hangs on `verb`, with or without a preposition."""
    kind = random.random()
    relation = "obl:unmarked" if bare else "obl"
    case = Node(_word("on", "ADP", "IN", "case"), verb)
    if kind < 0.5:
        top = Node(_name(random.choice(_DAYS), relation), verb)
        date = [top]
        if bare and random.random() < 0.3:
            date.insert(0, Node(_word(random.choice(["late", "early"]), "ADJ", "JJ", "amod"), top))
    elif kind < 0.8 or bare:
        month, top = _month_and_day(random, verb, relation)
        date = [month, top]
        if random.random() < 0.25:
            date = [top, month]  # "7 October": the number heads it as well
            month.word = replace(month.word, form=random.choice(_MONTHS))
    else:
        case.word = replace(case.word, form="in", lemma="in")
        if random.random() < 0.5:
            top = Node(_name(random.choice(_MONTHS), relation), verb)
        else:
            year = str(random.randint(1995, 2029))
            top = Node(_word(year, "NUM", "CD", relation, "NumForm=Digit|NumType=Card"), verb)
        date = [top]
    if bare:
        return date
    case.head = top
    return [case, *date]


def _month_and_day(random: Random, head: Node, relation: str) -> tuple[Node, Node]:
    """ "October 7" as the treebanks have it: headed by the number."""
    day = str(random.randint(1, 31))
    number = Node(_word(day, "NUM", "CD", relation, "NumForm=Digit|NumType=Card"), head)
    name = random.choice(_MONTHS if random.random() < 0.55 else _SHORT)
    return Node(_name(name, "nmod:unmarked"), number), number


def _word(form: str, upos: str, xpos: str, deprel: str, feats: str = "") -> Word:
    return Word(form, form.lower(), upos, xpos, feats, 0, deprel)


def _name(form: str, deprel: str) -> Word:
    return Word(form, form, "PROPN", "NNP", "Number=Sing", 0, deprel)


def _quote(xpos: str, head: Node, *, space: bool = True) -> Node:
    return Node(replace(_word('"', "PUNCT", xpos, "punct"), space=space), head)


def _is_mark(node: Node) -> bool:
    return node.word.upos in {"PUNCT", "SYM"}


def _is_end(node: Node) -> bool:
    return node.word.form in {".", "!", "?", '"'}


def _capital(node: Node) -> None:
    form = node.word.form
    node.word = replace(node.word, form=form[:1].upper() + form[1:])


def _uncapital(node: Node) -> None:
    shouted = len(node.word.form) > 1 and node.word.form.isupper()
    if node.word.upos != "PROPN" and node.word.form != "I" and not shouted:
        node.word = replace(node.word, form=node.word.form[:1].lower() + node.word.form[1:])


def _present(lemma: str) -> str:
    """Third person singular of a lemma.

    >>> [_present(word) for word in ("say", "carry", "reach", "go")]
    ['says', 'carries', 'reaches', 'goes']
    """
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return lemma[:-1] + "ies"
    return {"have": "has", "be": "is"}.get(lemma, lemma + "s")
