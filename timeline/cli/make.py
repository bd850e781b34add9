"""`build`, `render` and `export`: the commands that write files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from timeline.cli.console import Console, visible
from timeline.cli.guard import Fatal, Watch, guarded

if TYPE_CHECKING:
    from timeline.limits import Limits
    from timeline.render import Look
    from timeline.result import Timeline

#: The choices of the look, as `timeline.render` knows them; spelled out so that `--help` loads nothing.
LAYOUTS = ("auto", "cards", "list", "lanes")
LANES = ("participant", "theme")
SIZES = ("wide", "column", "a4", "letter", "slide")
STYLES = ("light", "dark", "print")
STATUSES = ("occurred", "ongoing", "planned", "threatened", "possible", "cancelled", "denied")

PARTLY = 3
"""Exit status when some inputs were skipped and the others were done."""

Command = Callable[..., Any]


def talking(command: Command) -> Command:
    """`-q` and `-v`, the same on every command."""

    def tell(context: click.Context, option: click.Parameter, value: bool) -> None:
        console = context.ensure_object(Console)
        setattr(console, option.name or "", value)
        console.hush()

    for flags, words in (
        (("-v", "--verbose"), "Show where in the program an error arose."),
        (("-q", "--quiet"), "No progress and no warnings, only errors."),
    ):
        command = click.option(*flags, is_flag=True, expose_value=False, callback=tell, help=words)(command)
    return command


def choosing(command: Command) -> Command:
    """The options that choose which events are shown."""
    options = (
        click.option("--about", metavar="WORDS", help="Show only events that tell of all these words."),
        click.option(
            "--from", "since", metavar="DATE", help="Show only events from this day, month or year on."
        ),
        click.option("--to", "until", metavar="DATE", help="Show only events up to this day, month or year."),
        click.option(
            "--status",
            multiple=True,
            type=click.Choice(STATUSES),
            help="Show only events with this status; may be repeated.",
        ),
        click.option(
            "--max-events",
            metavar="N",
            type=click.IntRange(min=1),
            help="Show at most N events, the most telling ones.  [default: 20]",
        ),
    )
    return _with(options, command)


def looking(command: Command) -> Command:
    """The options for the look of the pictures."""
    options = (
        click.option(
            "--layout",
            type=click.Choice(LAYOUTS),
            default="auto",
            show_default=True,
            help="Cards beside a time band, a list that grows downwards, or lanes.",
        ),
        click.option(
            "--lane",
            type=click.Choice(LANES),
            default="participant",
            show_default=True,
            help="What has a lane of its own, with --layout lanes.",
        ),
        click.option(
            "--links", is_flag=True, help="Draw what texts say of how events hang together: responds to ..."
        ),
        click.option(
            "--size", type=click.Choice(SIZES), help="Made for this width, so that type stays readable."
        ),
        click.option(
            "--style",
            type=click.Choice(STYLES),
            default="light",
            show_default=True,
            help="Colours; print is black on white.",
        ),
        click.option("--theme", metavar="FILE", help="Your own colours and fonts, a TOML file."),
        click.option("--locale", metavar="NAME", help="How dates are written: de, en-US ...  [needs babel]"),
    )
    return _with(options, command)


def _with(options: Iterable[Callable[[Command], Command]], command: Command) -> Command:
    for option in reversed(tuple(options)):
        command = option(command)
    return command


def _names(context: click.Context, option: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """`NAME=DATE`, checked here so that a typing error is wrong usage and not a skipped date."""
    from timeline.choose import day
    from timeline.errors import UsageError

    given: dict[str, str] = {}
    for value in values:
        name, _, date = value.rpartition("=")
        try:
            given[name] = day(date).isoformat()
        except UsageError:
            name = ""
        if not name:
            raise click.BadParameter(f"{value!r} is not NAME=YYYY-MM-DD", context, option)
    return given


def _formats(context: click.Context, option: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """`png,svg`, once or repeated; which names there are is known only when they are needed."""
    names = [name.strip().lower() for value in values for name in value.split(",")]
    return tuple(dict.fromkeys(name for name in names if name))


def _limits(context: click.Context, option: click.Parameter, values: tuple[str, ...]) -> Limits:
    from timeline.limits import Limits

    return Limits.asked(values)


def limiting(command: Command) -> Command:
    """The option that allows larger inputs."""
    return click.option(
        "--limit",
        "limits",
        multiple=True,
        callback=_limits,
        metavar="NAME=N",
        help="Allow larger inputs: bytes of a file [20000000]; chars [1000000], times [5000], events [5000] "
        "and seconds of processor time [120] of an article. May be repeated.",
    )(command)


def forcing(command: Command) -> Command:
    """The option that overwrites what we did not write."""
    return click.option(
        "--force",
        is_flag=True,
        help="Overwrite files that this program did not write, or that were changed since.",
    )(command)


def reading_with(command: Command) -> Command:
    """The option that names another language model."""
    return click.option(
        "--language-model",
        default="",
        metavar="NAME",
        help="Read with an installed spaCy pipeline, such as en_core_web_lg.  [default: the one shipped]",
    )(command)


def format_option(words: str) -> Callable[[Command], Command]:
    return click.option("--format", "formats", multiple=True, callback=_formats, metavar="NAMES", help=words)


@click.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLES...")
@click.option(
    "-o",
    "--output",
    "folder",
    default="output",
    show_default=True,
    metavar="FOLDER",
    help="Where to write; made if missing.",
)
@click.option("--title", help="Title of the timeline.  [default: made from the names in it]")
@format_option(
    "What to write: png, svg, pdf, json, html, md, csv, graphml, or what `timeline formats` lists beside.  "
    "[default: these]"
)
@click.option(
    "--date",
    "dates",
    multiple=True,
    callback=_names,
    metavar="NAME=YYYY-MM-DD",
    help="Publication date of an article, by file name or id; may be repeated.",
)
@choosing
@looking
@click.option("--strict", is_flag=True, help="Exit with 1, not 3, if an input was skipped.")
@reading_with
@limiting
@forcing
@talking
@click.pass_obj
def build(
    console: Console,
    /,
    articles: tuple[str, ...],
    folder: str,
    title: str | None,
    formats: tuple[str, ...],
    dates: dict[str, str],
    strict: bool,
    limits: Limits,
    force: bool,
    **options: Any,
) -> int:
    """Build a timeline from articles: files, or folders of them.

    Reads plain text, Markdown with front matter, HTML, JSON and JSONL (one article or many with "id",
    "title", "text" and "pub_date"). Prints the files written.

    \b
    timeline build articles/ -o output/
    timeline build pile.jsonl --format json --about "border crossing"
    """
    from timeline import pipeline, result
    from timeline.choose import MAX_EVENTS, Wanted
    from timeline.errors import TimelineError
    from timeline.files import refuse_strangers

    look = _look(options)
    targets = result.file_names(formats or None)
    wanted = Wanted.asked(options["about"], options["since"], options["until"], options["status"])
    reading = pipeline.read(articles, dates, limits)
    for skipped in reading.skipped:
        console.error(skipped.line())
    for warning in reading.warnings:
        console.warning(warning)
    if not force:  # seen now rather than after all the work
        refuse_strangers(Path(folder), targets)

    def work(watch: Watch | None) -> int:
        timeline = pipeline.compose(
            reading,
            title=title,
            wanted=wanted,
            max_events=options["max_events"] or MAX_EVENTS,
            language_model=options["language_model"],
            limits=limits,
            progress=console.progress,
            watch=watch,
        )
        for warning in timeline.warnings[len(reading.skipped) + len(reading.warnings) :]:
            console.warning(warning)
        _write(console, timeline, Path(folder), formats, look, force=force)
        console.summary(
            f"{len(timeline.articles)} articles, {len(timeline.events)} events, {len(timeline.shown)} shown"
        )
        if reading.skipped:
            return 1 if strict else PARTLY
        return 0

    while console.alone and reading.articles:
        outcome = guarded(work, limits.max_seconds, verbose=console.verbose)
        if not isinstance(outcome, Fatal):
            return outcome
        if not outcome.number:
            raise TimelineError(f"what was found in the articles {outcome.reason}")
        reading = reading.without(outcome.number, outcome.reason)
        console.error(reading.skipped[-1].line())
    return work(None)


@click.command()
@click.argument("file", metavar="TIMELINE.JSON")
@click.option(
    "-o", "--output", "folder", metavar="FOLDER", help="Where to write.  [default: beside the data]"
)
@format_option("Pictures to write: png, svg, pdf.  [default: all three]")
@choosing
@looking
@forcing
@talking
@click.pass_obj
def render(
    console: Console, /, file: str, folder: str | None, formats: tuple[str, ...], **options: Any
) -> int:
    """Draw the pictures again from the data.

    \b
    timeline render output/timeline.json --style dark --size slide
    """
    from timeline.render import PICTURE_FORMATS

    return _again(console, file, folder, formats or PICTURE_FORMATS, options, _look(options))


@click.command()
@click.argument("file", metavar="TIMELINE.JSON")
@click.argument("articles", nargs=-1, metavar="[ARTICLES]...")
@click.option(
    "-o", "--output", "folder", metavar="FOLDER", help="Where to write.  [default: beside the data]"
)
@format_option(
    "Files to write: json, html, md, csv, graphml, or what `timeline formats` lists.  [default: these]"
)
@choosing
@limiting
@forcing
@talking
@click.pass_obj
def export(
    console: Console,
    /,
    file: str,
    articles: tuple[str, ...],
    folder: str | None,
    formats: tuple[str, ...],
    **options: Any,
) -> int:
    """Write the web page, the report, the graph and the data again.

    With ARTICLES the web page shows each quote in its paragraph, as it did when it was built.

    \b
    timeline export output/timeline.json --format md --from 2024-03
    """
    from timeline.export import FORMATS

    chosen = formats or tuple(name for name, format in FORMATS.items() if format.usual)
    return _again(console, file, folder, chosen, options, None, articles)


def _again(
    console: Console,
    file: str,
    folder: str | None,
    formats: tuple[str, ...],
    options: dict[str, Any],
    look: Look | None,
    articles: tuple[str, ...] = (),
) -> int:
    """Files from saved data; what is shown changes only if the user asks for something."""
    from timeline import pipeline, result
    from timeline.choose import EVERYTHING, MAX_EVENTS, Wanted

    result.known(formats)
    timeline = result.Timeline.load(file)
    if articles:
        reading = pipeline.read(articles, {}, options["limits"])
        for skipped in reading.skipped:
            console.error(skipped.line())
        timeline = timeline.with_texts(reading.articles)
    wanted = Wanted.asked(options["about"], options["since"], options["until"], options["status"])
    if wanted != EVERYTHING or options["max_events"]:
        timeline = timeline.showing(wanted, options["max_events"] or MAX_EVENTS)
    beside = Path(folder) if folder else Path(file).parent
    _write(console, timeline, beside, formats, look, force=options["force"])
    return 0


def _look(options: dict[str, Any]) -> Look:
    from timeline.render import Look, Theme

    names = ("layout", "lane", "links", "size", "style", "locale")
    asked = {name: options[name] for name in names if options[name] is not None}
    if options["theme"]:
        asked["theme"] = Theme.load(options["theme"])
    return Look(**asked)


def _write(
    console: Console,
    timeline: Timeline,
    folder: Path,
    formats: tuple[str, ...],
    look: Look | None,
    *,
    force: bool,
) -> None:
    """Write the files and print where they are."""
    from timeline.files import write_all

    console.progress("drawing and writing", 0, 1)
    files = timeline.files(formats or None, look, beside=folder)
    for note in files.notes:
        console.warning(note)
    written = write_all(folder, files.content, force=force)
    console.settle()
    for path in written:
        click.echo(visible(str(path)))
