"""Draw the respondents: which municipalities answer alone, in a partnership, or without their name."""

from dataclasses import dataclass

import numpy as np

from analysis.survey.synthetic.calibration import Plan
from analysis.survey.synthetic.municipalities import SIZE_CODES, SMALL, Register


@dataclass(frozen=True)
class Frame:
    """The usable respondents, one entry each in every array.

    ``municipality`` is a place in the register (the first member of a partnership, -1 for an anonymous
    respondent), ``size`` the option of q03 that fits it; ``members`` gives all places of each partnership by
    respondent; the population is drawn ``copies`` times.
    """

    municipality: np.ndarray
    size: np.ndarray
    members: dict[int, tuple[int, ...]]
    copies: int

    @property
    def alone(self) -> np.ndarray:
        """Respondents who answer for one known municipality."""
        return np.setdiff1d(np.flatnonzero(self.municipality >= 0), list(self.members))

    def __len__(self) -> int:
        return len(self.size)


def draw_frame(plan: Plan, register: Register, copies: int, random: np.random.Generator) -> Frame:
    """Draw municipalities for the counts of a plan, anew in every copy of the register.

    Parameters
    ----------
    plan
        Respondents by province and size, and partnerships.
    register
        One copy of the municipalities.
    copies
        How many times the population is drawn; the places of copy ``i`` follow those of copy ``i - 1``.
    random
        Source of the draw.
    """
    places, sizes, spare = [], [], {}
    offsets = len(register) * np.arange(copies)[:, None]
    for province in register.provinces:
        for size in SIZE_CODES:
            cell = [
                index
                for index, municipality in enumerate(register.municipalities)
                if (municipality.province, municipality.size) == (province, size)
            ]
            order = np.argsort(random.random((copies, len(cell))), axis=1, kind="stable")
            drawn = np.array(cell, dtype=np.int64)[order] + offsets
            number = plan.singles[province, size]
            places.append(drawn[:, :number].ravel())
            sizes.append(np.full(number * copies, size))
            if size == SMALL:
                spare[province] = drawn[:, number:].tolist()
    groups = [
        group for copy in range(copies) for group in _partnerships(plan, {p: s[copy] for p, s in spare.items()})
    ]
    singles = sum(map(len, places))
    for size, number in plan.anonymous.items():
        sizes.append(np.full(number * copies, size))
    anonymous = sum(plan.anonymous.values()) * copies
    return Frame(
        municipality=np.concatenate([*places, np.full(anonymous, -1), [group[0] for group in groups]]).astype(int),
        size=np.concatenate([*sizes, np.full(len(groups), SMALL)]),
        copies=copies,
        members={singles + anonymous + number: group for number, group in enumerate(groups)},
    )


def _partnerships(plan: Plan, spare: dict[str, list[int]]) -> list[tuple[int, ...]]:
    """Take the members of every partnership from what is left of the small municipalities."""
    groups = []
    if plan.two_provinces is not None:
        home, at_home, away, at_away = plan.two_provinces
        groups.append((*_take(spare[home], at_home), *_take(spare[away], at_away)))
    for province, (number, members) in sorted(plan.local_partnerships.items()):
        for part in range(number):
            size = members // number + (part < members % number)
            groups.append(tuple(_take(spare[province], size)))
    return groups


def _take(places: list[int], number: int) -> list[int]:
    taken, places[:] = places[:number], places[number:]
    return taken
