"""What is wrong is said in one line, nothing is half-written, and the earlier outputs stay."""

import re

import nbformat
import pytest

from analysis.pipeline.command_line import main

PAGE = "reports/04_status.html"


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def edit_cell(path, find, change):
    notebook = nbformat.read(path, as_version=4)
    found = [cell for cell in notebook.cells if find(cell)]
    assert found
    for cell in found:
        change(cell)
    nbformat.write(notebook, path)


def has_parameters(cell):
    return "parameters" in cell.metadata.get("tags", [])


def checks(cell):
    return cell.cell_type == "code" and "print(check_" in cell.source


def contents(project):
    """Return everything that a stage writes, and what is in the scratch folder."""
    files = [*project.glob("reports/**/*"), *project.glob("data/processed/*"), *project.glob(".scratch/**/*")]
    return {path.relative_to(project).as_posix(): path.read_bytes() for path in files if path.is_file()}


def refused(project, capsys, *arguments):
    """Run a command that must be refused; return its one line."""
    before = contents(project)
    capsys.readouterr()
    assert main(arguments) == 1
    assert contents(project) == before, "the earlier outputs must stay and nothing may be left behind"
    return capsys.readouterr().err.strip()


def test_a_missing_raw_file(project, capsys):
    (project / "data/raw/synthetic_survey_2025.csv").unlink()
    line = refused(project, capsys, "run", "01_cleaning")
    assert re.fullmatch(
        r"error: data/raw/synthetic_survey_2025\.csv, read by stage cleaning: the file is missing; expected .+; to do: .+",
        line,
    )


@pytest.mark.parametrize("checked_first", [True, False])
def test_a_raw_file_with_a_missing_column(project, capsys, checked_first):
    export = project / "data/raw/synthetic_survey_2025.csv"
    export.write_bytes(export.read_bytes().replace(b";q04;", b";q04_old;", 1))
    before = contents(project)
    if checked_first:
        assert main(["check"]) == 0
        assert re.search(
            r"removed \d+ pages and tables that are not known to be of this export", capsys.readouterr().out
        )
    assert main(["run", "01_cleaning"]) == 1
    kept = {path: content for path, content in before.items() if not path.startswith("reports/")}
    assert contents(project) == kept | {"reports/README.md": before["reports/README.md"]}, (
        "pages of the export as it was would look valid; data stay, and nothing may be half-written"
    )
    line = capsys.readouterr().err.strip()
    assert "\n" not in line
    assert "synthetic_survey_2025.csv" in line
    assert "q04" in line
    assert "to do" in line


def test_an_export_of_dos_is_refused_by_the_name_of_its_encoding(project, capsys):
    export = project / "data/raw/synthetic_survey_2025.csv"
    export.write_bytes(export.read_text(encoding="cp1252").encode("cp850", "replace"))
    assert main(["run", "01_cleaning"]) == 1
    line = capsys.readouterr().err.strip()
    assert "the file is no Windows-1252" in line
    assert "to do: set cleaning.encoding in params.yaml to cp850" in line


def test_a_misspelt_setting(project, capsys):
    edit(project / "params.yaml", "rounding:", "roundng:")
    line = refused(project, capsys, "run", "04_status")
    assert re.match(r"error: params\.yaml, line \d+, estimates\.\w+: .+; to do: .+", line)
    assert "rounding" in line or "roundng" in line


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("seed: 2025", 'seed: "many"', "synthetic.seed"),
        ("seed: 2025", "seed: -1", "synthetic.seed"),
        ('rounding: "largest_remainder"', "rounding: 3", "estimates.rounding"),
        ('rounding: "largest_remainder"', 'rounding: "truncate"', "estimates.rounding"),
        ("\nestimates:", "\nestimate:", "estimate"),
    ],
)
def test_a_wrong_value_in_the_settings(project, capsys, old, new, place):
    edit(project / "params.yaml", old, new)
    line = refused(project, capsys, "run", "04_status")
    expected = rf"error: params\.yaml, (line \d+, )?{re.escape(place)}: .+; to do: .+"
    assert re.match(expected, line) or "estimates" in line
    assert "\n" not in line


@pytest.mark.parametrize("damage", ["key: [", "a: 1\na: 2\n", "", "- a list"])
def test_settings_that_are_no_settings(project, capsys, damage):
    (project / "params.yaml").write_text(damage, encoding="utf-8")
    line = refused(project, capsys, "run", "04_status")
    assert line.startswith("error: params.yaml")
    assert "\n" not in line


def test_a_notebook_without_a_parameters_cell(project, capsys):
    edit_cell(project / "notebooks/04_status.ipynb", has_parameters, lambda cell: cell.metadata.pop("tags"))
    line = refused(project, capsys, "run", "04_status")
    assert re.match(
        r"error: notebooks/04_status\.ipynb: 0 cells carry the tag parameters; expected .+; to do: .+", line
    )


def test_a_parameter_that_the_settings_do_not_know(project, capsys):
    notebook = project / "notebooks/04_status.ipynb"

    def add(cell):
        cell.source += "\nextra: int = 1  # one more, without a unit"

    edit_cell(notebook, has_parameters, add)
    line = refused(project, capsys, "run", "04_status")
    assert "extra" in line
    assert "params.yaml" in line


def test_an_unknown_notebook(project, capsys):
    line = refused(project, capsys, "run", "04_stats")
    assert "04_stats" in line
    assert "04_status" in line


def test_a_cell_that_fails_is_shown_with_its_message(project, capsys):
    def fail(cell):
        cell.source = "1 / 0"

    edit_cell(project / "notebooks/04_status.ipynb", checks, fail)
    message = refused(project, capsys, "run", "04_status")
    assert "notebooks/04_status.ipynb, cell [" in message
    assert "ZeroDivisionError" in message
    assert "1 / 0" in message


def test_an_input_that_changes_during_the_run(project, capsys):
    def touch(cell):
        cell.source += '\nopen("data/raw/instrument_2025.yaml", "a").write("# changed")'

    edit_cell(project / "notebooks/04_status.ipynb", checks, touch)
    line = refused(project, capsys, "run", "04_status")
    assert "data/raw/instrument_2025.yaml" in line
    assert "changed while it was used" in line


def test_a_page_that_cannot_be_written(project, capsys):
    (project / PAGE).unlink()
    (project / PAGE).mkdir()
    assert main(["run", "04_status"]) != 0
