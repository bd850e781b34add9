"""Merging mentions into events."""

from __future__ import annotations

import datetime as dt
import random
import re
import tomllib
from dataclasses import replace
from typing import Any

import pytest
from conftest import ROOT
from coref_piles import article, mention, pair
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.coref import merge
from timeline.coref.alike import Likeness
from timeline.coref.words import happening, name_key, root
from timeline.events import lexicon
from timeline.interval import Grain, Interval
from timeline.model import Article, Event, EventMention, When

PAIRS = tomllib.loads((ROOT / "tests" / "corpus" / "coref" / "pairs.toml").read_text("utf-8"))["pair"]

TOLD = {
    "harbour-1": [
        ("Rebels [shelled] the harbour of Mirren {on Tuesday}.", "strike", dt.date(2021, 3, 2)),
        ("The [shelling] of Mirren sank two barges.", "strike", None),
        ("The governor [said] the harbour would reopen.", "statement", None),
    ],
    "harbour-2": [
        ("Mirren counts its losses after the [bombardment] {of March 2}.", "strike", dt.date(2021, 3, 2)),
        ("Two barges [sank] in the harbour.", "sinking", None),
        ("A [truce] was discussed in Ansel.", "truce", None),
    ],
    "harbour-3": [
        ("Since rebels [shelled] Mirren, no barge has left the harbour.", "strike", None),
        ("Envoys [met] in Ansel {on March 9}.", "meeting", dt.date(2021, 3, 9)),
    ],
}
UNRELATED = [
    ("Orchestra Velden [opened] its season with a waltz {on June 6}.", "launch", dt.date(2021, 6, 6)),
    ("Critics [praised] the second violin.", "praise", None),
]


def story(names: list[str]) -> tuple[list[EventMention], list[Article]]:
    """The pile of those articles."""
    mentions, articles = [], []
    for number, name in enumerate(names, 1):
        told = TOLD.get(name, UNRELATED)
        text = article(name, [sentence for sentence, *_ in told], dt.date(2021, 3, 10), number)
        articles.append(text)
        mentions += [mention(text, s, kind, day, position=n) for n, (s, kind, day) in enumerate(told)]
    return mentions, articles


def groups(events: tuple[Event, ...]) -> set[frozenset[tuple[str, int]]]:
    """The events as sets of places."""
    return {frozenset((c.article, c.trigger.start) for c in e.citations) for e in events}


@pytest.mark.parametrize("row", PAIRS, ids=[row["why"] for row in PAIRS])
def test_a_pair_is_one_event_or_two(row: dict[str, Any]) -> None:
    """Two sentences tell one event or two, as `corpus/coref/pairs.toml` says."""
    events = merge(*pair(row))

    assert (1 if row["same"] else 2) == len(events)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.randoms(use_true_random=False))
def test_the_order_of_articles_and_mentions_changes_nothing(chance: random.Random) -> None:
    """Mentions and articles in any order make the same events, to the last character."""
    mentions, articles = story(list(TOLD))
    expected = merge(mentions, articles)
    chance.shuffle(mentions)
    chance.shuffle(articles)

    assert expected == merge(mentions, articles)


@settings(max_examples=10, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(list(TOLD)), min_size=1, max_size=3, unique=True))
def test_an_unrelated_article_leaves_the_other_events_alone(names: list[str]) -> None:
    """Adding an article on something else keeps the ids and the citations of all events there were."""
    before = merge(*story(names))
    after = merge(*story([*names, "velden"]))

    old = {e.id: e.citations for e in before}
    assert old == {e.id: e.citations for e in after if "velden" not in e.articles}


def test_three_articles_tell_one_shelling() -> None:
    """Day, derivation and article bring together what three articles tell in five ways."""
    events = merge(*story(list(TOLD)))

    assert {"harbour-1", "harbour-2", "harbour-3"} in [set(e.articles) for e in events if e.kind == "strike"]


def test_every_merge_says_why() -> None:
    """All citations of an event but its first carry the evidence in words."""
    events = merge(*story(list(TOLD)))

    for event in events:
        assert len(event.citations) - 1 == sum(bool(c.why) for c in event.citations)


@pytest.mark.parametrize(("published", "events"), [(dt.date(2021, 3, 3), 1), (dt.date(2021, 3, 13), 2)])
def test_a_date_is_that_of_the_news_of_the_day_after(published: dt.date, events: int) -> None:
    """What one article dates may be the news of another that came out on the next day, not a week later."""
    looking_back = (
        "{On March 2}, Brandt [resigned] from the board.",
        dt.date(2021, 3, 2),
        dt.date(2021, 4, 20),
    )
    news = ("Lena Brandt [resigned] in a letter to the board.", None, published)
    articles, mentions = [], []
    for number, (sentence, day, out) in enumerate((news, looking_back), 1):
        articles.append(article(f"a{number}", [sentence], out, number))
        mentions.append(mention(articles[-1], sentence, "departure", day))
    told = When(
        Interval.on(published),
        Grain.DAY,
        approximate=True,
        rule=f"publication date {published}: told as the news",
    )
    mentions[0] = replace(mentions[0], when=told)

    assert events == len(merge(mentions, articles))


def test_a_noun_taken_up_again_is_what_its_article_says() -> None:
    """ "The truce" goes with its own article's truce, however little it has in common with another's."""
    here = [
        ("The seven-day [truce] that ended {on March 2} freed ten sailors.", "truce", dt.date(2021, 3, 2)),
        ("Since then the [truce] has been missed.", "truce", None),
        ("Nobody in the port forgets the [truce].", "truce", None),
    ]
    days = [dt.date(2021, 2, 23), dt.date(2021, 3, 3)]
    there = [("In the weeklong [truce] {of March} ten sailors went home.", "truce", days)]
    yonder = [("Ten sailors were freed in the [truce] {of March}, a week long.", "truce", days)]
    articles, mentions = [], []
    for number, told in enumerate((here, there, yonder), 1):
        text = article(
            f"a{number}", [sentence for sentence, *_ in told], dt.date(2021, 3 + number, 9), number
        )
        articles.append(text)
        mentions += [mention(text, s, kind, day, position=n) for n, (s, kind, day) in enumerate(told)]

    assert [5] == [len(event.citations) for event in merge(mentions, articles)]


@pytest.mark.parametrize(("dead", "together"), [("30,000", True), ("150", False)])
def test_attacks_are_told_apart_by_their_dead(dead: str, together: bool) -> None:
    """A raid that killed 150 is not the offensive that killed 30,000, in whatever words they are told."""
    told = (
        "The [onslaught] of the army on Ansel has killed 28,000 people.",
        f"The [operation] of the army in Ansel killed {dead} people.",
    )
    articles, mentions = [], []
    for number, sentence in enumerate(told, 1):
        articles.append(article(f"a{number}", [sentence], dt.date(2021, 3, 9), number))
        killed = re.sub(r"killed", "[killed]", re.sub(r"[\[\]]", "", sentence))
        attack = replace(mention(articles[-1], sentence, "offensive"), nominal=True, quantities=())
        mentions += [attack, mention(articles[-1], killed, "killing")]
    attacks = [event for event in merge(mentions, articles) if event.kind == "offensive"]

    assert (1 if together else 2) == len(attacks)


def test_an_event_is_named_with_its_place() -> None:
    """Of two mentions that read as well, the one that says where it was gives the title."""
    told = (
        "Rebels [shelled] the harbour of Mirren {on Tuesday}.",
        "Rebels [shelled] the old harbour {on Tuesday}.",
    )
    articles, mentions = [], []
    for number, sentence in enumerate(told, 1):
        articles.append(article(f"a{number}", [sentence], dt.date(2021, 3, 3), number))
        found = mention(articles[-1], sentence, "strike", dt.date(2021, 3, 2))
        mentions.append(
            replace(found, title=sentence.translate({ord(c): None for c in "[]{}"}), readable=0.8)
        )
    for order in (mentions, mentions[::-1]):
        placed = [replace(m, place="Mirren" if "Mirren" in m.title else "") for m in order]
        [event] = merge(placed, articles)

        assert "Mirren" in event.title


def test_trips_are_told_apart_by_their_number() -> None:
    """ "His tour" in the article of a fifth tour is not the sixth of another article."""
    here = ("On his fifth [tour] Lund met the king.", "Later Lund ended his [tour] of the islands.")
    there = ("Lund came back from a [tour] of the islands.", "On his sixth [tour] Lund met nobody.")
    articles, mentions = [], []
    for number, told in enumerate((here, there), 1):
        text = article(f"a{number}", told, None, number)
        articles.append(text)
        mentions += [mention(text, s, "travel", None, position=n) for n, s in enumerate(told)]

    for event in merge(mentions, articles):
        assert 1 == len(set(event.articles))


def test_conflict_is_not_chained_through_a_third() -> None:
    """Two shellings of two days stay two, however well an undated mention goes with both."""
    first = ("Rebels [shelled] Mirren {on March 2}.", "strike", dt.date(2021, 3, 2))
    second = ("Rebels [shelled] Mirren {on March 5}.", "strike", dt.date(2021, 3, 5))
    loose = ("The [shelling] of Mirren by rebels is remembered.", "strike", None)
    articles, mentions = [], []
    for number, (sentence, kind, day) in enumerate((first, second, loose), 1):
        articles.append(article(f"a{number}", [sentence], dt.date(2021, 3, 6), number))
        mentions.append(mention(articles[-1], sentence, kind, day))

    events = merge(mentions, articles)

    days = [{c.resolved.interval for c in e.citations if c.resolved.interval} for e in events]
    assert all(len(found) <= 1 for found in days)
    assert 2 == len(events)


def test_arrests_of_two_people_stay_two() -> None:
    """Articles on one club tell of two arrests in the same words; the names keep them apart."""
    told = [
        f"Police [arrested] Harbour Rovers goalkeeper {name} on suspicion of drunk driving in {town}."
        for name in ("Odo Quell", "Ivo Brandt")
        for town in ("Oskar", "Belmore", "Mirren")
    ]
    articles = [article(f"a{n}", [s], dt.date(2021, 3, 6), n) for n, s in enumerate(told)]
    mentions = [
        replace(mention(text, sentence, "arrest"), participants=(name,), place="")
        for text, sentence in zip(articles, told, strict=True)
        for name in ("Odo Quell", "Ivo Brandt")
        if name in sentence
    ]

    events = merge(mentions, articles)

    assert {frozenset({"a0", "a1", "a2"}), frozenset({"a3", "a4", "a5"})} == {
        frozenset(e.articles) for e in events
    }


def test_what_is_scheduled_is_one_event_whatever_is_said_of_it() -> None:
    """Who may host a gala and who hosts it speak of one gala."""
    sentences = ("Mara Lund may host the [gala] of Velden.", "Mara Lund hosts the [gala] of Velden.")
    articles = [article(f"a{n}", [s], dt.date(2021, 3, 6), n) for n, s in enumerate(sentences)]
    statuses = ("possible", "occurred")
    mentions = [
        mention(a, s, "occasion", status=t) for a, s, t in zip(articles, sentences, statuses, strict=True)
    ]

    assert 1 == len(merge(mentions, articles))


def test_a_festival_that_one_announces_and_another_reports_has_taken_place() -> None:
    """A scheduled event is one whatever is said of it, and a report of it outweighs its announcement."""
    sentences = (
        "The [festival] of Velden opens {on 6 March}.",
        "The [festival] of Velden drew crowds {on 6 March}.",
    )
    day = dt.date(2021, 3, 6)
    articles = [article(f"a{n}", [s], dt.date(2021, 3, 1 + 6 * n), n) for n, s in enumerate(sentences)]
    statuses = ("planned", "occurred")
    mentions = [
        mention(a, s, "occasion", day, t) for a, s, t in zip(articles, sentences, statuses, strict=True)
    ]

    assert ["occurred"] == [event.status.value for event in merge(mentions, articles)]


def test_the_same_words_of_two_people_are_two_events() -> None:
    """ "He was arrested." stands in two articles word for word, and is of somebody else in each."""
    day = dt.date(2021, 3, 6)
    told = {"Odo Quell": "a", "Ivo Brandt": "b"}
    articles = [article(id, [f"{name} ran.", "He was [arrested]."], day) for name, id in told.items()]
    mentions = [
        replace(mention(text, "He was [arrested].", "arrest"), participants=(name,))
        for text, name in zip(articles, told, strict=True)
    ]

    assert 2 == len(merge(mentions, articles))


def test_a_wire_story_in_a_hundred_papers_is_one_source() -> None:
    """Also where its words stand in so many articles that they would count as everybody's."""
    sentences = [s for s, *_ in TOLD["harbour-1"]]
    copies = [article(f"paper-{n}", sentences, dt.date(2021, 3, 3), n) for n in range(100)]

    assert 1 == Likeness(copies).sources([a.id for a in copies])


def test_a_wire_story_in_three_papers_is_one_source() -> None:
    """Copies of an article add no weight: an event in three copies ranks as in one."""
    sentences = [s for s, *_ in TOLD["harbour-1"]]
    sentences += [f"Dockers in row {n} lost their cranes." for n in range(20)]
    copies = [article(f"paper-{n}", sentences, dt.date(2021, 3, 3), n) for n in (1, 2, 3)]

    assert 1 == Likeness(copies).sources([a.id for a in copies])


@pytest.mark.parametrize(
    ("one", "other"),
    [("acquire", "acquisition"), ("attack", "attacker"), ("nominate", "nomination"), ("bomb", "bombing")],
)
def test_a_verb_and_its_noun_have_one_root(one: str, other: str) -> None:
    """Derivations are seen by their endings."""
    assert root(one) == root(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("die", "death"), ("truce", "ceasefire"), ("sack", "dismissal"), ("dui", "drunk driving")],
)
def test_words_for_one_happening_share_a_row(one: str, other: str) -> None:
    """What endings do not show stands in the table."""
    assert happening(one) & happening(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(("Israelis", "Israel"), ("Ukraine", "Ukrainian"), ("the U.S.", "American"), ("Ada Quell", "Quell")),
        *(("Pakistan", "Pakistani"), ("Japan", "Japanese"), ("Germany", "Germans"), ("Jordan", "Jordanian")),
        *(("Lebanon", "Lebanese"), ("Mexico", "Mexicans"), ("Sudan", "Sudanese"), ("Poland", "Polish")),
        *(("Denmark", "Danish"), ("Niger", "Nigerien"), ("Philippines", "Filipinos"), ("Peru", "Peruvian")),
    ],
)
def test_names_of_one_thing_have_one_key(one: str, other: str) -> None:
    """A country, its people and its adjective are one name; of a person the last name counts."""
    assert name_key(one) == name_key(other)


def test_no_lexicon_kind_is_unknown_to_the_pairs() -> None:
    """The table speaks of kinds there are."""
    assert {row["kind"] for row in PAIRS} <= set(lexicon().kinds)


@pytest.mark.parametrize(
    ("first", "second", "events"),
    [
        ("Envoys hope to secure a fresh [pause].", "They worked for weeks to broker the [pause].", 2),
        ("The deal would be a costly [victory].", "The minister wants a decisive [victory].", 2),
        ("Envoys hope for a long [pause].", "Nobody expects the [pause].", 1),
    ],
)
def test_one_article_wishes_for_two_things(first: str, second: str, events: int) -> None:
    """ "A fresh pause" is not "the pause" told of before, nor a costly victory a decisive one."""
    text = article("a1", [first, second], dt.date(2021, 3, 3))
    kind = "victory" if "victory" in first else "truce"
    told = [mention(text, s, kind, status="possible", position=n) for n, s in enumerate((first, second))]

    assert events == len(merge(told, [text]))
