"""A table that filters without a script."""

import re

import pandas as pd
import pytest

from analysis.reporting.filtered_table import filtered_html

FRAME = pd.DataFrame(
    {
        "claim": ["A1", "B2", "C3"],
        "text": ["een <b>", "twee", "drie"],
        "address": ["04_status.html#figuur-2", "", "05.html"],
        "verdict": ["klopt niet", "kan kloppen", "klopt niet"],
    }
)
HEADINGS = {"claim": "Uitspraak", "text": "Wat er staat"}
FILTERS = {"verdict": "Wat is het oordeel?"}


@pytest.fixture
def html():
    return filtered_html(
        FRAME, caption="Alle uitspraken", headings=HEADINGS, filters=FILTERS, links={"text": "address"}
    )


def test_every_value_is_a_choice_with_its_number_and_all_are_shown_first(html):
    labels = re.findall(r'<input type="radio" name="([^"]+)" id="([^"]+)"( checked)?>([^<]+)', html)
    assert [label[3] for label in labels] == ["alles (3)", "klopt niet (2)", "kan kloppen (1)"]
    assert [bool(label[2]) for label in labels] == [True, False, False]
    assert len({label[0] for label in labels}) == 1
    assert "<legend>Wat is het oordeel?</legend>" in html


def test_every_choice_hides_the_rows_of_the_others(html):
    marks = re.findall(r'<tr role="row" class="([^"]+)">', html)
    assert marks == ["verdict-klopt-niet", "verdict-kan-kloppen", "verdict-klopt-niet"]
    for mark in set(marks):
        choice = f"#tabel-alle-uitspraken-{mark}"
        assert f"{choice}:checked) tbody tr:not(.{mark}) {{ display: none; }}" in html
        assert f'id="{choice[1:]}"' in html


def test_texts_are_escaped_and_links_lead_where_they_say(html):
    assert "een &lt;b&gt;" in html
    assert re.findall(r'href="([^"]+)"', html) == ["04_status.html#figuur-2", "05.html"]
    assert "<script" not in html


def test_every_cell_says_its_heading_where_columns_do_not_fit(html):
    assert html.count('data-label="Wat er staat"') == len(FRAME)


def test_without_filters_there_is_nothing_to_choose():
    html = filtered_html(FRAME, caption="Alle uitspraken", headings=HEADINGS)
    assert "<fieldset" not in html
    assert "Getoond" not in html
