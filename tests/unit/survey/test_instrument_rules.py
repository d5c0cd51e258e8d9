"""Every way in which a questionnaire can be broken is refused with its line and the reason."""

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from analysis.errors import InputError
from analysis.survey.instrument import load_instrument

INSTRUMENT = Path(__file__).resolve().parents[3] / "data/raw/instrument_2025.yaml"
REFUSALS = YAML(typ="safe").load(Path(__file__).with_name("instrument_refusals.yaml"))


@pytest.fixture
def text():
    return INSTRUMENT.read_text(encoding="utf-8")


def line_of_last(text, marker):
    return text[: text.rindex(marker)].count("\n") + 1


def refusal_of(text, folder):
    path = folder / "instrument.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as refusal:
        load_instrument(path)
    return str(refusal.value).removeprefix(f"{path}, ")


@pytest.mark.parametrize("scenario", REFUSALS, ids=lambda scenario: scenario["case"])
def test_a_change_that_breaks_the_questionnaire_is_refused(tmp_path, text, scenario):
    name = scenario["block"]
    heading = f"  - name: {name}" if f"- name: {name}\n" in text else f"{name}:"
    start = text.index(f"{heading}\n")
    end = text.index("\n\n", start)
    assert scenario["old"] in text[start:end]
    changed = text[:start] + text[start:end].replace(scenario["old"], scenario["new"], 1)
    message = refusal_of(changed + text[end:], tmp_path)
    assert re.match(rf"line {line_of_last(changed, scenario['line'])}\b", message), message
    assert scenario["reason"] in message


def test_a_kind_of_missing_that_the_list_lacks_is_refused(tmp_path, text):
    text = text.replace("  - {code: not_answered, nl: niet ingevuld, en: not answered}\n", "")
    line = text.partition("missing: [not_answered]")[0].count("\n") + 1
    message = refusal_of(text, tmp_path)
    assert message.startswith(f"line {line}, questions.0.missing: q01 uses 'not_answered', which the list")


def test_two_questions_with_one_column_are_refused(tmp_path, text):
    text = text.replace("{code: d, nl: Het kind", "{code: z, nl: Het kind").replace("- name: q27", "- name: q23z")
    message = refusal_of(text, tmp_path)
    assert message.startswith(f"line {line_of_last(text, 'name: q23z')}, ")
    assert "q23z and q23 would share the column 'q23z'" in message


def test_a_file_without_questions_and_an_absent_file_are_refused(tmp_path, text):
    assert "questions: a key is missing" in refusal_of(text[: text.index("questions:")], tmp_path)
    with pytest.raises(InputError, match="the file is missing"):
        load_instrument(tmp_path / "absent.yaml")
