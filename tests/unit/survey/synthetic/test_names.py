"""Names as people type them."""

import numpy as np
import pytest
from rapidfuzz.distance import OSA

from analysis.survey.synthetic.names import type_name, type_partnership
from analysis.survey.synthetic.parameters import Names


def habits(**shares):
    return Names(**({"alias": 0, "prefix": 0, "case": 0, "misspelt": 0} | shares))


@pytest.mark.parametrize(
    ("habit", "defect"), [("prefix", "name_prefix"), ("case", "name_case"), ("misspelt", "name_misspelt")]
)
def test_every_habit_leaves_the_name_recognisable(sources, habit, defect):
    register, random = sources.register, np.random.default_rng(1)
    names = [municipality.name for municipality in register.municipalities]
    kinds = set()
    for municipality in register.municipalities[::7]:
        typed = type_name(municipality, register, habits(**{habit: 1.0}), random)
        kinds |= set(typed.defects)
        assert (typed.text == municipality.name) == (not typed.defects)
        if habit == "misspelt" and typed.defects:
            distances = {name: OSA.distance(typed.text, name) for name in names}
            assert distances[municipality.name] == 1
            assert min(distance for name, distance in distances.items() if name != municipality.name) >= 3
        else:
            assert municipality.name.lower() in typed.text.lower()
    assert kinds == {defect}


def test_an_alias_that_two_municipalities_share_is_not_used(sources):
    register, random = sources.register, np.random.default_rng(1)
    by_name = {municipality.name: municipality for municipality in register.municipalities}
    typed = {name: type_name(by_name[name], register, habits(alias=1.0), random) for name in by_name}
    assert typed["Bergen (L.)"].text == "Bergen (L.)"
    assert typed["'s-Gravenhage"].text == "Den Haag"
    assert typed["'s-Gravenhage"].defects == ("name_alias",)


def test_partnerships_name_all_members_with_different_separators():
    members = ["Aalten", "Borne", "Epe"]
    typed = [type_partnership(members, number) for number in range(6)]
    assert all(name in one.text for one in typed for name in members)
    assert len({one.text.split("Aalten")[1][:2] for one in typed}) >= 4
    assert typed[1].defects == ("several_names", "partnership_name")
    assert not typed[1].text.startswith("Aalten")
