"""Pages of another export go away before a build; those of this one stay."""

import pytest

from analysis.pipeline.outdated import made_from, remove_outdated
from analysis.pipeline.provenance import content_hash, provenance
from analysis.pipeline.stages import Stage
from analysis.reporting.document_page import build_document

EXPORT = "data/raw/survey.csv"
OUTS = ("reports/a.html", "reports/tables/a.csv", "data/processed/a.csv")
STAGES = {"a": Stage("a", "A.", "python -m analysis run 00_a", (EXPORT,), OUTS)}


@pytest.fixture
def root(tmp_path):
    for name in (EXPORT, *OUTS, "reports/README.md", "reports/tables/mine.txt", "build/quickscan_2025.pdf"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("1", encoding="utf-8")
    origin = provenance({EXPORT: content_hash(tmp_path / EXPORT)}, {"cleaning": {"export": EXPORT}})
    page = build_document("# A", stem="a", stage="a", synthetic=False, provenance=origin)
    (tmp_path / "reports/a.html").write_text(page, encoding="utf-8")
    return tmp_path


def files(root):
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


def test_a_page_says_what_it_was_made_from(root):
    assert set(made_from(root / "reports/a.html")) == {EXPORT, "params.yaml, cleaning"}


def test_nothing_goes_while_the_export_is_the_same_or_missing(root):
    before = files(root)
    assert remove_outdated(root, STAGES, EXPORT) == []
    assert remove_outdated(root, STAGES, "data/raw/misspelt.csv") == []
    assert files(root) == before


def test_what_readers_see_goes_when_the_export_has_other_bytes(root):
    (root / EXPORT).write_text("2", encoding="utf-8")
    before = files(root)
    removed = {"reports/a.html", "reports/tables/a.csv", "build/quickscan_2025.pdf"}
    assert set(remove_outdated(root, STAGES, EXPORT)) == removed
    assert files(root) == before - removed, "data stay, and so do files of others"
    assert remove_outdated(root, STAGES, EXPORT) == []


def test_the_same_bytes_under_another_name_are_another_export(root):
    (root / "data/raw/other.csv").write_text("1", encoding="utf-8")
    assert "reports/a.html" in remove_outdated(root, STAGES, "data/raw/other.csv")


def test_a_page_that_does_not_say_its_origin_is_outdated(root):
    (root / "reports/a.html").write_text("<p>1</p>", encoding="utf-8")
    assert "reports/a.html" in remove_outdated(root, STAGES, EXPORT)


def test_a_page_of_somebody_else_is_left_alone(root):
    (root / "reports/mine.html").write_text("<p>1</p>", encoding="utf-8")
    assert remove_outdated(root, STAGES, EXPORT) == []
    (root / EXPORT).write_text("2", encoding="utf-8")
    remove_outdated(root, STAGES, EXPORT)
    assert (root / "reports/mine.html").is_file()
