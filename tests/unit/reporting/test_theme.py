"""Colours stand out for every reader, and the SVG is the same in every run."""

import itertools
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from analysis.reporting import page, theme
from analysis.reporting.figures import dots, provinces

# Machado, Oliveira and Fernandes (2009), A physiologically-based model for simulation of color vision deficiency,
# table 1, severity 1.0; for linear light.
VISION = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "print without colour": np.tile([0.2126, 0.7152, 0.0722], (3, 1)),
}
SCALES = [(2, None), (3, None), (4, None), (5, None), (8, 4), (6, 4), (9, 5)]


def seen(colour, vision):
    return np.clip(VISION[vision] @ theme.linear(colour), 0, 1)


def seen_contrast(one, other, vision):
    low, high = sorted(theme.luminance(seen(colour, vision)) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def test_contrast_of_known_pairs():
    # WCAG's own example of a grey that just passes, and two published values of common colours.
    assert theme.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)
    assert theme.contrast("#ff0000", "#ffffff") == pytest.approx(4.00, abs=0.005)
    assert theme.contrast("#0000ff", "#ffffff") == pytest.approx(8.59, abs=0.005)


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize(("n", "split"), SCALES)
def test_every_part_of_a_scale_stands_out_from_the_white_that_parts_it(n, split, vision):
    for colour in theme.scale_colours(n, split):
        assert seen_contrast(colour, theme.PAPER, vision) >= 3


@pytest.mark.parametrize(("n", "split"), SCALES)
def test_percentages_can_be_read_on_every_part(n, split):
    for colour in theme.scale_colours(n, split):
        assert theme.contrast(colour, theme.text_on(colour)) >= 4.5


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("n", [2, 3, 4, 5])
def test_a_scale_runs_from_dark_to_light_for_every_reader(n, vision):
    light = [theme.luminance(seen(colour, vision)) for colour in theme.scale_colours(n)]
    assert all(after > before * 1.2 for before, after in itertools.pairwise(light))


@pytest.mark.parametrize("vision", ["normal", "protanopia", "deuteranopia"])
def test_the_two_kinds_of_a_scale_differ_in_hue_for_every_reader(vision):
    first, second = theme.scale_colours(8, 4)[:4], theme.scale_colours(8, 4)[4:]
    for one in first:
        blue_over_red = seen(one, vision)[2] / seen(one, vision)[0]
        for other in second:
            assert blue_over_red > 3 * seen(other, vision)[2] / max(seen(other, vision)[0], 1e-9)


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize(
    ("front", "ground"),
    [
        (theme.BAR, theme.PAPER),
        (theme.BAR, theme.TRACK),
        (theme.INK, theme.BAR),
        (theme.INK, theme.PAPER),
        (theme.FIRST, theme.PAPER),
        (theme.SECOND, theme.PAPER),
    ],
)
def test_marks_stand_out_from_what_they_lie_on(front, ground, vision):
    assert seen_contrast(front, ground, vision) >= 3


def test_text_stands_out():
    assert theme.contrast(theme.MUTED, theme.PAPER) >= 4.5
    for _, fill in provinces.STEPS:
        assert theme.contrast(fill, theme.text_on(fill)) >= 4.5


def test_the_two_marks_differ_in_shape_and_filling():
    assert dots.MARKERS[0]["marker"] != dots.MARKERS[1]["marker"]


def style():
    css = (page.TEMPLATES / page.TEMPLATE / "style.css").read_text(encoding="utf-8")
    return css, dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", css))


def test_text_of_the_page_stands_out():
    css, named = style()
    for text in ("ink", "muted", "blue", "blue-dark"):
        for ground in ("#ffffff", named["wash"]):
            assert theme.contrast(named[text], ground) >= 4.5, text
    assert theme.contrast(named["warn-ink"], named["warn"]) >= 7
    code = re.findall(r"\.highlight [^{]*\{ color: (#[0-9a-f]{6})", css)
    assert len(code) >= 4
    assert all(theme.contrast(colour, named["wash"]) >= 4.5 for colour in code)


def test_style_asks_for_nothing_from_outside():
    css, _ = style()
    assert not re.search(r"url\(|@import|@font-face", css)


def test_wrapped_lines_fit_and_lose_nothing():
    text = "maatjes of buddyprojecten voor kinderen van gescheiden ouders"
    lines = theme.wrap(text, 150)
    assert " ".join(lines) == text
    assert len(lines) > 2
    assert all(theme.text_width(line) <= 150 for line in lines)
    assert theme.wrap("", 10) == [""]
    assert theme.wrap("onverdeeldewoord x", 5) == ["onverdeeldewoord", "x"]


SCRIPT = """
import pandas as pd
from analysis.reporting import figures
from analysis.reporting.theme import svg_markup
table = pd.DataFrame({"option": ["a", "b"], "label": ["één $x$", "<b>"], "n": 4, "count": [1, 3],
                      "share": [0.25, 0.75], "ci_low": [0.1, 0.5], "ci_high": [0.5, 0.9]})
for drawing in (figures.sorted_bars(table, base="x"), figures.stacked_bar(table, base="x")):
    print(svg_markup(drawing.wide(), prefix="p", alt="x", attributes=""))
pair = table.rename(columns={"share": "one"}).assign(two=0.5)
print(svg_markup(figures.dot_plot(pair, base="x", first="one", second="two", names=("a", "b")).narrow(),
                 prefix="q", alt="x", attributes=""))
"""


def test_another_process_of_another_user_draws_the_same_bytes(tmp_path):
    settings = (
        "font.weight: bold\nfont.style: italic\nlines.linewidth: 9\nsavefig.bbox: tight\naxes.xmargin: 0.4\n"
    )
    (tmp_path / "matplotlibrc").write_text(settings, encoding="utf-8")
    runs = [
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env={"PATH": str(Path(sys.executable).parent), "PYTHONUTF8": "1", **environment},
            capture_output=True,
            check=True,
        ).stdout
        for environment in (
            {"PYTHONHASHSEED": "1"},
            {"PYTHONHASHSEED": "2", "MATPLOTLIBRC": str(tmp_path / "matplotlibrc")},
        )
    ]
    assert runs[0] == runs[1]
    text = runs[0].decode()
    assert "één $x$" in text
    assert "&lt;b&gt;" in text
    assert "<style" not in text
    assert "DejaVu" not in text
    assert not re.search(r"\d{4}-\d\d-\d\d", text)
