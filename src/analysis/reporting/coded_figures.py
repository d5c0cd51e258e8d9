"""Figures and tables of coded answers; where nobody has coded yet, what to do about it."""

from collections.abc import Sequence

import pandas as pd

from analysis.reporting.coded_question import CodedQuestion
from analysis.reporting.description import describe_distribution, describe_groups
from analysis.reporting.display import show_figure, show_table, show_text
from analysis.reporting.dutch_numbers import count
from analysis.reporting.figures import describe_pair_square, pair_square, small_multiples, sorted_bars
from analysis.reporting.reading_notes import RULES_LINK
from analysis.reporting.theme_tables import (
    VERDICTS,
    coding_table,
    difference_table,
    group_table,
    pair_table,
    theme_table,
)
from analysis.reporting.theme_wording import (
    CODERS_DECIDE,
    FEW,
    describe_agreement,
    describe_coders,
    describe_not_coded,
    describe_quotes,
    describe_waiting,
    reliability_note,
)
from analysis.survey.coding.theme_levels import REST

HEADINGS = {"n": "Basis", "count": "Aantal", "share": "Aandeel", "ci_low": "Ondergrens", "ci_high": "Bovengrens"}
FORMATS = {"share": "percentage_1", "ci_low": "percentage_1", "ci_high": "percentage_1"}
NAMES = {"theme": "Thema", "code": "Code"}
SELDOM = {"theme": "een thema dat", "code": "een code die"}
NO_CODE_COUNTS = "Te weinig antwoorden hebben een code die telt om hier iets te laten zien."


def show_coding(questions: dict[str, CodedQuestion]) -> None:
    """Say who coded the answers, and show how the codes that count came about.

    Parameters
    ----------
    questions
        Questions by their Dutch name, in order.
    """
    said = {name: describe_coders(coded) for name, coded in questions.items()}
    invented = all(coded.is_coded and not coded.number("n_coders") for coded in questions.values())
    if len(said) == 1 or (invented and len(set(said.values())) == 1):
        show_text(next(iter(said.values())))
    else:
        for name, text in said.items():
            show_text(f"{name}. {text}")
    tables = {name: coding_table(coded).set_index("label")["n"] for name, coded in questions.items()}
    table = pd.DataFrame(tables).fillna(0).astype(int)
    if table.empty:
        return
    labels = list(dict.fromkeys(label for part in tables.values() for label in part.index))
    show_table(
        table.loc[labels].rename_axis("label").reset_index(),
        caption="Antwoorden naar hoe de codes tot stand kwamen",
        headings={"label": "Hoe"},
        note="Een code telt als de codeurs het later eens werden, of als meer dan de helft van hen die code gaf.",
    )


def show_themes(
    coded: CodedQuestion, level: str, *, number: str, caption: str, last: Sequence[str] = (REST,), download: str
) -> None:
    """Show the themes of a question as sorted bars, with the agreement of the coders in the table behind it.

    Parameters
    ----------
    coded
        The question.
    level
        ``theme`` or ``code``.
    number, caption, download
        As for :func:`analysis.reporting.display.show_figure`.
    last
        Options that come last whatever their share.
    """
    table = theme_table(coded, level)
    if table.empty:
        _show_absence(coded)
        return
    shown = table.assign(verdict=table["reliability"].map(VERDICTS))
    show_figure(
        sorted_bars(table, base=coded.base, last=last),
        number=number,
        caption=caption,
        alt=describe_distribution(table, coded.base),
        note=f"{describe_waiting(coded)} {reliability_note(coded, table, level)}".strip(),
        data=shown[["label", *HEADINGS, "alpha", "alpha_low", "verdict"]],
        data_note="Alfa: hoe goed codeurs het eens zijn; ernaast de ondergrens van het 95%-interval van alfa.",
        formats=FORMATS,
        headings={"label": NAMES[level], **HEADINGS, "alpha": "Alfa", "alpha_low": "Ondergrens alfa"}
        | {"verdict": "Oordeel"},
        download=download,
    )


def show_agreement(coded: CodedQuestion, level: str, *, caption: str) -> None:
    """Say how far coders agree, and show it per theme.

    Parameters
    ----------
    coded
        The question.
    level
        ``theme`` or ``code``.
    caption
        What the table shows.
    """
    table = theme_table(coded, level)
    if table.empty:
        _show_absence(coded)
        return
    show_text(describe_agreement(coded, table, level))
    shown = table.assign(verdict=table["reliability"].map(VERDICTS))
    show_table(
        shown[["label", "alpha", "alpha_low", "alpha_high", "agreement", "verdict"]],
        caption=caption,
        formats={"agreement": "percentage"},
        headings={"label": NAMES[level], "alpha": "Alfa", "alpha_low": "Ondergrens", "alpha_high": "Bovengrens"}
        | {"agreement": "Zelfde oordeel", "verdict": "Betrouwbaar?"},
        note=f"Bij {SELDOM[level]} bijna niemand noemt, zijn codeurs het bijna altijd eens en kan alfa toch laag "
        "zijn.",
    )


def show_theme_pairs(coded: CodedQuestion, *, number: str, caption: str) -> None:
    """Show how many respondents named both of two themes.

    Parameters
    ----------
    coded
        The question.
    number, caption
        As for :func:`analysis.reporting.display.show_figure`.
    """
    themes = theme_table(coded, "theme")
    content = themes[themes["option"] != REST]
    if len(content) < 2:
        _show_absence(coded)
        return
    labels = dict(zip(content["option"], content["label"], strict=True))
    show_figure(
        pair_square(coded.pairs, labels, base="gemeenten met een antwoord"),
        number=number,
        caption=caption,
        alt=describe_pair_square(coded.pairs, labels),
        data=pair_table(coded, labels),
        headings={"first": "Thema", "second": "Samen met", "count": "Gemeenten"},
    )


def show_theme_groups(coded: CodedQuestion, *, number: str, caption: str) -> None:
    """Show the themes by size class as far as the disclosure rules allow, and whether size classes differ.

    Parameters
    ----------
    coded
        The question.
    number, caption
        As for :func:`analysis.reporting.display.show_figure`.
    """
    groups = group_table(coded, "theme")
    if not coded.is_coded:
        _show_absence(coded)
        return
    if len(groups):
        show_figure(
            small_multiples(groups, base="alle gemeenten die meededen"),
            number=number,
            caption=caption,
            alt=describe_groups(groups, "group_label"),
            data=groups[["label", "group_label", *HEADINGS]],
            formats=FORMATS,
            headings={"label": "Thema", "group_label": "Inwoners", **HEADINGS},
        )
    else:
        show_text(f"Geen thema staat hier naar aantal inwoners: een groep zou te klein zijn ({RULES_LINK}).")
    show_table(
        difference_table(coded, "theme"),
        caption="Toets of gemeenten van verschillende grootte een thema even vaak noemen",
        headings={"label": "Thema", "outcome": "Verschil"},
        note="De toets gaat over gemeenten die iets schreven, met de correctie van Holm. De p-waarden staan er "
        f"niet bij: daaruit is soms uit te rekenen wat een kleine groep schreef ({RULES_LINK}).",
    )


def show_explanations(coded: CodedQuestion, *, number: str, caption: str, download: str) -> None:
    """Show within a chapter what respondents wrote themselves: a figure, or a table when few wrote.

    Parameters
    ----------
    coded
        The question.
    number
        Number of the figure.
    caption
        What respondents wrote about.
    download
        Address of the table as CSV.
    """
    table = theme_table(coded, "theme")
    if table.empty:
        show_text(NO_CODE_COUNTS if coded.is_coded else describe_not_coded(coded))
        return
    show_text(f"{describe_coders(coded)} {CODERS_DECIDE}")
    wrote = (
        f"{count(coded.n_content)} van de {count(coded.number('n_asked'))} {coded.base} "
        f"{'schreef' if coded.n_content == 1 else 'schreven'} iets met inhoud"
    )
    if coded.n_waiting:
        wrote = (
            f"{count(coded.n_content)} van de {count(coded.number('n_coded'))} gecodeerde antwoorden hebben inhoud"
        )
    if coded.n_content < FEW:
        show_table(
            table.assign(verdict=table["reliability"].map(VERDICTS))[["label", "count", "verdict"]],
            caption=caption,
            headings={"label": NAMES["theme"], "count": "Gemeenten", "verdict": "Betrouwbaar?"},
            note=f"{wrote}: te weinig voor een percentage. {reliability_note(coded, table)}",
            download=download,
        )
    else:
        show_themes(coded, "theme", number=number, caption=caption, download=download)
        show_text(
            f"{wrote}. Wie niets schreef, telt mee als iemand die het thema niet noemt. "
            f"{describe_agreement(coded, table)}"
        )
    if len(coded.quotes):
        show_text(describe_quotes(coded))


def _show_absence(coded: CodedQuestion) -> None:
    """Say why a part of a page has nothing to show; what to do about it stands where the question begins."""
    show_text(NO_CODE_COUNTS if coded.is_coded else "De antwoorden op deze vraag zijn nog niet gecodeerd.")
