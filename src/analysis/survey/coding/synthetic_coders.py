"""Coders of the synthetic export: they read the planted themes and make mistakes at a stated rate."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.survey.coding.codeframe import Codeframe
from analysis.survey.coding.coding_file import AGREED, COLUMNS, SEPARATOR
from analysis.survey.coding.settlement import disagreements

CODERS = ("synthetic_1", "synthetic_2")
DATE = "2025-03-03"
NOTHING, REST = "no_content", "other"


@dataclass(frozen=True)
class ErrorRates:
    """Mistakes of a synthetic coder.

    Parameters
    ----------
    missed
        Probability that a planted code is overlooked.
    added
        Probability, per code that is not planted, that it is given all the same.
    """

    missed: float
    added: float

    def __post_init__(self):
        for name in ("missed", "added"):
            if not 0 <= getattr(self, name) <= 1:
                raise InputError(
                    f"{name} is {getattr(self, name)}", place="coding", expected="a number from 0 to 1"
                )


def planted_codes(themes: pd.DataFrame, codeframe: Codeframe) -> dict[str, frozenset[str]]:
    """Return the planted codes by answer.

    Parameters
    ----------
    themes
        One row per answer and theme: ``answer_id``, ``theme``.
    codeframe
        The codeframe of the column.

    Raises
    ------
    InputError
        When a planted theme is no code.
    """
    unknown = sorted(set(themes["theme"]) - set(codeframe.names))
    if unknown:
        raise InputError(
            f"the planted theme {unknown[0]!r} of {codeframe.column} is no code",
            file=f"data/raw/codeframes/{codeframe.column}.yaml",
            expected="a code for every theme that the synthetic export plants",
            remedy="add the code, or rename the theme",
        )
    groups = themes.groupby("answer_id", observed=True)["theme"]
    return {str(answer): frozenset(codes) for answer, codes in groups}


def synthetic_codings(
    answer_ids: Sequence[str],
    planted: Mapping[str, frozenset[str]],
    codeframe: Codeframe,
    rates: ErrorRates,
    *,
    seed: int,
) -> pd.DataFrame:
    """Let two coders code every answer, each with mistakes of their own.

    A coder who is left with nothing says that there is no content when nothing was planted, and something else
    when a theme was overlooked.

    Parameters
    ----------
    answer_ids
        All answers of the column.
    planted
        Planted codes by answer; an answer that is not there has none.
    codeframe
        The codeframe of the column.
    rates
        How often they go wrong.
    seed
        Start of the random numbers; column and coder make it another one for each.

    Returns
    -------
    pandas.DataFrame
        The columns of a coding file, sorted by answer and coder.
    """
    ordered = sorted(answer_ids)
    content = [code for code in codeframe.names if code not in codeframe.exclusive and code != REST]
    truth = np.array([[code in planted.get(answer, ()) for code in content] for answer in ordered], dtype=bool)
    truth = truth.reshape(len(ordered), len(content))
    rows = []
    for coder in CODERS:
        random = np.random.default_rng([seed, zlib.crc32(f"{codeframe.column}/{coder}".encode())])
        chance = random.random(truth.shape)
        given = np.where(truth, chance >= rates.missed, chance < rates.added)
        for answer, row in zip(ordered, given, strict=True):
            codes = [code for code, is_given in zip(content, row, strict=True) if is_given]
            rows.append(_coding(answer, coder, codes or [REST if planted.get(answer) else NOTHING], codeframe))
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="str").sort_values(
        ["answer_id", "coder"], ignore_index=True
    )


def synthetic_agreement(
    codings: pd.DataFrame,
    planted: Mapping[str, frozenset[str]],
    codeframe: Codeframe,
    *,
    settled: float,
    seed: int,
) -> pd.DataFrame:
    """Let the coders settle a part of the answers on which they differ, and find the planted codes.

    Parameters
    ----------
    codings
        What :func:`synthetic_codings` returned.
    planted
        Planted codes by answer.
    codeframe
        The codeframe of the column.
    settled
        Share of the differences that they settle, from 0 to 1.
    seed
        Start of the random numbers.

    Returns
    -------
    pandas.DataFrame
        The columns of a coding file, with the coder ``agreed``.
    """
    none = codings.iloc[:0]
    differing = disagreements(codings, none)["answer_id"]
    random = np.random.default_rng([seed, zlib.crc32(f"{codeframe.column}/{AGREED}".encode())])
    chosen = differing[random.random(len(differing)) < settled]
    order = {code: place for place, code in enumerate(codeframe.names)}
    rows = [
        _coding(answer, AGREED, sorted(planted.get(answer, ()), key=order.__getitem__) or [NOTHING], codeframe)
        for answer in chosen
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")


def without_people(synthetic: pd.DataFrame, *by_people: pd.DataFrame) -> pd.DataFrame:
    """Leave out synthetic codings of answers that a person has coded: the person's codes take their place.

    Parameters
    ----------
    synthetic
        Codings of synthetic coders.
    by_people
        Codings of people, one or more tables.
    """
    coded = {answer for codings in by_people for answer in codings["answer_id"]}
    return synthetic[~synthetic["answer_id"].isin(list(coded))]


def _coding(answer: str, coder: str, codes: Sequence[str], codeframe: Codeframe) -> dict[str, str]:
    values = (answer, coder, SEPARATOR.join(codes), DATE, "", codeframe.fingerprint)
    return dict(zip(COLUMNS, values, strict=True))
