"""Stages are read as DVC reads them."""

import pytest

from analysis.errors import InputError
from analysis.pipeline.stages import find_stage, read_stages

FILE = """
stages:
  cleaning:
    desc: From here to there.
    cmd: python -m analysis run 01_cleaning
    deps: [notebooks/01_cleaning.ipynb, "${cleaning.export}"]
    outs:
      - reports/01_cleaning.html: {cache: false, persist: true}
  index:
    desc: All pages.
    cmd: python -m analysis index
    outs: [reports/index.html]
"""


def read(folder, text=FILE, parameters=None):
    (folder / "dvc.yaml").write_text(text, encoding="utf-8")
    return read_stages(folder, parameters or {"cleaning": {"export": "data/raw/export.csv"}})


def test_paths_are_resolved_and_options_left_out(tmp_path):
    cleaning, index = read(tmp_path).values()
    assert cleaning.deps == ("notebooks/01_cleaning.ipynb", "data/raw/export.csv")
    assert cleaning.outs == (cleaning.page,) == ("reports/01_cleaning.html",)
    assert (cleaning.stem, cleaning.notebook) == ("01_cleaning", "notebooks/01_cleaning.ipynb")
    assert (index.stem, index.notebook, index.page) == (None, None, None)


def test_a_reference_to_a_missing_parameter_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"stage cleaning: \$\{cleaning\.export\} .* add cleaning\.export"):
        read(tmp_path, parameters={"cleaning": {}, "other": 1})


def test_a_stage_is_found_by_its_notebook_only(tmp_path):
    stages = read(tmp_path)
    assert find_stage(stages, "01_cleaning").name == "cleaning"
    with pytest.raises(InputError, match="expected one of 01_cleaning"):
        find_stage(stages, "index")
