"""Figures at both widths: nothing overlaps or sticks out, every option is there, and lengths are the shares."""

import itertools
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle
from matplotlib.transforms import Affine2D

from analysis.reporting import figures
from analysis.reporting.figures.provinces import PLACES
from analysis.reporting.figures.stacked import SEPARATOR
from analysis.reporting.theme import NARROW, PAPER, TRACK, WIDE, scale_colours
from analysis.survey.instrument import Base, load_instrument

WIDTHS = [WIDE, NARROW]
INSTRUMENT = load_instrument(Path(__file__).parents[3] / "data/raw/instrument_2025.yaml")
LABELS = {option.code: option.nl for option in INSTRUMENT.question("q21").options}
COMBINATIONS = pd.DataFrame(
    {
        "combination": ["a;b", "", "b;c;d", "c", "a;c", "e;f;g", "h", "i;j", "k"],
        "n": 140,
        "count": [9, 30, 30, 25, 20, 12, 8, 5, 1],
    }
)


@pytest.fixture
def drawings(request):
    names = ("single", "multi", "grid", "groups", "pairs", "flow", "provinces")
    single, multi, grid, groups, pairs, flow, provinces = map(request.getfixturevalue, names)
    two = {"first": "old", "second": "new"}
    return {
        "stacked_bar": figures.stacked_bar(single, base="gemeenten", split=4),
        "stacked_grid": figures.stacked_grid(grid, base="gemeenten met een plan of aanpak"),
        "sorted_bars": figures.sorted_bars(multi, base="gemeenten met een plan of aanpak", last=["h"]),
        "bars_with_interval": figures.bars_with_interval(single, base="gemeenten"),
        "small_multiples": figures.small_multiples(groups, base="gemeenten naar aantal inwoners"),
        "dumbbell": figures.dumbbell(pairs, base="gemeenten", names=("2021", "2025"), **two),
        "dot_plot": figures.dot_plot(pairs, base="gemeenten", names=("ongewogen", "gewogen"), **two),
        "flow_diagram": figures.flow_diagram(flow),
        "tile_map": figures.tile_map(provinces, base="deel van de gemeenten dat reageerde"),
        "combinations": figures.combinations(COMBINATIONS, LABELS, base="gemeenten met een plan of aanpak"),
        "routing_diagram": figures.routing_diagram(INSTRUMENT),
    }


def texts(figure):
    return [text.get_text() for text in figure.axes[0].texts]


def text_boxes(figure):
    """Return each text with its box in pixels, measured at ten times the size so that hinting does not count."""
    figure.set_dpi(720)
    renderer = FigureCanvasAgg(figure).get_renderer()
    smaller = Affine2D().scale(0.1)
    return [(t.get_text(), t.get_window_extent(renderer).transformed(smaller)) for t in figure.axes[0].texts]


def bars(figure, colours=None):
    """Return left end, width and colour of the rectangles, in drawing order."""
    found = [patch for patch in figure.axes[0].patches if isinstance(patch, Rectangle)]
    marks = [(bar.get_x(), bar.get_width(), to_hex(bar.get_facecolor()), bar.get_y()) for bar in found]
    return [mark for mark in marks if colours is None or mark[2] in colours]


@pytest.mark.parametrize("width", WIDTHS)
def test_no_text_overlaps_another_or_sticks_out(drawings, width):
    for name, drawing in drawings.items():
        figure = drawing.at(width)
        boxes = text_boxes(figure)
        for place, (text, box) in enumerate(boxes):
            inside = min(box.x0, box.y0) > -1 and box.x1 < width + 1 and box.y1 < figure.get_figheight() * 72 + 1
            assert inside, f"{name} at {width}: {text!r} sticks out"
            for other, other_box in boxes[:place]:
                shared = min(box.x1, other_box.x1) - max(box.x0, other_box.x0)
                overlap = min(box.y1, other_box.y1) - max(box.y0, other_box.y0)
                assert shared < 0.5 or overlap < 3, f"{name} at {width}: {text!r} over {other!r}"


@pytest.mark.parametrize("width", WIDTHS)
def test_drawings_are_made_of_the_same_words_at_both_widths(drawings, width):
    may_miss = {"25%", "75%", "7%", "9%"}  # numbers of the axis, and percentages that do not fit in a narrow part
    for drawing in drawings.values():
        words, wanted = (
            set(" ".join(texts(figure)).replace("- ", "-").split())
            for figure in (drawing.at(width), drawing.wide())
        )
        assert wanted - words <= may_miss


def test_type_is_never_smaller_than_eleven_pixels(drawings):
    for drawing in drawings.values():
        for width in WIDTHS:
            assert min(text.get_fontsize() for text in drawing.at(width).axes[0].texts) >= 11


def test_stacked_bar_shows_every_option_and_the_printed_percentages(single):
    figure = figures.stacked_bar(single, base="gemeenten", split=4).wide()
    shown = texts(figure)
    assert shown[0] == "n = 153 gemeenten"
    for label, share, count in zip(single["label"], single["printed_pct"], single["count"], strict=True):
        assert label in shown
        assert f"{share}%" in shown
        assert f"({count})" in shown


def test_parts_of_a_stacked_bar_are_the_shares_with_white_between(single):
    colours = scale_colours(8, 4)
    figure = figures.stacked_bar(single, base="gemeenten", split=4).wide()
    parts = [bar for bar in bars(figure) if bar[1] > 17 or bar[0] > 1]
    chosen = single[single["count"] > 0]
    assert [part[2] for part in parts] == [colours[place] for place in chosen.index]
    for part, after in itertools.pairwise(parts):
        assert after[0] - (part[0] + part[1]) == pytest.approx(SEPARATOR)
    starts = chosen["share"].cumsum().shift(fill_value=0) * WIDE
    assert [part[0] for part in parts] == pytest.approx(list(starts))


def test_sorted_bars_run_from_most_to_least_with_the_exclusive_option_last(multi):
    table = multi.assign(label=list("abcdefgh"))
    shown = [text for text in texts(figures.sorted_bars(table, base="x", last=["a"]).wide()) if len(text) == 1]
    assert shown == ["c", "b", "d", "f", "e", "h", "g", "a"]


def test_bars_are_as_long_as_their_share(single):
    figure = figures.bars_with_interval(single, base="x").wide()
    widths = [bar[1] for bar in bars(figure)]
    scale = widths[0] / single["share"].iloc[0]
    assert widths == pytest.approx(list(single["share"] * scale))
    assert "0% (0)" in texts(figure)


def test_a_mark_stands_behind_the_percentage(single, multi):
    marked = single.assign(mark=["*", *[""] * 7])
    assert "28%*" in texts(figures.stacked_bar(marked, base="x").wide())
    assert "27%* (42)" in texts(figures.sorted_bars(multi.assign(mark=marked["mark"]), base="x").wide())


def test_small_multiples_name_each_group_and_its_base(groups):
    for width in WIDTHS:
        shown = " ".join(texts(figures.small_multiples(groups, base="x").at(width))).replace("\u00a0", " ")
        for n in (98, 33, 22):
            assert f"(n = {n})" in shown
        tracks = bars(figures.small_multiples(groups, base="x").at(width), {TRACK})
        assert len(tracks) == 24


def test_grid_leaves_no_room_between_items_and_scale(grid):
    figure = figures.stacked_grid(grid, base="x").wide()
    shown = texts(figure)
    assert [word for word in shown if word in {"altijd", "soms", "zelden", "nooit"}] == [
        "altijd", "soms", "zelden", "nooit",
    ]  # fmt: skip
    assert "100%" in shown


def test_grid_with_different_bases_names_each(grid):
    grid.loc[grid["item"] == "q23a", "n"] = 139
    shown = " ".join(texts(figures.stacked_grid(grid, base="gemeenten").wide())).replace("\u00a0", " ")
    assert "(n = 139)" in shown
    assert "(n = 140)" in shown


def test_flow_says_how_many_fall_away_and_why(flow):
    shown = " ".join(texts(figures.flow_diagram(flow).wide()))
    for part in ("233", "153", "146", "80 vallen af: onvolledig", "7 vallen af: anoniem"):
        assert part in shown


def test_tiles_show_all_provinces_with_rate_and_numbers(provinces):
    shown = texts(figures.tile_map(provinces, base="x").wide())
    assert set(PLACES) <= set(shown)
    assert "60%" in shown
    assert "15 van 25" in shown


def test_tiles_do_not_lie_on_each_other():
    assert len(set(PLACES.values())) == 12


def test_eleven_provinces_are_refused(provinces):
    with pytest.raises(ValueError, match="Drenthe"):
        figures.tile_map(provinces.iloc[1:], base="x")


def test_rows_on_different_bases_are_refused(single):
    with pytest.raises(ValueError, match="one base"):
        figures.stacked_bar(single.assign(n=range(8)), base="x")


def test_a_missing_share_is_a_dash_and_no_bar(single):
    single = single.drop(columns="printed_pct").astype({"share": float, "count": float})
    single.loc[0, ["share", "ci_low", "ci_high", "count"]] = float("nan")
    figure = figures.bars_with_interval(single, base="x").wide()
    assert "–" in texts(figure)
    assert len(bars(figure)) == 7


def test_a_missing_year_is_a_dash(pairs):
    shown = texts(figures.dumbbell(pairs, base="x", first="old", second="new", names=("2021", "2025")).wide())
    assert "– / 0%" in shown


def test_tables_are_not_changed(request):
    names = ("single", "grid", "groups", "pairs", "flow", "provinces")
    tables = single, grid, groups, pairs, flow, provinces = [request.getfixturevalue(name) for name in names]
    before = [table.copy() for table in tables]
    figures.stacked_bar(single, base="x").wide()
    figures.sorted_bars(single, base="x").narrow()
    figures.stacked_grid(grid, base="x").wide()
    figures.small_multiples(groups, base="x").wide()
    figures.dot_plot(pairs, base="x", first="old", second="new", names=("a", "b")).wide()
    figures.flow_diagram(flow).wide()
    figures.tile_map(provinces, base="x").wide()
    for table, copy in zip(tables, before, strict=True):
        pd.testing.assert_frame_equal(table, copy)


def test_an_option_nobody_chose_has_an_empty_swatch(single):
    figure = figures.stacked_bar(single, base="x", split=4).wide()
    assert len(bars(figure, {PAPER})) == 1


def test_combinations_run_from_most_to_least_and_say_what_is_left_out():
    shown = texts(figures.combinations(COMBINATIONS, LABELS, base="gemeenten").wide())
    assert "de figuur toont 139 van de 140" in shown[0]
    numbers = [text for text in shown if text.isdigit()]
    assert numbers == ["30", "30", "25", "20", "12", "9", "8", "5"]
    text = figures.describe_combinations(COMBINATIONS, LABELS)
    assert text.startswith(
        "30 keer: geen van de antwoorden. 30 keer: " + " + ".join(LABELS[code] for code in "bcd")
    )
    assert "1 keer" not in text


def test_combinations_with_an_unknown_code_are_refused():
    with pytest.raises(ValueError, match="zz"):
        figures.combinations(COMBINATIONS.assign(combination="zz"), LABELS, base="x")


def test_routing_follows_the_annex():
    text = figures.describe_routing(INSTRUMENT)
    assert text == (
        "Bij antwoord a: vraag 1 t/m 4, vraag 8 t/m 12, vraag 16 t/m 28, slotvraag 6 t/m 8. "
        "Bij antwoord b: vraag 1 t/m 4, vraag 13 t/m 15, vraag 16 t/m 28, slotvraag 6 t/m 8. "
        "Bij antwoord c of d: vraag 1 t/m 4, vraag 16 t/m 28, slotvraag 6 t/m 8. "
        "Bij antwoord e, f, g of h: vraag 1 t/m 4, vraag 5 t/m 7, slotvraag 6 t/m 8."
    )


def test_the_table_of_the_routing_names_every_answer_with_the_questions_that_follow():
    table = figures.routing_table(INSTRUMENT)
    assert [answer[:2] for answer in table["Antwoord"]] == [
        f"{code}:" for code in INSTRUMENT.question("q04").codes
    ]
    assert table["Vragen"].tolist()[0] == "vraag 1 t/m 4, vraag 8 t/m 12, vraag 16 t/m 28, slotvraag 6 t/m 8"
    assert table["Vragen"].tolist()[7] == "vraag 1 t/m 4, vraag 5 t/m 7, slotvraag 6 t/m 8"


def test_question_numbers_with_a_letter_and_unknown_ones_stand_in_the_routing():
    numbers = {"q01": "1a", "q02": "1b", "q03": "?"}
    questions = [
        question.model_copy(update={"number": numbers.get(question.name, question.number)})
        for question in INSTRUMENT.questions
    ]
    table = figures.routing_table(INSTRUMENT.model_copy(update={"questions": tuple(questions)}))
    assert table["Vragen"].tolist()[7] == "vraag 1a t/m 4, vraag 5 t/m 7, slotvraag 6 t/m 8"


def test_routing_on_two_questions_is_refused():
    bases = (*INSTRUMENT.bases, Base(name="other", nl="x", en="x", when={"q03": ("a",)}))
    with pytest.raises(ValueError, match="one question"):
        figures.routing_diagram(INSTRUMENT.model_copy(update={"bases": bases}))
