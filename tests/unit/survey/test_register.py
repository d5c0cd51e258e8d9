"""The register has 342 municipalities with their size class, and refuses what does not fit together."""

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.survey.register import load_names, load_register, read_mergers, size_class_of


def test_the_register_of_2025(municipalities):
    columns = ["code", "name", "province", "population", "population_date", "size_class"]
    assert municipalities.columns.tolist() == columns
    assert set(municipalities["population_date"]) == {"2025-01-01"}
    assert municipalities["size_class"].value_counts().to_dict() == {"d": 246, "c": 64, "ab": 32}
    assert municipalities["province"].nunique() == 12


def test_size_classes_change_exactly_at_the_limits():
    assert size_class_of(pd.Series([1, 49_999, 50_000, 99_999, 100_000])).tolist() == ["d", "d", "c", "c", "ab"]


def test_names_hold_aliases_and_merged_municipalities(register):
    code_of = register.names.set_index("name")["code"]
    assert code_of["Den Haag"] == "GM0518"
    assert code_of["Heerhugowaard"] == "GM1980"
    assert sorted(code_of[["Bergen"]]) == ["GM0373", "GM0893"]


REGISTER = """code,name,province,population,population_date
GM1,A,Utrecht,10,2025-01-01
GM2,B,Utrecht,20,2025-01-01
"""
NAMES = "code,name_cbs,display_name,also_known_as\nGM1,A,A,\n"
MERGERS = "code_2021,name_2021,code_2025\nGM3,C,GM2\n"
DAY = "the populations are not of one day; expected the same day in every row"


@pytest.mark.parametrize(
    ("register", "names", "mergers", "message"),
    [
        (REGISTER.replace(",20,", ",many,"), NAMES, MERGERS, "line 3: the population is no whole number"),
        (REGISTER.replace("GM2", "GM1"), NAMES, MERGERS, "line 3: a code stands there twice"),
        (REGISTER.replace("GM2", "\nGM1"), NAMES, MERGERS, "line 4: a code stands there twice"),
        (REGISTER.replace("20,2025", "20,2024"), NAMES, MERGERS, f"line 3: {DAY}"),
        (REGISTER.replace("2025-01-01", "1-1-2025"), NAMES, MERGERS, f"line 2: {DAY}"),
        (
            REGISTER.replace("province", "region"),
            NAMES,
            MERGERS,
            "line 1: .*missing: 'province'; unknown: 'region'",
        ),
        (REGISTER, NAMES.replace("GM1", "GM9"), MERGERS, "names.csv, line 2: the code is not in the register"),
        (REGISTER, NAMES + "GM1,A,A,\n", MERGERS, "names.csv, line 3: a code stands there twice"),
        (REGISTER, NAMES, MERGERS.replace("GM2", "GM9"), "mergers.csv, line 2: the code is not in the register"),
        (REGISTER, NAMES, MERGERS + "GM3,C,GM1\n", "mergers.csv, line 3: a code stands there twice"),
        (None, NAMES, MERGERS, "the file is missing"),
        ("", NAMES, MERGERS, "the file is empty"),
    ],
)
def test_a_register_that_does_not_fit_is_refused(tmp_path, register, names, mergers, message):
    for name, content in (("register", register), ("names", names), ("mergers", mergers)):
        if content is not None:
            (tmp_path / f"{name}.csv").write_text(content)
    with pytest.raises(InputError, match=message):
        load_names(load_register(tmp_path / "register.csv"), tmp_path / "names.csv", tmp_path / "mergers.csv")


def test_a_header_alone_says_that_nothing_merged(tmp_path):
    (tmp_path / "mergers.csv").write_text(MERGERS.splitlines()[0])
    assert read_mergers(tmp_path / "mergers.csv").empty
