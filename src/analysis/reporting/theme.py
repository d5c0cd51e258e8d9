"""The look of every figure: colours, type, and SVG that is the same in every run.

Text in a figure stays text, in the type of the page: it can be searched, copied and enlarged. Widths are measured
in DejaVu Sans, which matplotlib brings along and which is wider than the usual type of a system, so that a label
that fits here fits anywhere.
"""

import io
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

WIDE, NARROW = 720, 300
"""Widths in pixels for which a figure is drawn; below :data:`TURN` its labels stand above the bars."""
TURN = 480

INK = "#1c2733"
MUTED = "#4a5866"
GRID = "#d5dce3"
TRACK = "#e9eef3"
PAPER = "#ffffff"
BAR = "#4a86c2"
FIRST, SECOND = "#0d2f57", "#c26a12"
BLUES = ("#0b2a4f", "#4c90d6")
BROWNS = ("#5c2a00", "#c97216")
"""Darkest and lightest of a scale; the lightest still stands out 3 : 1 from the paper."""

SIZE, SMALL = 14.0, 12.5
THEME = {
    "font.family": ["DejaVu Sans"],
    "font.size": SIZE,
    "text.color": INK,
    "text.parse_math": False,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "svg.fonttype": "none",
    "svg.hashsalt": "quickscan",
    "path.simplify": False,
}


@dataclass(frozen=True)
class Drawing:
    """A figure that can be drawn for a wide and for a narrow screen.

    Parameters
    ----------
    draw
        Draws the figure at a width in pixels.
    """

    draw: Callable[[float], Figure] = field(repr=False)

    def wide(self) -> Figure:
        """Return the figure for a wide screen and for print."""
        return self.at(WIDE)

    def narrow(self) -> Figure:
        """Return the figure for a telephone."""
        return self.at(NARROW)

    def at(self, width: float) -> Figure:
        """Return the figure at a width in pixels.

        Parameters
        ----------
        width
            Pixels.
        """
        with _look():
            figure = self.draw(width)
        for artist in figure.axes[0].get_children():
            artist.set_clip_on(False)
        return figure

    def _repr_html_(self) -> str:
        return svg_markup(self.wide(), prefix="drawing", alt="", attributes="")


def canvas(width: float, height: float) -> tuple[Figure, Axes]:
    """Return a figure whose only axes count in pixels, from the upper left corner.

    Parameters
    ----------
    width, height
        Pixels.
    """
    figure = Figure(figsize=(width / 72, height / 72), dpi=72)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    return figure, axes


def text_width(text: str, size: float = SIZE, *, bold: bool = False) -> float:
    """Return how wide a line of text is, in pixels.

    Parameters
    ----------
    text
        One line.
    size
        Size of the type in pixels.
    bold
        Whether it is set in bold.
    """
    font = FontProperties(family="DejaVu Sans", size=size, weight="bold" if bold else "normal")
    return text_to_path.get_text_width_height_descent(text, font, False)[0]


def wrap(text: str, width: float, size: float = SIZE, *, bold: bool = False) -> list[str]:
    """Break text between words into lines that fit.

    Parameters
    ----------
    text
        The text; a word that is wider than the line gets a line of its own.
    width
        Pixels.
    size, bold
        As for :func:`text_width`.
    """
    lines: list[str] = []
    for word in str(text).split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, bold=bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines or [""]


def scale_colours(n: int, split: int | None = None) -> list[str]:
    """Return a colour per option of a scale, from dark to light.

    Parameters
    ----------
    n
        Number of options.
    split
        Number of options in blue when the others are of another kind, and brown; all when left out.
    """
    first = n if split is None else split
    return [*_ramp(BLUES, first), *_ramp(BROWNS, n - first)]


def text_on(colour: str) -> str:
    """Return white or black, whichever reads best on a colour; one of them always stands out 4.5 : 1.

    Parameters
    ----------
    colour
        Colour of the ground, as ``#rrggbb``.
    """
    return max((PAPER, "#000000"), key=lambda text: contrast(text, colour))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours after WCAG 2.2, from 1 to 21.

    Parameters
    ----------
    one, other
        Colours as ``#rrggbb``.

    Examples
    --------
    >>> contrast("#000000", "#ffffff")
    21.0
    """
    low, high = sorted((luminance(linear(one)), luminance(linear(other))))
    return (high + 0.05) / (low + 0.05)


def linear(colour: str) -> list[float]:
    """Return red, green and blue as linear light between 0 and 1.

    Parameters
    ----------
    colour
        Colour as ``#rrggbb``, in sRGB.
    """
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def luminance(light: Sequence[float]) -> float:
    """Return the relative luminance of linear light after WCAG 2.2.

    Parameters
    ----------
    light
        Red, green and blue, as :func:`linear` gives them.
    """
    return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2]


def svg_markup(figure: Figure, *, prefix: str, alt: str, attributes: str) -> str:
    """Return a figure as an SVG element for the body of a page.

    Parameters
    ----------
    figure
        Figure that counts in pixels.
    prefix
        Comes before every identifier, so that several figures can stand on one page.
    alt
        Text alternative.
    attributes
        Further attributes of the element, as HTML.
    """
    stream = io.StringIO()
    with _look():
        figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    svg = stream.getvalue()
    svg = re.sub(r"<metadata>.*?</metadata>\s*|<style.*?</style>\s*|<!--.*?-->\s*", "", svg, flags=re.DOTALL)
    box = re.search(r'viewBox="([^"]+)"', svg)[1]
    body = svg[svg.index(">", svg.index("<svg")) + 1 :]
    body = _prefix_identifiers(body, prefix)
    body = body.replace("font-family: 'DejaVu Sans'; ", "")
    body = re.sub(r' transform="rotate\(-0 [^)]*\)"|<defs>\s*</defs>\s*', "", body)
    return (
        f'<svg {attributes} role="img" aria-labelledby="{prefix}-tekst" stroke-linejoin="round" viewBox="{box}" '
        f'xmlns="http://www.w3.org/2000/svg">\n<desc id="{prefix}-tekst">{escape(alt)}</desc>{body.strip()}'
    )


@contextmanager
def _look() -> Iterator[None]:
    """Let the theme hold alone: what a user or a folder sets for matplotlib does not count."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(THEME)
        yield


def _prefix_identifiers(svg: str, prefix: str) -> str:
    """Prefix the identifiers that something refers to, and drop the others."""
    svg = svg.replace("xlink:href=", "href=")
    used = set(re.findall(r'(?:url\(#|href="#)([^")]+)', svg))
    svg = re.sub(r"(url\(#|href=\"#)", rf"\g<1>{prefix}-", svg)
    return re.sub(r' id="([^"]+)"', lambda found: f' id="{prefix}-{found[1]}"' if found[1] in used else "", svg)


def _ramp(ends: tuple[str, str], n: int) -> list[str]:
    """Return colours from dark to light at even steps."""
    if not n:
        return []
    low, high = ([int(end[start : start + 2], 16) for start in (1, 3, 5)] for end in ends)
    steps = [step / (n - 1) if n > 1 else 0.5 for step in range(n)]
    return [
        "#" + "".join(f"{round(a + (b - a) * step):02x}" for a, b in zip(low, high, strict=True)) for step in steps
    ]
