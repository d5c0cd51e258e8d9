"""What the finite population correction and the frame change: the headline shares under every choice."""

from collections.abc import Mapping

import pandas as pd

from analysis.reporting.dutch_numbers import percentage
from analysis.reporting.headline_shares import headline_shares
from analysis.reporting.reading_notes import rounding_text
from analysis.reporting.representativeness_tables import FRAMES
from analysis.statistics.design import Design
from analysis.statistics.presentation import is_unreliable
from analysis.survey.instrument import Instrument

STATUS = "q04"
UNWEIGHTED = "unweighted"
KEYS = ("label", "estimator", "frame")
ON, OFF = "True", "False"


def choice_rows(
    choices: pd.DataFrame, instrument: Instrument, printed: Mapping[tuple[str, str], int] | None = None
) -> pd.DataFrame:
    """Return the headline shares of the status of the approach, under every choice.

    Parameters
    ----------
    choices
        Estimates under every choice, as the stage ``disclosure`` released them; ``frame`` and ``fpc`` are text.
    instrument
        The questionnaire.
    printed
        As for :func:`analysis.reporting.headline_shares.headline_shares`.

    Returns
    -------
    pandas.DataFrame
        ``item, option, label, estimator, frame, fpc, n, share, printed_pct, ci_low, ci_high``; the frame of an
        unweighted share is empty, because it changes nothing.
    """
    parts = []
    for (frame, fpc), rows in choices.groupby(["frame", "fpc"], sort=False, observed=True):
        shares = headline_shares(rows, instrument, printed=printed).query("item == @STATUS")
        parts.append(shares.assign(frame=frame, fpc=fpc))
    table = pd.concat(parts, ignore_index=True)
    table["frame"] = table["frame"].mask(table["estimator"] == UNWEIGHTED, "")
    table = table.drop_duplicates(["option", "estimator", "frame", "fpc"], ignore_index=True)
    order = table.assign(place=table["option"].str.len(), weighted=table["estimator"] != UNWEIGHTED)
    order = order.sort_values(["place", "weighted", "frame", "fpc"], kind="stable").index
    columns = ["item", "option", "label", "estimator", "frame", "fpc", "n"]
    return table.loc[order, [*columns, "share", "printed_pct", "ci_low", "ci_high"]].reset_index(drop=True)


def shown_choices(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the table of the page: a row per share, with the interval with and without the correction.

    Parameters
    ----------
    rows
        Result of :func:`choice_rows`.
    """
    rows = rows.assign(interval=[_interval(low, high) for low, high in rows[["ci_low", "ci_high"]].to_numpy()])
    first = rows.drop_duplicates(list(KEYS)).set_index(list(KEYS))
    intervals = rows.pivot(index=list(KEYS), columns="fpc", values="interval").reindex(first.index)
    shares = (first["printed_pct"] / 100).fillna(first["share"])
    return pd.DataFrame(
        {
            "Antwoord": [label.partition(": ")[2] for label in first.index.get_level_values("label")],
            "Weging": [f"naar {FRAMES[frame]}" if frame else "ongewogen" for *_, frame in first.index],
            "Aandeel": [percentage(share) if pd.notna(share) else None for share in shares],
            "Marge met correctie": intervals[ON].to_numpy(),
            "Marge zonder correctie": intervals[OFF].to_numpy(),
        }
    )


def used_choices(design: Design, counts: Mapping[str, pd.Series], rows: pd.DataFrame) -> str:
    """Say which choices the rest of the report rests on.

    Parameters
    ----------
    design
        The design of the estimates.
    counts
        Municipalities per size class, by name of the frame.
    rows
        Result of :func:`choice_rows`, for how its percentages are rounded.
    """
    frame = next(name for name, population in counts.items() if population.to_dict() == dict(design.population))
    correction = "met" if design.fpc else "zonder"
    shares = rows.drop_duplicates("option").assign(count=lambda table: (table["share"] * table["n"]).round())
    note = f"Op de andere pagina's: {correction} correctie, en gewogen naar {FRAMES[frame]}."
    return f"{note} {rounding_text(shares)}".rstrip()


def choices_sentence(rows: pd.DataFrame, choices: pd.DataFrame) -> str:
    """Say what the correction and the frame change.

    Parameters
    ----------
    rows
        Result of :func:`choice_rows`.
    choices
        All released estimates under every choice, for how many of them are too uncertain to stand alone.
    """
    first = rows[(rows["option"] == rows["option"].iloc[0]) & (rows["estimator"] == UNWEIGHTED)].set_index("fpc")
    margins = {fpc: _interval(row.ci_low, row.ci_high) for fpc, row in first.iterrows()}
    raked = rows[(rows["estimator"] != UNWEIGHTED) & (rows["fpc"] == ON)].dropna(subset="share")
    moved = raked.groupby("option", observed=True)["share"].agg(lambda shares: shares.max() - shares.min()).max()
    change = f"hooguit {100 * moved:.0f} procentpunt" if moved > 0.005 else "geen heel procentpunt"
    unweighted = choices[(choices["estimator"] == UNWEIGHTED) & (choices["frame"] == choices["frame"].iloc[0])]
    uncertain = is_unreliable(unweighted["flag"]).groupby(unweighted["fpc"], observed=True).sum()
    n_shares = int((unweighted["fpc"] == ON).sum())
    return (
        f"Met de correctie loopt de marge van het eerste aandeel van {margins[ON]}, zonder van {margins[OFF]}. De "
        f"telling waarop de weging rust, maakt voor deze aandelen {change} uit. Van de {n_shares} landelijke "
        f"percentages in dit onderzoek zijn er met de correctie {uncertain[ON]} te onzeker om alleen te noemen, "
        f"zonder correctie {uncertain[OFF]}."
    )


def _interval(low: float, high: float) -> str | None:
    return f"{100 * low:.0f} tot {percentage(high)}" if pd.notna(low) else None
