"""Names as people type them lead to the register; what is doubtful is listed and never taken."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.survey.municipality_matching import match_municipalities
from analysis.survey.municipality_names import index_names

UTRECHT, ZEIST, DE_BILT, ROTTERDAM, DEN_HAAG = "GM0344", "GM0355", "GM0310", "GM0599", "GM0518"


@pytest.fixture(scope="session")
def index(register):
    return index_names(register)


def match(index, *typed):
    return match_municipalities(pd.Series(typed, dtype="str"), index, threshold=0.85, margin=0.1)


@pytest.mark.parametrize(
    ("typed", "codes", "rules"),
    [
        ("Utrecht", [UTRECHT], []),
        ("utrecht", [UTRECHT], ["name_case"]),
        ("GEMEENTE UTRECHT", [UTRECHT], ["name_case", "name_prefix"]),
        ("de gemeente Utrecht", [UTRECHT], ["name_prefix"]),
        ("Namens Utrecht", [UTRECHT], ["name_prefix"]),
        ("Den Haag", [DEN_HAAG], ["name_alias"]),
        ("s Gravenhage", [DEN_HAAG], ["name_notation"]),
        ("Heerhugowaard", ["GM1980"], ["name_former"]),
        ("Roterdam", [ROTTERDAM], ["name_misspelt"]),
        ("gemeente Amersfort", ["GM0307"], ["name_misspelt", "name_prefix"]),
        ("Súdwest-Fryslân", ["GM1900"], []),
        ("Sudwest Fryslan", ["GM1900"], ["name_notation"]),
        ("Nuenen, Gerwen en Nederwetten", ["GM0820"], []),
        ("Son & Breugel", ["GM0848"], ["name_notation"]),
        ("Bergen (NH.)", ["GM0373"], []),
        ("Bergen Limburg", ["GM0893"], ["name_notation"]),
        ("<b>Zeist</b>", [ZEIST], []),
        ("Utrecht en Zeist", [UTRECHT, ZEIST], ["several_names"]),
        ("Utrecht, Zeist; De Bilt", [DE_BILT, UTRECHT, ZEIST], ["several_names"]),
        ("Utrecht/Zeist", [UTRECHT, ZEIST], ["several_names"]),
        ("Utrecht - Zeist", [UTRECHT, ZEIST], ["several_names"]),
        ("Utrecht\r\nZeist", [UTRECHT, ZEIST], ["several_names"]),
        (
            "Regio Samen: Utrecht, Zeist en De Bilt",
            [DE_BILT, UTRECHT, ZEIST],
            ["partnership_name", "several_names"],
        ),
        ("Regio Utrecht: Zeist en De Bilt", [DE_BILT, ZEIST], ["partnership_name", "several_names"]),
        ("Súdwest Fryslân", ["GM1900"], ["name_alias"]),
        ("Laand van Cuijk", ["GM1982"], ["name_misspelt"]),
        ("gemeente De olden", ["GM1690"], ["name_misspelt", "name_prefix"]),
        ("Horst an de Maas", ["GM1507"], ["name_misspelt"]),
        ("Berg en Dal en Nijmegen", ["GM0268", "GM1945"], ["several_names"]),
        ("Amersfort en Roterdam", ["GM0307", ROTTERDAM], ["name_misspelt", "several_names"]),
    ],
)
def test_names_are_recognised(index, typed, codes, rules):
    result = match(index, typed)
    assert result.table.loc[0, "status"] == "matched"
    assert result.table.loc[0, "municipalities"].split("|") == codes
    assert sorted(result.rules) == rules
    assert result.doubtful.empty


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("Bergen", "ambiguous"),
        ("Zeits", "below_threshold"),
        ("Regio Utrecht", "regional"),
        ("Regio Samen: Utrecht", "regional"),
        ("Drechtsteden", "below_threshold"),
        ("Utrecht afdeling jeugd", "below_threshold"),
    ],
)
def test_a_doubtful_name_is_listed_and_gives_no_certainty(index, typed, reason):
    result = match(index, typed)
    assert result.table.loc[0, "status"] == "doubtful"
    assert result.doubtful["reason"].tolist() == [reason]
    assert "name_doubtful" in result.rules


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ("", "empty"),
        (" - ", "empty"),
        ("x", "empty"),
        ("anoniem", "anonymous"),
        ("Liever niet", "anonymous"),
        ("n.v.t.", "anonymous"),
        ("wil ik niet zeggen", "anonymous"),
    ],
)
def test_a_reaction_may_stay_anonymous(index, typed, status):
    result = match(index, typed)
    assert result.table.loc[0].tolist() == ["", status]
    assert result.doubtful.empty


def test_every_official_name_is_itself(index, municipalities):
    result = match(index, *municipalities["name"])
    assert result.table["municipalities"].tolist() == municipalities["code"].tolist()
    assert result.rules == {}


@given(data=st.data())
def test_a_misspelt_name_is_right_or_doubtful_never_wrong(index, municipalities, data):
    row = data.draw(st.integers(0, len(municipalities) - 1))
    name = municipalities["name"][row].split(" (")[0]
    at = data.draw(st.integers(0, len(name) - 2))
    swapped = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    typed = data.draw(st.sampled_from([swapped, name[:at] + name[at + 1 :], name[:at] + name[at] + name[at:]]))
    result = match(index, typed)
    if result.table.loc[0, "status"] == "matched":
        assert municipalities["code"][row] in result.table.loc[0, "municipalities"].split("|")


def test_rows_keep_their_index_and_equal_texts_their_reading(index):
    typed = pd.Series(["Utrecht", "Zeits", "Utrecht"], index=[7, 9, 11], dtype="category")
    result = match_municipalities(typed, index, threshold=0.85, margin=0.1)
    assert result.table.index.tolist() == [7, 9, 11]
    assert result.table["municipalities"].tolist() == [UTRECHT, "", UTRECHT]
    assert result.doubtful.index.tolist() == [9]
