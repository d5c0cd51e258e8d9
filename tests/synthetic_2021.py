"""A synthetic export of the 2021 wave: invented answers that agree with what was published of that wave.

It exercises the comparison with microdata. Which municipality gave which answer is drawn at random.
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.survey.instrument import Instrument

SYNTHETIC_COLUMN = "synthetisch_verzonnen_antwoorden"
LARGEST_FOUR = ("GM0344", "GM0363", "GM0518", "GM0599")
STATUS = "q04"
COUNTS = {
    "q04": {"a": 8, "b": 41, "c": 45, "d": 13, "e": 1, "f": 4, "g": 0, "h": 1},
    "q19": {"yes": 56, "serious": 17, "none": 28, "rest": 12},
    "q32": {"advanced": 23, "exists": 12, "rest": 78},
    "q33": {"yes": 79, "no": 26, "rest": 8},
}
"""Respondents by answer, in agreement with every published figure."""


def synthetic_wave_2021(
    register: pd.DataFrame,
    instrument: Instrument,
    counts: Mapping[str, Mapping[str, int]] = COUNTS,
) -> pd.DataFrame:
    """Invent an export of the 2021 wave.

    Parameters
    ----------
    register
        Municipalities of 2021: ``code``, ``name``, ``population``.
    instrument
        The questionnaire of 2021.
    counts
        Respondents by answer, for each closed question but the size of the municipality. They agree with the
        published figures when the caller takes them from an enumeration of those figures.

    Returns
    -------
    pandas.DataFrame
        One row per reaction in the form of a raw export, all text.

    Notes
    -----
    Published by size: no municipality above 100 000 inhabitants had an approach in use, a third of those were
    far advanced, and only municipalities below 50 000 inhabitants had taken no action yet.
    """
    (size,) = {sum(answers.values()) for answers in counts.values()}
    rng = np.random.default_rng(2021)
    respondents = _draw(register.assign(q03=_size_letter(register)), size, rng)
    answers = {"q01": respondents["name"], "q03": respondents["q03"]}
    for name, by_option in counts.items():
        pool = [option for option, number in by_option.items() for _ in range(number)]
        answers[name] = _status(respondents, pool, rng) if name == STATUS else rng.permutation(pool)
    n = len(respondents)
    minutes = np.sort(rng.integers(0, 28 * 24 * 60, n))
    started = pd.Timestamp("2020-11-02 08:00") + pd.to_timedelta(minutes, unit="min")
    paradata = {
        SYNTHETIC_COLUMN: "ja",
        "Reactienummer": [str(number) for number in range(1, n + 1)],
        "Gestart": started.strftime("%d-%m-%Y %H:%M"),
        "Laatst gewijzigd": (started + pd.Timedelta(minutes=20)).strftime("%d-%m-%Y %H:%M"),
        "Afgerond": "Ja",
    }
    table = pd.DataFrame(
        {**paradata, **{name: np.asarray(values, dtype=object) for name, values in answers.items()}}
    )
    return table[[*paradata, *instrument.columns]].astype("str")


def write_synthetic_wave_2021(path: Path, table: pd.DataFrame) -> None:
    """Write an export as a survey tool does: semicolons, Windows-1252, CRLF.

    Parameters
    ----------
    path
        File to write.
    table
        What :func:`synthetic_wave_2021` returned.
    """
    table.to_csv(path, sep=";", index=False, encoding="cp1252", lineterminator="\r\n")


def _size_letter(register: pd.DataFrame) -> pd.Series:
    letters = pd.cut(register["population"], [0, 50_000, 100_000, np.inf], right=False, labels=["d", "c", "b"])
    return letters.astype("str").where(~register["code"].isin(LARGEST_FOUR), "a")


def _draw(register: pd.DataFrame, n: int, rng: np.random.Generator) -> pd.DataFrame:
    """Draw respondents; a third of the large ones must be a whole number."""
    large = register["q03"].isin(["a", "b"])
    n_large = 3 * round(n * large.mean() / 3)
    chosen = np.concatenate(
        [
            rng.choice(np.flatnonzero(large), n_large, replace=False),
            rng.choice(np.flatnonzero(~large), n - n_large, replace=False),
        ]
    )
    return register.iloc[rng.permutation(chosen)].reset_index(drop=True)


def _status(respondents: pd.DataFrame, pool: list[str], rng: np.random.Generator) -> np.ndarray:
    """Give each respondent a status, so that the published splits by size hold."""
    pool = list(rng.permutation(pool))
    status = np.full(len(respondents), "", dtype=object)
    large = np.flatnonzero(respondents["q03"].isin(["a", "b"]))
    small = np.flatnonzero(respondents["q03"] == "d")

    for place, row in enumerate(large):
        status[row] = "b" if place < len(large) // 3 else "c"
        pool.remove(status[row])
    for row in rng.choice(small, pool.count("f"), replace=False):
        status[row] = "f"
        pool.remove("f")
    status[status == ""] = pool
    return status
