"""Pages of another export go away before a build; those of this one stay."""

import json

import pytest

from analysis.pipeline.outdated import made_from, remove_outdated
from analysis.pipeline.provenance import content_hash, provenance
from analysis.pipeline.stages import Stage
from analysis.reporting.document_page import build_document

EXPORT = "data/raw/survey.csv"
OUTS = ("reports/a.html", "reports/tables/a.csv", "data/processed/a.csv")
INVENTED = "data/raw/synthetic_survey.csv"
SUMMARY = "reports/summary.json"
STAGES = {
    "synthetic": Stage("synthetic", "S.", "python -m analysis synthetic", (), (INVENTED,)),
    "a": Stage("a", "A.", "python -m analysis run 00_a", (EXPORT,), OUTS),
    "b": Stage("b", "B.", "python -m analysis run 01_b", (EXPORT,), (SUMMARY,)),
}


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


def test_tables_that_no_page_tells_the_origin_of_go_too(root):
    (root / "reports/a.html").unlink()
    before = files(root)
    removed = {"reports/tables/a.csv", "build/quickscan_2025.pdf"}
    assert set(remove_outdated(root, STAGES, EXPORT)) == removed
    assert files(root) == before - removed, "only what the stages make anew, and the PDF"


@pytest.mark.parametrize(
    ("summary", "export", "stays"),
    [
        ({"synthetic": True}, INVENTED, True),
        ({"synthetic": False}, INVENTED, False),
        ({}, INVENTED, False),
        (None, INVENTED, False),
        ({"synthetic": True}, EXPORT, False),
    ],
)
def test_a_fresh_clone_keeps_the_summary_of_a_synthetic_export(root, summary, export, stays):
    (root / INVENTED).write_text("1", encoding="utf-8")
    (root / SUMMARY).write_text("{" if summary is None else json.dumps(summary), encoding="utf-8")
    (root / "reports/a.html").unlink()
    removed = remove_outdated(root, STAGES, export)
    assert "reports/tables/a.csv" in removed
    assert (SUMMARY in removed) is not stays
    assert (root / SUMMARY).is_file() is stays
    assert remove_outdated(root, STAGES, export) == []


def test_beside_pages_of_another_export_the_summary_goes_with_them(root):
    (root / INVENTED).write_text("1", encoding="utf-8")
    (root / SUMMARY).write_text(json.dumps({"synthetic": True}), encoding="utf-8")
    assert {SUMMARY, "reports/a.html"} <= set(remove_outdated(root, STAGES, INVENTED))
