"""Whom pronouns and short descriptions stand for, inside one article, where it is safe.

"he" is the only person named near; "the prime minister" the only one the article calls so; "the council" the
only body whose name ends in "Council". Each rule is named and says why in words for a reader; what no rule
can say for certain stays as it is. Precise rather than complete.
"""

from __future__ import annotations

import tomllib
from bisect import insort
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from timeline.language.gazetteer import LOC, ORG, PERSON, gazetteer

if TYPE_CHECKING:
    from spacy.tokens import Span as Words
    from spacy.tokens import Token

Place = tuple[int, int]
"""(sentence number, token number in its document)."""

_SUBJECTS: Final = frozenset({"nsubj", "nsubj:pass"})
_PRONOUNS: Final = frozenset({"he", "she", "it", "they"})
#: How many sentences back a name may stand.
REACH: Final = 2
#: Dependents that leave a description bare: "the prime minister", not "the former minister of X".
_BARE: Final = frozenset("det punct case cc conj compound acl:relcl cop mark advmod".split())


@dataclass(frozen=True)
class Reference:
    """What a pronoun or a description stands for."""

    name: str
    """As the article writes it."""
    why: str
    """The reason, for a reader."""


@dataclass(frozen=True)
class _Words:
    bodies: frozenset[str]
    groups: frozenset[str]
    people: frozenset[str]
    he: frozenset[str]
    she: frozenset[str]
    saying: frozenset[str]


@cache
def _words() -> _Words:
    data = tomllib.loads((files("timeline.language") / "references.toml").read_text(encoding="utf-8"))
    return _Words(**{key: frozenset(text.split()) for key, text in data.items()})


@dataclass(frozen=True, eq=False)
class Mention:
    """A name in its place."""

    sentence: int
    token: Token
    """Head of the name."""
    name: str
    kind: str
    """PERSON, ORG, LOC, or empty."""
    title: str = ""
    """What stands before a person's name and says what they are: `Prime Minister`."""

    @property
    def is_subject(self) -> bool:
        """True for the subject of a clause."""
        return self.token.dep_ in _SUBJECTS


@dataclass
class _Known:
    """What the article has told so far."""

    sentences: Sequence[Words]
    mentions: dict[int, list[Mention]]
    """Sentence number -> names in it, in reading order."""
    whole: Callable[[str], str]
    called: Mapping[str, frozenset[str]]
    """Description, lower case -> persons that the article calls so."""
    ending: Mapping[str, frozenset[str]]
    """Last word of the names of bodies, lower case -> the bodies."""
    sex: dict[str, str] = field(default_factory=dict)
    """Person -> "he" or "she", as far as told."""

    def near(self, sentence: int, before: int, kinds: frozenset[str], reach: int = REACH) -> list[Mention]:
        """Names of some kinds in the sentence before a word, and in the sentences before it."""
        return [
            m
            for number in range(max(0, sentence - reach), sentence + 1)
            for m in self.mentions.get(number, ())
            if (number < sentence or m.token.i < before) and m.kind in kinds
        ]

    def within(self, phrase: Token, sentence: int) -> Mention | None:
        """The first name inside the phrase of a word, if it holds one."""
        return next((m for m in self.mentions.get(sentence, ()) if _is_in(phrase, m.token)), None)


def references(
    sentences: Sequence[Words], mentions: Sequence[Mention], whole: Callable[[str], str]
) -> dict[Place, Reference]:
    """What stands for what. `whole` gives the fullest form of a name."""
    by_sentence: defaultdict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_sentence[mention.sentence].append(mention)
    known = _Known(sentences, by_sentence, whole, _called(mentions), _endings(mentions))
    for mention in mentions:
        if mention.kind == PERSON and (sex := _sex_by_title(mention)):
            known.sex.setdefault(whole(mention.name), sex)
    found: dict[Place, Reference] = {}
    for number, words in enumerate(sentences):
        for token in words:
            if token.pos_ not in _REFERRING:
                continue
            for rule in RULES:
                if (reference := rule(token, number, known)) is not None:
                    found[number, token.i] = reference
                    _learn(token, reference, number, known)
                    break
    return found


def the_speaker_himself(token: Token, number: int, known: _Known) -> Reference | None:
    """ "Qatar said it was working on a truce", "Biden said he would return"."""
    if token.lower_ not in {"he", "she", "it"} or token.dep_ not in _SUBJECTS:
        return None
    clause = token.head
    while clause.dep_ == "conj" and clause.head.dep_ in {"ccomp", "conj"}:
        clause = clause.head
    if clause.dep_ != "ccomp" or clause.head.lemma_ not in _words().saying:
        return None
    subject = next((c for c in clause.head.children if c.dep_ == "nsubj"), None)
    if subject is None or subject.i > token.i or any(c.dep_ == "conj" for c in subject.children):
        return None
    why = f"subject of “{clause.head.text}”"
    personal = token.lower_ != "it"
    if not personal and subject.pos_ == "NOUN" and subject.lemma_.lower() in _words().bodies:
        return Reference(_plain(subject), why)
    spoken = known.within(subject, number)
    if spoken is None or (spoken.kind == PERSON) != personal or not _fits(token, spoken, known):
        return None
    if not personal and _named_between(clause.head, token, number, known):
        return None  # "Oslo believes the road is open, according to Axios, citing officials it did not name"
    near = known.near(number, token.i, frozenset({spoken.kind}), reach=0)
    others = {known.whole(m.name) for m in near} - {known.whole(spoken.name)}
    return None if others and personal else Reference(spoken.name, why)


def the_only_person_near(token: Token, number: int, known: _Known) -> Reference | None:
    """ "Maria Silva resigned on Monday. She had led the ministry for years."."""
    if token.lower_ not in {"he", "she"} or token.dep_ not in _SUBJECTS:
        return None
    near = [m for m in known.near(number, token.i, frozenset({PERSON})) if _fits(token, m, known)]
    if _in_quotes(token) and {known.whole(m.name) for m in near} & _speakers(number, known):
        return None  # "Ann Lee wept. "She was our mother," Lee said."
    if not near or _nameless_person(token, number, near[-1], known):
        return None
    untyped = known.near(number, token.i, frozenset({""}))
    if any(" " in m.name for m in untyped):
        return None  # a full name of nobody knows what may be a person's
    people = {known.whole(m.name) for m in near}
    if len(people) == 1:
        return Reference(near[-1].name, "the only person named just before")
    last = [m for m in near if m.sentence == number - 1 and m.is_subject]
    here = [m for m in near if m.sentence == number]
    before = {known.whole(m.name) for m in near if m.sentence == number - 1}
    alone = len(last) == 1 and not here and len(before) == 1
    if alone and token.head.dep_ == "ROOT":
        return Reference(last[0].name, "subject of the sentence before, and no other person in it")
    return None


def the_body_that_acted_before(token: Token, number: int, known: _Known) -> Reference | None:
    """ "Israel closed the crossing. It reopened the road later."; not "It is clear that ..."."""
    if token.lower_ != "it" or token.dep_ != "nsubj" or token.head.dep_ != "ROOT" or number == 0:
        return None
    verb = token.head
    if verb.pos_ != "VERB" or token.i > known.sentences[number].start + 3:
        return None
    if any(
        c.dep_ in {"csubj", "expl"} or (c.dep_ == "ccomp" and verb.lemma_ == "seem") for c in verb.children
    ):
        return None
    before = known.sentences[number - 1]
    subjects = [t for t in before if t.dep_ in _SUBJECTS and t.head.dep_ == "ROOT"]
    if len(subjects) != 1 or any(c.dep_ == "conj" for c in subjects[0].children):
        return None
    acted = known.within(subjects[0], number - 1)
    if acted is None or acted.kind not in {ORG, LOC} or subjects[0].dep_ != "nsubj":
        return None
    things = known.near(number - 1, before.end, frozenset({ORG, ""}), reach=0)
    if {known.whole(m.name) for m in things if m.token.i > acted.token.i} - {known.whole(acted.name)}:
        return None  # "Velmo showed its new phone, the Velmo Air. It will cost less."
    return Reference(acted.name, "subject of the sentence before")


def the_pair_that_acted_before(token: Token, number: int, known: _Known) -> Reference | None:
    """ "Russia and China vetoed the text. They called it biased."."""
    if token.lower_ != "they" or token.dep_ != "nsubj" or token.head.dep_ != "ROOT" or number == 0:
        return None
    if token.i > known.sentences[number].start + 2:
        return None
    before = known.sentences[number - 1]
    subjects = [t for t in before if t.dep_ in _SUBJECTS]
    if len(subjects) != 1 or subjects[0].pos_ != "PROPN":
        return None
    conjuncts = [c for c in subjects[0].children if c.dep_ == "conj"]
    if not conjuncts or any(c.pos_ != "PROPN" for c in conjuncts):
        return None
    first, last = subjects[0].left_edge.i, max(t.i for c in conjuncts for t in c.subtree)
    phrase = before.doc[first : last + 1]
    return Reference(phrase.text, "subjects of the sentence before") if len(phrase) <= 8 else None


def the_only_one_called_so(token: Token, number: int, known: _Known) -> Reference | None:
    """ "the prime minister" after "Prime Minister Benjamin Netanyahu", if nobody else is called so."""
    description = _description(token)
    if description is None:
        return None
    called = known.called.get(description, frozenset())
    people = {known.whole(name) for name in called}
    if len(people) != 1:
        return None
    earlier = any(known.whole(m.name) in people for m in known.near(number, token.i, frozenset({PERSON}), 99))
    name = next(iter(people))
    return Reference(name, f"the only one here called “{description}”") if earlier else None


def the_only_body_of_that_name(token: Token, number: int, known: _Known) -> Reference | None:
    """ "the council" after "the UN Security Council", if no other council has a name here."""
    description = _description(token)
    if description is None or " " in description:
        return None
    bodies = {known.whole(name) for name in known.ending.get(description, ())}
    if len(bodies) != 1:
        return None
    name = next(iter(bodies))
    earlier = any(
        known.whole(m.name) == name for m in known.near(number, token.i, frozenset({ORG, LOC, ""}), 99)
    )
    return Reference(name, f"the only name here that ends in “{description}”") if earlier else None


def the_only_group_near(token: Token, number: int, known: _Known) -> Reference | None:
    """ "Hamas rejected the offer. The group said ...", if no other body is named just before."""
    description = _description(token)
    if description not in _words().groups or known.ending.get(description):
        return None
    near = known.near(number, token.i, frozenset({ORG}), reach=1)
    bodies = {known.whole(m.name) for m in near}
    if len(bodies) != 1 or not near[-1].is_subject:
        return None
    return Reference(near[-1].name, "the only body named just before")


Rule = Callable[["Token", int, _Known], Reference | None]

#: What a rule looks at: pronouns, and nouns that may stand for a name.
_REFERRING: Final = frozenset({"PRON", "NOUN"})

RULES: Final[tuple[Rule, ...]] = (
    the_speaker_himself,
    the_only_person_near,
    the_body_that_acted_before,
    the_pair_that_acted_before,
    the_only_one_called_so,
    the_only_body_of_that_name,
    the_only_group_near,
)


def _description(token: Token) -> str | None:
    """ "prime minister" of "the prime minister": a definite noun with nothing but compounds, lower case."""
    if token.pos_ != "NOUN" or token.tag_ != "NN":
        return None
    det = next((c for c in token.children if c.dep_ == "det"), None)
    if det is None or det.lower_ != "the":
        return None
    before = [c for c in token.children if c.i < token.i]
    words = [c for c in before if c.dep_ == "compound" or c.text.capitalize() in gazetteer().titles]
    if any(c.dep_ not in _BARE and c not in words for c in before):
        return None
    if any(c.dep_ in {"nmod", "acl", "appos", "flat"} for c in token.children):
        return None
    after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    if after is not None and (after.tag_ in {"VBG", "VBN", "WDT", "WP"} or after.lower_ in {"of", "for"}):
        return None  # "the union representing its staff": whatever the parser made of it
    return " ".join(t.lower_ for t in [*words, token])


def _called(mentions: Sequence[Mention]) -> dict[str, frozenset[str]]:
    """Titles before names and descriptions in apposition, lower case, each with the persons called so."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        if mention.kind != PERSON:
            continue
        if title := mention.title.lower().split():
            found[" ".join(title[-2:])].add(mention.name)
            found[title[-1]].add(mention.name)
        for child in mention.token.children:
            if child.dep_ == "nmod:desc" and child.i < mention.token.i:
                words = [*(c for c in child.children if c.dep_ == "compound"), child]
                title = [t.lower_ for t in words]
                found[" ".join(title[-2:])].add(mention.name)
                found[title[-1]].add(mention.name)
            elif child.dep_ == "appos" and child.pos_ in {"NOUN", "PROPN"}:
                words = [*(c for c in child.children if c.dep_ == "compound"), child]
                found[" ".join(t.lower_ for t in words)].add(mention.name)
    return {title: frozenset(names) for title, names in found.items()}


def _endings(mentions: Sequence[Mention]) -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        words = mention.name.split()
        if mention.kind != PERSON and len(words) > 1 and words[-1] in gazetteer().body_words:
            found[words[-1].lower()].add(mention.name)
    return {ending: frozenset(names) for ending, names in found.items()}


def _learn(token: Token, reference: Reference, number: int, known: _Known) -> None:
    """A person who was "he" once is "he" ever after; and stands here again."""
    if token.lower_ in {"he", "she"}:
        known.sex.setdefault(known.whole(reference.name), token.lower_)
        here = known.mentions.setdefault(number, [])
        insort(here, Mention(number, token, reference.name, PERSON), key=lambda m: m.token.i)


def _in_quotes(token: Token) -> bool:
    """True inside direct speech: the last quotation mark before is one that opens."""
    mark = next((t for t in reversed(token.doc[: token.i]) if t.text == '"'), None)
    return mark is not None and not mark.whitespace_ and (mark.i == 0 or bool(mark.nbor(-1).whitespace_))


def _speakers(number: int, known: _Known) -> set[str]:
    """Who speaks in a sentence and in those next to it."""
    near = (m for n in range(number - 1, number + 2) for m in known.mentions.get(n, ()) if m.is_subject)
    return {known.whole(m.name) for m in near if m.token.head.lemma_ in _words().saying}


def _named_between(verb: Token, pronoun: Token, number: int, known: _Known) -> bool:
    """True if another body is named after the verb of saying, before the pronoun."""
    return any(m.token.i > verb.i for m in known.near(number, pronoun.i, frozenset({ORG}), reach=0))


def _fits(pronoun: Token, mention: Mention, known: _Known) -> bool:
    sex = known.sex.get(known.whole(mention.name))
    return sex is None or pronoun.lower_ == sex


def _sex_by_title(mention: Mention) -> str:
    near = {c.text for c in mention.token.children if c.i < mention.token.i}
    near |= {c.lower_ for c in mention.token.children if c.dep_ in {"appos", "nmod:desc"}}
    near.add(mention.token.text)
    if mention.token.i > 0:
        near.add(mention.token.doc[mention.token.i - 1].text)
    he, she = near & _words().he, near & _words().she
    return "" if bool(he) == bool(she) else "he" if he else "she"


def _nameless_person(pronoun: Token, number: int, last: Mention, known: _Known) -> bool:
    """True if somebody without a name is a subject between the last name and the pronoun."""
    for words in known.sentences[max(0, last.sentence) : number + 1]:
        for token in words:
            after = words is not known.sentences[last.sentence] or token.i > last.token.i
            here = words is known.sentences[number]
            if not after or (here and token.i >= pronoun.i) or _is_in(token, last.token):
                continue
            if token.dep_ in _SUBJECTS and token.pos_ == "NOUN" and token.lemma_.lower() in _words().people:
                return True
            if token.dep_ in _SUBJECTS and token.lower_ in {"he", "she"} and token.lower_ != pronoun.lower_:
                return True
    return False


def _is_in(token: Token, head: Token) -> bool:
    """True if both are words of one name."""
    return token.i == head.i or (token.head.i == head.i and token.dep_ in {"flat", "compound"})


def _plain(subject: Token) -> str:
    parts = [t for t in subject.subtree if t.i <= subject.i and t.dep_ != "acl:relcl"]
    return " ".join(t.text for t in parts).replace(" '", "'").replace(" - ", "-")


def mentions_in(
    sentences: Sequence[Words],
    runs: Callable[[Words], Iterator[list[Token]]],
    untitled: Callable[[list[str]], list[str]],
) -> list[Mention]:
    """The names of an article in order."""
    found = []
    for number, words in enumerate(sentences):
        for run in runs(words):
            inside = {t.i for t in run}
            head = next((t for t in run if t.head.i not in inside or t.head.i == t.i), run[0])
            kinds = [t.ent_type_ for t in run if t.ent_type_]
            kind = PERSON if PERSON in kinds else max(sorted(set(kinds)), key=kinds.count, default="")
            text = [t.text for t in run]
            name = untitled(text) if kind == PERSON else text
            title = text[: len(text) - len(name)]
            if kind == PERSON and set(text) <= gazetteer().titles:
                continue  # "Sheriff: one shot dead"
            before = run[0].i - 1
            while kind == PERSON and before >= words.start and words.doc[before].text in gazetteer().titles:
                title.insert(0, words.doc[before].text)
                before -= 1
            found.append(Mention(number, head, " ".join(name), kind, " ".join(title)))
    return found
