"""Without Chromium, or when it fails, printing says what is wrong and leaves no file."""

import stat
from pathlib import Path

import pytest

from analysis.errors import InputError
from analysis.pipeline.printing import print_report
from analysis.pipeline.project import PRINTED

CONTENTS = "pages:\n  - {stem: 04_status, title: Stand, description: Hoe ver?}\n"
PAGE = "<html><head><style>p {}</style></head><body><main><h1>T</h1></main></body></html>"


@pytest.fixture
def root(tmp_path):
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks/contents.yaml").write_text(CONTENTS, encoding="utf-8")
    (tmp_path / "reports").mkdir()
    for stem in ("04_status", "disclosure", "accessibility", "methods", "decisions"):
        (tmp_path / f"reports/{stem}.html").write_text(PAGE, encoding="utf-8")
    return tmp_path


def program(folder, monkeypatch, script):
    """Put a program called chromium on the path, and nothing else but a shell."""
    folder.mkdir()
    path = folder / "chromium"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(folder))


def test_without_chromium_it_says_what_to_install(root, monkeypatch, tmp_path_factory):
    monkeypatch.setenv("PATH", str(tmp_path_factory.mktemp("empty")))
    with pytest.raises(InputError, match=r"Chromium is not on this machine; .*to do: install Chromium"):
        print_report(root)
    assert not (root / "build").exists()


def test_when_chromium_fails_its_last_word_is_passed_on(root, monkeypatch):
    program(root / "bin", monkeypatch, "echo one >&2; echo no fonts >&2; exit 3")
    with pytest.raises(InputError, match="could not print the report: no fonts"):
        print_report(root)
    assert not (root / PRINTED).exists()


def test_what_chromium_prints_is_put_in_place(root, monkeypatch):
    prints = (
        'for word in "$@"; do case "$word" in --print-to-pdf=*) echo pdf > "${word#--print-to-pdf=}";; esac; done'
    )
    program(root / "bin", monkeypatch, prints)
    assert print_report(root) == root / PRINTED
    assert Path(root / PRINTED).read_text(encoding="utf-8") == "pdf\n"


def test_a_page_that_is_not_built_is_named(root, monkeypatch):
    program(root / "bin", monkeypatch, "exit 0")
    (root / "reports/methods.html").unlink()
    with pytest.raises(InputError, match=r"methods\.html.* are missing"):
        print_report(root)


def test_a_print_that_is_cut_short_leaves_the_earlier_one(root, monkeypatch):
    prints = (
        'for word in "$@"; do case "$word" in --print-to-pdf=*) echo new > "${word#--print-to-pdf=}";; esac; done'
    )
    program(root / "bin", monkeypatch, prints)
    (root / PRINTED).parent.mkdir()
    (root / PRINTED).write_text("earlier", encoding="utf-8")

    def cut_short(source, target):
        Path(target).write_bytes(Path(source).read_bytes()[:1])
        raise KeyboardInterrupt

    monkeypatch.setattr("analysis.pipeline.printing.shutil.move", cut_short)
    with pytest.raises(KeyboardInterrupt):
        print_report(root)
    assert (root / PRINTED).read_text(encoding="utf-8") == "earlier"
    assert len(list((root / PRINTED).parent.iterdir())) == 1
