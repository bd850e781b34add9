"""Repairs of the main clause: the verb a sentence hangs on, and what belongs to it. See `repair`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from timeline.language.repair_words import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Span as Words
    from spacy.tokens import Token

FINITE: Final = frozenset({"VBD", "VBZ", "VBP", "MD"})
NOMINAL: Final = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
SUBJECTS: Final = frozenset({"nsubj", "nsubj:pass", "csubj", "expl", "nsubj:outer"})
QUOTES: Final = frozenset({'"', "''", "”", "’"})
#: Marks that end a full sentence.
ENDS: Final = frozenset({".", "!", "?", '"', "''", "”"})
#: What parts two clauses more than a comma does.
_BREAKS: Final = frozenset({'"', "``", "''", "“", "”", "-", "--", "—", ":", ";", "...", "…", "("})
_OPENING: Final = frozenset("if when although though because while after since unless once as".split())


def verb_after_a_participle(words: Words) -> bool:
    """ "The soldiers captured in March remain in prison", "The ferry, overloaded with pilgrims, sank": the
    participle read as the verb of the subject, and the verb, which has none, hung on it. A finite verb
    without a subject and without a conjunction is the one the subject belongs to."""
    for participle in words:
        if participle.tag_ not in {"VBN", "VBD"}:
            continue
        subject = next(
            (c for c in participle.children if c.dep_ in {"nsubj", "nsubj:pass", "obl:unmarked"}), None
        )
        if subject is None or subject.pos_ not in NOMINAL or not _may_be_participle(participle, subject):
            continue
        if subject.tag_ in {"WDT", "WP"} or participle.lower_ in {"helped", "made", "let", "saw"}:
            continue
        comma = participle.nbor(-1).text == ","
        for verb in participle.children:
            if verb.i < participle.i or not lacks_a_subject(verb) or not is_finite(verb, bare=True):
                continue
            if verb.dep_ not in {"conj", "xcomp", "ccomp", "advcl", "parataxis", "acl"}:
                continue
            if after_comma(verb) != comma or _in_a_list(verb):
                continue
            between = {t.text for t in words.doc[participle.i : verb.i]}
            if between & _BREAKS or (not comma and "," in between):
                continue
            first = subject.left_edge.i
            for child in list(participle.children):
                if child.i < first:  # "while the people crammed there waited"
                    child.head = verb
            _take_over(verb, participle, subject)
            participle.head, participle.dep_, participle.tag_ = subject, "acl", "VBN"
            _gather(verb, words)
            return True
    return False


def past_form_of_a_noun(words: Words) -> bool:
    """ "The latest suit, filed in May, claims damages": "filed" rightly hung on "suit", yet tagged as a past.
    What hangs on a noun and has neither subject nor conjunction is a participle."""
    changed = False
    for token in words:
        modifies = token.tag_ == "VBD" and token.dep_ == "acl" and token.head.i < token.i
        if modifies and not any(c.dep_.startswith(("nsubj", "aux", "mark", "cop")) for c in token.children):
            token.tag_ = "VBN"
            changed = True
    return changed


def participle_as_subject(words: Words) -> bool:
    """ "Two of the hostages freed in May gave an account": the participle made the subject, and "Two" its
    own."""
    for participle in words:
        if participle.tag_ not in {"VBN", "VBD"} or participle.dep_ not in {"nsubj", "nsubj:pass"}:
            continue
        noun = next((c for c in participle.children if c.dep_.startswith("nsubj")), None)
        if noun is None or noun.i > participle.i:
            continue
        if any(c.dep_ in {"aux", "aux:pass", "mark"} for c in participle.children):
            continue
        before = noun.nbor(-1) if noun.i > words.start else noun
        if noun.tag_ in {"WDT", "WP"}:  # "the truce that ended must be renewed"
            if before.pos_ not in NOMINAL or before == participle.head:
                continue
            participle.head, participle.dep_ = before, "acl:relcl"
            return True
        noun.head, noun.dep_ = participle.head, participle.dep_
        participle.head, participle.dep_, participle.tag_ = noun, "acl", "VBN"
        return True
    return False


def sentence_headed_by_its_subject(words: Words) -> bool:
    """ "Investors who had piled into the stock backed away.": the subject made the head of the sentence, the
    verb hung on the clause inside it. In a full sentence the first finite verb without a subject of its own
    is the main one."""
    root = words.root
    if root.pos_ not in NOMINAL or any(c.dep_ in {"cop", "nsubj", "case"} for c in root.children):
        return False
    if words[-1].text not in ENDS or words[0].text in {'"', "``", "“"} or root.nbor(1).text == ":":
        return False
    verb = next((t for t in words if t.i > root.i + 1 and _may_be_main(t, root)), None)
    if verb is None:
        return False
    for child in list(verb.children):
        if child.i < verb.i and child.dep_ in SUBJECTS:  # "passed by | the parliament strips ..."
            child.dep_ = "obl"
            for case in [c for c in verb.children if c.dep_ == "case" and c.i < child.i]:
                child.head, child.dep_, case.head = verb.head, "obl:agent", child
    _take_over(verb, root, root)
    _gather(verb, words)
    return True


def clause_before_the_main_one(words: Words) -> bool:
    """ "If the pilots refuse, the airline could call a mediator", "Having spent a year, the institute is
    giving up": the first clause made the head, although a conjunction or a bare participle heads no
    sentence."""
    root = words.root
    first = next((t for t in words if not t.is_punct), root)
    if root.pos_ not in {"VERB", "ADJ", "NOUN"} or first.head != root or words[-1].text == "?":
        return False
    marked = first.dep_ in {"mark", "advmod"} and first.lower_ in _OPENING and root.i > first.i
    bare = first.tag_ == "TO" or (first.lower_ == "having" and first.dep_ == "aux")
    if not marked and not (bare and not has_subject(root)):
        return False
    for verb in words:
        if verb.i <= root.i or verb.dep_ not in {"acl:relcl", "conj", "ccomp", "parataxis", "acl", "advcl"}:
            continue
        subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
        if subject is None or subject.i > verb.i or not is_finite(verb, bare=False):
            continue
        left = [c for c in verb.children if c.i < verb.i]
        if any(c.dep_ in {"mark", "cc"} or c.tag_ in {"WDT", "WP", "WRB"} for c in left):
            continue
        if not after_comma(subject):
            continue
        verb.head, verb.dep_ = verb, "ROOT"
        root.head, root.dep_ = verb, "advcl"
        subject.dep_ = "nsubj" if subject.dep_ == "nsubj:outer" else subject.dep_
        _gather(verb, words)
        return True
    return False


def clause_without_a_mark_first(words: Words) -> bool:
    """ "The war broke out, rebels attacked the port": of two clauses side by side the second made the head,
    and the first its adverbial, although no word marks it as one."""
    root = words.root
    for verb in words:
        if verb.dep_ != "advcl" or verb.i > root.i or verb.head != root or not is_finite(verb, bare=False):
            continue
        left = [c for c in verb.children if c.i < verb.i]
        subject = next((c for c in left if c.dep_ in SUBJECTS), None)
        marked = any(c.dep_ in {"mark", "advmod", "case", "aux", "aux:pass", "cop", "cc"} for c in left)
        if subject is None or marked or subject.left_edge.i != words.start:
            continue
        if root.lower_ in lexicon().saying or not has_subject(root):
            continue
        verb.head, verb.dep_ = verb, "ROOT"
        root.head, root.dep_ = verb, "parataxis"
        return True
    return False


def participle_before_its_subject(words: Words) -> bool:
    """ "Visiting the border on Tuesday, the minister took a look": the participle read as the subject, the
    subject as a part of its phrase. A comma never parts subject and verb."""
    for participle in words:
        if participle.tag_ != "VBG" or participle.dep_ != "csubj" or participle.left_edge.i != words.start:
            continue
        verb = participle.head
        subject = next(
            (t for t in participle.children if t.i > participle.i and t.pos_ in NOMINAL and after_comma(t)),
            None,
        )
        if subject is None or any(c.dep_ in {"case", "cc"} for c in subject.children):
            continue
        subject.head, subject.dep_ = verb, "nsubj"
        participle.dep_ = "advcl"
        for child in list(participle.children):
            if child.i > subject.i:
                child.head = verb
        return True
    return False


def past_after_a_conjunction(words: Words) -> bool:
    """ "... after the auction of licences raised 300 million euros": "after" read as a preposition, "raised"
    as a participle of the noun, although it has an object. What has been raised raises nothing."""
    for verb in words:
        noun = verb.head
        if verb.tag_ not in {"VBN", "VBD"} or verb.dep_ != "acl" or not _has_object(verb):
            continue
        while noun.dep_ in {"nmod", "obj"} and noun.head.pos_ in NOMINAL:
            noun = noun.head
        mark = next(
            (c for c in noun.children if c.dep_ in {"case", "mark"} and c.i == noun.left_edge.i), None
        )
        if mark is None or mark.lower_ not in {"after", "before", "as", "since", "until", "once"}:
            continue
        above = noun.head
        if above == noun:
            continue
        verb.head, verb.dep_, verb.tag_ = above, "advcl", "VBD"
        noun.head, noun.dep_ = verb, "nsubj"
        mark.head, mark.dep_ = verb, "mark"
        return True
    return False


def plural_that_is_a_verb(words: Words) -> bool:
    """ "The noodle chain plans to open 40 outlets.": a full sentence without a verb, headed by a plural with
    its subject read as a part of it, and an infinitive behind."""
    root = words.root
    if root.tag_ not in {"NN", "NNS"} or words[-1].text not in {".", "!"} or root.i + 1 >= words.end:
        return False
    subject = next((c for c in root.children if c.dep_ == "compound" and c.i == root.i - 1), None)
    infinitive = next((c for c in root.children if c.dep_ == "acl" and _is_infinitive(c)), None)
    if subject is None or infinitive is None or infinitive.left_edge.i != root.i + 1:
        return False
    if (root.tag_ == "NN") != (subject.tag_ == "NNS"):
        return False  # one of the two has an "-s"
    if any(t.tag_ in FINITE and not _in_relative(t) for t in words):
        return False
    root.pos_, root.tag_ = "VERB", "VBZ" if root.tag_ == "NNS" else "VBP"
    subject.dep_ = "nsubj"
    for child in list(root.children):
        if child.i < subject.i and child.dep_ in {"det", "amod", "compound", "nmod:poss", "nummod"}:
            child.head = subject
        elif child.dep_ == "nmod":
            child.dep_ = "obl"
    infinitive.dep_ = "xcomp"
    return True


def subject_after_a_fronted_phrase(words: Words) -> bool:
    """ "According to a report by the agency, the captain mistook a road for the runway": the subject read as
    joined to the report, without an "and"; or read as an oblique, although no preposition governs it."""
    for verb in words:
        if verb.pos_ != "VERB" or has_subject(verb) or not is_finite(verb, bare=False):
            continue
        for phrase in verb.children:
            if phrase.i > verb.i or not phrase.dep_.startswith("obl"):
                continue
            bare = phrase.pos_ in NOMINAL and not any(c.dep_ == "case" for c in phrase.children)
            if phrase.dep_ == "obl" and bare and phrase.lower_ not in lexicon().times:
                phrase.dep_ = subject_label(verb)
                return True
            joined = [c for c in phrase.children if c.dep_ in {"conj", "appos"} and phrase.i < c.i < verb.i]
            if len(joined) != 1 or joined[0].pos_ not in NOMINAL or not after_comma(joined[0]):
                continue
            if any(c.dep_ in {"cc", "case"} for c in joined[0].children):
                continue
            joined[0].head, joined[0].dep_ = verb, subject_label(verb)
            return True
    return False


def object_behind_its_verb(words: Words) -> bool:
    """ "The collapse left 23 people dead and raised questions": a second object of "left", although it stands
    right behind "raised"."""
    for noun in words:
        if noun.dep_ != "obj":
            continue
        verb = words.doc[noun.left_edge.i - 1] if noun.left_edge.i > words.start else noun
        first = noun.head
        if verb.pos_ != "VERB" or verb == first or verb.i < first.i:
            continue
        joined = any(c.dep_ == "cc" for c in verb.children) and verb.dep_ == "conj"
        objects = [c for c in first.children if c.dep_ == "obj"]
        if not joined or len(objects) < 2 or objects[0] == noun or _has_object(verb):
            continue
        noun.head = verb
        verb.head = first
        if verb.tag_ == "VBN" and first.tag_ in {"VBD", "VBZ", "VBP"}:
            verb.tag_ = "VBD"
        return True
    return False


def participle_joined_to_a_noun(words: Words) -> bool:
    """ "... killing 12 people, mostly civilians, and abducting others": "abducting" joined to the civilians.
    Participles are joined to their like."""
    for token in words:
        joined = token.tag_ == "VBG" and token.pos_ == "VERB" and token.dep_ == "conj"
        if not joined or token.head.tag_.startswith("VB") or not any(c.dep_ == "cc" for c in token.children):
            continue
        before = [t for t in words if t.i < token.i and t.tag_ == "VBG" and t.pos_ == "VERB"]
        like = next((t for t in reversed(before) if t.dep_ in {"advcl", "acl", "conj"} and t != token), None)
        if like is None or not any(_has_object(t) for t in (like, token)) or like in list(token.subtree):
            continue
        while like.dep_ == "conj" and like.head.tag_ == "VBG":
            like = like.head
        token.head = like
        return True
    return False


def lacks_a_subject(verb: Token) -> bool:
    """True if nothing to its left joins a verb to a subject or to another clause."""
    left = [c for c in verb.children if c.i < verb.i]
    joined = any(c.dep_ in {"mark", "cc"} or c.tag_ in {"WDT", "WP", "WRB", "TO"} for c in left)
    return not joined and not has_subject(verb)


def is_finite(verb: Token, *, bare: bool) -> bool:
    """True for a finite verb; with `bare` also for "remain" tagged as an infinitive and "backed" tagged as a
    participle."""
    aux = [c for c in verb.children if c.dep_ in {"aux", "aux:pass", "cop"} and c.i < verb.i]
    if any(a.tag_ in FINITE for a in aux):
        return True
    if aux or verb.pos_ != "VERB" or any(c.dep_ == "obl:agent" for c in verb.children):
        return False
    may_be = verb.tag_ == "VB" or (verb.tag_ == "VBN" and verb.lower_.endswith("ed"))
    return verb.tag_ in {"VBD", "VBZ", "VBP"} or (bare and may_be)


def after_comma(token: Token) -> bool:
    """True if a phrase or a clause opens with a comma, wherever the comma hangs."""
    edge = token.left_edge
    return edge.text == "," or (edge.i > 0 and edge.nbor(-1).text == ",")


def after_quote(token: Token) -> bool:
    """True if a phrase or a clause stands right after a closing quotation mark."""
    edge = token.left_edge
    return edge.text in QUOTES or (edge.i > 0 and edge.nbor(-1).text in QUOTES)


def has_subject(verb: Token) -> bool:
    """True if a subject hangs on it, whatever kind."""
    return any(c.dep_ in SUBJECTS for c in verb.children)


def _may_be_participle(token: Token, subject: Token) -> bool:
    regular = token.lower_.endswith("ed") or token.tag_ == "VBN" or token.lower_ in lexicon().either
    if token.tag_ not in {"VBN", "VBD"} or not regular or token.lower_ in lexicon().saying | lexicon().strong:
        return False
    if subject.i > token.i or any(c.dep_ in {"aux", "aux:pass", "obj", "iobj"} for c in token.children):
        return False
    between = token.doc[subject.right_edge.i + 1 : token.i]
    return all(t.text == "," or t.dep_ == "advmod" for t in between)


def _may_be_main(verb: Token, root: Token) -> bool:
    """True for a verb that the sentence may hang on, although it hangs on a part of its subject."""
    below = {"acl", "advcl", "conj", "parataxis", "ccomp", "obl:agent", "nmod", "appos"}
    if verb.dep_ not in below or not (lacks_a_subject(verb) or _governed_subject(verb)):
        return False
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB":
        return False
    above = [a for a in verb.ancestors if a != root]
    if sum(a.dep_ in {"acl:relcl", "ccomp", "advcl"} for a in above) > 1:
        return False  # deep inside what is told of the subject
    return is_finite(verb, bare=verb.dep_ != "acl" or verb.head != root)


def _governed_subject(verb: Token) -> bool:
    """True for "passed by the parliament strips": what stands before it hangs on a preposition."""
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    if subject is None or subject.i > verb.i:
        return False
    joined = any(
        c.dep_ in {"mark", "cc"} or c.tag_ in {"WDT", "WP", "TO"} for c in verb.children if c.i < verb.i
    )
    governed = [*subject.children, *(verb.children if verb.dep_ == "obl:agent" else ())]
    return not joined and any(c.dep_ == "case" and c.i < subject.i for c in governed)


def _in_a_list(verb: Token) -> bool:
    """True for "smoked" of "ate, smoked and paced"."""
    siblings = [c for c in verb.head.children if c.dep_ == "conj" and c.i > verb.i]
    return verb.dep_ == "conj" and any(c.dep_ == "cc" for s in siblings for c in s.children)


def _take_over(verb: Token, old: Token, subject: Token) -> None:
    """Make `verb` the head instead of `old`, with `subject`."""
    above, dep = old.head, old.dep_
    verb.head, verb.dep_ = (verb, "ROOT") if above == old else (above, dep)
    subject.head, subject.dep_ = verb, subject_label(verb)
    if not any(c.dep_.startswith(("aux", "cop")) for c in verb.children):
        verb.tag_ = {"VBN": "VBD", "VB": "VBP"}.get(verb.tag_, verb.tag_)


def subject_label(verb: Token) -> str:
    return "nsubj:pass" if any(c.dep_ == "aux:pass" for c in verb.children) else "nsubj"


def _gather(verb: Token, words: Words) -> None:
    """What stands behind a main verb hangs on nothing before it, unless the verb hangs on it."""
    above = {token.i for token in verb.ancestors}
    for token in words:
        if token.i > verb.i and token.head.i < verb.i and token.i not in above:
            token.head = verb
            token.dep_ = {"nmod": "obl", "acl": "advcl", "appos": "parataxis"}.get(token.dep_, token.dep_)


def _is_infinitive(verb: Token) -> bool:
    return any(c.tag_ == "TO" and c.dep_ == "mark" for c in verb.children)


def _has_object(verb: Token) -> bool:
    return any(c.dep_ == "obj" and c.i > verb.i for c in verb.children)


def _in_relative(token: Token) -> bool:
    return any(a.dep_ in {"acl:relcl", "ccomp", "advcl"} for a in (token, *token.ancestors))
