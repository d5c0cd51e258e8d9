"""What reactions, respondents and the register say about the response, for the statements that a report makes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from analysis.statistics.response_counts import UNKNOWN
from analysis.statistics.rounding import ROUNDING_RULES


@dataclass(frozen=True)
class Registered:
    """Municipalities in some size classes: in the register that is used, and at the other days that are known.

    ``percentages`` are what either rounding rule prints for the first day, ``span`` the lowest and highest of all
    days.
    """

    counts: tuple[int, ...]
    total: int
    percentages: frozenset[int]
    span: tuple[int, int]


@dataclass(frozen=True)
class ResponseFacts:
    """Counts by quantity (see :data:`analysis.survey.response_statements.QUANTITIES`), and the register.

    ``register`` has the columns ``day``, ``size_class`` and ``n`` (municipalities); the first day is the one that
    is used, other days show what a population of another date would give.
    """

    counts: Mapping[str, int] = field(default_factory=dict)
    register: pd.DataFrame | None = None

    def registered(self, options: Sequence[str]) -> Registered | None:
        """Return the municipalities in some size classes; nothing without a register.

        Parameters
        ----------
        options
            Letters of size classes; a class whose name joins letters needs all of them.
        """
        if self.register is None:
            return None
        counts, printed, total = [], [], 0
        for _, part in self.register.groupby("day", sort=False, observed=True):
            inside = [set(level) <= set(options) for level in part["size_class"]]
            count = int(part["n"][inside].sum())
            others = [int(n) for n, is_in in zip(part["n"], inside, strict=True) if not is_in]
            counts.append(count)
            printed.append({rule([count, *others])[0] for rule in ROUNDING_RULES.values()})
            total = total or int(part["n"].sum())
        every = set().union(*printed)
        return Registered(tuple(counts), total, frozenset(printed[0]), (min(every), max(every)))


def count_response(respondents: pd.DataFrame, reactions: int | None = None) -> dict[str, int]:
    """Count what a report says about its response.

    Parameters
    ----------
    respondents
        One row per usable reaction. ``n_municipalities`` and ``province`` may be absent.
    reactions
        All reactions that came in, when that is known.

    Returns
    -------
    dict
        By quantity; what the data cannot tell is left out.

    Examples
    --------
    >>> table = pd.DataFrame({"n_municipalities": [1, 3], "province": ["Drenthe", "unknown"]})
    >>> count_response(table)["represented"], count_response(table)["without_province"]
    (4, 1)
    """
    counts = {"usable": len(respondents)}
    if reactions is not None:
        counts["reactions"] = reactions
    if "n_municipalities" in respondents:
        counts["joint"] = int((respondents["n_municipalities"] > 1).sum())
        counts["represented"] = int(respondents["n_municipalities"].sum())
    if "province" in respondents:
        known = respondents["province"][respondents["province"] != UNKNOWN]
        counts["with_province"] = len(known)
        counts["without_province"] = len(respondents) - len(known)
        counts["provinces"] = int(known.nunique())
    return counts
