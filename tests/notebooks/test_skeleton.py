"""Every notebook has the same skeleton, narrates only, and shows no respondent."""

import ast
import re
import statistics
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
HEADINGS = ["Instellingen", "Invoer", "Analyse", "Controles", "Uitvoer", "Wat dit laat zien"]
PARAMETER = re.compile(r"^[a-z_]+: (str|int|float|bool) = \S.*  # \S.*$")
SHOWS_ROWS = {"head", "tail", "sample"}
WRITES = {"write_tables", "publish_tables", "write_text", "write_bytes", "to_csv", "to_excel", "to_json"}
WRITES |= {"publish_summary", "savefig", "open"}


def cells(path):
    return nbformat.read(path, as_version=4).cells


def code(path):
    return [cell for cell in cells(path) if cell.cell_type == "code"]


def section_of(path):
    """Yield every cell with the H2 heading that it stands under."""
    heading = None
    for cell in cells(path):
        if cell.cell_type == "markdown" and (found := re.search(r"^## (.+)$", cell.source, re.MULTILINE)):
            heading = found[1]
        yield heading, cell


def shown_text(path):
    """Return the calls of a notebook that show computed text."""
    calls = [
        node for cell in code(path) for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Call)
    ]
    return [ast.unparse(call) for call in calls if getattr(call.func, "id", None) == "show_text"]


def called(tree):
    """Return the name of every function and method that is called."""
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {getattr(func, "attr", getattr(func, "id", None)) for func in calls}


every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def test_there_are_notebooks():
    assert NOTEBOOKS


@every_notebook
def test_name_is_number_and_subject(path):
    assert re.fullmatch(r"\d\d_[a-z0-9]+(_[a-z0-9]+)*", path.stem)


@every_notebook
def test_title_is_a_question_and_the_header_has_four_lines(path):
    header = cells(path)[0]
    assert header.cell_type == "markdown"
    lines = [line for line in header.source.splitlines() if line.strip()]
    assert re.fullmatch(r"# .+\?", lines[0]), "the title is a question"
    labels = [re.match(r"- \*\*(\w+):\*\* \S", line) for line in lines[1:]]
    assert all(labels), lines
    assert [label[1] for label in labels] == ["Vraag", "Leest", "Schrijft", "Besluiten"]


@every_notebook
def test_headings_are_the_same_everywhere(path):
    text = "\n".join(cell.source for cell in cells(path) if cell.cell_type == "markdown")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == HEADINGS
    assert len(re.findall(r"^# ", text, re.MULTILINE)) == 1


@every_notebook
def test_notebook_is_stored_without_outputs_and_with_plain_ids(path):
    for number, cell in enumerate(cells(path)):
        assert cell.id == str(number), "run: nbstripout notebooks/*.ipynb"
        if cell.cell_type == "code":
            assert not cell.outputs
            assert cell.execution_count is None


@every_notebook
def test_notebook_only_narrates(path):
    lengths = []
    for cell in code(path):
        lengths.append(len(cell.source.splitlines()))
        tree = ast.parse(cell.source)
        parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
        for node in ast.walk(tree):
            assert not isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda), (
                f"move to src/analysis: {cell.source}"
            )
            if isinstance(node, ast.ImportFrom):
                assert [name.name for name in node.names] != ["*"]
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts:
                assert not re.match(r"[/~]|[A-Za-z]:\\", node.value), f"a path of one machine: {node.value}"
        assert "sys.path" not in cell.source
    assert len(lengths) <= 20
    assert max(lengths) <= 25
    assert statistics.median(lengths) <= 8


@every_notebook
def test_the_parameters_cell_is_a_form(path):
    tagged = [
        (heading, cell) for heading, cell in section_of(path) if "parameters" in cell.metadata.get("tags", [])
    ]
    assert len(tagged) == 1
    heading, cell = tagged[0]
    assert heading == "Instellingen"
    for line in cell.source.splitlines():
        assert PARAMETER.match(line) or line.startswith("# "), (
            f"name: type = literal  # meaning, unit; not: {line}"
        )
    for statement in ast.parse(cell.source).body:
        ast.literal_eval(statement.value)


@every_notebook
def test_files_are_written_under_uitvoer_only(path):
    for heading, cell in section_of(path):
        if cell.cell_type == "code" and heading != "Uitvoer":
            assert not called(ast.parse(cell.source)) & WRITES, cell.source


@every_notebook
def test_there_is_a_check_after_loading_and_one_before_writing(path):
    checked = {
        heading
        for heading, cell in section_of(path)
        if cell.cell_type == "code"
        and any(str(name).startswith("check_") for name in called(ast.parse(cell.source)))
    }
    assert {"Invoer", "Controles"} <= checked


@every_notebook
def test_prose_has_no_typed_quantities(path):
    for cell in cells(path)[1:]:
        if cell.cell_type == "markdown":
            assert not re.search(r"\d\s*(%|procent)", cell.source), cell.source


@every_notebook
def test_no_respondent_is_displayed(path):
    for cell in code(path):
        tree = ast.parse(cell.source)
        assert not called(tree) & SHOWS_ROWS, cell.source
        if tree.body and isinstance(tree.body[-1], ast.Expr):
            assert isinstance(tree.body[-1].value, ast.Call), f"a bare frame is shown in full: {cell.source}"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_page_says_the_same_twice(path):
    shown = shown_text(path)
    assert len(shown) == len(set(shown))
