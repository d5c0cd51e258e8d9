"""The structure that a reader who does not see the pages moves by: figures, tables, headings, language, order."""

import itertools
import re

import pytest

DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 640}
FIGURES = """() => [...document.querySelectorAll("main figure")].map(figure => ({
    name: figure.id,
    caption: figure.querySelector("figcaption")?.textContent.trim() || "",
    named: figure.getAttribute("aria-labelledby") === figure.querySelector("figcaption")?.id,
    drawings: [...figure.querySelectorAll("svg")].map(svg => ({
        role: svg.getAttribute("role"),
        text: document.getElementById(svg.getAttribute("aria-labelledby"))?.textContent.trim() || "",
        details: svg.getAttribute("aria-details"), focusable: svg.querySelector("a, [tabindex]") !== null})),
    rows: figure.querySelectorAll("details table tbody tr").length,
    tables: [...figure.querySelectorAll("details .table")].map(table => table.id),
    described: figure.querySelector("details p")?.textContent.trim() || ""}))"""
TABLES = """() => [...document.querySelectorAll("main table")].map(table => {
    const box = table.closest(".table"), caption = table.querySelector("caption")?.textContent.trim() || "";
    const named = box && document.getElementById(box.getAttribute("aria-labelledby"))?.textContent.trim();
    return {
        name: box ? box.getAttribute("aria-label") || named || "" : caption,
        caption: caption,
        unscoped: [...table.querySelectorAll("th")].filter(head => !/^(col|row)$/.test(head.scope)).length,
        empty: [...table.querySelectorAll("th")].filter(head => !head.textContent.trim()).length,
        columns: [...table.rows].map(row => [...row.cells].reduce((sum, cell) => sum + cell.colSpan, 0)),
        reached: box ? box.tabIndex === 0 : table.scrollWidth <= table.parentElement.clientWidth}; })"""
LEVELS = """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map(head => +head.tagName[1])"""
SMALL_TYPE = """() => [...document.querySelectorAll("main svg text")]
    .filter(part => part.getClientRects().length)
    .map(part => parseFloat(getComputedStyle(part).fontSize) * part.getScreenCTM().a)
    .filter(size => size < 10.9)"""
FAINT = """() => {
    const channel = value => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    const parts = colour => colour.match(/[\\d.]+/g).map(Number);
    const over = colour => {
        const [r, g, b, a = 1] = parts(colour);
        return [r, g, b].map(value => a * value + (1 - a) * 255); };
    const light = rgb => rgb.map(channel).reduce((sum, value, i) => sum + [0.2126, 0.7152, 0.0722][i] * value, 0);
    const found = [];
    for (const text of document.querySelectorAll("main figure svg text")) {
        if (!text.getClientRects().length || !text.textContent.trim()) continue;
        text.scrollIntoView({block: "center", inline: "center"});
        const box = text.getBoundingClientRect();
        const under = document.elementsFromPoint(box.left + box.width / 2, box.top + box.height / 2)
            .filter(part => part.ownerSVGElement && !part.closest("text"))
            .map(part => getComputedStyle(part).fill).find(fill => fill.startsWith("rgb"));
        const [one, other] = [getComputedStyle(text).fill, under || "rgb(255, 255, 255)"]
            .map(over).map(light).sort((a, b) => b - a);
        if ((one + 0.05) / (other + 0.05) < 4.5)
            found.push(`${text.closest("figure").id}: ${text.textContent.trim()}`);
    }
    return found; }"""
MARKED = """() => [...document.querySelectorAll("[lang]")].map(part => part.lang)"""
DOCUMENTS = {"accessibility", "methods", "decisions", "disclosure"}


@pytest.fixture(scope="module")
def pages(build):
    return sorted((build / "reports").glob("*.html"))


def test_every_figure_has_a_name_a_description_and_its_numbers_in_a_table(visit, pages):
    found = 0
    for path in pages:
        page, _, _ = visit(path, DESKTOP)
        for figure in page.evaluate(FIGURES):
            place = f"{path.name}, {figure['name']}"
            assert re.match(r"Figuur [\w.]+ \S", figure["caption"]), place
            assert figure["named"], place
            assert figure["drawings"], place
            for drawing in figure["drawings"]:
                assert drawing["role"] == "img", place
                assert len(drawing["text"]) > len(figure["caption"]) / 2, place
                assert not drawing["focusable"], place
            assert figure["rows"] > 0, place
            assert {drawing["details"] for drawing in figure["drawings"]} == set(figure["tables"]), place
            assert figure["described"] == figure["drawings"][0]["text"], place
            found += 1
        page.context.close()
    assert found > 30


def test_every_table_has_a_caption_headers_with_a_scope_and_rows_of_one_length(visit, pages):
    for path in pages:
        page, _, _ = visit(path, DESKTOP)
        for table in page.evaluate(TABLES):
            place = f"{path.name}, {table['name'] or table['caption']}"
            assert table["name"], place
            assert table["caption"] or path.stem in DOCUMENTS, place
            assert table["unscoped"] == 0, place
            assert table["empty"] == 0, place
            assert len(set(table["columns"])) == 1, place
            assert table["reached"], place
        page.context.close()


def test_headings_skip_no_level_and_there_is_one_title(visit, pages):
    for path in pages:
        page, _, _ = visit(path, DESKTOP)
        levels = page.evaluate(LEVELS)
        assert levels.count(1) == 1, path.name
        assert levels[0] == 1, path.name
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), path.name
        page.context.close()


def test_captions_and_titles_of_a_page_are_different_from_each_other(visit, pages):
    for path in pages:
        page, _, _ = visit(path, DESKTOP)
        captions = [table["caption"] for table in page.evaluate(TABLES) if table["caption"]]
        assert len(set(captions)) == len(captions), path.name
        page.context.close()
    assert len({path.read_text(encoding="utf-8").partition("</title>")[0] for path in pages}) == len(pages)


def test_the_language_is_dutch_and_parts_in_english_say_so(visit, pages):
    for path in pages:
        page, _, _ = visit(path, DESKTOP)
        languages = page.evaluate(MARKED)
        assert languages[0] == "nl", path.name
        assert set(languages) <= {"nl", "en"}, path.name
        if path.stem in {"methods", "decisions"}:
            assert page.evaluate("document.querySelector('main').lang") == "en", path.name
        page.context.close()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_type_in_figures_is_at_least_eleven_pixels_on_the_screen(visit, pages, viewport):
    for path in pages:
        page, _, _ = visit(path, viewport)
        assert page.evaluate(SMALL_TYPE) == [], path.name
        page.context.close()


def test_every_word_and_number_in_a_figure_stands_out_from_what_lies_under_it(visit, pages):
    for path in pages:
        page, _, _ = visit(path, DESKTOP)
        assert page.evaluate(FAINT) == [], path.name
        page.context.close()


def test_the_foot_of_every_page_names_what_it_was_made_from_and_the_command(visit, pages):
    always = {"src/analysis", "uv.lock", "data/raw/synthetic_survey_2025.csv"}
    for path in pages:
        page, _, _ = visit(path, DESKTOP)
        named = set(page.locator("footer dt").all_inner_texts())
        codes = page.locator("footer dd").all_inner_texts()
        assert always <= named, path.name
        assert all(re.fullmatch(r"[0-9a-f]{16}", code) for code in codes), path.name
        if path.stem[0].isdigit():
            assert {f"notebooks/{path.stem}.ipynb", "data/raw/instrument_2025.yaml"} <= named, path.name
        if path.stem not in DOCUMENTS:
            assert "params.yaml, cleaning" in named, path.name
        assert re.search(r"make report STAGE=[a-z0-9_]+", page.locator("footer").inner_text()), path.name
        page.context.close()
