"""Shares with honest uncertainty for every closed question: one function for every type, base and estimator."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.statistics import presentation
from analysis.statistics.design import WeightedDesign
from analysis.statistics.intervals import beta_interval, effective_size, hypergeometric_interval
from analysis.statistics.linearisation import Estimator, Shares
from analysis.statistics.tally import Cells, Tally, design_cells, tally
from analysis.survey.instrument import Instrument, Question

COLUMNS = (
    "wave",
    "chapter",
    "figure",
    "question",
    "option",
    "base",
    "group_variable",
    "group",
    "estimator",
    "n",
    "count",
    "share",
    "se",
    "ci_low",
    "ci_high",
    "n_effective",
    "deff",
    "flag",
    "share_of_mentions",
)
ALL = "all"


def estimate(  # noqa: PLR0913 (each is a choice of the analyst)
    instrument: Instrument,
    questions: str | Sequence[str],
    designs: WeightedDesign | Sequence[WeightedDesign],
    *,
    where: Mapping[str, Sequence[str]] | None = None,
    by: str | Sequence[str] = (),
    whole: bool | None = None,
    unions: Mapping[str, Sequence[str]] | None = None,
    denominator: str = "answered",
    level: float = 0.95,
) -> pd.DataFrame:
    """Estimate the share of every option of one or more closed questions.

    Parameters
    ----------
    instrument
        The questionnaire.
    questions
        Name or names of closed questions.
    designs
        One or more weighted designs on the same respondents.
    where
        Subgroup: per column of the respondents the values that belong to it. The other respondents keep their
        place in the design. The subgroup is added to the name of the base, as in ``planning[q04=a;b]``.
    by
        Column or columns of the respondents to compare within; each is taken on its own.
    whole
        Whether the whole base has rows too; by default only when ``by`` is empty.
    unions
        Per question the options to take together as well, such as ``{"q04": ["a;b;c"]}``: who chose one of them or
        more. Their rows follow those of the options and have no share of mentions.
    denominator
        Whom the share is a share of: ``answered`` (asked and answered), ``routed`` (everyone who was asked) or
        ``all`` (every respondent).
    level
        Confidence level.

    Returns
    -------
    pandas.DataFrame
        Columns :data:`COLUMNS`, in the order of the questionnaire, then group, then estimator. Shares, standard
        errors and bounds are fractions; ``n`` and ``count`` are respondents whatever the weights.
        ``n_effective`` and ``deff`` are missing where they are not defined, and all estimates of a group without
        respondents.

    Raises
    ------
    InputError
        If a question is not in the instrument or is open, its base is empty, a grouping has one level, or the
        answers do not fit the question.
    """
    designs = [designs] if isinstance(designs, WeightedDesign) else list(designs)
    groupings = [by] if isinstance(by, str) else list(by)
    asked = _closed_questions(instrument, [questions] if isinstance(questions, str) else list(questions))
    where = {
        column: [values] if isinstance(values, str) else list(values) for column, values in (where or {}).items()
    }
    respondents = _common_respondents(designs)
    inside = _subgroup(respondents, where)
    for grouping in groupings:
        _require_levels(respondents, grouping, inside, asked)
    cells = design_cells(designs, groupings)
    counting = {"denominator": denominator, "inside": inside}
    tallies = [
        tally(question, respondents, cells, unions=(unions or {}).get(question.name, ()), **counting)
        for question in asked
    ]
    labels = _labels(instrument, asked, tallies, where=where, denominator=denominator)
    chosen = np.hstack([counted.chosen for counted in tallies])
    members = np.hstack([counted.members for counted in tallies])
    rows = []
    for variable in ([ALL] if whole or not groupings else []) + groupings:
        estimators = [Estimator(one, cells, by_stratum=_within_stratum(one, variable, where)) for one in designs]
        for group, mask in _levels(designs[0], cells, variable):
            for weighted, estimator in zip(designs, estimators, strict=True):
                found = estimator.shares(chosen * mask, members * mask)
                columns = quantities(found, fpc=weighted.design.fpc, level=level)
                names = {"group_variable": variable, "group": group, "estimator": weighted.estimator}
                rows.append(labels.assign(**names, **columns))
    table = pd.concat(rows).sort_index(kind="stable").reset_index(drop=True)
    return table.assign(flag=presentation.flags(table), share_of_mentions=_share_of_mentions(table))[list(COLUMNS)]


def estimate_all(
    instrument: Instrument,
    designs: Sequence[WeightedDesign],
    *,
    groups: Sequence[str] = ("size_class",),
    unions: Mapping[str, Sequence[str]] | None = None,
    denominator: str = "answered",
    level: float = 0.95,
) -> pd.DataFrame:
    """Estimate every closed question of the instrument, on its base and within groups, with every estimator.

    Parameters
    ----------
    instrument
        The questionnaire.
    designs
        Weighted designs on the same respondents, one per estimator.
    groups
        Columns of the respondents to compare within; the whole base always has rows.
    unions, denominator, level
        As for :func:`estimate`.

    Returns
    -------
    pandas.DataFrame
        The rows of :func:`estimate`.
    """
    names = [question.name for question in instrument.closed_questions]
    choices = {"unions": unions, "denominator": denominator, "level": level}
    return estimate(instrument, names, designs, by=groups, whole=True, **choices)


def quantities(found: Shares, *, fpc: bool, level: float) -> dict[str, np.ndarray]:
    """Turn shares and variances into the columns of the table of estimates, by name; one element per share."""
    effective = effective_size(found.unit_variance, found.n, found.df, level)
    low, high = beta_interval(found.share, effective, level)
    exact = np.isfinite(found.population)
    if exact.any() and fpc:
        bounds = hypergeometric_interval(found.count[exact], found.n[exact], found.population[exact], level)
        low[exact], high[exact] = bounds
    elif exact.any():
        low[exact], high[exact] = beta_interval(found.share[exact], found.n[exact], level)
    empty = found.n == 0
    return {
        "n": found.n.astype(int),
        "count": found.count.astype(int),
        "share": found.share,
        "se": np.where(empty, np.nan, np.sqrt(found.variance)),
        "ci_low": np.where(empty, np.nan, low),
        "ci_high": np.where(empty, np.nan, high),
        "n_effective": np.where(empty | np.isinf(effective), np.nan, effective),
        "deff": _design_effect(found, fpc=fpc),
        "df": found.df,
        "weighted_count": found.weighted_count,
    }


def _design_effect(found: Shares, *, fpc: bool) -> np.ndarray:
    """Compare the variance with that of a simple random sample of the same size, without replacement under fpc."""
    with np.errstate(divide="ignore", invalid="ignore"):
        unsampled = 1 - found.n / found.weight if fpc else np.ones(len(found.n))
        effect = found.unit_variance * (found.n - 1) / unsampled
    return np.where((found.n > 1) & (unsampled > 0), effect, np.nan)


def _share_of_mentions(table: pd.DataFrame) -> pd.Series:
    keys = ["question", "group_variable", "group", "estimator"]
    count = table["weighted_count"].where(table["several"])
    mentions = table.assign(count=count).groupby(keys, observed=True)["count"].transform("sum")
    return (count / mentions).where(mentions > 0)


def _labels(
    instrument: Instrument,
    questions: Sequence[Question],
    tallies: Sequence[Tally],
    *,
    where: Mapping[str, Sequence[str]],
    denominator: str,
) -> pd.DataFrame:
    """Name the columns of the tallies; refuse a base without respondents."""
    part = ",".join(f"{column}={';'.join(map(str, values))}" for column, values in where.items())
    frames = []
    for question, counted in zip(questions, tallies, strict=True):
        base = (ALL if denominator == ALL else question.base) + (f"[{part}]" if part else "")
        if not counted.members.sum():
            raise InputError(
                "nobody is in the base",
                place=f"question {question.name}, base {base}",
                expected="one or more respondents",
                remedy="choose another subgroup or question",
            )
        frames.append(
            pd.DataFrame(
                {
                    "wave": instrument.wave,
                    "chapter": question.chapter,
                    "figure": question.figure or "",
                    "question": counted.items,
                    "option": counted.options,
                    "base": base,
                    "several": [
                        question.type == "multi" and option in question.codes for option in counted.options
                    ],
                }
            )
        )
    return pd.concat(frames, ignore_index=True)


def _levels(weighted: WeightedDesign, cells: Cells, variable: str) -> Iterator[tuple[str, np.ndarray]]:
    """Yield each group of a grouping with a column that is 1 in its cells."""
    design = weighted.design
    if variable == ALL:
        yield ALL, np.ones((len(cells.first), 1))
        return
    values = design.respondents[variable].astype("str").to_numpy()[cells.first]
    levels = list(design.population) if variable == design.stratum else sorted(set(values))
    for level in levels:
        yield level, (values == level)[:, None].astype(float)


def _within_stratum(weighted: WeightedDesign, variable: str, where: Mapping[str, Sequence[str]]) -> bool:
    """Say whether each group is asked for within one stratum, so that its population is known."""
    stratum = weighted.design.stratum
    return variable == stratum or len(where.get(stratum, ())) == 1


def _closed_questions(instrument: Instrument, names: Sequence[str]) -> list[Question]:
    questions = [instrument.question(name) for name in names]
    for question in questions:
        if question.type == "open":
            raise InputError(
                "an open question has no shares",
                place=f"question {question.name}, base {question.base}",
                remedy="ask for a closed question, or code the answers first",
            )
    return questions


def _common_respondents(designs: Sequence[WeightedDesign]) -> pd.DataFrame:
    if any(weighted.design is not designs[0].design for weighted in designs):
        raise ValueError("the weighted designs rest on different designs")
    return designs[0].design.respondents


def _subgroup(respondents: pd.DataFrame, where: Mapping[str, Sequence[str]]) -> np.ndarray:
    inside = np.ones(len(respondents), dtype=bool)
    for column, values in where.items():
        if column not in respondents.columns:
            raise InputError(f"the respondents have no column {column}", place="where")
        inside &= respondents[column].isin(values).to_numpy()
    return inside


def _require_levels(
    respondents: pd.DataFrame, grouping: str, inside: np.ndarray, questions: Sequence[Question]
) -> None:
    place = f"question {questions[0].name}, base {questions[0].base}"
    if grouping not in respondents.columns:
        raise InputError(f"the respondents have no column {grouping} to group by", place=place)
    levels = respondents.loc[inside, grouping].unique()
    if len(levels) < 2:
        raise InputError(
            f"grouping by {grouping} gives {len(levels)} group",
            place=place,
            expected="two groups or more",
            remedy="leave the grouping out",
        )
