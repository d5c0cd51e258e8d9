"""What a page says of its origin depends on content only."""

import os
from pathlib import Path

import nbformat
import pytest

from analysis.pipeline.provenance import content_hash, provenance, settings_behind
from analysis.pipeline.settings import FILE_NAME, load_settings, settings_of
from analysis.pipeline.stages import Stage, read_stages
from analysis.yaml_file import read_yaml

ROOT = Path(__file__).parents[3]


def notebook(path, source="x = 1", outputs=(), tags=()):
    cell = nbformat.v4.new_code_cell(source, outputs=list(outputs), metadata={"tags": list(tags)})
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
    return content_hash(path)


def test_running_a_notebook_by_hand_changes_nothing_but_editing_it_does(tmp_path):
    path = tmp_path / "a.ipynb"
    before = notebook(path)
    assert notebook(path, outputs=[nbformat.v4.new_output("stream", text="1")]) == before
    assert notebook(path, source="x = 2") != before
    assert notebook(path, tags=["parameters"]) != before


def test_a_folder_is_its_names_and_contents(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b/one.py").write_text("1")
    before = content_hash(tmp_path)
    os.utime(tmp_path / "b/one.py", (0, 0))
    (tmp_path / "b/__pycache__").mkdir()
    (tmp_path / "b/__pycache__/one.pyc").write_text("bytecode")
    assert content_hash(tmp_path) == before
    (tmp_path / "b/one.py").rename(tmp_path / "b/two.py")
    assert content_hash(tmp_path) != before


def stage(name, deps, outs):
    return Stage(name, "A stage.", f"python -m analysis {name}", tuple(deps), tuple(outs))


def test_a_page_rests_on_the_settings_of_every_stage_behind_it_and_of_no_other():
    stages = [
        stage("synthetic", [], ["data/raw/a.csv"]),
        stage("cleaning", ["data/raw/a.csv"], ["data/processed/b.csv"]),
        stage("response", ["data/processed/b.csv"], ["reports/c.html"]),
        stage("estimates", ["data/processed/b.csv"], ["data/processed/released/d.csv"]),
        stage("status", ["data/processed/released"], ["reports/e.html"]),
    ]
    found = settings_behind({one.name: one for one in stages}, stages[-1], settings := load_settings(ROOT))
    assert found == {name: settings_of(settings, name) for name in ("cleaning", "estimates")}


def test_another_setting_gives_another_code_and_the_order_of_names_does_not():
    one = provenance({}, {"estimates": {"fpc": True, "frame": "published"}})
    assert one == provenance({}, {"estimates": {"frame": "published", "fpc": True}})
    assert one != provenance({}, {"estimates": {"fpc": False, "frame": "published"}})
    assert [label for label, _ in one] == ["params.yaml, estimates"]


@pytest.mark.parametrize("name", ["cleaning", "status", "published_audit", "index"])
def test_every_page_of_the_project_rests_on_the_settings_of_the_cleaning(name):
    stages = read_stages(ROOT, read_yaml(ROOT / FILE_NAME))
    assert "cleaning" in settings_behind(stages, stages[name], load_settings(ROOT))
