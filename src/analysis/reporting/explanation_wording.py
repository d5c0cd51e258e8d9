"""What else could explain a change, as Dutch sentences made from the results."""

from collections.abc import Mapping

import pandas as pd

from analysis.reporting.comparison_wording import number_range, quoted
from analysis.reporting.dutch_numbers import count, decimal, percentage
from analysis.reporting.wording import enumerate_dutch
from analysis.survey.wave_2021 import Wave2021


def tipping_sentences(rows: pd.DataFrame, label: str, verdict: str) -> str:
    """Say, as a list in Markdown, how unequal response must have been for a change to vanish, and if that can be.

    Parameters
    ----------
    rows
        The two rows (``wave`` 2021 and 2025) of one item in the table of tipping points.
    label
        Dutch label of the item.
    verdict
        Verdict on its change.
    """
    if verdict == "not_shown":
        return f"Bij {quoted(label)} is geen verschil aangetoond; er valt dan niets te verklaren uit wie meedeed."
    lines = [f"- {_tipping(row)}" for row in rows.to_dict("records")]
    return "\n".join([f"Het verschil bij {quoted(label)} kan ook komen door wie meedeed.", "", *lines])


def _tipping(row: Mapping[str, float]) -> str:
    """Return at which unequal response in one wave the difference vanishes, and whether that is possible."""
    low, high = row["vanishes_low"], row["vanishes_high"]
    these, others = "gemeenten met dit antwoord", "andere gemeenten"
    more, less = (others, these) if high < 1 else (these, others)
    sentences = [
        f"**Alleen in {row['wave']} ongelijk:** het verschil verdwijnt als {more} {_times(low, high)} keer "
        f"zo vaak meededen als {less}."
    ]
    if row["possible_low"] <= low and high <= row["possible_high"]:
        sentences.append("Bij deze respons kan dat.")
    else:
        limit = 1 / row["possible_low"] if high < 1 else row["possible_high"]
        sentences.append(f"Dat kan niet: bij deze respons is {decimal(limit, 1)} keer het uiterste.")
    if not row["unclear_low"] == row["unclear_high"] == 1:
        unclear = _times(row["unclear_low"], row["unclear_high"])
        sentences.append(f"Al bij {unclear} keer zo vaak kan het verschil toeval zijn.")
    return " ".join(sentences)


def _times(low: float, high: float) -> str:
    """Return a ratio of response as a number above 1."""
    return number_range(*((1 / high, 1 / low) if high < 1 else (low, high)))


def robustness_sentence(table: pd.DataFrame, items: Mapping[str, str]) -> str:
    """Say which verdicts stand under every assumption.

    Parameters
    ----------
    table
        What :func:`analysis.statistics.comparison.robustness.robustness_table` returned.
    items
        Dutch label by name of the item, in order.
    """
    stands = table.set_index("item")["stands"]
    names = [quoted(label) for item, label in items.items() if stands[item]]
    if not names:
        return "Geen enkel oordeel blijft onder alle aannamen gelijk."
    return f"Het oordeel blijft onder alle aannamen gelijk bij {enumerate_dutch(names)}."


def assumptions_note(names: Mapping[str, str]) -> str:
    """Name the assumptions under which the verdicts were tried.

    Parameters
    ----------
    names
        Dutch name by assumption.
    """
    return f"Geprobeerd zijn: {enumerate_dutch(names.values())}."


def merger_sentence(codes: pd.Series, lost: pd.DataFrame) -> str:
    """Say how many municipalities merged, and how many respondents that is likely to take away.

    Parameters
    ----------
    codes
        Later code by earlier code.
    lost
        ``lost`` and ``probability``, see :func:`analysis.statistics.comparison.mergers.lost_respondents`.
    """
    sizes = codes.value_counts()
    sizes = sizes[sizes > 1]
    expected = float((lost["lost"] * lost["probability"]).sum())
    return (
        f"{count(sizes.sum())} van de {count(len(codes))} gemeenten van 2021 zijn nu {count(len(sizes))} "
        f"gemeenten; zo werden het er {count(codes.nunique())}. Naar verwachting vallen daardoor "
        f"{decimal(expected, 1)} respondenten van 2021 weg, en hoogstens {count(lost['lost'].max())}."
    )


def response_rate_sentence(percent_2021: str, later: pd.DataFrame, population: int) -> str:
    """Say which part of the municipalities responded in either year.

    Parameters
    ----------
    percent_2021
        Published percentage.
    later
        ``n`` of each item of the later wave.
    population
        Municipalities in the later wave.
    """
    n = int(later["n"].max())
    return (
        f"In 2021 reageerde {percent_2021}% van de gemeenten, in 2025 {percentage(n / population)} "
        f"({count(n)} van de {count(population)}). Hoe hoger de respons, hoe minder ongelijk die kan zijn."
    )


def microdata_sentence(wave: Wave2021 | None) -> str:
    """Say which reactions of the earlier wave could be linked to a municipality.

    Parameters
    ----------
    wave
        The answers of the earlier wave, or nothing when only published figures are known.
    """
    if wave is None:
        return "Die antwoorden zijn er niet. Noem een export van 2021 in `params.yaml` en dit deel vult zich."
    known = int((wave.answers["municipalities"] != "").sum())
    return f"Van {count(known)} van de {count(len(wave.answers))} reacties van 2021 is de gemeente bekend."
