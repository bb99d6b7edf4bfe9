"""Charts drawn on the server: SVG without scripts, in the colours of the reader, readable without colours."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pygal
from pygal.style import Style

# pygal puts a finder of a protocol that is gone among the importers; it finds nothing here, and Python warns of it.
sys.meta_path[:] = [finder for finder in sys.meta_path if hasattr(finder, "find_spec")]

WIDTH, HEIGHT = 960, 480
# Pixels: how high the bars may grow, and how high a line of text is.
_PLOT, _LINE = 300, 13
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_FONTS = (
    "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Noto Sans', 'PingFang SC', 'Microsoft YaHei', "
    "'Noto Sans CJK SC', sans-serif"
)
# By order of the series: light and dark colour, and the pattern that tells them apart on paper.
_HUES = (
    ("#0b4a6f", "#8cc4ea"),
    ("#a9622a", "#e9a873"),
    ("#3d7a57", "#86c9a0"),
    ("#6b5aa6", "#b9abf0"),
    ("#8c2f39", "#f09a9a"),
    ("#5d646c", "#b4bac2"),
)
_PATTERNS = ("", "M0 8 8 0", "", "M0 0 8 8", "", "M4 0V8")
_DASHES = ("none", "10 5", "2 4")
# How far the numbers of each series stand from their points, so that close series do not cover each other.
_LIFTS = (-27, 4, 22)
_COLOURS = """
:root { --paper: #faf8f4; --ink: #1b2026; --soft: #565d66; --rule: #dcd7cc; %s }
@media (prefers-color-scheme: dark) {
  :root { --paper: #14171b; --ink: #e9e6df; --soft: #a9adb3; --rule: #32383f; %s }
}
"""
_LOOK = """
svg { color-scheme: light dark; background: var(--paper); font-family: %s; font-variant-numeric: tabular-nums; }
text { font-size: 15px; fill: var(--soft); stroke: none; }
.graph > .background, .plot > .background { fill: none; }
.axis .line { stroke: var(--soft); }
.axis .guide.line { fill: none; stroke: var(--rule); }
.vertical .axis.x .guide.line { opacity: 0; }
.axis.x text, .centered { text-anchor: middle; }
.axis.y text { text-anchor: end; }
.axis.x text { fill: var(--ink); }
.nofill { fill: none; }
.text-overlay text { font-weight: 600; fill: var(--ink); paint-order: stroke; }
.text-overlay text { stroke: var(--paper); stroke-width: 4px; stroke-linejoin: round; }
.stackedbar-graph .text-overlay text { font-size: 14px; }
.legends .legend text { fill: var(--ink); }
.bar rect { stroke: var(--paper); stroke-width: 2px; }
.series .line, .key { fill: none; stroke-width: 3px; }
.dot { stroke: var(--paper); stroke-width: 2px; }
.ground { stroke: none; }
.stroke { fill: none; stroke: var(--paper); stroke-width: 1.5px; }
"""


@dataclass(frozen=True, slots=True)
class Words:
    """What a chart says of itself to whoever cannot see it."""

    lang: str
    title: str
    description: str


def timeline(words: Words, series: Mapping[str, Sequence[tuple[date, date, int]]]) -> bytes:
    """Numbers that hold from one day to another, as steps; each series is `(from, until, number)` in order."""
    highest = max(number for rows in series.values() for _, _, number in rows)
    years = [day.year for rows in series.values() for row in rows for day in row[:2]]
    chart = pygal.DateLine(
        **_options(), legend_at_bottom_columns=3, dots_size=5, x_value_formatter=lambda day: f"{day:%Y}"
    )
    chart.x_labels = [date(year, 1, 1) for year in range(min(years), max(years) + 1)]
    chart.y_labels = range(0, highest + 50, 50)
    for label, rows in series.items():
        points: list[dict[str, Any]] = []
        for start, end, number in rows:
            points.append({"value": (start, number), "formatter": _plain})
            points.append({"value": (end, number), "formatter": _nothing, "node": {"r": 0}})
        chart.add(label, points)
    return _finished(chart, words, _keys_as_lines)


def stacks(words: Words, heads: Sequence[str], series: Mapping[str, Sequence[int]]) -> bytes:
    """Numbers that add up, one bar for each head; each series holds one number a bar."""
    highest = max(sum(column) for column in zip(*series.values(), strict=True))
    chart = pygal.StackedBar(**_options(), legend_at_bottom_columns=3 if len(series) < 4 else 2, spacing=24)
    chart.x_labels = list(heads)
    chart.y_labels = range(0, highest + 10, 10)
    for label, numbers in series.items():
        # A low slice has no room for its number; the table has it.
        fits = [number * _PLOT >= _LINE * highest for number in numbers]
        chart.add(
            label,
            [
                {"value": number, "formatter": _plain if fit else _nothing}
                for number, fit in zip(numbers, fits, strict=True)
            ],
        )
    return _finished(chart, words, _patterns)


def _options() -> dict[str, Any]:
    sizes = dict.fromkeys(
        ("legend_font_size", "label_font_size", "major_label_font_size", "value_font_size", "value_label_font_size"), 15
    )
    return {
        "style": Style(font_family=_FONTS, **sizes),
        "css": (),
        "js": (),
        "width": WIDTH,
        "height": HEIGHT,
        "margin": 16,
        "print_values": True,
        "print_zeroes": False,
        "legend_at_bottom": True,
        "legend_box_size": 16,
        "disable_xml_declaration": True,
    }


def _look() -> str:
    """The style sheet of a chart, in place of the library's own."""
    light, dark = (" ".join(f"--c{at}: {pair[side]};" for at, pair in enumerate(_HUES)) for side in (0, 1))
    rules = [f".color-{at} {{ stroke: var(--c{at}); fill: var(--c{at}); }}" for at in range(len(_HUES))]
    rules += [f".bar-{at} {{ fill: url(#pattern-{at}); }}" for at in range(len(_HUES))]
    rules += [
        f".serie-{at} .line, .key-{at} {{ stroke-dasharray: {dash}; }}\n"
        f".dateline-graph .text-overlay .serie-{at} text {{ fill: var(--c{at}); }}\n"
        f".dateline-graph .text-overlay .serie-{at} text {{ transform: translateY({_LIFTS[at]}px); }}"
        for at, dash in enumerate(_DASHES)
    ]
    return "\n".join((_COLOURS % (light, dark), _LOOK % _FONTS, *rules))


def _plain(value: Any) -> str:
    return f"{value[1] if isinstance(value, (list, tuple)) else value:.0f}"


def _nothing(_: Any) -> str:
    return ""


def _finished(chart: Any, words: Words, dress: Callable[[Any], None]) -> bytes:
    """The chart named and described, without scripts, comments, tooltips and what else only serves a mouse."""

    def finish(root: Any) -> Any:
        root.find("defs/style").text = _look()
        for node in list(root.iter()):
            for child in list(node):
                if _is_idle(child):
                    node.remove(child)
            node.attrib.pop("id", None)
        dress(root)
        root.attrib.update(
            {"role": "img", "aria-labelledby": "title", "aria-describedby": "description", _LANG: words.lang}
        )
        for at, (tag, text) in enumerate((("title", words.title), ("desc", words.description))):
            node = root.makeelement(tag, {"id": "title" if tag == "title" else "description"})
            node.text = text
            root.insert(at, node)
        return root

    chart.add_xml_filter(finish)
    rendered: str = chart.render()
    return rendered.encode()


def _is_idle(node: Any) -> bool:
    # A comment has a function for a tag.
    if not isinstance(node.tag, str):
        return True
    name = node.tag
    return name in ("script", "title", "desc") or "tooltip-overlay" in node.get("class", "")


def _legend(root: Any) -> list[tuple[Any, Any]]:
    """Each entry of the legend with its box, in the order of the series."""
    entries = [node for node in root.iter("g") if "legend" in node.get("class", "").split()]
    return [(entry, entry.find("rect")) for entry in entries]


def _keys_as_lines(root: Any) -> None:
    """Let the legend show each line as it is drawn."""
    for at, (entry, box) in enumerate(_legend(root)):
        x, y = float(box.get("x")), float(box.get("y")) + 8
        line = root.makeelement("path", {"d": f"M{x - 18:.0f} {y:.0f}h32", "class": f"key key-{at} color-{at}"})
        entry.replace(box, line)


def _patterns(root: Any) -> None:
    """Fill each series with a pattern of its own, here and in the legend."""
    defs = root.find("defs")
    for at, stroke in enumerate(_PATTERNS):
        pattern = root.makeelement(
            "pattern",
            {"id": f"pattern-{at}", "width": "8", "height": "8", "patternUnits": "userSpaceOnUse"},
        )
        ground = {"width": "8", "height": "8", "class": f"ground color-{at}"}
        pattern.append(root.makeelement("rect", ground))
        if stroke:
            pattern.append(root.makeelement("path", {"d": stroke, "class": "stroke"}))
        defs.append(pattern)
    for at, (_, box) in enumerate(_legend(root)):
        box.set("class", f"bar-{at}")
    for series in root.iter("g"):
        for name in series.get("class", "").split():
            if name.startswith("serie-"):
                for bar in series.iter("rect"):
                    bar.set("class", name.replace("serie-", "bar-"))
