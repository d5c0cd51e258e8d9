"""A long table that a reader filters without a script: radio buttons that hide rows by style alone.

On a narrow screen every row becomes a block with the heading before each cell, so that nothing scrolls sideways. A
browser that does not know ``:has`` shows all rows.
"""

from collections.abc import Mapping
from html import escape

import pandas as pd

from analysis.reporting.display import show_html
from analysis.reporting.dutch_numbers import size_of_table
from analysis.reporting.markdown import render_line, slug

ALL = "alles"


def show_filtered(frame: pd.DataFrame, *, caption: str, headings: Mapping[str, str], **more: object) -> None:
    """Show a table with a choice of rows above it.

    Parameters
    ----------
    frame, caption, headings, more
        As for :func:`filtered_html`.
    """
    html = filtered_html(frame, caption=caption, headings=headings, **more)
    show_html(html, f"Tabel: {caption} ({size_of_table(len(frame), len(headings))})")


def filtered_html(
    frame: pd.DataFrame,
    *,
    caption: str,
    headings: Mapping[str, str],
    filters: Mapping[str, str] | None = None,
    links: Mapping[str, str] | None = None,
    note: str | None = None,
    download: str | None = None,
) -> str:
    """Return the HTML of a table with a choice of rows above it; its style stands in that of the pages.

    Parameters
    ----------
    frame
        The table, one row each, in the order to show; all text.
    caption
        What the table shows, without a full stop.
    headings
        Dutch heading by name of each column that is shown, in order; the first column names the rows.
    filters
        Question above the choices by name of the column whose values are the choices; without any the table is
        only fitted to narrow screens.
    links
        By name of a column the column with the addresses that its cells lead to, within the report.
    note
        What to know when reading it, in Markdown of one paragraph.
    download
        Address of the table as CSV, from the page.
    """
    name = slug(f"tabel {caption}")
    choices = {column: list(dict.fromkeys(frame[column])) for column in filters or {}}
    rules = "".join(_rule(name, column, value) for column, values in choices.items() for value in values)
    style = f"<style>{rules}</style>\n" if rules else ""
    groups = "".join(_group(name, filters[column], column, frame[column]) for column in choices)
    head = "".join(f'<th scope="col" role="columnheader">{escape(text)}</th>' for text in headings.values())
    rows = "".join(_row(row, headings, choices, links or {}) for row in frame.to_dict("records"))
    count = f'<p class="note shown" aria-live="polite">Getoond: <span></span> van de {len(frame)}.</p>\n'
    about = f'<p class="note">{render_line(note)}</p>\n' if note else ""
    file = ""
    if download:
        text = f"Download de gegevens ({escape(download.rsplit('/', 1)[-1])})"
        file = f'<p class="note download"><a href="{escape(download)}" download>{text}</a></p>\n'
    return (
        f'<div class="table-block filtered" id="{name}">\n{style}{groups}'
        f'<table role="table"><caption><span>{escape(caption)} </span></caption>\n'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>\n'
        f'<tbody role="rowgroup">\n{rows}</tbody></table>\n'
        f"{count if choices else ''}{about}{file}</div>"
    )


def _rule(name: str, column: str, value: str) -> str:
    mark = _mark(column, value)
    return f"#{name}:has(#{name}-{mark}:checked) tbody tr:not(.{mark}) {{ display: none; }}\n"


def _group(name: str, question: str, column: str, values: pd.Series) -> str:
    counts = values.value_counts(sort=False)
    options = [(f"{name}-{column}-{ALL}", f"{ALL} ({len(values)})", " checked")]
    options += [
        (f"{name}-{_mark(column, value)}", f"{value} ({counts[value]})", "") for value in dict.fromkeys(values)
    ]
    buttons = "".join(
        f'<label><input type="radio" name="{name}-{column}" id="{identifier}"{checked}>{escape(text)}</label>\n'
        for identifier, text, checked in options
    )
    return f"<fieldset>\n<legend>{escape(question)}</legend>\n{buttons}</fieldset>\n"


def _row(
    row: Mapping[str, object],
    headings: Mapping[str, str],
    choices: Mapping[str, object],
    links: Mapping[str, str],
) -> str:
    marks = " ".join(_mark(column, str(row[column])) for column in choices)
    cells = []
    for place, (column, heading) in enumerate(headings.items()):
        text = escape(str(row[column]))
        address = str(row[links[column]]) if column in links else ""
        text = f'<a href="{escape(address)}">{text}</a>' if address else text
        if place:
            cells.append(f'<td role="cell" data-label="{escape(heading)}">{text}</td>')
        else:
            cells.append(f'<th scope="row" role="rowheader">{text}</th>')
    marked = f' class="{marks}"' if marks else ""
    return f'<tr role="row"{marked}>{"".join(cells)}</tr>\n'


def _mark(column: str, value: str) -> str:
    return f"{column}-{slug(value)}"
