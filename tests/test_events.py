"""Event mentions: what the corpora in `corpus/events/` say of their sentences, and what holds of all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from sentences import Read, corpus, read

from timeline.events import lexicon
from timeline.events.title import MAX_TITLE
from timeline.model import EventMention, Quantity

#: What "Monday" is counted from, if a corpus does not say.
PUBLISHED = "2024-03-28"

KINDS: Mapping[str, Any] = dict(sorted(corpus("../../timeline/events/lexicon.toml")["kind"].items()))
STATUSES = corpus("events/status.toml")
TIMES = corpus("events/times.toml")
TITLES = corpus("events/titles.toml")
FACTS = corpus("events/facts.toml")

Sentences = Mapping[tuple[str, str], Read]


def _texts() -> Iterator[tuple[str, str]]:
    yield from ((PUBLISHED, row[use]) for row in KINDS.values() for use in ("example", "counter"))
    yield from ((PUBLISHED, text) for texts in STATUSES.values() for text in texts)
    yield from ((day, text) for day, rows in TIMES.items() for text in rows)
    yield from ((PUBLISHED, text) for text in TITLES)
    yield from ((PUBLISHED, text) for rows in FACTS.values() for text in rows)


@pytest.fixture(scope="session")
def sentences() -> Sentences:
    """Every sentence of every corpus, read in one go."""
    texts = list(dict.fromkeys(_texts()))
    return dict(zip(texts, read(texts), strict=True))


def _each(rows: Mapping[str, Any]) -> list[Any]:
    return [pytest.param(text, expected, id=text) for text, expected in rows.items()]


def _found(values: list[Any]) -> Any:
    """As the corpora write it: one value for one mark, a list for several."""
    return values[0] if len(values) == 1 else values


@pytest.mark.parametrize("name", KINDS)
def test_the_example_of_a_kind_has_an_event_of_it(name: str, sentences: Sentences) -> None:
    """The lexicon's own example sentence of each kind holds."""
    example = sentences[PUBLISHED, KINDS[name]["example"]]

    assert name in [mention.kind for mention in example.mentions], example.triggers


@pytest.mark.parametrize("name", KINDS)
def test_the_counterexample_of_a_kind_has_none_of_it(name: str, sentences: Sentences) -> None:
    """A sentence with one of the kind's words in another sense has no event of that kind."""
    counter = sentences[PUBLISHED, KINDS[name]["counter"]]

    assert name not in [mention.kind for mention in counter.mentions], counter.triggers


@pytest.mark.parametrize(
    ("status", "text"), [pytest.param(s, text, id=f"{s}: {text}") for s in STATUSES for text in STATUSES[s]]
)
def test_a_sentence_says_whether_it_happened(status: str, text: str, sentences: Sentences) -> None:
    """Occurred, ongoing, planned, threatened, possible, cancelled or denied, as the corpus has it."""
    mentions = sentences[PUBLISHED, text].at_marks

    assert {status} == {mention.status.value for mention in mentions}


@pytest.mark.parametrize(
    ("day", "text", "expected"),
    [pytest.param(day, text, e, id=f"{day}: {text}") for day in TIMES for text, e in TIMES[day].items()],
)
def test_a_sentence_says_when_it_happened(
    day: str, text: str, expected: str | list[str], sentences: Sentences
) -> None:
    """Each event has the date of the corpus, and each known date says why."""
    mentions = sentences[day, text].at_marks

    assert expected == _found([mention.when.edtf for mention in mentions])
    assert all(mention.when.rule for mention in mentions if mention.when.interval)


@pytest.mark.parametrize(("text", "expected"), _each(TITLES))
def test_an_event_has_the_title_a_newsroom_would_print(
    text: str, expected: str | list[str], sentences: Sentences
) -> None:
    """Doer, deed and object, without the frame and the time words."""
    assert expected == _found([mention.title for mention in sentences[PUBLISHED, text].at_marks])


@pytest.mark.parametrize(("text", "expected"), _each(FACTS["participants"]))
def test_a_sentence_names_who_takes_part(text: str, expected: list[Any], sentences: Sentences) -> None:
    """Names in full, and common nouns that can act; a fire is not a participant."""
    assert expected == _found([list(m.participants) for m in sentences[PUBLISHED, text].at_marks])


@pytest.mark.parametrize(("text", "expected"), _each(FACTS["kinds"]))
def test_a_phrase_or_a_name_tells_what_its_words_do_not(
    text: str, expected: str, sentences: Sentences
) -> None:
    """Who opens fire opens nothing, and the Oscars are no statues."""
    assert expected == _found([mention.kind for mention in sentences[PUBLISHED, text].at_marks])


@pytest.mark.parametrize(("text", "expected"), _each(FACTS["quantities"]))
def test_a_sentence_says_how_many(text: str, expected: str | list[str], sentences: Sentences) -> None:
    """People killed, wounded, freed ... with "about" and "at least"; ships bought are not counted."""
    mentions = sentences[PUBLISHED, text].at_marks

    assert expected == _found([", ".join(map(_words, m.quantities)) for m in mentions])


def _words(quantity: Quantity) -> str:
    hedge = "about" if quantity.approximate else quantity.bound
    return " ".join(filter(None, (hedge, str(quantity.value), quantity.aspect)))


@pytest.mark.parametrize(("text", "expected"), _each(FACTS["place"]))
def test_a_sentence_says_where(text: str, expected: str, sentences: Sentences) -> None:
    """The place is a name in the event's own phrases, or empty."""
    assert expected == _found([m.place for m in sentences[PUBLISHED, text].at_marks])


@pytest.mark.parametrize(("text", "expected"), _each(FACTS["attribution"]))
def test_a_sentence_says_who_says_so(text: str, expected: str, sentences: Sentences) -> None:
    """The speaker, or empty where the article speaks for itself."""
    assert expected == _found([m.attribution for m in sentences[PUBLISHED, text].at_marks])


@pytest.mark.parametrize(("text", "expected"), _each(FACTS["links"]))
def test_words_join_events(text: str, expected: list[str], sentences: Sentences) -> None:
    """ "After", "because", "in retaliation for" and the like say how one event lies to another."""
    found = sentences[PUBLISHED, text]
    links = [(mention, link) for mention in found.at_marks for link in mention.links]
    words = found.article.text

    assert expected == [f"{m.trigger.text} {k.type} {words[k.other[1] : k.other[2]]}" for m, k in links]


def test_every_mention_is_a_quote(sentences: Sentences) -> None:
    """Quote, trigger and every number stand in the article as they are told, the trigger inside the quote."""
    for found, mention in _mentions(sentences):
        spans = [mention.quote, mention.trigger, *(q.span for q in mention.quantities if q.span)]

        assert [found.article.text[s.start : s.end] for s in spans] == [s.text for s in spans]
        assert mention.trigger in mention.quote


def test_every_mention_is_of_its_article_and_there_once(sentences: Sentences) -> None:
    """Mentions come in reading order, no trigger twice, and links lead to triggers of the same article."""
    for found in sentences.values():
        starts = [mention.trigger.start for mention in found.mentions]
        places = {mention.key[1:] for mention in found.mentions}

        assert sorted(set(starts)) == starts
        assert {found.article.id} >= {mention.article for mention in found.mentions}
        assert all(k.other[1:] in places and k.other != m.key for m in found.mentions for k in m.links)


def test_no_title_is_longer_than_a_line_of_a_card(sentences: Sentences) -> None:
    """A title is one line of at most 90 characters that starts with a capital, a digit or a mark."""
    for _, mention in _mentions(sentences):
        assert len(mention.title) <= MAX_TITLE
        assert mention.title == " ".join(mention.title.split())
        assert not mention.title[:1].islower()


def test_weights_are_shares(sentences: Sentences) -> None:
    """What the text makes of a mention lies between 0 and 1."""
    assert [] == [m.trigger.text for _, m in _mentions(sentences) if not 0 <= m.weight <= 1]


def test_a_sentence_told_twice_is_one_mention() -> None:
    """Of a standfirst that is repeated further down, the later sentence counts."""
    text = "A fire closed the bridge. The mayor wept. A fire closed the bridge."
    [found] = read([(PUBLISHED, text)])
    [closed] = [mention for mention in found.mentions if mention.trigger.text == "closed"]

    assert text.rindex("closed") == closed.trigger.start


def test_noise_tells_no_event() -> None:
    """Bylines, credits and teasers name no events; the paragraph between them does."""
    text = "By Ann Attack\n\nPhoto: the blast\n\nA bomb killed two men.\n\nRead more: ten wars\n"
    [found] = read([(PUBLISHED, text)])

    assert ["killed"] == found.triggers


def test_reading_is_repeatable(sentences: Sentences) -> None:
    """The same sentence gives the same mentions, whatever stands beside it."""
    (day, text), found = next(iter(sentences.items()))
    [alone] = read([(day, text)])

    assert [m.title for m in found.mentions] == [m.title for m in alone.mentions]
    assert [m.trigger for m in found.mentions] == [m.trigger for m in alone.mentions]


def test_lexicon_words_are_base_forms() -> None:
    """Words are lower case and trimmed, no list names one twice, and weights lie between 0 and 1."""
    for name, row in KINDS.items():
        for words in (row["verbs"], row["nouns"]):
            assert [word.lower().strip() for word in words] == words, name
            assert len(set(words)) == len(words), name
        assert 0 <= row["weight"] <= 1, name


def test_groups_name_kinds() -> None:
    """The groups of kinds that can be one event name kinds that there are."""
    groups = corpus("../../timeline/events/lexicon.toml")["groups"]

    assert [] == [name for group in groups for name in group if name not in KINDS]


def test_a_kind_without_an_entry_is_its_own() -> None:
    """A verb that no list names is its own kind, of middling weight and no report."""
    kind = lexicon().kind("gallop")

    assert "gallop" == kind.name
    assert not kind.report
    assert 0 < kind.weight < lexicon().kind("attack").weight


def _mentions(sentences: Sentences) -> Iterator[tuple[Read, EventMention]]:
    for found in sentences.values():
        for mention in found.mentions:
            yield found, mention
