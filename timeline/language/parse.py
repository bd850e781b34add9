"""Articles -> parsed sentences whose every word knows its place in the article.

Three things are done to the words before the parser sees them, none of which touches the article:

* *Adverbial time expressions are stepped over.* "A raid earlier this month killed two" is parsed as
  "A raid killed two". Parsers trip on bare dates between subject and verb, and on fronted dates
  without a comma; the clause is whole without them, and titles must not hold them anyway.
* Curly quotes become straight ones, and words such as "cease-fire" one token.
* Title Case lines are put into sentence case, except for words that the article itself capitalises; and a
  headline's present tense into the past ("Council approves plan"), since treebanks have few headlines, and
  a parser takes the verb for a plural.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Final

from threadpoolctl import ThreadpoolController

from timeline.errors import UsageError
from timeline.language.blocks import Block, Kind, blocks
from timeline.language.clauses import tense_of
from timeline.language.clearnlp import as_ud, speaks_clearnlp
from timeline.language.entities import set_types
from timeline.language.gazetteer import gazetteer
from timeline.language.names import Names, names_in
from timeline.language.once import embed_once
from timeline.language.precision import USED, cast
from timeline.language.repair import repair
from timeline.language.repair_subjects import opening_name
from timeline.model import Article, Span, Tense

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Words

#: One for one, so that offsets hold: quotes and dashes as the treebanks write them.
STRAIGHT: Final = str.maketrans("“”„‘’´`\n\r\t\u00a0", "\"\"\"''''    ")
#: spaCy's tokenizer is quadratic in runs without a space; no word of a language is this long.
_RUN: Final = re.compile(r"\S{200,}|[^\w\s]{32,}")
#: Spellings that the tokenizer splits at the hyphen, and the word they are to a parser.
_WHOLE: Final = re.compile(
    r"\b(?:cease[-—–]fire|air[- ](?:strike|raid)|(?:by|re)-election|counter-offensive|follow-up"
    r"|(?:co|ex|vice)-[a-z]{4,12}?)s?\b",
    re.I,
)
#: A word inside a sentence, after a small letter or a comma.
_INNER: Final = re.compile(r"(?<=[^\W\d_A-Z] |[,;] )[^\W\d_][\w.'-]*")
#: Prepositions that make a time expression adverbial, and may stand before it.
_TIME_PREPOSITIONS: Final = frozenset(
    "on in at by since until till from during after before around about through over within as".split()
)
#: What may stand before a time expression and belongs to it.
_HEDGE: Final = re.compile(
    r"\b(?:as (?:early|recently|late|soon|far back) as|no (?:later|earlier) than|only|just|again|alone)\s+$",
    re.I,
)
_AFTER_SENTENCE: Final = re.compile(r"[.!?:;…]")
_CLOSERS: Final = frozenset("\"')]”’'")
_STOPS: Final = frozenset(".!?")
#: Words of a block that are parsed together: a parser needs about 20 kB for each.
_PORTION: Final = 4000
#: Documents that are parsed together, at most.
_DOCS: Final = 64
#: Batches that are parsed at the same time; a third would wait for Python's lock.
_THREADS: Final = 2


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time words: where they stand, prepositions included, and how they stand there."""

    start: int
    end: int
    adverbial: bool
    """True if the clause is whole without it; False for "Monday's vote" or "the October 7 attack"."""


@dataclass(frozen=True, eq=False)
class Sentence:
    """A parsed sentence and where its words stand in the article."""

    block: Block
    span: Span
    """In the article's text, stepped-over time expressions included."""
    words: Words
    """spaCy's tokens, time expressions stepped over."""
    places: Sequence[tuple[int, int]] = field(repr=False)
    """Article offsets of each token of the *document* the sentence is part of."""
    text: str = field(repr=False)
    """The article's text."""
    index: int = 0
    """Its number in the article, from 0; noise is not counted."""

    def place(self, token: Token) -> Span:
        """Where one token stands."""
        start, end = self.places[token.i]
        return Span(start, end, self.text[start:end])

    def cover(self, tokens: Sequence[Token]) -> Span:
        """The smallest span that holds all of `tokens` (at least one), and what stands between them."""
        start = min(self.places[t.i][0] for t in tokens)
        end = max(self.places[t.i][1] for t in tokens)
        return Span(start, end, self.text[start:end])

    def before(self, offset: int) -> Token | None:
        """The last token that ends at or before `offset`, or None."""
        found = None
        for token in self.words:
            if self.places[token.i][1] > offset:
                break
            found = token
        return found

    def at(self, start: int, end: int) -> list[Token]:
        """The tokens that overlap `start` to `end`; none for a stepped-over time expression."""
        return [t for t in self.words if self.places[t.i][0] < end and start < self.places[t.i][1]]


@dataclass(frozen=True, eq=False)
class Parsed:
    """An article, read: its blocks, its sentences, the names in it."""

    article: Article
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    names: Names

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds `offset`, or None (noise, blank lines)."""
        number = bisect_right(self.sentences, offset, key=lambda s: s.span.start) - 1
        if number < 0 or offset >= self.sentences[number].span.end:
            return None
        return self.sentences[number]

    def tense_at(self, start: int, end: int) -> Tense | None:
        """The tense of the clause around a stretch of text, or None if there is no clause."""
        sentence = self.sentence_at(start)
        if sentence is None:
            return None
        inside = sentence.at(start, end)
        token = inside[0] if inside else sentence.before(start) or next(iter(sentence.words), None)
        tense = tense_of(token) if token is not None else None
        if inside and tense is Tense.FUTURE and any(t.head.pos_ == "NOUN" for t in inside):
            return None  # "so that it can repeat the massacre of May 7": the noun's date is not the verb's
        return tense


@cache
def model(name: str = "") -> Language:
    """The shipped English pipeline, loaded once, or an installed one by its name or folder.

    No network, no pickle: spaCy reads msgpack and JSON. Its matrices are multiplied by NumPy's own library,
    which is up to three times as fast as the one spaCy comes with and gives the same parses. Raises
    UsageError if there is no pipeline of that name, or if it does not parse.
    """
    import spacy
    from thinc.api import use_ops

    if not name:
        with as_file(files("timeline.language") / "weights") as path, use_ops("numpy", use_blis=False):
            return embed_once(cast(spacy.load(path), USED))
    try:
        nlp = spacy.load(name)
    except (OSError, ValueError, ImportError) as error:
        raise UsageError("no such language model is installed", name=name) from error
    if not {"parser", "tagger"} <= set(nlp.pipe_names):
        raise UsageError("this language model has no parser or no tagger", name=name)
    return nlp


@cache
def _blas() -> ThreadpoolController:
    """What multiplies matrices, to be held to one thread: more only wait for each other, and a result may
    not depend on how many processors there are."""
    return ThreadpoolController()


def parse(
    articles: Sequence[Article],
    *,
    times: Callable[[str], Sequence[tuple[int, int]]] | None = None,
    past: Callable[[str], str | None] | None = None,
    progress: Callable[[int], None] | None = None,
    language_model: str = "",
) -> tuple[Parsed, ...]:
    """Parse all articles in one go.

    `times` finds the time expressions of a text as (start, end) offsets, so that the parser can step over
    those that are adverbial; without it nothing is stepped over. `past` gives the past of a verb in the third
    person present ("approves"), None for other words; it is asked for headlines only. `progress` is called
    with the number of articles done so far. `language_model` names another pipeline than the shipped one,
    with labels of Universal Dependencies or ClearNLP's.
    """
    nlp = model(language_model)
    prepared = [list(_documents(nlp, article, times, past)) for article in articles]
    docs = iter(_parsed(nlp, [piece.doc for pieces in prepared for piece in pieces]))
    if speaks_clearnlp(nlp.pipe_labels.get("parser", ())):
        docs = map(as_ud, docs)
    done: list[Parsed] = []
    for article, pieces in zip(articles, prepared, strict=True):
        sentences: list[Sentence] = []
        names = _capitalised(article.text, [piece.block for piece in pieces])
        read = [next(docs) for _ in pieces]
        set_types(read)
        for piece, doc in zip(pieces, read, strict=True):
            _retag_names(doc, names)
            sentences += _sentences(article, piece, doc, len(sentences))
        done.append(
            Parsed(article, tuple(blocks(article)), tuple(sentences), names_in([s.words for s in sentences]))
        )
        if progress:
            progress(len(done))
    return tuple(done)


def _parsed(nlp: Language, docs: Iterable[Doc]) -> list[Doc]:
    """The documents after all components, in order; batches of a long article two at a time.

    Arithmetic and transitions let another thread run, about half of the time. A batch is the same whoever
    reads it beside, so that results are.
    """
    batches = list(_batches(docs))

    def read(batch: list[Doc]) -> list[Doc]:
        return list(nlp.pipe(batch, batch_size=_DOCS))

    with _blas().limit(limits=1, user_api="blas"):
        if len(batches) < _THREADS:
            return [doc for batch in batches for doc in read(batch)]
        pool = ThreadPoolExecutor(_THREADS)
        try:
            return [doc for done in pool.map(read, batches) for doc in done]
        finally:
            pool.shutdown(cancel_futures=True)  # after Ctrl-C no other batch is begun


@dataclass(frozen=True, slots=True)
class _Piece:
    block: Block
    doc: Doc
    places: list[tuple[int, int]]
    """Where its words stand in the article."""
    start: int
    end: int
    """Which part of the block it is: most often all of it."""


def _documents(
    nlp: Language,
    article: Article,
    times: Callable[[str], Sequence[tuple[int, int]]] | None,
    past: Callable[[str], str | None] | None,
) -> Iterator[_Piece]:
    from spacy.tokens import Doc

    read = [block for block in blocks(article) if block.kind is not Kind.NOISE]
    spans = sorted(times(article.text)) if times else []
    starts = [start for start, _ in spans]
    proper = _capitalised(article.text, read)
    for block in read:
        raw = article.text[block.start : block.end]
        text = _RUN.sub(lambda m: " " * len(m[0]), raw.translate(STRAIGHT))
        here = spans[bisect_left(starts, block.start) : bisect_left(starts, block.end)]
        skip = [s for s in stretches(text, here, block.start) if s.adverbial]
        words, spaces, places, opened = _words(nlp, text, skip)
        if not words:
            continue
        if block.kind is not Kind.PARAGRAPH and _is_title_case(words):
            words = [words[0], *(_sentence_case(w, proper) for w in words[1:])]
        if past is not None and block.kind is not Kind.PARAGRAPH:
            words = told_in_past(words, past)
        for first, stop in _portions(words):
            doc = Doc(nlp.vocab, words=words[first:stop], spaces=spaces[first:stop])
            forbid_breaks(doc, whole=block.kind is not Kind.PARAGRAPH)
            if block.kind is Kind.PARAGRAPH:
                for number in opened:
                    if first <= number < stop:
                        doc[number - first].is_sent_start = True
            here = [(block.start + a, block.start + b) for a, b in places[first:stop]]
            start = here[0][0] if first else block.start
            end = block.start + places[stop][0] if stop < len(words) else block.end
            yield _Piece(block, doc, here, start, end)


def _portions(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """A block in portions that fit into memory when parsed, cut after a full stop where there is one.

    >>> list(_portions(["so", "."] * 3))
    [(0, 6)]
    """
    first = 0
    while len(words) - first > _PORTION:
        stop = first + _PORTION
        end = next((n + 1 for n in range(stop - 1, first + _PORTION // 2, -1) if words[n] in _STOPS), stop)
        yield first, end
        first = end
    yield first, len(words)


def _batches(docs: Iterable[Doc]) -> Iterator[list[Doc]]:
    """Documents in order, so many at a time that they fit into memory when they are parsed."""
    batch: list[Doc] = []
    words = 0
    for doc in docs:
        if batch and (len(batch) >= _DOCS or words + len(doc) > 2 * _PORTION):
            yield batch
            batch, words = [], 0
        batch.append(doc)
        words += len(doc)
    if batch:
        yield batch


def told_in_past(words: list[str], past: Callable[[str], str | None]) -> list[str]:
    """A headline with its first verb in the past; as it is if it has none, or is a full sentence."""
    for n, word in enumerate(words[1:], 1):
        if (then := past(word)) is not None:
            return [*words[:n], then, *words[n + 1 :]]
    return words


def _words(
    nlp: Language, text: str, skip: Sequence[Stretch]
) -> tuple[list[str], list[bool], list[tuple[int, int]], list[int]]:
    """Tokens of a block without the stretches in `skip`: words, "space follows", offsets in the block; and
    the numbers of those that a stepped-over "On Tuesday," leaves at the start of a sentence."""
    wholes = [m.span() for m in _WHOLE.finditer(text)]
    words: list[str] = []
    spaces: list[bool] = []
    places: list[tuple[int, int]] = []
    opened: list[int] = []
    ahead = 0  # the first stretch that does not end before the token
    for token in nlp.make_doc(text):
        start, end = token.idx, token.idx + len(token)
        while ahead < len(skip) and skip[ahead].end <= start:
            ahead += 1
        if token.is_space or (ahead < len(skip) and skip[ahead].start <= start):
            continue
        if words and words[-1] in _STOPS and text[places[-1][1] : start].strip()[:1].isupper():
            if token.text == ",":
                continue  # what "On Tuesday," leaves behind
            opened.append(len(words))
        whole = next((w for w in wholes if w[0] <= start < w[1]), None) if wholes else None
        if whole and places and places[-1][0] == whole[0]:
            places[-1] = whole
            continue
        if whole:
            end = whole[1]
        words.append(re.sub(r"[-—– ]", "", text[start:end]) if whole else text[start:end])
        places.append((start, end))
        spaces.append(end < len(text) and text[end].isspace())
    if words and words[0] == "," and len(words) > 1:  # what "On Tuesday," leaves behind
        words, spaces, places = words[1:], spaces[1:], places[1:]
        opened = [n - 1 for n in opened]
    return words, spaces, places, opened


def stretches(text: str, spans: Sequence[tuple[int, int]], offset: int) -> Iterator[Stretch]:
    """The time expressions of one block as stretches, offsets within the block.

    Adverbial is what a preposition governs or what stands bare, unless a noun follows that it belongs to:

    >>> text = "On Monday the council met after the October 7 attack."
    >>> [(text[s.start:s.end], s.adverbial) for s in stretches(text, [(3, 9), (36, 45)], 0)]
    [('On Monday', True), ('October 7', False)]
    """
    last = Stretch(0, 0, False)
    for start, end in spans:
        start, end = start - offset, end - offset
        if end > len(text):
            continue
        if hedge := _HEDGE.search(text, max(0, start - _WINDOW), start):
            start = hedge.start()
        before, after = text[max(0, start - _WINDOW) : start], text[end : end + _WINDOW]
        left = _WORD_BEFORE.search(before)
        word = left[1].lower() if left else ""
        governed = word in _TIME_PREPOSITIONS
        adverbial = not _is_part_of_noun(word, before, after, governed=governed)
        if governed and adverbial and left:
            start -= len(before) - left.start(1)
        joint = text[last.end : start].strip() if last.adverbial else ""
        if joint in {"to", "until", "till", "through"} and not _OWNS.match(after):
            start, adverbial = last.end, True  # the second half of a range
        last = Stretch(start, end, adverbial)
        yield last


def _is_part_of_noun(word: str, before: str, after: str, *, governed: bool) -> bool:
    """True for "Monday's vote", "the October 7 attack", "Hamas's October 7 attack", "Tuesday was calm"."""
    if word in _KEEP or _OWNS.match(after) or re.search(r"(?:\w-|'s?\s+)$", before):
        return True
    if re.match(r"\s+of\b", after):  # "three weeks of raids": the head of a phrase
        return True
    if governed:
        return False
    attributive = word in _DETERMINERS and re.match(r"\s+[a-z]", after)
    opens = not word or word in _BEFORE_A_CLAUSE
    return bool(attributive or (opens and _AS_SUBJECT.match(after)))


#: How far around a time expression its neighbours are looked at, in code points.
_WINDOW: Final = 40
_WORD_BEFORE: Final = re.compile(r"(?:^|[\s(\"'-])(\w+)\s+$")
#: A possessive or a hyphen: the time expression belongs to the noun that follows.
_OWNS: Final = re.compile(r"'s?\b|-")
#: Words after which a bare date may be a subject: "and Tuesday was calm", but not "ended Dec. 1 had".
_BEFORE_A_CLAUSE: Final = frozenset("and but or that as because while when if though although so".split())
_AS_SUBJECT: Final = re.compile(r"\s+(?:is|was|were|will|saw|marks?|marked|brought|has|had)\b")
#: A determiner before it and a noun after it make a time expression part of a noun phrase.
_DETERMINERS: Final = frozenset("the a an this that its his her their our no any each every".split())
#: Words that take the time expression as their own complement, not the clause's.
_KEEP: Final = frozenset("of between and to for than the a an".split())


def forbid_breaks(doc: Doc, *, whole: bool) -> None:
    """A sentence starts only after a mark that can end one; a headline is one sentence."""
    words = [token.text for token in doc]  # a token is made anew each time a document is asked for one
    for token in doc[1:]:
        last = token.i - 1
        while last > 0 and (words[last] in _CLOSERS or _closes_note(words, last)):
            last -= 3 if _closes_note(words, last) else 1
        if whole or not _AFTER_SENTENCE.search(words[last]) or _is_title(words[last]):
            token.is_sent_start = False


def _closes_note(words: Sequence[str], last: int) -> bool:
    """True for the end of "[17]", which may stand behind a full stop."""
    return last > 2 and words[last] == "]" and words[last - 1].isdigit() and words[last - 2] == "["


def _is_title(word: str) -> bool:
    """True for "Capt." and the like: a name follows, no sentence."""
    return word.endswith(".") and word in gazetteer().titles


def _retag_names(doc: Doc, names: frozenset[str]) -> None:
    """A capital inside a sentence makes a name of what the tagger takes for a common noun; at its start
    only if the article writes the word so elsewhere."""
    for token in doc:
        common = token.pos_ == "NOUN" and token.tag_ in {"NN", "NNS"}
        if common and token.text[:1].isupper() and (token.text in names or not token.is_sent_start):
            token.tag_ = "NNP"
            token.pos_ = "PROPN"
        elif token.is_sent_start and token.pos_ == "VERB" and token.text in names:
            opening_name(token)


def _sentences(article: Article, piece: _Piece, doc: Doc, count: int) -> Iterator[Sentence]:
    block, places = piece.block, piece.places
    if block.kind is Kind.PARAGRAPH:
        for words in list(doc.sents):
            repair(words)
    spans = list(doc.sents)
    for n, words in enumerate(spans):
        start = places[words.start][0] if n else piece.start
        if n:
            start = _reach_back(article.text, places[words.start - 1][1], start)
        if n + 1 < len(spans):
            last, following = places[words.end - 1][1], places[words.end][0]
            end = _reach_back(article.text, last, following)
        else:
            end = piece.end
        text = article.text[start:end]
        start += len(text) - len(text.lstrip())
        end = start + len(text.strip())
        yield Sentence(block, article.span(start, end), words, places, article.text, count + n)


def _reach_back(text: str, last: int, following: int) -> int:
    """Where the next sentence starts, between the end of one token and the start of the next: time words
    stepped over between the two belong to the next sentence only if a full stop stands before them."""
    between = text[last:following]
    if not between.strip() or re.search(r"[.!?…][\"'”’)\]]*$", text[max(0, last - 3) : last]):
        return last + len(between) - len(between.lstrip())
    return following


def _capitalised(text: str, read: Sequence[Block]) -> frozenset[str]:
    """Words that the running text writes with a capital inside a sentence: names, mostly."""
    found: set[str] = set()
    for block in read:
        if block.kind is Kind.PARAGRAPH:
            found.update(_INNER.findall(text[block.start : block.end].translate(STRAIGHT)))
    return frozenset(w.removesuffix("'s").rstrip(".") for w in found if w[0].isupper())


def _is_title_case(words: Sequence[str]) -> bool:
    long = [w for w in words if len(w) > 3 and w[0].isalpha()]
    return len(long) > 2 and sum(w[0].isupper() for w in long) > 0.7 * len(long)


def _sentence_case(word: str, proper: frozenset[str]) -> str:
    if word in proper or (len(word) > 1 and word.isupper()) or not word[:1].isupper():
        return word
    return word.lower()
