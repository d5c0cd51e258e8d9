"""Text from outside stays text: on a page, in a CSV and in the workbook, whatever it is."""

import csv
import re
import zlib
from html.parser import HTMLParser
from io import BytesIO

import nbformat
import pandas as pd
import pytest
from openpyxl import load_workbook

from analysis.pipeline.publication import publish_tables
from analysis.reporting.bound_pages import bind_pages
from analysis.reporting.display import show_figure, show_table, show_text
from analysis.reporting.figures import sorted_bars
from analysis.reporting.markdown import literal
from analysis.reporting.page import PageLink, export_page
from analysis.reporting.workbook import Sheet, build_workbook

ATTACKS = [
    "<script>window.taken = 1</script>",
    "</script><script>window.taken = 1</script>",
    "<img src=x onerror=window.taken=1>",
    "<svg onload=window.taken=1>",
    "<svg><script>window.taken = 1</script></svg>",
    "<iframe srcdoc='<script>parent.taken = 1</script>'></iframe>",
    "<a href='javascript:window.taken=1'>klik</a>",
    "<details open ontoggle=window.taken=1>",
    "<style>* { display: none }</style>",
    "<meta http-equiv=refresh content='0;url=https://example.org'>",
    "<base href=https://example.org>",
    "<form action=https://example.org><input autofocus onfocus=window.taken=1>",
    '"><b onmouseover="window.taken=1">',
    "' onfocus='window.taken=1' autofocus='",
    "--><script>window.taken = 1</script><!--",
    "]]><script>window.taken = 1</script>",
    "&lt;script&gt;window.taken = 1&lt;/script&gt;",
    "&#60;script&#62;window.taken=1&#60;/script&#62;",
    "[klik](javascript:window.taken=1)",
    "![x](https://example.org/x.png)",
    "[klik]: https://example.org 'x'",
    "<https://example.org>",
    "# Kop", "**vet** _schuin_ `code` ~~door~~", "> citaat", "- punt", "1. een", "| a | b |\n|---|---|", "---",
    "```python\nimport os\n```", "$x^2$ \\(y\\)", "{{ 7 * 7 }} {% raw %}", "${7*7} #{7*7}", "%s %(a)s {0}",
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", '=HYPERLINK("https://example.org";"klik")',
    "=IMPORTXML(\"https://example.org\";\"//a\")", "\t=1+1", "\r=1+1", "\n=1+1", "＝1+1", "'=1+1",
    "a,b;c\td", 'met "aanhalingstekens"', "twee\nregels", "nul\x00teken", "bel\x07", "\u202eom", "\ufeffbom",
    "a\u0301 é 😀", "\u2028regel", "%00 %0d%0a", "../../etc/passwd", "x" * 300,
    "<math><mi xlink:href='javascript:window.taken=1'>x</mi></math>",
    "<svg><foreignObject><script>window.taken = 1</script></foreignObject></svg>",
    "<svg><use href='data:image/svg+xml,<svg onload=window.taken=1>'></use></svg>",
    "<noscript><p title='</noscript><img src=x onerror=window.taken=1>'>",
    "<template><script>window.taken = 1</script></template>",
    "<b style='position:fixed;inset:0;background:url(https://example.org)'>",
    "<object data='javascript:window.taken=1'></object><embed src=x>", "<<script>window.taken = 1//<</script>",
    "＜script＞window.taken = 1＜/script＞", "\x00<script>window.taken = 1</script>",
    "<scr\u00adipt>x</scr\u00adipt>",
    "[klik](&#106;avascript:window.taken=1)", "[klik](data:text/html,<script>1</script>)", "<javascript:alert(1)>",
    "\u200b=1+1", "\u00ad=cmd|' /C calc'!A0", "\u2066=1+1\u2069", "=DDE(\"cmd\";\"/C calc\";\"1\")", "\u00a0=1+1",
    "voor \u202ephp.exe\u202c na", "\u2067rechts\u2069 en \u200fverder", "on\u200bzicht\u2060baar \U000e0041",
    "\x1b[31mrood\x1b[0m", "C1 \x9b31m", "e" + "\u0301" * 80, "Donaudampfschiff" * 200,
]  # fmt: skip
"""Attacks on browsers, Markdown, templates and spreadsheets, and text that is merely hard."""
MARKDOWN = {
    "p",
    "ul",
    "ol",
    "li",
    "blockquote",
    "strong",
    "em",
    "code",
    "pre",
    "hr",
    "br",
    "div",
    "table",
    "th",
    "td",
}
"""What a text that was put together in a cell may become."""
BROWSER_ATTACKS = [attack for attack in ATTACKS if "taken" in attack]
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)
"""Controls, marks of direction and what takes no room."""


class Outline(HTMLParser):
    """Elements and attributes of a page, and its text."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.text = [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.text.append(data)


def outline(html):
    found = Outline()
    found.feed(html)
    return found


def squeezed(text):
    return "".join(text.split())


@pytest.fixture
def shown(monkeypatch):
    html = []
    monkeypatch.setattr("IPython.display.display", lambda data, **_: html.append(data["text/html"]))
    return html


def show_everywhere(attack):
    """Put a text in every place of a page that can hold text from data."""
    frame = pd.DataFrame({"label": [attack, "Ja"], attack: [attack, 1]})
    show_table(frame, caption=attack, note=literal(attack))
    if set(attack) & set("<>&\"'{}$\x00") or attack == "gewoon":
        _show_figure(attack, frame)
    show_text(f"Een gemeente schreef: {literal(attack)}.")
    show_text(attack)


def _show_figure(attack, frame):
    bars = pd.DataFrame({"option": ["a", "b"], "label": [attack, "Ja"], "n": 2, "count": 1, "share": 0.5})
    show_figure(
        sorted_bars(bars, base=attack),
        number="1",
        caption=attack,
        alt=f"Figuur: {attack}",
        note=literal(attack),
        data=frame,
        data_note=literal(attack),
    )


def page_of(parts, attack):
    """Make a page of what was shown, with the same text printed, and as an output that nobody vouches for."""
    outputs = [nbformat.v4.new_output("stream", name="stdout", text=attack)]
    outputs += [
        nbformat.v4.new_output("display_data", {"text/html": html}, metadata={"made_by_analysis_reporting": True})
        for html in parts
    ]
    outputs.append(nbformat.v4.new_output("display_data", {"text/html": attack, "text/plain": attack}))
    title = nbformat.v4.new_markdown_cell("# Titel?\n\n## Analyse")
    notebook = nbformat.v4.new_notebook(cells=[title, nbformat.v4.new_code_cell(f"# {attack!r}", outputs=outputs)])
    return export_page(notebook, stem="04_status", synthetic=True, provenance=[(attack, "0" * 16)])


def made(shown, text):
    """Return the page that shows a text everywhere."""
    shown.clear()
    show_everywhere(text)
    return page_of(shown, text)


@pytest.fixture(scope="module")
def harmless():
    """Return the outline of a page that shows a plain word everywhere."""
    with pytest.MonkeyPatch.context() as patch:
        html = []
        patch.setattr("IPython.display.display", lambda data, **_: html.append(data["text/html"]))
        return outline(made(html, "gewoon"))


@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
def test_a_page_holds_the_text_and_nothing_that_it_would_do(attack, shown, harmless):
    found = outline(made(shown, attack))
    assert set(found.tags) - set(harmless.tags) <= MARKDOWN
    for tag in ("style", "meta", "script", "iframe", "form", "input", "base", "object", "link", "img"):
        assert found.tags.count(tag) == harmless.tags.count(tag), tag
    assert not [name for name, _ in found.attributes if name.startswith("on")]
    addresses = [
        value or "" for name, value in found.attributes if name in {"href", "src", "action", "xlink:href"}
    ]
    assert not [value for value in addresses if not value.startswith(("#", "index.html"))]
    text = "".join(found.text)
    assert not UNSEEN.search(text)
    assert squeezed(UNSEEN.sub("\ufffd", attack)) in squeezed(text)


@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
def test_a_markdown_cell_may_lead_outside_but_runs_nothing(attack, shown):
    cells = [nbformat.v4.new_markdown_cell("# Titel?\n\n## Analyse"), nbformat.v4.new_markdown_cell(attack)]
    html = export_page(nbformat.v4.new_notebook(cells=cells), stem="04_status", synthetic=True, provenance=[])
    found = outline(html)
    assert not {"script", "iframe", "form", "input", "base", "object", "img", "svg"} & set(found.tags)
    assert not [name for name, _ in found.attributes if name.startswith("on")]
    addresses = [value or "" for name, value in found.attributes if name == "href"]
    assert not [value for value in addresses if value.startswith(("javascript:", "data:", "/"))]


@pytest.fixture
def root(tmp_path, monkeypatch):
    (tmp_path / "dvc.yaml").touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("QUICKSCAN_OUTPUT_ROOT", raising=False)
    return tmp_path


def test_a_csv_holds_every_text_and_no_formula(root):
    table = pd.DataFrame({"label": ATTACKS, "n": range(len(ATTACKS))})
    publish_tables({"reports/tables/attacks.csv": table})
    with (root / "reports/tables/attacks.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))[1:]
    assert [int(number) for _, number in rows] == list(range(len(ATTACKS)))
    for attack, (text, _) in zip(ATTACKS, rows, strict=True):
        assert squeezed(text).removeprefix("'") == squeezed(UNSEEN.sub("", attack)).removeprefix("'")
        assert not text.lstrip().startswith(("=", "+", "-", "@", "＝"))
        assert not UNSEEN.search(text)


def test_a_workbook_holds_every_text_and_no_formula(tmp_path):
    table = pd.DataFrame({"label": ATTACKS})
    sheets = [Sheet("attacks", attack, attack, table) for attack in ATTACKS[:1]]
    book = load_workbook(BytesIO(build_workbook(sheets, synthetic=True)))
    cells = [row[0] for row in book["attacks"].iter_rows(min_row=2)]
    assert len(cells) == len(ATTACKS)
    assert {cell.data_type for cell in cells} == {"s"}
    assert not [cell for cell in cells if cell.hyperlink]
    for attack, cell in zip(ATTACKS, cells, strict=True):
        assert squeezed(cell.value.replace("\ufffd", "")) == squeezed(UNSEEN.sub("", attack))


def test_what_is_bound_for_print_holds_the_text_and_nothing_that_it_would_do(shown, harmless):
    pages = [PageLink(f"{number:02}_a", attack, attack) for number, attack in enumerate(ATTACKS)]
    html = {page.href: made(shown, attack) for page, attack in zip(pages, ATTACKS, strict=True)}
    found = outline(bind_pages(pages, html, title=ATTACKS[0]))
    assert set(found.tags) - set(harmless.tags) <= MARKDOWN
    assert not {"script", "iframe", "form", "input", "base", "object", "img"} & set(found.tags)
    assert not [name for name, _ in found.attributes if name.startswith("on")]
    assert not [value for name, value in found.attributes if name == "href" and not value.startswith("#")]
    text = squeezed("".join(found.text))
    assert all(squeezed(UNSEEN.sub("\ufffd", attack)) in text for attack in ATTACKS)


def test_a_pdf_of_them_holds_no_action_and_no_address(visit, tmp_path, shown):
    pages = [PageLink(f"{number:02}_a", "Titel", "") for number, _ in enumerate(BROWSER_ATTACKS)]
    html = {page.href: made(shown, attack) for page, attack in zip(pages, BROWSER_ATTACKS, strict=True)}
    path = tmp_path / "bound.html"
    bound = bind_pages(pages, html, title="Titel").replace("Content-Security-Policy", "x")
    path.write_text(bound, encoding="utf-8", newline="")
    page, asked, _ = visit(path, {"width": 800, "height": 600})
    printed = page.pdf(outline=True, tagged=True)
    assert page.evaluate("window.taken") is None
    assert asked == [path.as_uri()]
    page.context.close()
    assert printed.startswith(b"%PDF")
    parts = [printed, *map(unpacked, re.findall(rb"stream\r?\n(.*?)endstream", printed, re.DOTALL))]
    for action in (
        b"/JavaScript",
        b"/JS ",
        b"/JS(",
        b"/Launch",
        b"/URI",
        b"/SubmitForm",
        b"/EmbeddedFile",
        b"/AA ",
    ):
        assert not [part for part in parts if action in part], action


def unpacked(stream):
    try:
        return zlib.decompressobj().decompress(stream)
    except zlib.error:
        return b""


def test_no_word_is_so_long_that_a_phone_scrolls_sideways(visit, tmp_path, shown):
    for number, attack in enumerate(attack for attack in ATTACKS if max(map(len, attack.split()), default=0) > 60):
        path = tmp_path / f"{number}.html"
        path.write_text(made(shown, attack), encoding="utf-8", newline="")
        page, _, _ = visit(path, {"width": 320, "height": 640})
        assert page.evaluate("document.scrollingElement.scrollWidth") <= 320, attack[:20]
        page.context.close()


def test_a_browser_runs_none_of_them(visit, tmp_path, shown):
    """Without the policy of the page, which would stop scripts too."""
    for number, attack in enumerate(BROWSER_ATTACKS):
        path = tmp_path / f"{number}.html"
        path.write_text(made(shown, attack).replace("Content-Security-Policy", "x"), encoding="utf-8", newline="")
        page, asked, _ = visit(path, {"width": 800, "height": 600})
        page.mouse.move(200, 300)
        page.keyboard.press("Tab")
        assert page.evaluate("window.taken") is None, attack
        assert asked == [path.as_uri()], attack
        page.context.close()
