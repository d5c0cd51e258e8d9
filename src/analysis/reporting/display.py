"""Show text, tables and figures in a notebook, as they will stand on its page."""

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.reporting.dutch_numbers import FORMATS, size_of_table
from analysis.reporting.markdown import long_text, render_fragment, render_line, slug

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from analysis.reporting.theme import Drawing

TRUSTED = "made_by_analysis_reporting"
NO_VALUE = '<span aria-hidden="true">–</span><span class="hidden">geen waarde</span>'


def show_text(markdown: str) -> None:
    """Show text that was put together from computed values.

    Parameters
    ----------
    markdown
        Dutch text in Markdown. HTML in it comes out as text and no link leads outside the report; text from data
        goes through :func:`analysis.reporting.markdown.literal` first.
    """
    _show(render_fragment(markdown), markdown)


def show_table(  # noqa: PLR0913 every choice has a name and a default
    frame: pd.DataFrame,
    *,
    caption: str,
    note: str | None = None,
    number: str | int | None = None,
    formats: Mapping[str, str] | None = None,
    headings: Mapping[str, str] | None = None,
    links: Mapping[str, str] | None = None,
    download: str | None = None,
    published: bool = False,
) -> None:
    """Show a table; the first column names the rows.

    Parameters
    ----------
    frame
        The table, one row each, in the order to show; its index is not shown.
    caption
        What the table shows, without a full stop.
    note
        What to know when reading it, in Markdown of one paragraph.
    number
        Number of the table in the report.
    formats
        How to write the numbers of a column, by its name: a key of
        :data:`analysis.reporting.dutch_numbers.FORMATS`. Without it whole numbers are counts and other numbers
        have two decimals.
    headings
        Dutch heading by name of the column; without it, the name itself.
    links
        By name of a column the column with the addresses that its cells lead to, within the report; that column is
        not shown, and where it is empty the cell leads nowhere.
    download
        Address of the same table as CSV, from the page, such as ``tables/figure_02.csv``.
    published
        Whether the table holds published facts alone, which no page calls synthetic.

    Raises
    ------
    ValueError
        When a column has two levels of names, or a format or heading names no column or format.
    """
    name = f"Tabel {number}" if number is not None else None
    html = table_html(frame, caption=caption, name=name, formats=formats, headings=headings, links=links)
    css = "table-block published" if published else "table-block"
    html = f'<div class="{css}">\n{html}\n{_note(note)}{_download(download)}</div>'
    _show(html, f"{name or 'Tabel'}: {caption} ({size_of_table(*frame.shape)})")


def show_folded(
    frames: Mapping[str, pd.DataFrame],
    *,
    headings: Mapping[str, str] | None = None,
    links: Mapping[str, str] | None = None,
    counted: bool = True,
) -> None:
    """Show tables that open one by one.

    Parameters
    ----------
    frames
        Tables by what they show, which is the line to open them with and their caption.
    headings, links
        As for :func:`show_table`.
    counted
        Whether the line says how many rows the table has.
    """
    numbers = {name: f" ({len(frame)})" if counted else "" for name, frame in frames.items()}
    parts = [
        f"<details><summary>{escape(name)}{numbers[name]}</summary>\n"
        f"{table_html(frame, caption=name, headings=headings, links=links)}\n</details>\n"
        for name, frame in frames.items()
    ]
    _show("".join(parts), "; ".join(f"{name}{numbers[name]}" for name in frames))


def show_figure(  # noqa: PLR0913 every choice has a name and a default
    figure: "Drawing | Figure",
    *,
    number: str | int,
    caption: str,
    alt: str,
    note: str | None = None,
    data: pd.DataFrame | None = None,
    data_note: str | None = None,
    formats: Mapping[str, str] | None = None,
    headings: Mapping[str, str] | None = None,
    download: str | None = None,
) -> None:
    """Show a figure with its text alternative and the table behind it.

    Parameters
    ----------
    figure
        A drawing of :mod:`analysis.reporting.figures`, which is drawn for a wide and for a narrow screen, or a
        matplotlib figure, which scrolls on a narrow one.
    number
        Number of the figure in the report, or another one that the page uses once.
    caption
        What the figure shows, without a full stop.
    alt
        What a reader who does not see the figure must know, as text.
    note
        What to know when reading it, in Markdown of one paragraph.
    data, formats, headings
        The table behind the figure, as for :func:`show_table`.
    data_note
        What to know when reading the table, in Markdown of one paragraph.
    download
        Address of the table as CSV, from the page.

    Raises
    ------
    ValueError
        When the text alternative is empty or only repeats the caption.
    """
    if not alt.strip() or alt.strip().rstrip(".") == caption.strip().rstrip("."):
        raise ValueError(f"figure {number} needs a text alternative that says more than its caption")
    name = f"figuur-{slug(str(number))}"
    table_name = f"{name}-gegevens" if data is not None else ""
    label = f"Figuur {number}"
    parts = [
        f'<figure id="{name}" aria-labelledby="{name}-titel">\n<figcaption id="{name}-titel">'
        f'<span class="label">{escape(label)}</span> {escape(caption)} </figcaption>\n',
        _pictures(figure, name, alt, table_name),
        _note(note),
    ]
    if data is not None:
        table = table_html(
            data,
            caption=f"Gegevens bij figuur {number}",
            identifier=table_name,
            formats=formats,
            headings=headings,
        )
        parts.append(
            '<details class="figure-data"><summary>Toon beschrijving en tabel<span class="hidden"> bij '
            f"{escape(label.lower())}</span></summary>\n<p>{escape(alt)}</p>\n{table}\n{_note(data_note)}</details>\n"
        )
    parts.append(f"{_download(download)}</figure>")
    _show("".join(parts), f"{label}: {caption}")


def show_html(html: str, text: str) -> None:
    """Show HTML that a module of this room made, with every text from data escaped.

    Parameters
    ----------
    html
        What the page shows.
    text
        What a reader of plain text sees instead.
    """
    _show(html, text)


def table_html(
    frame: pd.DataFrame,
    *,
    caption: str,
    name: str | None = None,
    identifier: str | None = None,
    formats: Mapping[str, str] | None = None,
    headings: Mapping[str, str] | None = None,
    links: Mapping[str, str] | None = None,
) -> str:
    """Return the HTML of a table in a region that scrolls on a narrow screen.

    Parameters
    ----------
    frame, caption, formats, headings, links
        As for :func:`show_table`.
    name
        What the caption starts with, such as ``Tabel 1``.
    identifier
        Identifier of the region; made from name or caption when left out.
    """
    formats, headings = dict(formats or {}), dict(headings or {})
    if frame.columns.nlevels > 1:
        raise ValueError("a table has one level of column names")
    if unknown := sorted((set(formats) | set(headings)) - set(frame.columns)):
        raise ValueError(f"no column of the table: {unknown}; columns: {list(frame.columns)}")
    identifier = identifier or slug(name or f"tabel {caption}")
    addresses = {column: list(frame[source]) for column, source in (links or {}).items()}
    frame = frame.drop(columns=list((links or {}).values()))
    numeric = [pd.api.types.is_numeric_dtype(frame[column]) for column in frame.columns]
    classes = [' class="number"' if right else "" for right in numeric]
    head = "".join(
        f'<th scope="col"{css}>{escape(str(headings.get(column, column)))}</th>'
        for column, css in zip(frame.columns, classes, strict=True)
    )
    texts = [
        _linked(_column(frame[column], formats.get(column)), addresses.get(column)) for column in frame.columns
    ]
    rows = "".join(f"<tr>{_row(cells, classes)}</tr>\n" for cells in zip(*texts, strict=True))
    rows = rows or f'<tr><td colspan="{len(texts)}">Niets.</td></tr>\n'
    start = f'<span class="label">{escape(name)}</span> ' if name else ""
    return (
        f'<div class="table" id="{identifier}" role="group" aria-labelledby="{identifier}-titel" tabindex="0">\n'
        f'<table>\n<caption><span id="{identifier}-titel">{start}{escape(caption)} </span></caption>\n'
        f"<thead>\n<tr>{head}</tr>\n</thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>"
    )


def _row(cells: tuple[str, ...], classes: list[str]) -> str:
    first, *others = zip(cells, classes, strict=True)
    row = "".join(f"<td{css or long_text(cell)}>{cell}</td>" for cell, css in others)
    return f'<th scope="row"{first[1] or long_text(first[0])}>{first[0]}</th>{row}'


def _column(values: pd.Series, format_name: str | None) -> list[str]:
    if format_name is None and not pd.api.types.is_bool_dtype(values) and pd.api.types.is_numeric_dtype(values):
        format_name = "count" if (values.dropna() % 1 == 0).all() else "decimal_2"
    return [_cell(value, format_name) for value in values]


def _linked(cells: list[str], addresses: list[str] | None) -> list[str]:
    if addresses is None:
        return cells
    return [
        f'<a href="{escape(address)}">{cell}</a>' if address else cell
        for cell, address in zip(cells, addresses, strict=True)
    ]


def _cell(value: Any, format_name: str | None) -> str:
    if pd.isna(value):
        return NO_VALUE
    if format_name is not None:
        return escape(FORMATS[format_name](value))
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return escape(str(value))


def _pictures(figure: "Drawing | Figure", name: str, alt: str, table_name: str) -> str:
    """Return the SVG of a figure: two variants of a drawing, or one that scrolls."""
    from analysis.reporting.theme import Drawing, svg_markup  # noqa: PLC0415 a page without figures needs no matplotlib

    details = f' aria-details="{table_name}"' if table_name else ""
    if not isinstance(figure, Drawing):
        svg = svg_markup(figure, prefix=name, alt=alt, attributes=f'class="fixed"{details}')
        return f'<div class="canvas" role="group" tabindex="0" aria-labelledby="{name}-titel">\n{svg}\n</div>\n'
    wide = svg_markup(figure.wide(), prefix=f"{name}-breed", alt=alt, attributes=f'class="wide"{details}')
    # The page shows the narrow variant by a property of its style; a notebook, which has no such style, hides it.
    style = ' style="display: var(--narrow, none)"'
    narrow = svg_markup(
        figure.narrow(), prefix=f"{name}-smal", alt=alt, attributes=f'class="narrow"{style}{details}'
    )
    return f'<div class="canvas">\n{wide}\n{narrow}\n</div>\n'


def _note(note: str | None) -> str:
    return f'<p class="note">{render_line(note)}</p>\n' if note else ""


def _download(address: str | None) -> str:
    if not address:
        return ""
    link = f'<a href="{escape(address)}" download>Download de gegevens ({escape(address.rsplit("/", 1)[-1])})</a>'
    return f'<p class="note download">{link}</p>\n'


def _show(html: str, text: str) -> None:
    from IPython.display import display  # noqa: PLC0415 only a notebook shows

    display({"text/html": html, "text/plain": text}, raw=True, metadata={TRUSTED: True})
