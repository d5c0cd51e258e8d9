"""A notebook reads from the project and writes where the runner says."""

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.pipeline.project import OUTPUT_ROOT_VARIABLE, input_path, output_path, project_root, write_tables


@pytest.fixture
def root(tmp_path, monkeypatch):
    (tmp_path / "dvc.yaml").touch()
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")
    monkeypatch.delenv(OUTPUT_ROOT_VARIABLE, raising=False)
    return tmp_path


def test_the_root_is_found_from_below(root):
    assert project_root() == root


def test_outside_a_project_there_is_no_root(tmp_path):
    with pytest.raises(InputError, match="work inside the repository"):
        project_root(tmp_path)


def test_an_input_must_exist(root):
    with pytest.raises(InputError, match=r"data/raw/a\.csv: the file is missing"):
        input_path("data/raw/a.csv")


def test_tables_go_where_the_runner_says(root, tmp_path_factory, monkeypatch, capsys):
    scratch = tmp_path_factory.mktemp("scratch")
    monkeypatch.setenv(OUTPUT_ROOT_VARIABLE, str(scratch))
    table = pd.DataFrame({"option": ["a", "b"], "share": [1 / 3, 0.1], "label": ["é;,", None]})
    write_tables({"data/processed/figure_2.csv": table})
    written = (scratch / "data/processed/figure_2.csv").read_bytes()
    assert written == 'option,share,label\na,0.3333333333,"é;,"\nb,0.1,\n'.encode()
    assert not (root / "data").exists()
    assert capsys.readouterr().out == "data/processed/figure_2.csv: 2 rijen, 3 kolommen\n"


def test_a_table_for_readers_goes_through_the_gate(root):
    with pytest.raises(InputError, match="write it with publish_tables"):
        write_tables({"reports/tables/figure_2.csv": pd.DataFrame({"option": ["a"]})})
    assert not (root / "reports").exists()


def test_by_hand_tables_go_in_the_project(root):
    assert output_path("data/processed/a.csv") == root / "data/processed/a.csv"
