"""A picture made part of a page: SVG text in, SVG markup out that a strict page lets stand.

A page whose content security policy forbids inline style would lose every colour of a picture that
says `style="fill: …"`, so styles become attributes. Only elements and attributes that draw are kept:
no script, no foreign content, no address but places inside the picture. Links go too: a picture is
one image to a screen reader, and the page has the same links in its list of sources.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree

from timeline.errors import DataError

#: Elements that draw or describe. What is not here goes, with all inside it.
_ELEMENTS: Final = frozenset(
    "svg g defs a title desc path rect circle ellipse line polyline polygon text tspan use symbol marker "
    "clipPath mask pattern linearGradient radialGradient stop".split()
)
#: Attributes, SVG's presentation attributes among them (SVG 2, section 6.6).
_ATTRIBUTES: Final = frozenset(
    "id class role aria-label aria-labelledby aria-hidden viewBox preserveAspectRatio d x y x1 x2 y1 y2 cx "
    "cy r rx ry dx dy width height points transform offset gradientUnits gradientTransform patternUnits "
    "patternTransform clipPathUnits maskUnits markerWidth markerHeight refX refY orient href "
    "clip-path clip-rule color direction display dominant-baseline fill fill-opacity fill-rule font-family "
    "font-size font-stretch font-style font-variant font-weight letter-spacing marker-end marker-mid "
    "marker-start mask opacity overflow shape-rendering stop-color stop-opacity stroke stroke-dasharray "
    "stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width "
    "text-anchor text-decoration text-rendering unicode-bidi vector-effect visibility word-spacing "
    "writing-mode".split()
)
_PREFIX: Final = "picture-"
_INNER: Final = re.compile(r"url\(\s*[\"']?#([^)\"']+)[\"']?\s*\)")
#: A tenth of a point, or of a hundredth of an em where letters are placed, is finer than any screen.
_LONG: Final = re.compile(r"-?\d+\.\d{2,}")
#: Attributes that are places. A scale is none: its digits count.
_PLACES: Final = frozenset("d x y x1 x2 y1 y2 cx cy r width height points".split())


@dataclass(frozen=True)
class Picture:
    """An SVG ready to stand in HTML."""

    markup: str
    is_light: bool
    """True if it is drawn on a light ground, so that a dark page may turn it over."""


def embeddable(svg: str, mark: str = "") -> Picture:
    """The picture with all ids prefixed, styles as attributes, and nothing that runs or loads.

    It is made small as well: short ids for its letters, no digits that nobody sees. With a `mark` of their
    own in all ids, several pictures can stand on one page.

    DataError if it is no SVG.

    >>> embeddable('<svg><a href="javascript:x"><path id="p" style="fill: red" onload="x"/></a></svg>').markup
    '<svg><g><path id="picture-p" fill="red" /></g></svg>'
    """
    if "<!ENTITY" in svg:
        raise DataError("the picture defines entities")
    try:
        root = ElementTree.fromstring(svg)
    except ElementTree.ParseError:
        raise DataError("the picture is no SVG") from None
    if _local(root.tag) != "svg":
        raise DataError("the picture is no SVG")
    # What matplotlib says once for all in a style sheet. Inherited, so that each element may differ.
    if any(_local(e.tag) == "style" and "stroke-linejoin: round" in (e.text or "") for e in root.iter()):
        root.attrib.update({"stroke-linejoin": "round", "stroke-linecap": "butt"})
    _clean(root, _ids(root, mark))
    if "viewBox" in root.attrib:  # the page decides how large it is
        root.attrib.pop("width", None)
        root.attrib.pop("height", None)
    return Picture(ElementTree.tostring(root, encoding="unicode"), _is_light(root))


def _ids(root: ElementTree.Element, mark: str) -> dict[str, str]:
    """Old id -> new one: short for what only the picture itself refers to."""
    drawn = [e.get("id", "") for defs in root.iter() if _local(defs.tag) == "defs" for e in defs.iter()]
    short = {old: f"p{mark}{number:x}" for number, old in enumerate(dict.fromkeys(filter(None, drawn)))}
    found = (e.get("id", "") for e in root.iter())
    return {old: short.get(old, _PREFIX + mark + old) for old in found if old}


def _clean(element: ElementTree.Element, ids: Mapping[str, str]) -> None:
    element.tag = "g" if _local(element.tag) == "a" else _local(element.tag)
    styles = (rule.partition(":") for rule in element.attrib.pop("style", "").split(";"))
    found = {_local(name): value for name, value in element.attrib.items()}
    found.update({name.strip(): value.strip() for name, colon, value in styles if colon})
    element.attrib.clear()
    for name, value in found.items():
        kept = _value(name, value, ids)
        if name in _ATTRIBUTES and kept:
            element.set(name, kept)
    for child in list(element):
        if _local(child.tag) in _ELEMENTS:
            _clean(child, ids)
        else:
            element.remove(child)
    if element.tag not in ("text", "tspan", "title", "desc"):
        element.text = None
        for child in element:
            child.tail = None


def _value(name: str, value: str, ids: Mapping[str, str]) -> str:
    if name == "id":
        return ids.get(value, "")
    if name == "aria-labelledby":
        return " ".join(ids.get(id, _PREFIX + id) for id in value.split())
    if name == "href":
        return f"#{ids.get(value[1:], _PREFIX + value[1:])}" if value.startswith("#") else ""
    if name in _PLACES or (value.startswith("translate(") and value.endswith(")") and "scale" not in value):
        return " ".join(_LONG.sub(_rounded, value).split())
    inner = _INNER.sub(lambda found: f"url(#{ids.get(found[1], _PREFIX + found[1])})", value)
    return "" if "url(" in _INNER.sub("", value) else inner


def _rounded(number: re.Match[str]) -> str:
    return f"{float(number[0]):.1f}".removesuffix(".0")


def _is_light(root: ElementTree.Element) -> bool:
    """True if the first area painted, the paper, is lighter than mid grey."""
    for element in root.iter():
        colour = re.fullmatch(r"#([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})", element.get("fill", ""))
        if colour:
            return sum(int(part, 16) for part in colour.groups()) > 3 * 127
    return True


def _local(name: object) -> str:
    """The name without its namespace; comments and the like have no name."""
    return name.rpartition("}")[2] if isinstance(name, str) else ""
