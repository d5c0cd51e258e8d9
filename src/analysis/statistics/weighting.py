"""Weights by post-stratification and raking, through the svy library."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import polars as pl
import svy
from svy.errors import SvyError

from analysis.errors import InputError
from analysis.statistics.design import Design, WeightedDesign

UNKNOWN = "unknown"
TOLERANCE = 1e-10
MAX_ITERATIONS = 500


def unweighted(design: Design) -> WeightedDesign:
    """Give every respondent the same weight, as the report does.

    Parameters
    ----------
    design
        The design; its strata do not count here: the respondents are one simple random sample of the population.
    """
    return WeightedDesign(design, "unweighted", [design.population_total / design.n] * design.n, stratified=False)


def post_stratify(design: Design) -> WeightedDesign:
    """Weight the respondents so that every stratum counts for its number of municipalities.

    Parameters
    ----------
    design
        The design; its strata are the post-strata.

    Raises
    ------
    InputError
        If a stratum has one respondent or none.
    """
    design.require_pairs()
    sample = survey_sample(unweighted(design), design.respondents[[design.stratum]])
    weighted = sample.weighting.poststratify(dict(design.population), cells=design.stratum, wgt_name="weight")
    return WeightedDesign(design, "size_class", weighted.data["weight"].to_numpy(), margins=(design.stratum,))


def rake(
    design: Design,
    counts: Mapping[str, int],
    *,
    variable: str = "province",
    bounds: tuple[float, float] = (1 / 3, 3.0),
    cap: float | None = 3.0,
) -> WeightedDesign:
    """Weight the respondents so that both the strata and the provinces count for their municipalities.

    Who does not say which province they are from keeps, as a group, the weight of the size classes in that group;
    the provinces share what is left in proportion to their municipalities.

    Parameters
    ----------
    design
        The design; its strata are the first margin.
    counts
        Municipalities per level of the second margin, without ``unknown``; together the population of the design.
    variable
        Column of the second margin.
    bounds
        Smallest and largest weight allowed, as a multiple of the equal weight (population over respondents).
    cap
        Weights above this multiple of the median weight are trimmed and the rest is raked again; ``None`` trims
        none.

    Raises
    ------
    InputError
        If a level has no population or no respondents, the totals of the margins differ, or the weights do not
        converge within the bounds.
    """
    stratified = post_stratify(design)
    controls = {
        design.stratum: {level: float(count) for level, count in design.population.items()},
        variable: margin_totals(stratified, counts, variable),
    }
    trimming = None if cap is None else svy.TrimConfig(upper=svy.Threshold("median", cap), max_iter=100)
    sample = survey_sample(unweighted(design), design.respondents[[design.stratum, variable]])
    try:
        weighted = sample.weighting.rake(
            controls=controls,
            bounds=bounds,
            trimming=trimming,
            tol=TOLERANCE,
            max_iter=MAX_ITERATIONS,
            wgt_name="weight",
        )
    except SvyError as error:
        raise InputError(
            f"raking to {design.stratum} and {variable} failed: {error.title.lower()}",
            place="estimator raked",
            expected=f"weights between {bounds[0]:.3g} and {bounds[1]:.3g} times the equal weight, trimmed at "
            f"{cap} times the median, that meet both margins",
            remedy="widen the bounds or the cap, or join provinces with few respondents",
        ) from error
    return WeightedDesign(design, "raked", weighted.data["weight"].to_numpy(), margins=(design.stratum, variable))


def margin_totals(stratified: WeightedDesign, counts: Mapping[str, int], variable: str) -> dict[str, float]:
    """Return the totals to rake a margin to, with a share for those whose level is not known.

    Parameters
    ----------
    stratified
        Post-stratified design: the weight of those whose level is unknown comes from it.
    counts
        Municipalities per known level.
    variable
        Column of the margin.

    Raises
    ------
    InputError
        If respondents have a level that the population lacks, a level has no respondents, or the counts do not add
        up to the population of the design.
    """
    design = stratified.design
    levels = design.respondents[variable]
    known = {str(level): int(count) for level, count in dict(counts).items() if str(level) != UNKNOWN}
    absent = sorted(set(levels) - set(known) - {UNKNOWN})
    if absent:
        raise InputError(
            f"respondents in a {variable} that the register does not have: {', '.join(map(str, absent))}",
            place=variable,
            expected=", ".join(known),
            remedy="correct the name or the register",
        )
    empty = sorted(set(known) - set(levels))
    if empty:
        raise InputError(
            f"no respondents in {variable} {', '.join(empty)}",
            place="estimator raked",
            remedy="join this level with another one before raking",
        )
    total = design.population_total
    if sum(known.values()) != total:
        raise InputError(
            f"the margins differ: {total} municipalities by {design.stratum}, {sum(known.values())} by {variable}",
            place="estimator raked",
            remedy="take both margins from registers of one date",
        )
    unknown = float(stratified.weights[(levels == UNKNOWN).to_numpy()].sum())
    totals = {level: count * (total - unknown) / total for level, count in known.items()}
    return totals | ({UNKNOWN: unknown} if unknown else {})


def survey_sample(weighted: WeightedDesign, columns: pd.DataFrame) -> svy.Sample:
    """Hand a design with its weights and some columns to svy.

    Parameters
    ----------
    weighted
        Design, strata and weights; without the finite population correction svy is not told the population.
    columns
        Columns to take along, in the order of the respondents.
    """
    design = weighted.design
    population = pd.Series(design.population).to_numpy(dtype=float)
    frame = pl.from_pandas(columns.reset_index(drop=True).astype("str")).with_columns(
        pl.Series("svy_stratum", design.strata if weighted.stratified else np.zeros(design.n, dtype=int)),
        pl.Series("svy_weight", weighted.weights),
        pl.Series(
            "svy_population", population[design.strata] if weighted.stratified else [population.sum()] * design.n
        ),
    )
    population_column = "svy_population" if design.fpc else None
    return svy.Sample(frame, svy.Design(stratum="svy_stratum", wgt="svy_weight", pop_size=population_column))
