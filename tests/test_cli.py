"""The command as a user meets it: what is said where, and with which exit status."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from conftest import BRIDGE, HARBOUR, Command
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline import result
from timeline.cli import cli, make
from timeline.cli.console import MOST_LINES, _wrapped, table, visible
from timeline.files import MANIFEST
from timeline.model import Status
from timeline.result import Timeline

FIRE = "ev-0000000001"
GOOD = "Mill burns\n\nMay 6, 2021\n\nA fire destroyed the old mill on Sunday, police in Marlow said.\n"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A small article that holds an event."""
    path = tmp_path / "mill.txt"
    path.write_text(GOOD, encoding="utf-8")
    return path


def commands() -> Iterator[tuple[str, click.Command]]:
    yield "timeline", cli
    yield from cli.commands.items()


# -- start-up and help -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line", ["run(['--help'])", "run(['build', '--help'])", "import timeline; dir(timeline)"]
)
def test_help_loads_nothing_heavy(line: str) -> None:
    """Help has to feel instant: no language model, no drawing, no graph library, no template engine."""
    heavy = "{'spacy', 'numpy', 'matplotlib', 'networkx', 'jinja2', 'dateparser'}"
    code = f"import sys; from timeline.cli import run; {line}; sys.exit(str({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    assert "set()" == done.stderr.strip()


def test_showing_saved_data_loads_no_language_model(saved: Path) -> None:
    """`show` reads one JSON file; it needs neither spaCy nor matplotlib."""
    heavy = "{'spacy', 'numpy', 'matplotlib', 'networkx'}"
    run = f"from timeline.cli import run; run(['show', {str(saved)!r}])"
    code = f"import sys; {run}; print({heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "set()" == done.stdout.splitlines()[-1]


@pytest.mark.parametrize(("name", "command"), list(commands()))
def test_every_command_and_option_has_help(name: str, command: click.Command) -> None:
    """Nothing a user can type is left unexplained."""
    assert command.help
    assert [] == [p.name for p in command.params if isinstance(p, click.Option) and not p.help]


def test_choices_are_those_the_program_knows() -> None:
    """The words spelled out for a quick `--help` are the ones that work."""
    from timeline.render.look import LOOK_CHOICES

    spelled = {"layout": make.LAYOUTS, "lane": make.LANES, "size": make.SIZES, "style": make.STYLES}
    assert LOOK_CHOICES == spelled
    assert tuple(s.value for s in Status) == make.STATUSES


def test_help_names_the_usual_formats(command: Command) -> None:
    """What is written by default is named in the help, and where to find the other formats."""
    told = command("build", "--help").out

    assert "timeline formats" in told
    assert [] == [name for name in result.usual() if not re.search(rf"\b{name}\b", told)]


def test_version(command: Command) -> None:
    """`--version` is the installed distribution's."""
    from importlib.metadata import version

    assert f"timeline {version('event-timeline')}\n" == command("--version").out


# -- wrong usage -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ["build"],
        ["build", "a.txt", "--format", "tiff"],
        ["build", "a.txt", "--date", "a.txt"],
        ["build", "a.txt", "--date", "a.txt=2024-02-30"],
        ["build", "a.txt", "--date", "a.txt=2024"],
        ["build", "a.txt", "--from", "yesterday"],
        ["build", "a.txt", "--from", "2024", "--to", "2023"],
        ["build", "a.txt", "--status", "maybe"],
        ["build", "a.txt", "--max-events", "0"],
        ["build", "a.txt", "--size", "poster"],
        ["build", "a.txt", "--colour"],
        ["draw", "a.txt"],
        ["show", "a.json", "b.json"],
        ["timex", "--date", "soon"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_one_line_and_status_2(command: Command, arguments: list[str]) -> None:
    """What was typed wrong is said in one line, before anything is read or written."""
    outcome = command(*arguments)

    assert (2, "", 1) == (outcome.status, outcome.out, len(outcome.errors)), outcome.err
    assert outcome.err.startswith("error: ")


def test_without_arguments_the_help_is_shown(command: Command) -> None:
    """`timeline` alone explains itself."""
    outcome = command()

    assert 2 == outcome.status
    assert "Commands:" in outcome.err


# -- bad input ---------------------------------------------------------------------------------

Maker = Callable[[Path], None]


def _folder(path: Path) -> None:
    path.mkdir()


BAD: dict[str, tuple[Maker, str]] = {
    "missing.txt": (lambda path: None, "no such file"),
    "empty.txt": (lambda path: path.write_bytes(b"") and None, "empty"),
    "blank.txt": (lambda path: path.write_bytes(b" \n\n") and None, "empty|no text"),
    "binary.txt": (lambda path: path.write_bytes(bytes(range(256)) * 40) and None, "binary|not a text"),
    "archive.zip": (lambda path: path.write_bytes(b"PK\x03\x04" + bytes(60)) and None, "archive"),
    "broken.json": (lambda path: path.write_bytes(b'{"text": ') and None, "JSON"),
    "folder": (_folder, "no article|empty|nothing"),
}


@pytest.mark.parametrize("name", BAD)
def test_one_bad_input_alone_leaves_nothing_usable(command: Command, tmp_path: Path, name: str) -> None:
    """Exit status 1; the input is named with its reason, one line; nothing is written."""
    make_it, reason = BAD[name]
    make_it(tmp_path / name)
    outcome = command("build", tmp_path / name, "-o", tmp_path / "out")

    named = [line for line in outcome.errors if name in line]
    assert (1, "", 1) == (outcome.status, outcome.out, len(named)), outcome.err
    assert re.fullmatch(rf"error: .*{re.escape(name)}: .*({reason}).*", named[0])
    assert not (tmp_path / "out").exists()


def test_bad_inputs_beside_a_good_one_are_skipped(command: Command, tmp_path: Path, good: Path) -> None:
    """Exit status 3: the good article is built, each bad one has its line, the data names them too."""
    for name, (make_it, _) in BAD.items():
        make_it(tmp_path / name)
    outcome = command("build", good, *(tmp_path / n for n in BAD), "-o", tmp_path / "out", "--format", "json")

    assert 3 == outcome.status
    assert f"{tmp_path / 'out/timeline.json'}\n" == outcome.out
    assert len(BAD) == sum(line.startswith("error: ") for line in outcome.errors)
    data = json.loads((tmp_path / "out/timeline.json").read_bytes())
    assert ["mill.txt"] == [a["path"] for a in data["articles"]]
    assert len(BAD) == sum(w.startswith("skipped: ") for w in data["warnings"])


def test_undecodable_bytes_are_read_with_a_warning(command: Command, tmp_path: Path) -> None:
    """A stray byte in a text is replaced, and the user is told which file."""
    path = tmp_path / "mixed.txt"
    path.write_bytes(GOOD.encode() + b"Caf\xc3\xa9 owners \xe2\x80\x9cwatched\xff\xfe\x81 it burn.\n")
    outcome = command("build", path, "-o", tmp_path / "out", "--format", "json")

    assert 0 == outcome.status
    assert any(re.match(r"warning: .*mixed\.txt", line) for line in outcome.errors), outcome.err


def test_strict_turns_a_skipped_input_into_failure(command: Command, tmp_path: Path, good: Path) -> None:
    """For scripts that must not go on with half of the articles; the outputs are written all the same."""
    outcome = command(
        "build", good, tmp_path / "missing.txt", "-o", tmp_path / "out", "--format", "json", "--strict"
    )

    assert 1 == outcome.status
    assert (tmp_path / "out/timeline.json").exists()


def test_many_bad_inputs_are_counted_not_listed(command: Command, tmp_path: Path, good: Path) -> None:
    """Never more than twenty lines: the rest is a number."""
    missing = [tmp_path / f"{n}.txt" for n in range(40)]
    outcome = command("build", good, *missing, "-o", tmp_path / "out", "--format", "json")

    assert MOST_LINES + 1 == len(outcome.errors)
    assert f"... and {40 - MOST_LINES} more errors" == outcome.errors[-1]


def test_a_file_name_cannot_command_the_terminal(command: Command, tmp_path: Path) -> None:
    """Control characters and direction marks of a name are printed as escapes."""
    outcome = command("build", tmp_path / "a\x1b[2J\n\u202eb.txt", "-o", tmp_path / "out")

    assert r"a\x1b[2J\n\u202eb.txt" in outcome.err
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u202e]", outcome.err)


# -- output ------------------------------------------------------------------------------------


def test_results_are_listed_on_standard_output_and_nothing_else(
    command: Command, tmp_path: Path, good: Path
) -> None:
    """One path a line, in the order asked for, for the next program; not a word on standard error."""
    outcome = command("build", good, "-o", tmp_path / "a/b", "--format", "md,json", "--format", "graphml")

    assert (0, "") == (outcome.status, outcome.err)
    assert [str(tmp_path / "a/b" / f"timeline.{n}") for n in ("md", "json", "graphml")] == (
        outcome.out.splitlines()
    )


def test_all_outputs_are_written_by_default(command: Command, tmp_path: Path, good: Path) -> None:
    """Every usual format, each as `timeline.` and its suffix, and no temporary file."""
    command("build", good, "-o", tmp_path / "out")

    assert {f"timeline.{name}" for name in ("png", "svg", "pdf", "html", "md", "graphml", "json")} <= {
        p.name for p in (tmp_path / "out").iterdir()
    }
    assert {*result.file_names(None), MANIFEST} == {p.name for p in (tmp_path / "out").iterdir()}


@pytest.mark.parametrize("target", ["out", "out/timeline.json"])
def test_an_output_that_cannot_be_written_is_one_line(
    command: Command, tmp_path: Path, good: Path, target: str
) -> None:
    """A file where the folder should be, a folder where the file should be: exit status 1."""
    if target == "out":
        (tmp_path / "out").write_bytes(b"not a folder")
    else:
        (tmp_path / target).mkdir(parents=True)
    outcome = command("build", good, "-o", tmp_path / "out", "--format", "json")

    assert (1, "", 1) == (outcome.status, outcome.out, len(outcome.errors)), outcome.err
    assert outcome.err.startswith(f"error: {tmp_path / target}: ")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_write_permission_is_one_line(command: Command, tmp_path: Path, good: Path) -> None:
    """No permission is said as such."""
    (tmp_path / "out").mkdir(mode=0o500)
    outcome = command("build", good, "-o", tmp_path / "out", "--format", "json")

    assert (1, 1) == (outcome.status, len(outcome.errors))
    assert "permission denied" in outcome.err


def test_a_title_and_a_date_may_be_given(command: Command, tmp_path: Path) -> None:
    """`--date` is what "Sunday" is counted from; `--title` is the timeline's."""
    path = tmp_path / "a.txt"
    path.write_text("A fire destroyed the old mill on Sunday, police in Marlow said.\n", encoding="utf-8")
    out = tmp_path / "out"
    command("build", path, "-o", out, "--format", "json", "--date", "a.txt=2021-05-06", "--title", "The mill")

    data = json.loads((out / "timeline.json").read_bytes())
    assert "The mill" == data["title"]
    assert ("2021-05-06", "given") == (
        data["articles"][0]["published"]["start"],
        data["articles"][0]["published"]["basis"],
    )
    assert "2021-05-02" in [e["start"] for e in data["events"]]


# -- when things go wrong ----------------------------------------------------------------------


def test_ctrl_c_ends_with_130(command: Command, good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An interrupted build says so and writes nothing."""
    outcome = _failing(command, good, monkeypatch, KeyboardInterrupt())

    assert (130, "error: interrupted") == (outcome[0], outcome[1][-1])


def test_a_fault_of_ours_is_one_line(command: Command, good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No traceback unless asked for."""
    status, lines = _failing(command, good, monkeypatch, KeyError("x"))

    assert (1, 1) == (status, len(lines))
    assert lines[0].startswith("error: unexpected KeyError: 'x'")


def test_verbose_shows_where_it_happened(
    command: Command, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`-v` adds the traceback, for a report."""
    _, lines = _failing(command, good, monkeypatch, KeyError("x"), "-v")

    assert "Traceback (most recent call last):" in lines


def _failing(
    command: Command, good: Path, monkeypatch: pytest.MonkeyPatch, fault: BaseException, *options: str
) -> tuple[int, list[str]]:
    def fail(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr("timeline.pipeline.compose", fail)
    outcome = command("build", good, "-o", good.parent / "out", *options)
    assert not (good.parent / "out").exists()
    return outcome.status, [line for line in outcome.errors if line]


# -- show --------------------------------------------------------------------------------------


def test_show_is_a_table_of_what_the_pictures_show(command: Command, saved: Path) -> None:
    """Date, status, title, the numbers of the articles, and the id to ask about."""
    expected = (
        "2 May 2021  occurred  Fire closes the Marlow bridge       [1, 2]  ev-0000000001\n"
        "June 2021   planned   Council plans to reopen the bridge  [1]     ev-0000000002\n"
    )

    assert expected == command("show", saved).out


def test_show_all_shows_what_was_found(command: Command, saved: Path) -> None:
    """`--all` adds the events that no picture has room for."""
    assert 3 == len(command("show", saved, "--all").out.splitlines())


def test_show_event_says_why(command: Command, saved: Path) -> None:
    """Each quote with its article, the words of the date, their rule, what they were counted from."""
    outcome = command("show", saved, FIRE)

    assert 0 == outcome.status
    for words in (
        "Fire closes the Marlow bridge",
        "2 May 2021 (2021-05-02)",
        "[1] Bridge fire shuts harbour (published 2021-05-04, given)",
        "“A fire closed the Marlow bridge on May 2, 2021.”",
        "“May 2, 2021” DATE 2021-05-02",
        "<month> <day>, <year>",
        "published 2021-05-04",
        "[2] Marlow bridge still shut",
        "same day and same place",
    ):
        assert words in outcome.out


def test_the_beginning_of_an_id_is_enough_if_it_is_one(command: Command, saved: Path) -> None:
    """An id that no event or more than one event begins with is wrong usage."""
    assert command("show", saved, FIRE).out == command("show", saved, FIRE[:-1] + "1").out
    assert [2, 2] == [command("show", saved, id).status for id in ("ev-00", "ev-ff")]


def test_show_without_a_file_reads_the_last_build(
    command: Command, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`output/timeline.json` is where `build` writes."""
    monkeypatch.chdir(saved.parent)
    Timeline.load(saved).save("output", formats=["json"])

    assert command("show", saved).out == command("show").out


@pytest.mark.parametrize("name", ["missing.json", "harbour.txt"])
def test_show_of_something_else_is_one_line(command: Command, saved: Path, name: str) -> None:
    """A missing file, a file that is no timeline: exit status 1."""
    outcome = command("show", saved.parent / name)

    assert (1, "", 1) == (outcome.status, outcome.out, len(outcome.errors))
    assert name in outcome.err


# -- check -------------------------------------------------------------------------------------


def test_check_of_a_true_timeline(command: Command, saved: Path) -> None:
    """Every quote stands in the articles given: exit status 0 and one line that says what was checked."""
    outcome = command("check", saved, saved.parent / "harbour.txt", saved.parent / "bridge.txt")

    assert (0, "") == (outcome.status, outcome.err)
    assert "4 quotes in 2 articles stand word for word; 3 events in order\n" == outcome.out


def test_check_finds_a_changed_article(command: Command, saved: Path) -> None:
    """One word less in an article, and the events whose quotes moved are named."""
    (saved.parent / "harbour.txt").write_text(HARBOUR.replace("A fire", "Fire"), encoding="utf-8")
    outcome = command("check", saved, saved.parent / "harbour.txt", saved.parent / "bridge.txt")

    assert (1, "") == (outcome.status, outcome.out)
    assert outcome.err.startswith(f"error: {FIRE}: ")


def test_check_needs_every_article(command: Command, saved: Path) -> None:
    """What was not given cannot be vouched for."""
    outcome = command("check", saved, saved.parent / "harbour.txt")

    assert (1, ["error: bridge.txt: not among the articles given"]) == (outcome.status, outcome.errors)


# -- render and export -------------------------------------------------------------------------


def test_render_and_export_write_what_build_wrote(command: Command, tmp_path: Path, good: Path) -> None:
    """Everything can be made again from the data, byte for byte."""
    built, again = tmp_path / "built", tmp_path / "again"
    command("build", good, "-o", built)
    first = command("render", built / "timeline.json", "-o", again)
    second = command("export", built / "timeline.json", good, "-o", again)

    assert (0, 0) == (first.status, second.status), first.err + second.err
    assert {p.name: p.read_bytes() for p in built.iterdir()} == {
        p.name: p.read_bytes() for p in again.iterdir()
    }


def test_export_refuses_articles_that_changed(command: Command, saved: Path) -> None:
    """A page never shows a quote inside a text that does not hold it."""
    (saved.parent / "harbour.txt").write_text("Another story altogether.\n", encoding="utf-8")
    outcome = command("export", saved, saved.parent / "harbour.txt", "--format", "html")

    assert (1, "", 1) == (outcome.status, outcome.out, len(outcome.errors))


def test_export_may_show_less(command: Command, saved: Path) -> None:
    """Filters choose anew what is shown; the data still holds everything."""
    command("export", saved, "--format", "json", "--status", "planned")

    data = json.loads(saved.read_bytes())
    assert [False, True, False] == [e["shown"] for e in data["events"]]


# -- timex -------------------------------------------------------------------------------------


def test_timex_of_text_is_a_table(command: Command) -> None:
    """Where, what words, type, value, and the days they name."""
    outcome = command("timex", "--date", "2024-03-26", stdin=b"They met on Monday.")

    assert (0, "12-18  Monday  DATE  2024-03-25  2024-03-25\n") == (outcome.status, outcome.out)


def test_timex_explains_itself(command: Command) -> None:
    """`--explain` adds EDTF, the rule, what was counted from, and why that way."""
    outcome = command("timex", "--date", "2024-03-26", "--explain", stdin=b"It is shut since Monday.")

    assert ["2024-03-25", "<weekday>", "published", "2024-03-26", "back:", "since", "<date>"] == (
        outcome.out.split()[-7:]
    )


def test_timex_of_jsonl_explains_itself(command: Command) -> None:
    """The same in JSONL, as further keys."""
    line = b'{"id": "a", "text": "A verdict is due by early May.", "publication_date": "2021-03-04"}'
    outcome = command("timex", "--explain", stdin=line)
    [timex] = json.loads(outcome.out.splitlines()[0])["timexes"]

    assert {
        "start": 20,
        "end": 29,
        "type": "DATE",
        "value": "2021-05",
        "text": "early May",
        "first": "2021-05-01",
        "last": "2021-05-10",
        "mod": "START",
        "edtf": "2021-05-01/2021-05-10",
        "rule": "early <date>",
        "anchor": "published 2021-03-04",
        "direction": "ahead: by <date>",
    } == timex


def test_timex_of_jsonl_is_jsonl(command: Command, tmp_path: Path) -> None:
    """One line a text in the order given, offsets in the text as given, and the seconds at the end."""
    path = tmp_path / "texts.jsonl"
    texts = [
        {"id": "a", "text": "It closed on May 2, 2021.", "publication_date": "2021-05-04"},
        {"id": "b", "text": "Nothing here.", "publication_date": None},
        {"id": "c", "text": "They met on Monday.", "publication_date": "2024-03-26"},
    ]
    path.write_text("".join(json.dumps(t) + "\n" for t in texts), encoding="utf-8")
    outcome = command("timex", path)
    *rows, last = map(json.loads, outcome.out.splitlines())

    assert ["a", "b", "c"] == [row["id"] for row in rows]
    assert [{"start": 13, "end": 24, "type": "DATE", "value": "2021-05-02"}] == rows[0]["timexes"]
    assert [] == rows[1]["timexes"]
    assert ["2024-03-25"] == [t["value"] for t in rows[2]["timexes"]]
    assert ["seconds"] == list(last)


def test_timex_lets_the_verb_decide_unless_told_not_to(command: Command) -> None:
    """ "Will meet on Monday" looks ahead; without reading the sentence, news looks back."""
    text = b"They will meet on Monday."
    values = [
        command("timex", "--date", "2024-03-27", *option, stdin=text).out.split()[3]
        for option in ([], ["--no-parse"])
    ]

    assert "2024-04-01" == values[0]
    assert values[1] in ("2024-03-25", "2024-04-01")


def test_timex_names_a_broken_line_and_keeps_the_others(command: Command) -> None:
    """Exit status 3: the number of the line is on standard error, the rest is tagged."""
    lines = b'{"id": "a", "text": "In May 2021."}\n{"id": \n{"id": "c"}\n'
    outcome = command("timex", stdin=lines)

    assert 3 == outcome.status
    assert ["error: line 2", "error: line 3"] == [line[:13] for line in outcome.errors]
    assert 2 == len(outcome.out.splitlines())


def test_timex_of_a_missing_file_is_one_line(command: Command, tmp_path: Path) -> None:
    """Named, with exit status 1."""
    outcome = command("timex", tmp_path / "none.txt")

    assert (1, "", 1) == (outcome.status, outcome.out, len(outcome.errors))


# -- the console -------------------------------------------------------------------------------


def test_a_table_that_is_too_wide_is_wrapped_where_told() -> None:
    """The flexible column gives way, between words if it can; two-column letters count as two."""
    rows = [("a", "one two three four five six seven", "[1]"), ("b", "日本" * 7, "[2]")]

    assert [
        "a  one two three four five   [1]",
        "   six seven",
        "b  日本日本日本日本日本日本  [2]",
        "   日本",
    ] == table(rows, 20, flexible=1).splitlines()


@given(st.text(max_size=60), st.integers(1, 30))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_wrapping_loses_nothing(text: str, width: int) -> None:
    """Whatever the letters, the wrapped cell holds them all, in order."""
    squeezed = visible(text).replace(" ", "")

    assert squeezed == "".join(_wrapped(visible(text), width)).replace(" ", "")


@pytest.mark.parametrize("text", ["plain", "naïve café", "日本語", "e\u0301"])
def test_readable_text_stays_as_it_is(text: str) -> None:
    """Escaping is for what a terminal would obey, not for other people's alphabets."""
    assert text == visible(text)


def test_articles_used_here_hold_their_story() -> None:
    """The two texts behind the hand-made timeline say what its quotes say."""
    assert "May 2, 2021" in HARBOUR
    assert "2 May 2021" in BRIDGE


def test_formats_are_listed(command: Command) -> None:
    """Each format has a line with its file; a star marks what is written when nothing is asked for."""
    from timeline import result

    lines = command("formats").out.splitlines()
    listed = {line.lstrip("* ").split()[0]: line for line in lines}

    assert list(result.formats()) == list(listed)
    assert set(result.usual()) == {name for name, line in listed.items() if line.startswith("*")}
    assert "sources.bib" in listed["bib"]


def test_a_format_that_needs_more_says_what(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without python-docx a Word file is refused before any work, with the way to get it."""
    import timeline.export

    monkeypatch.setattr(timeline.export, "find_spec", lambda name: None)
    done = command("build", "no-such-folder", "--format", "docx")

    assert 2 == done.status
    assert "pip install python-docx" in done.err


def test_render_draws_lanes_links_and_dates_as_asked(command: Command, saved: Path, tmp_path: Path) -> None:
    """Each option reaches the picture."""
    theme = tmp_path / "theme.toml"
    theme.write_text('[colours]\naccent = "#7a0019"\n', encoding="utf-8")
    options = ("--layout", "lanes", "--lane", "theme", "--links", "--locale", "de", "--theme", theme)
    outcome = command("render", saved, "-o", tmp_path / "out", "--format", "svg", *options)
    drawn = (tmp_path / "out/timeline.svg").read_text(encoding="utf-8")

    assert (0, "") == (outcome.status, outcome.err)
    assert "2. Mai 2021" in drawn
    assert "#7a0019" in drawn


def test_a_locale_or_theme_that_is_none_is_wrong_usage(command: Command, saved: Path) -> None:
    """One line each, and nothing is drawn."""
    for option, name in (("--locale", "klingon-x"), ("--theme", "none.toml")):
        outcome = command("render", saved, option, name)
        assert (2, "") == (outcome.status, outcome.out)
        assert name in outcome.err
