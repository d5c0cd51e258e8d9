"""What changed since the earlier wave, as Dutch sentences made from the results."""

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.reporting.dutch_numbers import count, decimal, percentage
from analysis.reporting.wording import enumerate_dutch

VERDICTS = {
    "changed": "veranderd",
    "not_shown": "geen verandering aangetoond",
    "depends": "hangt van de aantallen af",
}
COMPARABILITY = {
    "same_wording": "zelfde woorden",
    "simplified": "vereenvoudigd",
    "not_comparable": "niet te vergelijken",
}
TESTS = {
    "boschloo": "Boschloo",
    "fisher": "Fisher",
    "z_finite": "z-toets, eindige populatie",
    "mann_whitney": "Mann-Whitney",
    "proportional_odds": "proportionele odds",
    "chi_square": "chi-kwadraat",
}


def share_range(low: float, high: float, digits: int = 0) -> str:
    """Return a range of shares; one percentage when both ends print the same.

    Parameters
    ----------
    low, high
        Fractions.
    digits
        Decimals.

    Examples
    --------
    >>> share_range(0.07, 0.072), share_range(0.808, 0.846)
    ('7%', '81 tot 85%')
    """
    first, last = percentage(low, digits), percentage(high, digits)
    return last if first == last else f"{first.removesuffix('%')} tot {last}"


def number_range(low: float, high: float, digits: int = 1) -> str:
    """Return a range of numbers; one when both ends print the same.

    Parameters
    ----------
    low, high
        Numbers.
    digits
        Decimals.

    Examples
    --------
    >>> number_range(4.87, 5.06), number_range(2.46, 2.49)
    ('4,9 tot 5,1', '2,5')
    """
    return " tot ".join(dict.fromkeys([decimal(low, digits), decimal(high, digits)]))


def change_phrase(row: Mapping[str, object]) -> str:
    """Return from which share to which share something went.

    Parameters
    ----------
    row
        ``share_2021_low``, ``share_2021_high`` and ``share_2025``.

    Examples
    --------
    >>> change_phrase({"share_2021_low": 0.07, "share_2021_high": 0.072, "share_2025": 0.2745})
    'van 7% in 2021 naar 27,5% in 2025'
    """
    before = share_range(row["share_2021_low"], row["share_2021_high"])
    return f"van {before} in 2021 naar {percentage(row['share_2025'], 1)} in 2025"


def answer_sentences(
    main: pd.DataFrame, items: Mapping[str, str], headline: str, simplified: Sequence[str]
) -> list[str]:
    """Answer what changed: the headline item first, then what else changed, what did not show, what depends.

    Parameters
    ----------
    main
        One row per item of the main test: ``item``, ``share_2021_low``, ``share_2021_high``, ``share_2025``,
        ``difference_low``, ``difference_high``, ``verdict``.
    items
        Dutch label by name of the item, in the order to name them.
    headline
        Item that comes first.
    simplified
        Items that the two waves did not ask in the same way.
    """
    rows = main.set_index("item").loc[list(items)]
    sentences = [_headline_sentence(rows.loc[headline], items[headline])]
    others = rows.drop(index=headline)
    for verdict, opening in (
        ("changed", "Ook veranderd"),
        ("depends", "Of er iets veranderde, hangt af van de aantallen van 2021"),
    ):
        chosen = others[others["verdict"] == verdict]
        if len(chosen):
            parts = [f"{_quoted(items[item])} ({change_phrase(row)})" for item, row in chosen.iterrows()]
            sentences.append(f"{opening}: {enumerate_dutch(parts)}.")
        unlike = [_quoted(items[item]) for item in chosen.index if item in simplified]
        if unlike:
            sentences.append(
                f"Bij {enumerate_dutch(unlike)} is de vraag niet in beide jaren gelijk: wees daar voorzichtig."
            )
    unshown = [_quoted(items[item]) for item in others.index[others["verdict"] == "not_shown"]]
    if unshown:
        sentences.append(
            f"Geen verandering aangetoond: {enumerate_dutch(unshown)}. Dat is iets anders dan dat er niets "
            "veranderde: een kleine verandering is met zo weinig gemeenten niet te zien."
        )
    return sentences


def _quoted(label: str) -> str:
    return f"‘{label[:1].lower()}{label[1:]}’"


def _headline_sentence(row: pd.Series, label: str) -> str:
    ends = sorted([abs(row["difference_low"]), abs(row["difference_high"])])
    size = number_range(100 * ends[0], 100 * ends[1], 0)
    if row["verdict"] == "changed":
        verb = "gestegen" if row["difference_low"] > 0 else "gedaald"
        return (
            f"Het aandeel {_quoted(label)} is {verb} {change_phrase(row)}, een verschil van {size} procentpunt. "
            "Dat oordeel geldt voor elk aantal gemeenten dat bij de gepubliceerde cijfers van 2021 past."
        )
    ending = {
        "not_shown": "Dat verschil kan toeval zijn.",
        "depends": "Of dat meer dan toeval is, hangt af van de aantallen van 2021, die niet gepubliceerd zijn.",
    }[row["verdict"]]
    return f"Het aandeel {_quoted(label)} ging {change_phrase(row)}. {ending}"


def distribution_sentence(ranges: pd.DataFrame) -> str:
    """Say whether the whole distribution changed, and whether municipalities as a whole got further.

    Parameters
    ----------
    ranges
        ``test`` and ``verdict`` of the tests of a whole distribution.
    """
    verdicts = ranges.set_index("test")["verdict"]
    any_change = {
        "changed": "De verdeling over de vijf groepen is veranderd.",
        "not_shown": "Niet aangetoond is dat de verdeling over de vijf groepen veranderde.",
        "depends": "Of de verdeling over de vijf groepen veranderde, hangt af van de aantallen van 2021.",
    }[verdicts["chi_square"]]
    further = {
        "changed": "Gemeenten zijn als geheel op een andere plek dan in 2021.",
        "not_shown": "Dat gemeenten als geheel verder zijn dan in 2021, is niet aangetoond.",
        "depends": "Of gemeenten als geheel verder zijn, hangt af van de aantallen van 2021.",
    }[verdicts["mann_whitney"]]
    return f"{any_change} {further}"


def claim_sentence(row: Mapping[str, object]) -> str:
    """Say whether the figures support that more municipalities work on an approach, as the report says.

    Parameters
    ----------
    row
        The item of those who work on an approach: shares, differences and verdict.
    """
    start = "Het rapport zegt dat in 2025 meer gemeenten aan een aanpak werken dan in 2021."
    shares = f"Het aandeel ging {change_phrase(row)}"
    if row["difference_low"] > 0:
        ending = "dat steunt de uitspraak" if row["verdict"] == "changed" else "maar dat kan toeval zijn"
        return f"{start} {shares}; {ending}."
    if row["verdict"] == "changed":
        return f"{start} De cijfers spreken dat tegen. {shares}."
    return f"{start} De cijfers laten dat niet zien. {shares}; die daling kan toeval zijn."


def tipping_sentence(rows: pd.DataFrame, label: str) -> str:
    """Say how unequal response must have been for a change to vanish, and whether that is possible.

    Parameters
    ----------
    rows
        The two rows (``wave`` 2021 and 2025) of one item in the table of tipping points.
    label
        Dutch label of the item.
    """
    parts, limits = [], []
    for row in rows.to_dict("records"):
        times = _times(row["vanishes_low"], row["vanishes_high"])
        parts.append(f"in {row['wave']} {times} reageerden als andere")
        unclear = _times(row["unclear_low"], row["unclear_high"])
        equal = row["unclear_low"] == row["unclear_high"] == 1
        start = "" if equal else f" Toeval is al niet meer uit te sluiten vanaf {unclear}."
        limits.append(f"In {row['wave']} {_possible(row)}.{start}")
    either = " of ".join(parts)
    return f"{_quoted(label)}: het verschil verdwijnt als gemeenten met dit antwoord {either}. {' '.join(limits)}"


def _times(low: float, high: float) -> str:
    less = high < 1
    ends = (1 / high, 1 / low) if less else (low, high)
    return f"{number_range(*ends)} keer zo {'weinig' if less else 'vaak'}"


def _possible(row: Mapping[str, float]) -> str:
    less = row["vanishes_high"] < 1
    if row["possible_low"] <= row["vanishes_low"] and row["vanishes_high"] <= row["possible_high"]:
        return "kan dat bij deze respons"
    limit = 1 / row["possible_low"] if less else row["possible_high"]
    return f"kan dat niet: bij deze respons is {decimal(limit, 1)} keer het uiterste"


def robustness_sentence(table: pd.DataFrame, items: Mapping[str, str], assumptions: Mapping[str, str]) -> str:
    """Say which verdicts stand under every assumption, and which assumptions would change the others.

    Parameters
    ----------
    table
        What :func:`analysis.statistics.comparison.robustness.robustness_table` returned.
    items
        Dutch label by name of the item.
    assumptions
        Dutch name by column.
    """
    stands = enumerate_dutch(_quoted(items[item]) for item in table.loc[table["stands"], "item"])
    sentences = [f"Het oordeel verandert onder geen enkele aanname bij: {stands}." if stands else
                 "Geen enkel oordeel blijft onder alle aannamen gelijk."]  # fmt: skip
    for row in table[~table["stands"]].to_dict("records"):
        other = enumerate_dutch(words for name, words in assumptions.items() if row[name] != row["main"])
        sentences.append(f"{_quoted(items[row['item']])}: een ander oordeel bij {other}.")
    return " ".join(sentences)


def family_note(names: Sequence[str]) -> str:
    """Say over which items p-values were adjusted.

    Parameters
    ----------
    names
        Dutch labels of the items of the family.
    """
    return (
        f"De familie van {len(names)} toetsen: {enumerate_dutch(map(_quoted, names))}. Wie vaker toetst, vindt vaker "
        "bij toeval iets; Holm en Benjamini-Hochberg corrigeren daarvoor. Het oordeel volgt Holm."
    )


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
        f"{count(sizes.sum())} van de {count(len(codes))} gemeenten van 2021 zijn nu {count(len(sizes))} gemeenten; "
        f"zo werden het er {count(codes.nunique())}. Naar verwachting vallen daardoor {decimal(expected, 1)} "
        f"respondenten van 2021 weg, en hoogstens {count(lost['lost'].max())}."
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
