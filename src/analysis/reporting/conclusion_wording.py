"""The answers to the questions of the study, as Dutch sentences made from the headline figures.

The conclusion and the index both take their sentences from here, so that they cannot disagree.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.reporting.certain_places import order_caveat
from analysis.reporting.chapter import ALL, Chapter
from analysis.reporting.comparison_wording import headline_sentence, share_range
from analysis.reporting.dutch_numbers import count, percentage
from analysis.reporting.early_start import early_start_sentence
from analysis.reporting.figures.change import points_range
from analysis.reporting.standing import HEADLINE, standing_sentence
from analysis.reporting.statements import VERB, statement
from analysis.reporting.theme_tables import UNRELIABLE
from analysis.reporting.theme_wording import FEW
from analysis.reporting.wording import MARGIN, Wording, capitalise, enumerate_dutch
from analysis.statistics.presentation import is_unreliable
from analysis.survey.instrument import Instrument

QUESTIONS = {
    "status": "Waar staan gemeenten?",
    "steps": "Welke stappen zetten zij?",
    "strengths": "Wat gaat goed?",
    "bottlenecks": "Waar lopen zij tegenaan?",
    "programme": "Kennen zij het landelijke programma?",
    "needs": "Wat hebben zij nodig?",
    "report": "Houden de conclusies van het rapport stand?",
}
NOT_ASKED = (
    "Dat is niet gevraagd: geen enkele vraag gaat erover of gemeenten het landelijke programma of het vervolg "
    "daarop kennen. Wel is gevraagd naar uitgangspunten in het werk, die uit de visie van dat programma komen."
)
CONDITION = (
    f"{MARGIN} Zij klopt alleen als gemeenten die "
    "niet meededen niet anders zijn dan gemeenten die wel meededen. Thema's rusten op hoe codeurs de "
    "open antwoorden hebben ingedeeld. Een gemeente die niets schreef, telt als een gemeente die het thema niet "
    "noemde."
)
WHO_RESPONDED = "Of gemeenten als geheel verder zijn, hangt ook af van wie in elk jaar meedeed."
NOT_CODED = (
    "De open antwoorden op de vraag naar {what} zijn nog niet allemaal gecodeerd; daarover is nog niets te zeggen."
)
OPEN_QUESTIONS = {
    "q26": "knelpunten voor een landelijke oplossing",
    "q27": "gewenste hulpmiddelen",
    "q28": "gewenste scholing",
    "q11": "resultaten van de aanpak tot nu toe",
    "q05": "redenen om nog geen aanpak te hebben",
}
THESE, THESE_N = "deze gemeenten", "deze {n} gemeenten"
PLANNING = "planning"
PRINCIPLES = ("q23a", "q23b", "q23c", "q23d")
ALWAYS = "altijd"
UNCERTAIN = "; onzeker"
NOT_FIRST = order_caveat(0, 1, brief=True)
INVENTED = " in verzonnen antwoorden van {years}, die bij de gepubliceerde cijfers zijn gemaakt"
INVENTED_BESIDE = "; de antwoorden van {years} zijn verzonnen"
DISPUTED = {"not_reliable": "; codeurs te weinig eens", "unsure": "; codeurs misschien te weinig eens"}


def conclusion_sentences(
    summary: Mapping[str, Any], instrument: Instrument, wording: Wording, *, brief: bool = False
) -> dict[str, str]:
    """Return the answer to each question of the study.

    Parameters
    ----------
    summary
        The headline figures, see :mod:`analysis.reporting.summary`.
    instrument
        The questionnaire.
    wording
        How shares are put into words.
    brief
        Only the first sentence on a question, and of the first question the change since the earlier wave.

    Returns
    -------
    dict
        Markdown of one paragraph by key of :data:`QUESTIONS`.
    """
    shares = {name: _Share(entry, instrument, wording) for name, entry in summary["shares"].items()}
    change = summary["comparison_2021"][HEADLINE] | {"percent_2025": summary["shares"]["q04_a"]["percent"]}
    # Only when the counts of the earlier wave are known, one share of that wave is possible.
    exact = change["share_2021_low"] == change["share_2021_high"]
    since = [headline_sentence(change, "aanpak in gebruik", exact=exact)]
    since += [early_start_sentence(summary["began_by_2021"], change, brief=True), WHO_RESPONDED]
    base = f"de {{n}} {instrument.base(PLANNING).nl}"
    themes = {question: theme_sentence(summary, question, THESE_N) for question in ("q26", "q28")}
    said = {
        "status": _status(shares),
        "steps": _steps(shares),
        "strengths": _strengths(shares),
        "bottlenecks": [*_bottlenecks(shares), themes["q26"]],
        "programme": [NOT_ASKED],
        "needs": [theme_sentence(summary, "q27", base), themes["q28"]],
        "report": [standing_sentence(summary["conclusions"], summary["conclusions_about"])],
    }
    if brief:
        said = {question: sentences[:1] for question, sentences in said.items()}
    said["status"] = [*said["status"], *filter(None, since)]
    return {question: " ".join(sentences) for question, sentences in said.items()}


def theme_sentence(summary: Mapping[str, Any], question: str, base: str) -> str:
    """Return which themes were named most in the answers to an open question, or that it is not coded yet.

    Of few answers no percentage is given, as on the page of the question.

    Parameters
    ----------
    summary
        The headline figures.
    question
        A key of :data:`OPEN_QUESTIONS`.
    base
        Who was asked, in Dutch, with ``{n}`` where their number stands.
    """
    ranked = summary["themes"].get(question, {})
    what = OPEN_QUESTIONS[question]
    if not ranked:
        return NOT_CODED.format(what=what)
    entries = [entry for _, entry in sorted(ranked.items())]
    n, wrote = count(entries[0]["n"]), entries[0]["n_content"]
    named = [_theme(entry, f" van de {n}" if place == 0 else "") for place, entry in enumerate(entries)]
    certain = next((place for place, entry in enumerate(entries) if entry["overlaps_next"]), len(entries))
    verb = "schreef" if wrote == 1 else "schreven"
    return (
        f"Van {base.format(n=n)} {verb} er {count(wrote)} iets met inhoud over {what}. Het vaakst genoemd: "
        f"{enumerate_dutch(named)}. {order_caveat(certain, len(entries), brief=True)}"
    ).rstrip()


def principle_sentence(chapter: Chapter, item: str) -> str:
    """Return how often a principle always holds.

    Parameters
    ----------
    chapter
        The chapter with the principles.
    item
        A key of :data:`PRINCIPLES`.
    """
    label = {name: text for one in chapter.questions for name, text in chapter.items(one).items()}[item]
    return statement(chapter, item, ALWAYS, f"Bij {{share}} geldt altijd: ‘{label[:1].lower()}{label[1:]}’.")


def key_figures(summary: Mapping[str, Any], invented: Sequence[str] = ()) -> list[tuple[str, str]]:
    """Return the numbers that stand out, each with what it is and how uncertain it is.

    Parameters
    ----------
    summary
        The headline figures.
    invented
        Years of the waves of which the answers are invented.

    Returns
    -------
    list
        Value and label.
    """
    years, is_earlier = enumerate_dutch(invented), any(year != summary["wave"] for year in invented)
    beside = INVENTED_BESIDE.format(years=years) if is_earlier else ""
    behind = INVENTED.format(years=years) if summary["wave"] in invented else beside
    shares, response = summary["shares"], summary["response"]
    used, change = shares["q04_a"], summary["comparison_2021"][HEADLINE]
    conclusions = summary["conclusions"]
    return [
        (
            percentage(response["rate_reactions"]),
            f"respons: {count(response['reactions'])} bruikbare reacties, {count(response['eligible'])} gemeenten",
        ),
        (f"{used['percent']}%", f"heeft een aanpak in gebruik (marge {_margin(used)})"),
        (
            points_range(change["difference_low"], change["difference_high"]),
            "procentpunt sinds 2021 in het aandeel met een aanpak in gebruik, zonder afronding "
            f"(marge {points_range(change['ci_low'], change['ci_high'])}{beside})",
        ),
        (
            str(conclusions["stands"]),
            f"van de {sum(conclusions.values())} uitspraken van het rapport "
            f"{'houdt' if conclusions['stands'] == 1 else 'houden'} stand"
            f"{behind}",
        ),
    ]


@dataclass(frozen=True)
class _Share:
    """One headline share that can say itself."""

    entry: Mapping[str, Any]
    instrument: Instrument
    wording: Wording

    def said(self, noun: str = "") -> str:
        """Return the share in words with its percentage, its numbers, its margin, and whether it is uncertain."""
        entry = self.entry
        noun = noun or ("gemeenten" if entry["base"] == ALL else self.instrument.base(entry["base"]).nl)
        mark = UNCERTAIN if is_unreliable(pd.Series([entry["flag"]])).item() else ""
        printed, margin = f"{entry['percent']}%", f"{_margin(entry)}{mark}"
        return self.wording.share(entry["count"], entry["n"], noun, printed=printed, margin=margin)

    def sentence(self, text: str, noun: str = "") -> str:
        """Return a sentence with ``{share}``, ``{label}``, ``{subject}`` and verbs as ``[singular|plural]``."""
        quantity = self.wording.quantity(self.entry["share"])
        is_one = self.entry["count"] in {0, 1} or quantity.verb("singular", "plural") == "singular"
        text = VERB.sub(r"\1" if is_one else r"\2", text)
        label, subject = f"‘{self.entry['label']}’", f"‘{self.entry['subject']}’"
        return capitalise(text.format(share=self.said(noun), label=label, subject=subject))

    def leading(self, text: str, noun: str = "") -> str:
        """Return a sentence that says that this answer was chosen most often, and whether that is certain."""
        return f"{self.sentence(text, noun)} {NOT_FIRST if self.entry['overlaps_next'] else ''}".rstrip()


def _status(shares: Mapping[str, _Share]) -> list[str]:
    return [
        shares["q04_a"].sentence("{share} [heeft|hebben] een aanpak in gebruik."),
        shares["q04_abc"].sentence("{share} [heeft|hebben] een aanpak of [werkt|werken] er een uit."),
        shares["q04_efgh"].sentence("{share} [heeft|hebben] geen plannen."),
    ]


def _steps(shares: Mapping[str, _Share]) -> list[str]:
    return [
        shares["q21"].leading("Van het aanbod is {label} er het vaakst: bij {share}."),
        shares["q22"].leading("Samenwerken doen zij het vaakst met {label}: {share}.", THESE),
        shares["q19"].leading("Bij beleid heeft het vaakst {label} het thema: bij {share}.", THESE),
    ]


def _strengths(shares: Mapping[str, _Share]) -> list[str]:
    always = [shares[name] for name in PRINCIPLES if name in shares and shares[name].entry["option"] == ALWAYS]
    best = max(always, key=lambda one: one.entry["share"], default=None)
    said, noun = "Dat is maar deels gevraagd.", ""
    if best is not None:
        noun = THESE
        said = f"{said} {best.sentence('Het uitgangspunt {subject} geldt het vaakst altijd: bij {share}.')}"
        if any(one.entry["ci_high"] >= best.entry["ci_low"] for one in always if one is not best):
            said = f"{said} {NOT_FIRST}"
    return [
        said,
        shares["q24_d"].sentence("{share} [ziet|zien] geen knelpunt in de samenwerking.", noun),
        shares["q25_f"].sentence("{share} [ziet|zien] er geen in de uitvoering.", THESE),
    ]


def _bottlenecks(shares: Mapping[str, _Share]) -> list[str]:
    return [
        shares["q25"].leading("In de uitvoering kiezen gemeenten het vaakst {label}: {share}."),
        shares["q24"].leading(
            "Van de knelpunten met een naam kiezen zij in de samenwerking het vaakst {label}: {share}.", THESE
        ),
        shares["q24_e"].sentence("{share} [heeft|hebben] daar een ander knelpunt.", THESE),
    ]


def _theme(entry: Mapping[str, Any], base: str) -> str:
    label, doubt = entry["label"].removesuffix(f" ({UNRELIABLE})"), DISPUTED.get(entry["reliability"], "")
    if entry["n_content"] < FEW:
        return f"‘{label}’ ({count(entry['count'])}{base}{doubt})"
    return f"‘{label}’ ({percentage(entry['share'])}{base}; marge {_margin(entry)}{doubt})"


def _margin(entry: Mapping[str, Any]) -> str:
    return share_range(entry["ci_low"], entry["ci_high"])
