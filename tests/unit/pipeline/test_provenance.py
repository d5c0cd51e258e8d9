"""What a page says of its origin depends on content only."""

import os

import nbformat

from analysis.pipeline.provenance import content_hash


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
