"""What changed since the earlier wave, as Dutch sentences made from the results."""

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.reporting.dutch_numbers import count, decimal, percentage
from analysis.reporting.figures.change import points_range
from analysis.reporting.wording import enumerate_dutch
from analysis.survey.wave_2021 import Wave2021

EVERY_COUNT = "Dat oordeel geldt voor elk aantal gemeenten dat bij de gepubliceerde cijfers van 2021 past."
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
        ``share_2021_low``, ``share_2021_high`` and ``share_2025``; and ``percent_2025``, the whole percentage that
        the other pages print, where there is one.

    Examples
    --------
    >>> change_phrase({"share_2021_low": 0.07, "share_2021_high": 0.072, "share_2025": 0.7451})
    'van 7% in 2021 naar 75% in 2025'
    """
    before = share_range(row["share_2021_low"], row["share_2021_high"])
    printed = row.get("percent_2025")
    after = percentage(row["share_2025"]) if pd.isna(printed) else f"{int(printed)}%"
    return f"van {before} in 2021 naar {after} in 2025"


def answer_sentences(
    main: pd.DataFrame,
    items: Mapping[str, str],
    headline: str,
    simplified: Sequence[str],
    *,
    exact: bool = False,
    aside: str = "",
) -> list[str]:
    """Answer what changed: the headline item first, then what else changed, what did not show, what depends.

    Parameters
    ----------
    main
        One row per item of the main test: ``item``, ``share_2021_low``, ``share_2021_high``, ``share_2025``,
        ``difference_low``, ``difference_high``, ``ci_low``, ``ci_high``, ``verdict``.
    items
        Dutch label by name of the item, in the order to name them.
    headline
        Item that comes first.
    simplified
        Items that the two waves did not ask in the same way.
    exact
        Whether the counts of the earlier wave are known.
    aside
        What else is to be said of the headline item.
    """
    rows = main.set_index("item").loc[list(items)]
    sentences = [headline_sentence(rows.loc[headline], items[headline], exact=exact), *filter(None, [aside])]
    others = rows.drop(index=headline)
    for verdict, opening in (
        ("changed", "Ook veranderd"),
        ("depends", "Of er iets veranderde, hangt af van de aantallen van 2021"),
    ):
        chosen = others[others["verdict"] == verdict]
        if len(chosen):
            parts = [f"{quoted(items[item])} ({change_phrase(row)})" for item, row in chosen.iterrows()]
            sentences.append(f"{opening}: {enumerate_dutch(parts)}.")
        unlike = [quoted(items[item]) for item in chosen.index if item in simplified]
        if unlike:
            sentences.append(
                f"Bij {enumerate_dutch(unlike)} is de vraag niet in beide jaren gelijk: wees daar voorzichtig."
            )
    unshown = [quoted(items[item]) for item in others.index[others["verdict"] == "not_shown"]]
    if unshown:
        sentences.append(
            f"Geen verandering aangetoond: {enumerate_dutch(unshown)}. Dat is iets anders dan dat er niets "
            "veranderde: een kleine verandering is met zo weinig gemeenten niet te zien."
        )
    return sentences


def quoted(label: str) -> str:
    """Return a label between quotation marks, without its capital.

    Parameters
    ----------
    label
        Dutch label of an item.
    """
    return f"‘{label[:1].lower()}{label[1:]}’"


def headline_sentence(row: Mapping[str, object], label: str, *, exact: bool = False) -> str:
    """Say whether the headline share changed.

    Parameters
    ----------
    row
        As for :func:`change_phrase`, with ``difference_low``, ``difference_high``, their interval ``ci_low`` and
        ``ci_high``, and ``verdict``.
    label
        Dutch label of the item.
    exact
        Whether the counts of the earlier wave are known.
    """
    ends = sorted([abs(row["difference_low"]), abs(row["difference_high"])])
    size = number_range(100 * ends[0], 100 * ends[1], 0)
    if row["verdict"] == "changed":
        verb = "gestegen" if row["difference_low"] > 0 else "gedaald"
        interval = points_range(row["ci_low"], row["ci_high"])
        basis = "Dat oordeel rust op de antwoorden van beide jaren." if exact else EVERY_COUNT
        return (
            f"Het aandeel {quoted(label)} is {verb} {change_phrase(row)}. Zonder afronding is het verschil {size} "
            f"procentpunt (95%-interval {interval}). {basis}"
        )
    ending = {
        "not_shown": "Dat verschil kan toeval zijn.",
        "depends": "Of dat meer dan toeval is, hangt af van de aantallen van 2021, die niet gepubliceerd zijn.",
    }[row["verdict"]]
    return f"Het aandeel {quoted(label)} ging {change_phrase(row)}. {ending}"


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


def family_note(names: Sequence[str]) -> str:
    """Say over which items p-values were adjusted.

    Parameters
    ----------
    names
        Dutch labels of the items of the family.
    """
    return (
        f"De familie van {len(names)} toetsen: {enumerate_dutch(map(quoted, names))}. Wie vaker toetst, vindt "
        "vaker bij toeval iets; Holm en Benjamini-Hochberg corrigeren daarvoor. Het oordeel volgt Holm."
    )


def source_sentence(wave: Wave2021 | None) -> str:
    """Say what is known of the earlier wave, and whether its answers are invented.

    Parameters
    ----------
    wave
        The answers of the earlier wave, or nothing when only published figures are known.
    """
    if wave is None:
        return "Van 2021 zijn alleen de gepubliceerde cijfers bekend. Die zijn echt; de antwoorden zelf ontbreken."
    reactions = f"Van 2021 zijn de antwoorden bekend: {count(len(wave.answers))} reacties."
    if not wave.synthetic:
        return reactions
    return f"**Let op: de antwoorden van 2021 zijn synthetisch, dus verzonnen.** {reactions}"
