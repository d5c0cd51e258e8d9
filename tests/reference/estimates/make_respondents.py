"""Write ``respondents.csv``: 153 synthetic reactions for the comparison with R's survey package.

The answers are invented and random; only the numbers per size class, per route and without a province are those
of a real wave, so that the bases are as small as they will be. Options that nobody chose (``q16`` e, ``q21`` f),
one that everybody chose (``q21`` a) and answers that were not given are planted.
"""

from pathlib import Path

import numpy as np
import pandas as pd

HERE = Path(__file__).parent
SIZE_CLASSES = {"d": 98, "c": 33, "ab": 22}
STATUS = {"a": 42, "b": 28, "c": 44, "d": 26, "e": 8, "f": 5}
ROUTES = {
    "a": "implemented",
    "b": "implementing",
    "c": "planning",
    "d": "planning",
    "e": "no_plan",
    "f": "no_plan",
}
PROVINCES = {
    "Drenthe": 6,
    "Flevoland": 4,
    "Friesland": 8,
    "Gelderland": 21,
    "Groningen": 5,
    "Limburg": 12,
    "Noord-Brabant": 24,
    "Noord-Holland": 19,
    "Overijssel": 12,
    "Utrecht": 11,
    "Zeeland": 6,
    "Zuid-Holland": 18,
    "unknown": 7,
}


def spread(rng: np.random.Generator, counts: dict[str, int]) -> np.ndarray:
    """Return each name as often as asked, in random order."""
    return rng.permutation(np.repeat(list(counts), list(counts.values())))


def answers(rng: np.random.Generator, asked: np.ndarray, shares: dict[str, float], refused: float) -> np.ndarray:
    """Draw one option for everyone who is asked; some do not answer."""
    drawn = rng.choice(list(shares), size=len(asked), p=list(shares.values()))
    drawn = np.where(rng.random(len(asked)) < refused, "not_answered", drawn)
    return np.where(asked, drawn, "not_asked")


def respondents() -> pd.DataFrame:
    """Draw the table."""
    rng = np.random.default_rng(2025)
    size_class, status = spread(rng, SIZE_CLASSES), spread(rng, STATUS)
    planning = np.isin(status, ["a", "b", "c", "d"])
    table = {
        "respondent_id": [f"r{number:03d}" for number in range(1, 154)],
        "route": [ROUTES[code] for code in status],
        "size_class": size_class,
        "province": spread(rng, PROVINCES),
        "n_municipalities": 1,
        "q04": status,
        "q06": answers(rng, ~planning, {"a": 0.3, "b": 0.3, "c": 0.4}, 0),
        "q09": answers(rng, status == "a", {"a": 0.4, "b": 0.3, "c": 0.1, "d": 0.2}, 0),
        "q13": answers(rng, status == "b", {"a": 0.5, "b": 0.2, "c": 0.2, "d": 0.1}, 0),
        "q16": answers(rng, planning, {"a": 0.3, "b": 0.4, "c": 0.2, "d": 0.1}, 0.05),
    }
    answered = rng.random(153) >= 0.04
    likely = {"a": 1.0, "b": 0.75, "c": 0.5, "d": 0.25, "e": 0.05, "f": 0.0}
    for code, share in likely.items():
        chosen = rng.random(153) < share * np.where(size_class == "ab", 1, 0.9) ** (code != "a")
        given = np.where(answered, chosen.astype(int).astype(str), "not_answered")
        table[f"q21_{code}"] = np.where(planning, given, "not_asked")
    for item, share in {"a": 0.6, "b": 0.35}.items():
        shares = {"altijd": share, "soms": 0.9 - share, "zelden": 0.1}
        table[f"q23{item}"] = answers(rng, planning, shares, 0.02)
    return pd.DataFrame(table)


if __name__ == "__main__":
    respondents().to_csv(HERE / "respondents.csv", index=False)
