"""The reading of English: blocks, sentences and their places, clauses, names."""

from __future__ import annotations

import re
import sys
from itertools import pairwise
from typing import Any

import pytest
from conftest import FIXTURES
from hypothesis import given, settings
from hypothesis import strategies as st
from sentences import article, corpus, shown_clause, trees

from timeline.language import Kind, Parsed, Sentence, clause_of, clauses, governor, parse, phrase
from timeline.language.blocks import Block, blocks
from timeline.language.parse import stretches
from timeline.model import Article, Evidence, Publication, Tense
from timeline.timex import tag

CLAUSES = corpus("language/clauses.toml")
NAMES = corpus("language/names.toml")["case"]

#: Time expressions everywhere a parser might stumble over them, wrapped lines, curly quotes, odd spaces.
STORY = """Ferry sinks off Zanzibar late Monday

By Ann Lee

On Monday night a ferry carrying 200 people capsized off Zanzibar. “We lost everything,” one survivor
said on Tuesday. The coastguard, which was warned at 9 p.m., sent a boat.  It arrived on Tuesday
morning; a second one came two hours later.

TIMELINE OF A DISASTER

The captain — a sailor since 1998 — was arrested earlier this week. His trial begins on April 8.
Officials declared a cease-fire of words until Friday… Nobody listened.
Last year, Dr. Tom Roe of the U.S. Coast Guard warned of a “disaster waiting to happen.” Why?
"""


def times(text: str) -> list[tuple[int, int]]:
    """Where the time expressions of a text stand, as a build gives them to the parser."""
    return [(timex.span.start, timex.span.end) for timex in tag(text, None)]


@pytest.fixture(scope="module")
def story() -> Parsed:
    """The story, its time expressions stepped over."""
    [parsed] = parse([article(STORY, "2024-03-28")], times=times)
    return parsed


@pytest.fixture(scope="module")
def parsed() -> dict[str, Parsed]:
    """Every sentence of the clause and name corpora, in one go."""
    texts = [*CLAUSES, *(case["text"] for case in NAMES), *TENSES]
    return dict(zip(texts, parse([article(text) for text in texts]), strict=True))


# -- blocks -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", corpus("language/blocks.toml")["case"], ids=lambda case: case["name"])
def test_a_text_has_the_blocks_of_the_corpus(case: dict[str, Any]) -> None:
    """Headlines, subheads, paragraphs, and each line of noise by the rule that says so."""
    text = case["text"]

    assert case["blocks"] == [_shown(block, text) for block in blocks(article(text))]


def _shown(block: Block, text: str) -> str:
    return f"{block.why or block.kind.value}: {' '.join(text[block.start : block.end].split())}"


def test_a_line_that_is_the_publication_date_is_noise() -> None:
    """What `read` cited as the publication date tells no event; a sentence that holds a date does."""
    text = "The mayor spoke on\nMarch 4, 2024\n\nThe bridge opened on March 4, 2024, after years of work."
    start = text.index("March")
    evidence = Evidence("head line", "March 4, 2024", start, start + 13)
    told = Article(id="a", text=text, body=(0, len(text)), published=Publication(evidence=(evidence,)))

    assert [Kind.NOISE] == [b.kind for b in blocks(told) if b.start <= start < b.end]
    assert "publication date" in [b.why for b in blocks(told)]
    assert Kind.PARAGRAPH in [b.kind for b in blocks(told)]


def test_only_the_body_is_read() -> None:
    """What stands before the body, front matter for one, is in no block."""
    text = "date: 2024-03-28\n\nThe bridge opened."
    told = Article(id="a", text=text, body=(text.index("The"), len(text)))

    assert ["The bridge opened."] == [text[b.start : b.end] for b in blocks(told)]


@given(st.text(alphabet=st.sampled_from("Ab. \n\r-—(“é"), max_size=200))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_blocks_lie_in_order_and_hold_all_words(text: str) -> None:
    """Blocks never overlap, none is blank, and what is between them has no word but a dateline's."""
    found = list(blocks(article(text)))

    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(text[block.start : block.end].strip() for block in found)
    if found:
        after_last = text[found[-1].end :]
        assert "" == after_last.strip()


# -- sentences and places -----------------------------------------------------------------------------


def test_words_and_sentences_stand_where_they_say(story: Parsed) -> None:
    """Each sentence and each word slices back to the article's own text."""
    for sentence in story.sentences:
        assert STORY[sentence.span.start : sentence.span.end] == sentence.span.text
        for token in sentence.words:
            place = sentence.place(token)
            assert STORY[place.start : place.end] == place.text
            assert place in sentence.span
            assert _letters(token.text) == _letters(place.text)


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text).lower()


_FRAGMENTS = (
    "On Monday",
    " gunmen attacked the town",
    " Ann Lee’s",
    "“",
    "”",
    "(",
    ". ",
    ", ",
    "…",
    " -- ",
    " air  strike",
    " cease-fire",
    " late last year",
    " the October 7 attack",
    " 2024-03-28",
    " U.S.",
    " é\u0301",
    "\u200b",
    "\u00a0",
    "😀",
    "\t",
    "\n",
    "\r\n",
    "\n\n",
    "The mayor said on Tuesday that it was over.",
)


@given(st.lists(st.sampled_from(_FRAGMENTS), max_size=25).map("".join))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_places_hold_in_any_text(text: str) -> None:
    """Odd spaces, quotes, marks and broken lines move no offset, and no sentence leaves its block."""
    [found] = parse([article(text)], times=times)

    assert all(one.span.end <= other.span.start for one, other in pairwise(found.sentences))
    for sentence in found.sentences:
        block, span = sentence.block, sentence.span
        assert text[span.start : span.end] == span.text == span.text.strip()
        assert block.start <= span.start < span.end <= block.end
        for token in sentence.words:
            place = sentence.place(token)
            assert text[place.start : place.end] == place.text != ""
            assert place in span


def test_sentences_come_in_order_and_share_nothing(story: Parsed) -> None:
    """No sentence begins before the one before it ends, and their numbers count up."""
    assert all(one.span.end <= other.span.start for one, other in pairwise(story.sentences))
    assert list(range(len(story.sentences))) == [sentence.index for sentence in story.sentences]


def test_sentences_hold_every_word_of_their_block(story: Parsed) -> None:
    """Nothing but blanks lies between the sentences of a block, stepped-over time words included."""
    for block in story.blocks:
        told = [s.span for s in story.sentences if s.block == block]
        rest = STORY[block.start : block.end]
        for span in reversed(told):
            rest = rest[: span.start - block.start] + rest[span.end - block.start :]

        assert block.kind is Kind.NOISE or "" == rest.strip()


def test_sentences_end_where_a_reader_would_end_them(story: Parsed) -> None:
    """Time words go with their own sentence, fronted or trailing; titles and initials end none."""
    assert [
        "Ferry sinks off Zanzibar late Monday",
        "On Monday night a ferry carrying 200 people capsized off Zanzibar.",
        "“We lost everything,” one survivor said on Tuesday.",
        "The coastguard, which was warned at 9 p.m., sent a boat.",
        "It arrived on Tuesday morning; a second one came two hours later.",
        "TIMELINE OF A DISASTER",
        "The captain — a sailor since 1998 — was arrested earlier this week.",
        "His trial begins on April 8.",
        "Officials declared a cease-fire of words until Friday…",
        "Nobody listened.",
        "Last year, Dr. Tom Roe of the U.S. Coast Guard warned of a “disaster waiting to happen.”",
        "Why?",
    ] == [" ".join(sentence.span.text.split()) for sentence in story.sentences]


def test_adverbial_times_are_stepped_over(story: Parsed) -> None:
    """The parser sees "a ferry capsized", not "On Monday night"; the sentence's span holds both."""
    sentence = story.sentences[1]
    words = [token.text for token in sentence.words]

    assert "a" == words[0]
    assert "Monday" not in words
    assert sentence.span.text.startswith("On Monday night")


def test_no_sentence_runs_over_the_end_of_a_block() -> None:
    """Two lines that are blocks of their own are never one sentence, whatever the parser thinks."""
    text = "The bridge opened in\n\n2021 was a good year.\nThe mayor of Oldport.\nspoke for an hour.\n"
    [found] = parse([article(text)], times=times)

    assert 4 == len({sentence.block for sentence in found.sentences})
    assert all("\n" not in sentence.span.text for sentence in found.sentences)


def test_a_headline_is_one_sentence() -> None:
    """A full stop inside a headline ends nothing."""
    text = "Bridge. Fire. Dr. Roe speaks out\n\nThe bridge burned."
    [found] = parse([article(text)])

    assert [Kind.HEADLINE, Kind.PARAGRAPH] == [sentence.block.kind for sentence in found.sentences]


def test_title_case_is_read_as_a_sentence() -> None:
    """In a headline in Title Case only what the text itself capitalises stays a name; places stay true."""
    text = "Fire Destroys Market In Oldport\n\nThe fire in Oldport broke out at night."
    [found] = parse([article(text)])
    headline = found.sentences[0]

    assert ["Fire", "destroys", "market", "in", "Oldport"] == [token.text for token in headline.words]
    assert ["Fire", "Destroys", "Market", "In", "Oldport"] == [headline.place(t).text for t in headline.words]


@pytest.mark.parametrize("word", ["cease-fire", "cease–fire", "air strike", "air-raid", "by-elections"])
def test_a_word_with_a_hyphen_is_one(word: str) -> None:
    """Spellings of one word are one token, whose place is the whole of it."""
    text = f"The {word} shocked the town."
    [found] = parse([article(text)])
    sentence = found.sentences[0]

    assert word == sentence.place(sentence.words[1]).text
    assert "shocked" == sentence.words[2].text


@pytest.mark.parametrize(
    ("text", "words", "adverbial"),
    [
        ("On Monday the council met.", "Monday", True),
        ("The council met Monday.", "Monday", True),
        ("A strike late Monday killed two.", "late Monday", True),
        ("It has been shut since 2011.", "2011", True),
        ("Monday's vote was close.", "Monday", False),
        ("The October 7 attack shocked many.", "October 7", False),
        ("The vote of Monday was close.", "Monday", False),
        ("Monday was a holiday.", "Monday", False),
        ("A seven-day truce began.", "seven-day", False),
    ],
)
def test_a_time_is_adverbial_if_the_clause_is_whole_without_it(
    text: str, words: str, adverbial: bool
) -> None:
    """A date that a preposition governs or that stands bare can go; one inside a noun phrase cannot."""
    start = text.index(words)
    [stretch] = stretches(text, [(start, start + len(words))], 0)

    assert adverbial is stretch.adverbial
    assert words in text[stretch.start : stretch.end]


def test_a_word_of_any_length_can_be_read() -> None:
    """A run of a thousand letters or marks is stepped over, and what stands around it is read."""
    text = f"The bridge fell. {'x' * 5000} {'?!' * 2000} The mayor wept."
    [found] = parse([article(text)])

    assert "The bridge fell." == found.sentences[0].span.text
    assert "The mayor wept." in found.sentences[-1].span.text


def test_a_long_article_is_read_the_same_by_one_thread_and_by_two(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which batches are parsed beside each other changes nothing."""
    lines = (FIXTURES / "treebank" / "news-more.txt").read_text(encoding="utf-8").splitlines()
    long = article("\n\n".join(lines[:400]))
    reader = sys.modules["timeline.language.parse"]
    [by_two] = parse([long])
    monkeypatch.setattr(reader, "_THREADS", 1000)  # more than there are batches: one after the other
    [by_one] = parse([long])

    assert [sentence.span for sentence in by_one.sentences] == [
        sentence.span for sentence in by_two.sentences
    ]
    assert trees(sentence.words for sentence in by_one.sentences) == trees(
        sentence.words for sentence in by_two.sentences
    )


def test_an_empty_article_has_no_sentences() -> None:
    """Without text there is nothing to read, and nothing to stumble over."""
    [empty, blank] = parse([article(""), article(" \n\n ")])

    assert () == empty.sentences == blank.sentences
    assert empty.tense_at(0, 0) is None


def test_progress_counts_articles() -> None:
    """The caller is told after each article how many are done."""
    done: list[int] = []
    parse([article("The bridge fell."), article("It rained.")], progress=done.append)

    assert [1, 2] == done


def test_an_offset_leads_to_its_sentence(story: Parsed) -> None:
    """Every character of a sentence finds it; noise and blank lines find none."""
    assert story.sentences[2] is story.sentence_at(STORY.index("survivor"))
    assert story.sentence_at(STORY.index("By Ann")) is None
    assert story.sentence_at(STORY.index("\n\n")) is None


# -- clauses ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", CLAUSES)
def test_a_clause_says_who_does_what(text: str, parsed: dict[str, Parsed]) -> None:
    """Subject, verb, object, and how: tense, voice, negation, modality."""
    found = [clause for sentence in parsed[text].sentences for clause in clauses(sentence.words)]

    assert CLAUSES[text] == [shown_clause(clause) for clause in found]


def test_a_phrase_leaves_asides_out(parsed: dict[str, Parsed]) -> None:
    """A noun phrase without its relative clause; with it if asked for."""
    [sentence] = parsed["The rebels, who control the north, rejected the offer."].sentences
    rebels = _token(sentence, "rebels")

    assert "The rebels" == " ".join(token.text for token in phrase(rebels))
    assert "control" in [token.text for token in phrase(rebels, aside=True)]


def test_the_governor_is_the_nearest_predicate(parsed: dict[str, Parsed]) -> None:
    """A noun's governor is the verb it hangs on; a verb's is itself."""
    [sentence] = parsed["Police managed to arrest the driver."].sentences

    assert "arrest" == str(governor(_token(sentence, "driver")))
    assert "managed" == str(governor(_token(sentence, "managed")))
    assert "Police" == str(clause_of(_token(sentence, "arrest")).subject)


#: The tense of the clause around a word of the sentence: which way it looks.
TENSES = {
    "The minister resigned on Monday.": ("Monday", Tense.PAST),
    "The minister will resign on Monday.": ("Monday", Tense.FUTURE),
    "The minister plans to resign on Monday.": ("resign", Tense.FUTURE),
    "The court managed to meet on Monday.": ("meet", Tense.PAST),
    "The mayor said the bridge would reopen on Monday.": ("Monday", Tense.FUTURE),
    "The mayor said the bridge had reopened on Monday.": ("Monday", Tense.PAST),
    "The trial begins on Monday.": ("begins", Tense.PRESENT),
    "The bridge has been closed since Monday.": ("closed", Tense.PAST),
    "The army may attack on Monday.": ("Monday", Tense.FUTURE),
    "The army is going to attack.": ("going", Tense.PRESENT),
    "The army retreated, leaving its guns.": ("leaving", Tense.PAST),
}


@pytest.mark.parametrize("text", TENSES)
def test_the_tense_around_a_word(text: str, parsed: dict[str, Parsed]) -> None:
    """Past, present or future of the clause that a stretch of text stands in."""
    word, tense = TENSES[text]
    start = text.index(word)

    assert tense is parsed[text].tense_at(start, start + len(word))


def test_a_time_that_was_stepped_over_has_the_tense_of_what_stands_before_it(story: Parsed) -> None:
    """The parser never saw "earlier this week", and still its clause is known."""
    start = STORY.index("earlier this week")

    assert Tense.PAST is story.tense_at(start, start + 17)


def _token(sentence: Sentence, word: str) -> Any:
    return next(token for token in sentence.words if token.text == word)


# -- names --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", NAMES, ids=lambda case: case["text"][:50])
def test_names_and_pronouns_stand_for(case: dict[str, Any], parsed: dict[str, Parsed]) -> None:
    """Short names have their long forms, and a pronoun its name where that is safe."""
    found = parsed[case["text"]]
    resolved = [
        f"{sentence.words.doc[token].text} = {reference.name}"
        for (number, token), reference in sorted(found.names.references.items())
        for sentence in [found.sentences[number]]
    ]

    assert case.get("full", {}) == dict(found.names.full)
    assert case.get("pronouns", []) == resolved


def test_a_name_without_a_longer_form_is_whole(parsed: dict[str, Parsed]) -> None:
    """`whole` gives the fullest form, or the name itself."""
    names = parsed[NAMES[0]["text"]].names

    assert "Antony Blinken" == names.whole("Blinken")
    assert "Cairo" == names.whole("Cairo")
    assert "Cairo" in names.places
