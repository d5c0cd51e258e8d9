"""Read the dates of an export, in the order of day and month that the dates themselves show."""

from pathlib import Path

import pandas as pd

from analysis.errors import InputError
from analysis.survey.distinct_values import distinct
from analysis.survey.findings import combine, findings_at

YEAR_FIRST = "%Y-%m-%d"  # never in doubt, so it is read whatever the order of the other dates
ORDERS = ("%d-%m-%Y", "%m-%d-%Y")  # day first stands before month first because the Netherlands writes it so
TIMES = (" %H:%M:%S", " %H:%M", "")
MOST_UNREADABLE = 0.5
SPOKEN = {"%Y-%m-%d": "jaar-maand-dag", "%d-%m-%Y": "dag-maand-jaar", "%m-%d-%Y": "maand-dag-jaar"}


def read_timestamps(
    columns: dict[str, pd.Series], file: Path, stated: str = "auto"
) -> tuple[dict[str, pd.Series], pd.DataFrame, str]:
    """Turn text into dates and times, all columns in the same order of day and month.

    Parameters
    ----------
    columns
        Text by name of the column; the index is the row of the file. Blank stays missing.
    file
        The export, for messages.
    stated
        A format as Python's ``strptime`` writes it, or ``auto``.

    Returns
    -------
    dict, DataFrame, str
        Timestamps by name, findings, and the order that was used in Dutch.

    Raises
    ------
    InputError
        When most values of a column are no dates in any known format.
    """
    texts = {name: distinct(column) for name, column in columns.items()}
    plain = {name: _plain(values) for name, (_, values) in texts.items()}
    everything = pd.concat(plain.values(), ignore_index=True) if plain else pd.Series([], dtype="str")
    unclear = everything[(everything != "") & _parse(everything, YEAR_FIRST).isna()]
    orders = [stated] if stated != "auto" else list(ORDERS)
    read = {order: int(_parse(unclear, order).notna().sum()) for order in orders}
    best = max(orders, key=lambda order: read[order])
    tables = []
    if stated == "auto" and read[best] and read[ORDERS[0]] == read[ORDERS[1]]:
        tables.append(findings_at([None], ", ".join(columns), "date_order", len(unclear)))
    results = {}
    for name, (codes, _) in texts.items():
        index = columns[name].index
        times = _parse(plain[name], best)
        if stated == "auto":
            times = times.fillna(_parse(plain[name], YEAR_FIRST))
        parsed = pd.Series(times.to_numpy()[codes], index=index, name=name)
        failed = parsed.isna() & (plain[name] != "").to_numpy()[codes]
        filled = int((plain[name] != "").to_numpy()[codes].sum())
        if failed.sum() > MOST_UNREADABLE * filled:
            raise InputError(
                f"{int(failed.sum())} of {filled} dates cannot be read",
                file=file,
                place=f"row {index[failed.to_numpy().argmax()]}, column {name}",
                expected="dates such as 31-12-2024 13:45 or 2024-12-31 13:45",
                remedy="set cleaning.date_format in params.yaml, for instance to %d-%m-%Y %H:%M",
            )
        tables.append(findings_at(index[failed], name, "unreadable_date"))
        results[name] = parsed
    spoken = SPOKEN.get(best, best) if read[best] else SPOKEN[YEAR_FIRST]
    return results, combine(tables), spoken


def _plain(texts: pd.Series) -> pd.Series:
    """Write slashes and dots of dates as hyphens, and the T between date and time as a space."""
    date = texts.str.strip().str.replace(r"^(\d+)[/.](\d+)[/.](\d+)", r"\1-\2-\3", regex=True)
    return date.str.replace(r"^(\S{8,10})[T ]+", r"\1 ", regex=True).str.replace(
        r"(\d)[.]\d+$|Z$", r"\1", regex=True
    )


def _parse(texts: pd.Series, order: str) -> pd.Series:
    if order not in (YEAR_FIRST, *ORDERS):
        times = pd.to_datetime(texts, format=order.replace("/", "-"), errors="coerce")
        return times.astype("datetime64[s]")
    parsed = pd.Series(pd.NaT, index=texts.index, dtype="datetime64[s]")
    for time in TIMES:
        missing = parsed.isna()
        if missing.any():
            more = pd.to_datetime(texts[missing], format=order + time, errors="coerce")
            parsed[missing] = more.astype("datetime64[s]")
    return parsed
