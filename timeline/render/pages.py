"""Pieces stacked into pages: one tall one, or as many as it takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from timeline.render.parts import Setting
from timeline.render.scene import ASCENT, Page, Piece, Sketch


@dataclass(frozen=True, slots=True)
class Section:
    """Pieces that follow each other, with what is repeated on each page they reach."""

    pieces: tuple[Piece, ...]
    head: Piece | None = None
    """Drawn above the first piece on every page."""
    backdrop: Callable[[float, float], Piece] | None = None
    """Given the top and bottom of what was put on a page: what lies behind it."""
    overlay: Callable[[Mapping[int, tuple[float, Piece]], float, float], Piece] | None = None
    """Given where each piece on a page is, by its number, and its top and bottom: what lies over them."""


def paged(setting: Setting, sections: Sequence[Section], *, split: bool) -> list[Page]:
    """The sections as pages. Without `split`, one page as tall as it needs to be."""
    paper = setting.paper
    margin = max(paper.margin * 0.8, 14.0)
    bottom = paper.page_height - margin - 14 if split else float("inf")
    pages: list[Sketch] = []
    y = 0.0

    def turn() -> None:
        nonlocal y
        pages.append(Sketch())
        y = margin

    turn()
    for section in sections:
        spots: dict[int, tuple[float, Piece]] = {}
        part, top = Sketch(), y  # what of this section stands on the page, and from where
        started = False
        for index, piece in enumerate(section.pieces):
            following = section.pieces[index + 1 : index + 2] if piece.keep else ()
            wanted = piece.height + sum(p.height for p in following)
            if section.head and not started:
                wanted += section.head.height
            if y + wanted > bottom and y > margin:
                _finish(pages[-1], section, part, spots, top, y)
                turn()
                part, spots, started = Sketch(), {}, False
            if not started:
                if section.pieces[0] is not piece:
                    piece = piece.opening or piece
                if section.head:
                    pages[-1].add(section.head, 0.0, y)
                    y += section.head.height
                top, started = y, True
            if y > margin or piece.labels:  # no empty room at the top of a page
                part.add(piece, 0.0, y)
                spots[index] = (y, piece)
                y += piece.height
        _finish(pages[-1], section, part, spots, top, y)
    if split and len(pages) > 1:
        size = paper.small
        for number, page in enumerate(pages, 1):
            text = f"{number} of {len(pages)}"
            x = setting.right - setting.measure(text, size, False)
            at = paper.page_height - margin - size + ASCENT * size
            page.labels.append(setting.label(x, at, text, size, "page-number", "muted"))
    full = paper.fixed or (split and paper.sheet)
    heights = [max(paper.page_height, y + margin) if full else y + margin for _ in pages]
    if len(pages) > 1:
        heights = [paper.page_height] * len(pages)
    return [Page(paper.width, page.piece(height)) for page, height in zip(pages, heights, strict=True)]


def _finish(
    page: Sketch,
    section: Section,
    part: Sketch,
    spots: Mapping[int, tuple[float, Piece]],
    top: float,
    bottom: float,
) -> None:
    """Put a section's part on the page, with what lies behind it first."""
    if section.backdrop and bottom > top:
        page.add(section.backdrop(top, bottom))
    page.add(part.piece(0.0))
    if section.overlay and spots:
        page.add(section.overlay(spots, top, bottom))
