"""The survey design: who answered, which strata there are, and how large the population is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
import pandas as pd

from analysis.errors import InputError


def _check_population(population: Mapping[str, object], stratum: str) -> None:
    wrong = [
        level
        for level, count in population.items()
        if not isinstance(count, int | float | np.number) or not count > 0 or count % 1
    ]
    if wrong or not population:
        raise InputError(
            f"no usable population for {', '.join(wrong) or 'any stratum'}",
            place=stratum,
            expected="a positive whole number of municipalities per stratum",
            remedy="correct the population counts",
        )


@dataclass(frozen=True, eq=False)
class Design:
    """Respondents, strata and population in one object that no function changes.

    The population is the 342 municipalities at the time of the survey: an attempted census with non-response.
    Within a stratum the respondents are taken as a simple random sample without replacement of its
    municipalities.

    Parameters
    ----------
    respondents
        One row per usable reaction; a reaction counts as one municipality.
    population
        Municipalities per stratum.
    stratum
        Column of ``respondents`` that holds the stratum.
    fpc
        Whether the finite population correction is applied: ``True`` treats the answers as a part of a finite
        population of which the rest did not answer at random, ``False`` as a draw from an endless one.

    Raises
    ------
    InputError
        If the stratum column is missing or incomplete, a stratum is not in the population, a count is no positive
        whole number, or the population of a stratum is below its respondents.

    Examples
    --------
    >>> answers = pd.DataFrame({"size_class": ["d", "d", "ab"]})
    >>> design = Design(answers, {"d": 5, "ab": 2})
    >>> design.n, design.population_total, design.sample_counts
    (3, 7, {'d': 2, 'ab': 1})
    """

    respondents: pd.DataFrame
    population: Mapping[str, int]
    stratum: str = "size_class"
    fpc: bool = True
    strata: np.ndarray = field(init=False, repr=False)

    def __post_init__(self):
        population = {str(level): count for level, count in dict(self.population).items()}
        _check_population(population, self.stratum)
        if self.stratum not in self.respondents.columns:
            raise InputError(
                f"the respondents have no column {self.stratum}", remedy="name the column that holds the stratum"
            )
        strata = pd.Index(population).get_indexer(self.respondents[self.stratum])
        if (strata < 0).any():
            unknown = sorted({str(level) for level in self.respondents[self.stratum][strata < 0]})
            raise InputError(
                f"respondents in a stratum without population: {', '.join(unknown)}",
                place=self.stratum,
                expected=", ".join(population),
                remedy="correct the stratum of these respondents or add its population",
            )
        strata.flags.writeable = False
        frozen = MappingProxyType({level: int(count) for level, count in population.items()})
        object.__setattr__(self, "population", frozen)
        object.__setattr__(self, "strata", strata)
        object.__setattr__(self, "respondents", self.respondents.copy())
        for level, count in self.sample_counts.items():
            if count > frozen[level]:
                raise InputError(
                    f"the population of {level} ({frozen[level]}) is below its respondents ({count})",
                    place=self.stratum,
                    remedy="correct the population counts or the size class of the respondents",
                )

    @property
    def n(self) -> int:
        """Respondents."""
        return len(self.respondents)

    @property
    def population_total(self) -> int:
        """Municipalities in the population."""
        return sum(self.population.values())

    @property
    def sample_counts(self) -> dict[str, int]:
        """Respondents per stratum, in the order of the population."""
        counts = np.bincount(self.strata, minlength=len(self.population))
        return dict(zip(self.population, counts.tolist(), strict=True))

    def require_pairs(self) -> None:
        """Refuse a stratum of one respondent or none: it has no variance and cannot carry weights.

        Raises
        ------
        InputError
            If there is one.
        """
        small = [level for level, count in self.sample_counts.items() if count < 2]
        if small:
            raise InputError(
                f"too few respondents for weights in {', '.join(small)}",
                place=self.stratum,
                expected="two or more respondents in every stratum",
                remedy="join this stratum with another one, or use unweighted estimates",
            )


@dataclass(frozen=True, eq=False)
class WeightedDesign:
    """A design with one weight per respondent, and how the weights were made.

    Parameters
    ----------
    design
        The design that the weights belong to.
    estimator
        ``unweighted``, ``size_class`` or ``raked``: the name in the table of estimates.
    weights
        Municipalities that each respondent stands for, in the order of the respondents.
    margins
        Columns of the respondents whose population totals the weights meet; the variance credits them.
    stratified
        Whether the variance is taken within strata; otherwise the respondents are one simple random sample.

    Raises
    ------
    InputError
        If a weight is missing or not positive, a margin is no column, or a stratum has one respondent or none.
    """

    design: Design
    estimator: str
    weights: np.ndarray = field(repr=False)
    margins: tuple[str, ...] = ()
    stratified: bool = True

    def __post_init__(self):
        if self.stratified:
            self.design.require_pairs()
        weights = np.array(self.weights, dtype=float)
        if weights.shape != (self.design.n,):
            raise InputError(
                f"{weights.size} weights for {self.design.n} respondents", place=f"estimator {self.estimator}"
            )
        wrong = int((~(np.isfinite(weights) & (weights > 0))).sum())
        if wrong:
            raise InputError(
                f"{wrong} weights are missing or not positive",
                place=f"estimator {self.estimator}, base all ({self.design.n} respondents)",
                expected="a positive number for every respondent",
                remedy="make the weights again from these respondents",
            )
        absent = [margin for margin in self.margins if margin not in self.design.respondents.columns]
        if absent:
            raise InputError(
                f"the respondents have no column {', '.join(absent)}", place=f"estimator {self.estimator}"
            )
        weights.flags.writeable = False
        object.__setattr__(self, "weights", weights)
