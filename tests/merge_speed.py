"""Times merging on synthetic mentions: about linear in their number.

python tests/merge_speed.py            10,000 and 20,000 mentions, in seconds of processor time
"""

from __future__ import annotations

import random
import sys
import time

from timeline.coref import merge
from timeline.interval import Grain, Interval
from timeline.model import Article, Basis, EventMention, Publication, Span, Status, Timex, When

#: Mentions an article has, and articles that tell one story.
MENTIONS, REPORTS = 30, 8
#: Trigger and kind; news is made of few.
TRIGGERS = (
    ("attack", "attack"),
    ("kill", "killing"),
    ("say", "statement"),
    ("meet", "meeting"),
    ("arrest", "arrest"),
    ("announce", "announcement"),
    ("vote", "vote"),
    ("strike", "strike"),
    ("launch", "launch"),
    ("talk", "talks"),
)
DAY = Interval.on("2024-01-01")


def pile(mentions: int) -> tuple[list[EventMention], list[Article]]:
    """So many mentions in articles that tell stories: eight articles share names, words and days."""
    chance = random.Random(20240101)
    found: list[EventMention] = []
    articles: list[Article] = []
    common = [f"word{n}" for n in range(400)]
    while len(found) < mentions:
        number = len(articles)
        story = random.Random(number // REPORTS)
        told = [f"Name{story.randrange(5000)}" for _ in range(6)]
        told += [f"tale{story.randrange(9000)}" for _ in range(40)]
        published = DAY.shift(story.randrange(700) + chance.randrange(2))
        sentences = []
        for _ in range(MENTIONS):
            lemma, kind = chance.choice(TRIGGERS)
            words = chance.sample(told, 5) + chance.sample(common, 6)
            sentences.append((lemma, kind, words, f"{' '.join(words[:6])} {lemma} {' '.join(words[6:])}."))
        text = " ".join(s for *_, s in sentences)
        start = 0
        for position, (lemma, kind, words, sentence) in enumerate(sentences):
            quote = Span(start, start + len(sentence), sentence)
            at = start + sentence.index(f" {lemma} ") + 1
            timex = when = None
            if chance.random() < 0.3:
                day = published.shift(-chance.randrange(5))
                word = Span(start, start + 4, text[start : start + 4])
                timex = Timex(word, "DATE", str(day.start), day, Grain.DAY)
                when = When(day, Grain.DAY, rule="<weekday>")
            found.append(
                EventMention(
                    article=f"a{number:05}",
                    quote=quote,
                    trigger=Span(at, at + len(lemma), lemma),
                    lemma=lemma,
                    kind=kind,
                    title=sentence[:80],
                    status=Status.OCCURRED if chance.random() < 0.8 else Status.PLANNED,
                    participants=tuple(w for w in words if w.startswith("Name"))[:2],
                    timex=timex,
                    when=when or When(),
                    position=position,
                    words=frozenset(words),
                    weight=0.5,
                )
            )
            start += len(sentence) + 1
        known = Publication(published, Basis.GIVEN)
        body = (0, len(text))
        articles.append(Article(f"a{number:05}", text, published=known, body=body, number=number + 1))
    return found[:mentions], articles


def seconds(mentions: int) -> float:
    """Processor seconds to merge so many."""
    found, articles = pile(mentions)
    start = time.process_time()
    events = merge(found, articles)
    spent = time.process_time() - start
    sys.stdout.write(
        f"{mentions} mentions in {len(articles)} articles: {len(events)} events, {spent:.1f} s\n"
    )
    return spent


if __name__ == "__main__":
    small, large = seconds(10_000), seconds(20_000)
    sys.stdout.write(f"twice the mentions take {large / small:.2f} times as long\n")
