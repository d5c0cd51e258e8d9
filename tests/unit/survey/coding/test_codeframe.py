"""The codeframes hold together and decide every open claim; a faulty one is refused with its line."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.survey.coding.codeframe import load_codeframe, load_codeframes, reference
from analysis.survey.coding.theme_levels import groupings
from analysis.survey.instrument import load_instrument

RAW = Path(__file__).resolve().parents[4] / "data/raw"
CODEFRAMES = load_codeframes(RAW / "codeframes")
INSTRUMENT = load_instrument(RAW / "instrument_2025.yaml")

FRAME = """\
column: q26
themes:
  - {theme: money, nl: Geld, en: Money, section: "11.2", claims: [O1]}
codes:
  - code: cuts
    theme: money
    nl: Bezuiniging
    en: Cuts
    definition: Er komt minder geld.
    excludes:
      - er is al niets → nothing_left
    example: Volgend jaar minder.
    claims: [O2]
  - {code: nothing_left, nl: Niets over, en: Nothing left, definition: Er is niets., example: Leeg.}
"""
RESIDUAL = """\
codes:
  - {code: other, nl: Iets anders, en: Other, definition: Iets anders., example: Iets.}
  - {code: no_content, nl: Geen inhoud, en: None, definition: Niets., example: "-", exclusive: true}
"""


@pytest.fixture
def write(tmp_path):
    """Write a codeframe with the residual codes beside it."""
    (tmp_path / "residual.yaml").write_text(RESIDUAL, encoding="utf-8")

    def to_file(text, name="q26.yaml"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / name

    return to_file


def test_every_open_question_and_text_field_that_identifies_nobody_has_a_codeframe():
    open_columns = [
        column
        for question in INSTRUMENT.questions
        for column in (*question.columns, question.text_column)
        if column
        and (column == question.text_column or (question.type == "open" and question.disclosure != "identifier"))
    ]
    assert set(CODEFRAMES) == set(open_columns)


def test_every_open_claim_is_decided_by_the_codeframe_of_its_question():
    claims = pd.read_csv(RAW / "published/claims_2025.csv", dtype="str", keep_default_na=False)
    open_claims = claims[(claims["evidence"] == "open") & ~claims["question"].isin(["", "interviews"])]
    decided = {
        (one.option, codeframe.column.removesuffix("_text"))
        for codeframe in CODEFRAMES.values()
        for one in groupings(codeframe, "claim")
    }
    wanted = set(zip(open_claims["claim_id"], open_claims["question"], strict=True))
    assert wanted <= decided
    assert {claim for claim, _ in decided} <= set(claims["claim_id"])


def test_the_themes_of_chapters_11_and_12_are_those_of_the_sections():
    sections = {theme.section for column in ("q26", "q27") for theme in CODEFRAMES[column].themes}
    assert sections == {"11.1", "11.2", "11.3", "11.4", "11.5", "12", "12.1", "12.2", "12.3", "12.4"}


@pytest.mark.parametrize("codeframe", CODEFRAMES.values(), ids=lambda codeframe: codeframe.column)
def test_a_codeframe_ends_with_the_residual_codes_and_fits_a_cell(codeframe):
    assert codeframe.names[-2:] == ("other", "no_content")
    assert codeframe.exclusive == ("no_content",)
    assert all(len(code.entry) < 100 for code in codeframe.codes)
    assert not any(code.nl.startswith(("=", "+", "-", "@")) for code in codeframe.codes)


def test_a_coder_may_choose_from_the_list_or_type_name_or_code(write):
    codeframe = load_codeframe(write(FRAME))
    for cell in ("Bezuiniging [cuts]", "bezuiniging", " CUTS ", "Bezuiniging  [cuts]"):
        assert codeframe.find(cell) == "cuts"
    assert codeframe.find("Bezuinigen") is None


def test_an_arrow_leads_to_a_code_and_a_code_without_theme_is_its_own(write):
    codeframe = load_codeframe(write(FRAME))
    assert reference("er is al niets → nothing_left") == "nothing_left"
    assert reference("er is al niets") is None
    assert [codeframe.main_theme(code) for code in codeframe.names] == [
        "money",
        "nothing_left",
        "other",
        "no_content",
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("minder geld", "veel minder geld"),
        ("nothing_left", "empty"),
        ("nl: Niets over", "nl: Niets"),
        ("    excludes:\n      - er is al niets → nothing_left\n", ""),
    ],
    ids=["definition", "code", "short name", "exclusion"],
)
def test_a_change_of_meaning_changes_the_fingerprint(write, old, new):
    before = load_codeframe(write(FRAME)).fingerprint
    assert load_codeframe(write(FRAME.replace(old, new))).fingerprint != before


@pytest.mark.parametrize("new", ["Volgend jaar veel minder.", "Straks minder."])
def test_another_example_or_claim_leaves_the_fingerprint(write, new):
    before = load_codeframe(write(FRAME)).fingerprint
    changed = FRAME.replace("Volgend jaar minder.", new).replace("[O2]", "[O3]")
    assert load_codeframe(write(changed)).fingerprint == before


def test_an_earlier_version_stands_when_somebody_says_so(write):
    old = load_codeframe(write(FRAME)).fingerprint
    renamed = FRAME.replace("code: cuts", "code: budget_cut")
    assert not load_codeframe(write(renamed)).accepts(old)
    earlier = f"earlier:\n  - {{fingerprint: {old}, reason: A clearer name., renamed: {{cuts: budget_cut}}}}\n"
    codeframe = load_codeframe(write(renamed + earlier))
    assert codeframe.accepts(old)
    assert codeframe.translate(["other", "cuts"], old) == ("budget_cut", "other")
    assert codeframe.translate(["cuts"], codeframe.fingerprint) == ("cuts",)


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("column: q26", "column: q27", 1, "the codeframe is for q27, the file is called q26.yaml"),
        ("    en: Cuts\n", "    en: Cuts\n    colour: red\n", 9, "unknown key"),
        ("code: nothing_left", "code: cuts", 5, "cuts or its short name is used twice"),
        ("nl: Niets over", "nl: bezuiniging", 14, "used twice"),
        ("nl: Niets over", "nl: Iets anders", 14, "used twice"),
        ("    theme: money", "    theme: cash", 6, "no theme is called cash"),
        ("→ nothing_left", "→ nothing", 10, "no code is called nothing"),
        ("    theme: money\n", "", 2, "no code belongs to the theme money"),
        ("    definition: Er komt minder geld.\n", "", 5, "a key is missing"),
        ("claims: [O2]", "claims: [o2]", 13, "the string does not fit"),
        ("Leeg.}\n", "Leeg.}\nearlier:\n  - {fingerprint: abc, reason: x}\n", 16, "the string does not fit"),
        (
            "Leeg.}\n",
            "Leeg.}\nearlier:\n  - {fingerprint: 0123456789ab, reason: x, renamed: {a: b}}\n",
            16,
            "no code is called b",
        ),
    ],
)
def test_a_faulty_codeframe_is_refused_with_its_line(write, old, new, line, reason):
    assert FRAME.count(old) == 1
    path = write(FRAME.replace(old, new))
    with pytest.raises(InputError, match=reason) as refusal:
        load_codeframe(path)
    assert f"q26.yaml, line {line}, " in str(refusal.value)


def test_a_folder_without_codeframes_is_refused(tmp_path):
    with pytest.raises(InputError, match="no codeframe is there"):
        load_codeframes(tmp_path)


def test_levels_take_codes_together(write):
    codeframe = load_codeframe(write(FRAME))
    found = {
        level: {one.option: one.codes for one in groupings(codeframe, level)}
        for level in ("code", "theme", "claim")
    }
    assert set(found["code"]) == {"cuts", "nothing_left", "other"}
    assert found["theme"] == {"money": {"cuts"}, "nothing_left": {"nothing_left"}, "other": {"other"}}
    assert found["claim"] == {"O1": {"cuts"}, "O2": {"cuts"}}
    with pytest.raises(ValueError, match="no level 'chapter'"):
        groupings(codeframe, "chapter")
