"""What two mentions are compared by, worked out once for each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from timeline.anchor import duration_days
from timeline.coref.words import capitals, content, counts, happening, marks, name_key, root, word_keys, words
from timeline.events import lexicon
from timeline.interval import Grain
from timeline.language.gazetteer import gazetteer
from timeline.model import EventMention, Quantity, Status

#: Weight of kinds, in the events' lexicon, from which an event is news by itself.
_WEIGHTY: Final = 0.8
#: How many days what began or ended on a known day may well have lasted.
_LASTS: Final = 30
#: Sentences from the start that tell the news: headline, standfirst, first paragraph.
_LEAD: Final = 3
_MONTH: Final = 31
#: Kinds of event that have their dead.
_ATTACKS: Final = frozenset({"attack", "strike", "offensive"})
_UNREAL: Final = frozenset({Status.PLANNED, Status.THREATENED, Status.POSSIBLE})
#: A few words, a preposition of place, and a name.
_PLACE_BEHIND: Final = re.compile(r"(?:\s\w+){0,3}?\s(?:in|into|at|near)\s(?:[a-z]+\s){0,2}([A-Z][\w-]+)")
#: "In the West Bank, ..." at the start of a sentence.
_PLACE_IN_FRONT: Final = re.compile(r"[\"“]?(?:In|At|Near)\s(?:the\s)?((?:[A-Z][\w-]+\s)*[A-Z][\w-]+),")
#: Who does it, behind the noun or the verb: "the onslaught on Gaza by Israeli forces".
_DOER_BEHIND: Final = re.compile(
    r"(?:\s(?:on|of|at|in|against|near|into|over)(?:\s[\w’'-]+){1,3}?){0,2}"
    r"\sby\s((?:[a-z-]+\s){0,2}(?:[A-Z][\w-]*\s?)+)"
)
#: ... and before it, a date or two adjectives between: "Hamas's October 7 attack", "an Israeli air raid".
_OWNER: Final = re.compile(
    r"\b([A-Z][\w-]+)(['’]s?)?\s(?:(?:[A-Z][a-z]+\.?\s\d{1,2}|[A-Z][a-z]+day)\s)?(?:[a-z-]+\s){0,2}$"
)
#: Nouns that name a stretch of such events unless they are counted: "months of bombardment", "a bombing".
_GOES_ON: Final = frozenset({"bombardment", "bombing", "shelling", "violence", "fighting"})
_NEWLY: Final = re.compile(r"\b(?:an?|another)\s+(?:[\w-]+\s+){0,3}$", re.I)
_GIVEN: Final = re.compile(r"\b(?:the|this|that)\s+(?:[\w-]+\s+){0,2}$", re.I)
_ONE: Final = re.compile(r"\b(?:an?|one|another|that|this|['’]s)\s+(?:[\w-]+\s+){0,2}$", re.I)
_CAPITALISED: Final = re.compile(r"\b[A-Z][\w.’'-]*")
_CALENDAR: Final = re.compile(
    r"[A-Z][a-z]+day|(?:Jan|Febr)uary|March|April|May|June|July|August|[A-Z][a-z]+ber"
)
#: Kinds of verb whose subject does it; "Aid workers killed" are none.
_ACTS: Final = frozenset({"attack", "offensive", "statement", "pledge"})
_PASSIVE: Final = re.compile(r"\b(?:was|were|been|being|be|is|are|got)\s(?:[a-z]+ly\s)?$")
_ORDINAL: Final = re.compile(
    r"\b(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th))"
    r"(?![- ]degree)(?:[- ][\w’'-]+){0,2}\s$",
    re.I,
)
#: Before what somebody is said to have done: "accused of", "charged the captain with".
_ALLEGED: Final = re.compile(
    r"\b(?:accus|suspect|charg|indict|suspicion|alleg)\w*\b[^.;]{0,60}\b(?:of|with|for)\s(?:[a-z]+ly\s)?$"
)
#: What a verb acts on, right behind it: a number, or a word or two up to one.
_OBJECT: Final = re.compile(r"\s(?:(?:at least|more than|[a-z]+ly|about|some|over|around|up to)\s)?\d")
#: Past forms that no ending gives away -> base form.
_PRESENT: Final = {past: base for base, past in lexicon().past.items()}
_NEGATED: Final = frozenset({Status.CANCELLED, Status.DENIED})


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """A mention, and the forms under which its parts are compared."""

    mention: EventMention
    order: int
    """Its place among all mentions: by publication date, article, offset."""
    side: str
    """`real`, `unreal` or `negated`: mentions of different sides are never one event."""
    root: str
    """What its trigger has in common with its derivations."""
    happening: frozenset[int]
    """Groups of words that can name the same happening; see `words.toml`."""
    telling: bool
    """True if the lexicon knows its trigger as an event: "showed" or "drew up" may be of anything."""
    weighty: bool
    """True if an event of its kind is news by itself: a killing, not a decision or a trip."""
    day: int | None
    """Number of its day if it is dated to one day by its own words, else None."""
    dated: bool
    """True if a time expression of its own dates it."""
    news: bool
    """True if it stands where an article tells its news and nothing says that it is older."""
    span: tuple[int, int] | None
    """First day and the day after the last, open ends far away; None if unknown."""
    reach: tuple[int, int] | None
    """The same, and further where only its beginning or its end is dated, as a truce that ended on a day was
    there before it, or where it is the news of a day, which may tell of the day before."""
    lasted: int | None
    """How many days it took, if the text says so."""
    names: frozenset[str]
    """Who has a part in it, by name."""
    doer: frozenset[str]
    """The first of them."""
    camp: frozenset[str]
    """Keys of the names its doer goes by, of its people for "strikes by Israeli forces"; empty if untold."""
    ordinal: str
    """Which of a series it is: `fifth` of "his fifth tour"; empty if the text does not say."""
    actors: frozenset[str]
    """Who has a part in it without a name: police, residents."""
    place: frozenset[str]
    context: frozenset[str]
    """Content words of its sentence."""
    clause: frozenset[str]
    """Content words of its clause."""
    undergone: frozenset[str]
    """The same without who did it, where that can be told: whom and what it befell."""
    numbers: frozenset[tuple[str, int]]
    tolls: tuple[Quantity, ...]
    """What it counts; of an attack, also the dead its sentence counts: the two of "a raid killed two"."""
    counts: Mapping[str, int]
    """What its sentence counts, and how many: `pirat` -> 23, `aged` -> 36; ambiguous ones left out."""
    marks: frozenset[str]
    """Proper names in its sentence, by which two happenings of one sort are told apart."""
    told_of: frozenset[str]
    """All that its sentence may name, and who has a part in it."""
    report: bool
    """True if it tells that somebody said something."""
    newly: frozenset[str]
    """The words from "a" or "another" to a noun told of as one of its sort: `a`, `costly`; else empty."""
    given: bool
    """True for a noun with "the": one that was told of before."""
    plural: bool
    """True for a noun in the plural: "resolutions" are not the resolution."""
    during: frozenset[str]
    """Sorts of rare event told with a date in its sentence: what was freed during a truce."""
    carries: tuple[str, int, int] | None
    """Key of the noun whose event its verb only carries: "held" of talks, "began" of a war. What the noun
    is, it is; it has nothing of its own to compare."""
    told_with: frozenset[tuple[str, int, int]]
    """Keys of mentions that words of its sentence make one event with it."""


def features(mentions: Sequence[EventMention], inferred: Collection[str] = ()) -> list[Features]:
    """The features of mentions that are in order already.

    `inferred` are articles whose publication date is inferred: what is counted from it, as "Monday" is and
    "Oct. 7" hardly, keeps its days, but is not dated by its own words.
    """
    kinds = {mention.key: mention.kind for mention in mentions}
    settings: dict[tuple[str, int], set[str]] = defaultdict(set)
    for m in mentions:
        if lexicon().kind(m.kind).wished and m.nominal and m.status.is_real and m.timex is not None:
            settings[m.article, m.quote.start].add(m.kind)
    dead: dict[tuple[str, int], list[Quantity]] = defaultdict(list)
    for m in mentions:
        dead[m.article, m.quote.start] += (q for q in m.quantities if q.aspect == "killed")
    found = [_features(mention, order, kinds, settings, inferred) for order, mention in enumerate(mentions)]
    return _of_their_series([_with_toll(f, dead[f.mention.article, f.mention.quote.start]) for f in found])


def _with_toll(told: Features, dead: Sequence[Quantity]) -> Features:
    """With the dead of its sentence, if that counts them once and tells an attack by a noun."""
    attack = told.mention.nominal and told.mention.kind in _ATTACKS
    return replace(told, tolls=tuple(dead)) if attack and len(dead) == 1 else told


def _of_their_series(mentions: Sequence[Features]) -> list[Features]:
    """Which of a series of trips a noun without a number is: the one its article tells of, if that is one
    only. "On his fifth tour" and then "his tour" are of one tour, and another article's sixth is neither.
    Contests and prizes are counted otherwise: "the Oscars" beside "the 79th Oscars" are this year's."""
    told: dict[tuple[str, str], set[str]] = defaultdict(set)
    for m in mentions:
        if m.ordinal:
            told[m.mention.article, m.root].add(m.ordinal)
    only = {place: next(iter(ordinals)) for place, ordinals in told.items() if len(ordinals) == 1}
    return [
        replace(m, ordinal=m.ordinal or only.get((m.mention.article, m.root), ""))
        if m.mention.kind == "travel" and m.mention.nominal and not m.plural
        else m
        for m in mentions
    ]


def _side(mention: EventMention) -> str:
    """What somebody is accused of stands with what happened: the killing of a charge is that of the news."""
    if mention.status in _NEGATED:
        return "negated"
    scheduled = lexicon().kind(mention.kind).scheduled and mention.nominal
    alleged = mention.status is Status.POSSIBLE and _ALLEGED.search(_around(mention)[0])
    return "unreal" if mention.status in _UNREAL and not (scheduled or alleged) else "real"


def _carries(mention: EventMention, kinds: Mapping[tuple[str, int, int], str]) -> tuple[str, int, int] | None:
    if mention.nominal or lexicon().verbs.get(mention.lemma) == mention.kind:
        return None
    nouns = (link.other for link in mention.links if link.type == "same")
    return next((noun for noun in nouns if kinds.get(noun) == mention.kind), None)


def _names_its_day(mention: EventMention) -> bool:
    """True for "Oct. 7", of which only the year is counted from somewhere, and for "November" if that is one
    month wherever it is counted from."""
    timex, interval = mention.timex, mention.when.interval
    if timex is None or interval is None:
        return False
    month = timex.grain is Grain.MONTH and (interval.days or _MONTH + 1) <= _MONTH
    return not timex.anchor or month or (interval.is_day and any(c.isdigit() for c in timex.span.text))


def _reach(span: tuple[int, int] | None, role: str, news: bool) -> tuple[int, int] | None:
    if span is None:
        return None
    earlier = _LASTS if role == "ended" else 1 if news else 0
    return span[0] - earlier, span[1] + _LASTS * (role == "began")


def places(mention: EventMention) -> frozenset[str]:
    """Keys of the place of a mention; where none was found, of the name right behind a preposition behind
    its trigger: "the offensive that Israel plans in Rafah"."""
    found = mention.place.split()
    if not found:
        behind = mention.quote.text[mention.trigger.end - mention.quote.start :]
        match = _PLACE_BEHIND.match(behind)
        fronted = None if match else _PLACE_IN_FRONT.match(mention.quote.text)
        found = match[1].split() if match else fronted[1].split() if fronted else []
    empty = words().empty
    return frozenset(name_key(w) for w in found if w[:1].isupper() and w.lower().strip(".") not in empty)


def camp(mention: EventMention) -> frozenset[str]:
    """Keys of the names its doer goes by, in full: of a noun, who stands behind "by" or owns it; of a verb,
    its subject. None where that may as well be who suffers it: "Aid workers killed"."""
    before, behind = _around(mention)
    if not mention.nominal and mention.kind not in _ACTS:
        return frozenset()
    if by := _DOER_BEHIND.match(behind):
        return _called(by[1], mention)
    if mention.nominal:
        owner = _OWNER.search(before)
        owns = owner is not None and (owner[2] or owner[1] in gazetteer().nationalities)
        return _called(owner[1], mention) if owner is not None and owns else frozenset()
    subject = next(iter(mention.participants), "")
    if not subject or _PASSIVE.search(before) or subject.split()[-1] not in before:
        return frozenset()
    return _called(subject, mention)


def _called(phrase: str, mention: EventMention) -> frozenset[str]:
    """Keys of all words of a name, in the fullest form known; of "Israeli forces", that of the people."""
    *rest, last = phrase.split()
    if not last[:1].isupper():
        return frozenset(name_key(word) for word in rest if word in gazetteer().nationalities)
    whole = next((p for p in mention.participants if p.split() and p.split()[-1] == last), phrase)
    names = [w for w in _CAPITALISED.findall(whole) if not _CALENDAR.fullmatch(w)]
    names = [w for w in names if w.lower() not in lexicon().actors]
    return frozenset(map(name_key, names))


def ordinal(mention: EventMention) -> str:
    """ "fifth" before "Middle East tour", "79th" before "session"; empty if nothing counts it."""
    before, _ = _around(mention)
    found = _ORDINAL.search(before) if mention.nominal else None
    return found[1].lower() if found else ""


def _newly(mention: EventMention) -> frozenset[str]:
    found = _NEWLY.search(_around(mention)[0]) if mention.nominal else None
    return frozenset(found[0].lower().split()) if found else frozenset()


def _is_several(mention: EventMention, lemma: str) -> bool:
    """True for a noun in the plural, and for "bombardment" and its like without "a": that goes on."""
    if not mention.nominal:
        return False
    if lemma in _GOES_ON:
        return _ONE.search(_around(mention)[0]) is None
    return mention.trigger.text.lower().endswith("s") and not lemma.endswith("s")


def _around(mention: EventMention) -> tuple[str, str]:
    quote, trigger = mention.quote, mention.trigger
    return quote.text[: trigger.start - quote.start], quote.text[trigger.end - quote.start :]


def _doer(mention: EventMention) -> frozenset[str]:
    """Key of the first who has a part in it by name; of "Hamas fighters", those of the names in front."""
    first = next((p for p in mention.participants if any(w[:1].isupper() for w in p.split())), "")
    words = first.split()
    if words and not words[-1][:1].isupper():
        return frozenset(name_key(w) for w in words[:-1] if w[:1].isupper())
    return frozenset({name_key(first)} if first else ())


def _doing(mention: EventMention) -> frozenset[str]:
    """Keys of the words for who did it, where the verb has its object right behind it: "militants killed
    some 1,200 people"."""
    if mention.nominal or not mention.participants or not _OBJECT.match(_around(mention)[1]):
        return frozenset()
    return frozenset(word_keys(re.findall(r"\w+", mention.participants[0])))


def _features(
    mention: EventMention,
    order: int,
    kinds: Mapping[tuple[str, int, int], str],
    settings: Mapping[tuple[str, int], set[str]],
    inferred: Collection[str],
) -> Features:
    interval = mention.when.interval
    rough = mention.article in inferred and not _names_its_day(mention)
    own = mention.timex is not None and interval is not None and not rough
    proper = [p for p in mention.participants if p.split()[-1:] and p.split()[-1][:1].isupper()]
    names = frozenset(map(name_key, proper))
    place = places(mention)
    trigger = frozenset(word_keys((mention.lemma, *mention.lemma.split(), mention.trigger.text)))
    span = None if interval is None else (interval.first or 0, interval.stop or 10**7)
    clause = frozenset(word_keys(mention.words)) - trigger
    carried = _carries(mention, kinds)
    lemma = (
        mention.lemma if " " in mention.lemma else _PRESENT.get(mention.trigger.text.lower(), mention.lemma)
    )
    return Features(
        mention=mention,
        order=order,
        side=_side(mention),
        root=root(lemma),
        happening=happening(lemma),
        telling=mention.kind != lemma or bool(happening(lemma)),
        weighty=lexicon().kind(mention.kind).weight >= _WEIGHTY,
        day=interval.first if own and interval is not None and interval.is_day else None,
        dated=own,
        news=not own and (mention.position < _LEAD or mention.when.rule.startswith("publication date")),
        span=span,
        reach=_reach(span, mention.role, not own and mention.when.approximate),
        lasted=duration_days(mention.duration),
        names=names,
        doer=_doer(mention),
        camp=frozenset() if carried else camp(mention),
        ordinal=ordinal(mention),
        actors=frozenset(p.split()[-1].lower() for p in mention.participants if p and p not in proper),
        place=place,
        context=content(mention.quote.text) - trigger,
        clause=clause,
        undergone=clause - _doing(mention),
        numbers=frozenset((q.aspect, q.value) for q in mention.quantities),
        tolls=mention.quantities,
        counts=counts(mention.quote.text),
        marks=marks(mention.quote.text) | names | place,
        told_of=capitals(mention.quote.text) | names | place,
        report=lexicon().kind(mention.kind).report,
        newly=_newly(mention),
        given=mention.nominal and _GIVEN.search(_around(mention)[0]) is not None,
        plural=_is_several(mention, lemma),
        during=frozenset(settings.get((mention.article, mention.quote.start), ())) - {mention.kind},
        carries=carried,
        told_with=frozenset(link.other for link in mention.links if link.type == "same"),
    )
