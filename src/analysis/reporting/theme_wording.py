"""Say in Dutch which themes were named most, how far coders agree, and what respondents wrote."""

import pandas as pd

from analysis.reporting.dutch_numbers import count as write_count
from analysis.reporting.dutch_numbers import decimal
from analysis.reporting.markdown import literal
from analysis.reporting.theme_tables import UNRELIABLE, CodedQuestion
from analysis.reporting.wording import Wording, capitalise, enumerate_dutch
from analysis.statistics.agreement import OVERALL


def describe_themes(table: pd.DataFrame, wording: Wording, base: str, most: int = 3) -> str:
    """Return a list in Markdown of the themes that were named most.

    Parameters
    ----------
    table
        From :func:`theme_table`.
    wording
        How shares are put into words.
    base
        Who was asked, in Dutch.
    most
        How many themes are named.
    """
    if table.empty:
        return "Er is nog geen antwoord gecodeerd."
    return "\n".join(
        f"- **{row['label']}**: {wording.share(row['count'], row['n'], base)}"
        for row in table.head(most).to_dict("records")
    )


def describe_quotes(coded: CodedQuestion) -> str:
    """Return the approved quotes as Markdown, letter by letter, or a sentence that there are none.

    Parameters
    ----------
    coded
        The question.
    """
    if coded.quotes.empty:
        return "Voor deze vraag heeft niemand een citaat goedgekeurd. Daarom staat er geen."
    return "\n".join(f"- “{literal(quote)}”" for quote in coded.quotes["quote"])


def describe_agreement(coded: CodedQuestion, table: pd.DataFrame) -> str:
    """Return sentences on how far coders agree and which themes are not reliable.

    Parameters
    ----------
    coded
        The question.
    table
        From :func:`theme_table`.
    """
    rows = coded.agreement[(coded.agreement["level"] == "code") & (coded.agreement["code"] == OVERALL)]
    if rows.empty or pd.isna(rows["alpha"].iloc[0]):
        return "Hoe goed codeurs het eens zijn, is niet te zeggen: te weinig antwoorden zijn dubbel gecodeerd."
    overall = rows.iloc[0]
    said = (
        f"Codeurs beoordeelden {write_count(overall['n'])} antwoorden dubbel. Krippendorffs alfa over alle codes "
        f"is {decimal(overall['alpha'], 2)} (95%-interval {decimal(overall['alpha_low'], 2)} tot "
        f"{decimal(overall['alpha_high'], 2)}). "
    )
    weak = [label.removesuffix(f" ({UNRELIABLE})") for label in table.loc[~table["is_reliable"], "label"]]
    limit = decimal(coded.threshold, 3)
    if not weak:
        return said + f"Elk genoemd thema haalt de grens van {limit}."
    stays = "blijven" if len(weak) > 1 else "blijft"
    names = enumerate_dutch(f"*{name}*" for name in weak)
    return said + capitalise(f"onder de grens van {limit} {stays} {names}: trek daaruit geen conclusie.")


def reliability_note(coded: CodedQuestion, table: pd.DataFrame) -> str | None:
    """Return what a reader must know of the mark behind a theme, or nothing when no theme has it.

    Parameters
    ----------
    coded
        The question.
    table
        From :func:`analysis.reporting.theme_tables.theme_table`.
    """
    if table["is_reliable"].all():
        return None
    limit = decimal(coded.threshold, 3)
    return f"{capitalise(UNRELIABLE)}: over dit thema zijn codeurs het te weinig eens (alfa onder {limit})."
