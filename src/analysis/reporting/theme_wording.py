"""Say in Dutch who coded, which themes were named most, how far coders agree, and what respondents wrote."""

from collections.abc import Mapping

import pandas as pd

from analysis.reporting.certain_places import certain_places, order_caveat
from analysis.reporting.coded_question import CodedQuestion
from analysis.reporting.comparison_wording import share_range
from analysis.reporting.dutch_numbers import count as write_count
from analysis.reporting.dutch_numbers import decimal
from analysis.reporting.markdown import literal
from analysis.reporting.theme_tables import UNRELIABLE
from analysis.reporting.wording import capitalise, caution, enumerate_dutch
from analysis.shown_command import COMMAND
from analysis.statistics.agreement import OVERALL

FEW = 10
"""Of fewer answers no percentage is given: it would say more than they can bear."""
DOUBTS = {
    "not_reliable": "over dit thema zijn codeurs het te weinig eens",
    "unsure": "codeurs zijn het hierover misschien te weinig eens",
    "too_few": "dit thema is te weinig genoemd om te beoordelen of codeurs het eens zijn",
}
LEVELS = {"theme": ("thema", "thema’s"), "code": ("code", "codes")}
CODERS_DECIDE = (
    "Welk antwoord bij welk thema hoort, beslissen codeurs. Andere codeurs kunnen op andere aantallen uitkomen."
)


def describe_not_coded(coded: CodedQuestion) -> str:
    """Say that nobody has coded a question yet, and what to do about it.

    Parameters
    ----------
    coded
        The question.
    """
    column, number = coded.codeframe.column, coded.number("n_answers")
    if not number:
        return "Op deze vraag heeft niemand iets geschreven."
    stand = "ligt één antwoord" if number == 1 else f"liggen {write_count(number)} antwoorden"
    return (
        f"De antwoorden op deze vraag zijn nog niet gecodeerd: er {stand} klaar. Maak een werkblad voor een "
        f"codeur met `{COMMAND} coding export {column} --coder NAAM`, lees het ingevulde werkblad in met "
        f"`{COMMAND} coding import BESTAND`, en maak de pagina’s opnieuw met `make report`."
    )


def describe_coders(coded: CodedQuestion) -> str:
    """Say who coded the answers to a question, and how many answers still wait.

    Parameters
    ----------
    coded
        The question.
    """
    if not coded.is_coded:
        return describe_not_coded(coded)
    done, invented, people = (coded.number(name) for name in ("n_coded", "n_synthetic", "n_coders"))
    if not people:
        said = (
            "De antwoorden zijn verzonnen, en de codes ook: twee gesimuleerde codeurs deelden de antwoorden in, "
            "met opzet niet zonder fouten."
        )
    else:
        who = "Eén codeur gaf" if people == 1 else f"{write_count(people)} codeurs gaven, zonder overleg,"
        said = f"{who} {_answers(done - invented)} een of meer codes uit een vaste lijst."
        if invented:
            said += f" {capitalise(_answers(invented))} kregen hun codes van twee gesimuleerde codeurs."
    return f"{said} {describe_waiting(coded)}".rstrip()


def describe_waiting(coded: CodedQuestion) -> str:
    """Say how many answers nobody has coded yet; empty when all are.

    Parameters
    ----------
    coded
        The question.
    """
    if not coded.n_waiting:
        return ""
    verb = "heeft" if coded.n_waiting == 1 else "hebben"
    answers = capitalise(_answers(coded.n_waiting))
    return f"{answers} {verb} nog geen code: de aantallen kunnen nog hoger worden."


def describe_themes(coded: CodedQuestion, table: pd.DataFrame, about: str = "", most: int = 3) -> str:
    """Say how many answered, list in Markdown the themes named most, which places are certain, and who decides.

    Parameters
    ----------
    coded
        The question.
    table
        From :func:`analysis.reporting.theme_tables.theme_table`.
    about
        What respondents wrote about, such as ``over scholing``; left out where it is clear.
    most
        How many themes are named.
    """
    if not coded.is_coded:
        return describe_not_coded(coded)
    if coded.n_waiting:
        return _first_themes(coded, table.head(most), about)
    if table.empty:
        return "Geen antwoord heeft een code die telt."
    n_asked, n_content = coded.number("n_asked"), coded.n_content
    verb = "schreef" if n_content == 1 else "schreven"
    wrote = f"Van de {write_count(n_asked)} {coded.base} {verb} er {write_count(n_content)} iets met inhoud"
    lines = [f"{wrote} {about}".rstrip() + ". Het vaakst genoemd:", ""]
    is_few = coded.n_content < FEW
    named = table.head(most)
    lines += [_theme_line(coded, row, is_few=is_few) for row in named.to_dict("records")]
    order = order_caveat(certain_places(table, len(named)), len(named), things=LEVELS["theme"][1], brief=is_few)
    last = [order, "Te weinig antwoorden voor een percentage." if is_few else "", CODERS_DECIDE]
    return "\n".join([*lines, "", " ".join(filter(None, last))])


def _first_themes(coded: CodedQuestion, named: pd.DataFrame, about: str) -> str:
    """List what the answers that were coded so far name: no share, as the others may name it too."""
    done, of = write_count(coded.number("n_coded")), write_count(coded.number("n_answers"))
    said = f"Nog niet alles is gecodeerd: {done} van de {of} antwoorden {about}".rstrip()
    later = f"Aandelen staan hier pas als alle antwoorden een code hebben. {CODERS_DECIDE}"
    if named.empty:
        return f"{said}. {later}"
    lines = [
        f"- **{label}**: {write_count(number)} {'gemeente' if number == 1 else 'gemeenten'}"
        for label, number in named[["label", "count"]].itertuples(index=False)
    ]
    return "\n".join([f"{said}. Tot nu toe genoemd:", "", *lines, "", later])


def _theme_line(coded: CodedQuestion, row: Mapping[str, object], *, is_few: bool) -> str:
    doubts = [DOUBTS[verdict] for verdict in [row["reliability"]] if verdict in DOUBTS]
    if is_few:
        said = f"{write_count(row['count'])} van de {write_count(row['n'])} gemeenten"
    else:
        margin = share_range(row["ci_low"], row["ci_high"])
        said = coded.wording.share(row["count"], row["n"], "gemeenten", margin=margin)
    return f"- **{row['label']}**: {said}. {caution(doubts)}".rstrip()


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


def describe_agreement(coded: CodedQuestion, table: pd.DataFrame, level: str = "theme") -> str:
    """Return sentences on how far coders agree, and which themes are not reliable or perhaps not.

    Parameters
    ----------
    coded
        The question.
    table
        From :func:`analysis.reporting.theme_tables.theme_table`.
    level
        Level of the table: ``theme`` or ``code``.
    """
    if not coded.is_coded:
        return describe_not_coded(coded)
    rows = coded.agreement[(coded.agreement["level"] == "code") & (coded.agreement["code"] == OVERALL)]
    if rows.empty or pd.isna(rows["alpha"].iloc[0]):
        return "Hoe goed codeurs het eens zijn, is niet te zeggen: te weinig antwoorden zijn dubbel gecodeerd."
    overall = rows.iloc[0]
    sentences = [
        f"{'Gesimuleerde codeurs' if not coded.number('n_coders') else 'Codeurs'} beoordeelden "
        f"{_answers(int(overall['n']))} dubbel. Krippendorffs alfa over alle codes is "
        f"{decimal(overall['alpha'], 2)}{_interval(overall)}."
    ]
    limit, (one, several) = decimal(coded.threshold, 3), LEVELS[level]
    names = {verdict: _names(rows) for verdict, rows in table.groupby("reliability", observed=True)}
    if set(names) == {"reliable"}:
        return f"{sentences[0]} Bij elk genoemd {one} ligt het hele interval boven de grens van {limit}."
    if weak := names.get("not_reliable"):
        sentences.append(
            f"Onder de grens van {limit} {_verb(weak)} {enumerate_dutch(weak)}: trek daaruit geen conclusie."
        )
    if unsure := names.get("unsure"):
        sentences.append(
            f"Twijfelachtig {'zijn' if len(unsure) > 1 else 'is'} {enumerate_dutch(unsure)}: alfa haalt de grens "
            f"van {limit}, maar het interval begint eronder."
        )
    if few := names.get("too_few"):
        sentences.append(
            f"Te weinig genoemd om te beoordelen {'zijn' if len(few) > 1 else 'is'} {enumerate_dutch(few)}."
        )
    if unknown := names.get("unknown"):
        sentences.append(f"Bij {enumerate_dutch(unknown)} is niet te zeggen hoe goed codeurs het eens zijn.")
    if sure := names.get("reliable"):
        others = several if len(sure) > 1 else one
        article = "het" if others == LEVELS["theme"][0] else "de"
        sentences.append(f"Bij {article} andere {others} ligt het hele interval boven de grens.")
    return " ".join(sentences)


def reliability_note(coded: CodedQuestion, table: pd.DataFrame, level: str = "theme") -> str:
    """Return what a reader of a figure must know of the coders; empty when every theme is reliable.

    Parameters
    ----------
    coded
        The question.
    table
        From :func:`analysis.reporting.theme_tables.theme_table`.
    level
        Level of the table: ``theme`` or ``code``.
    """
    limit, (one, several) = decimal(coded.threshold, 3), LEVELS[level]
    verdicts, notes = table["reliability"], []
    if weak := int((verdicts == "not_reliable").sum()):
        which = several if weak > 1 else one
        this = "dit" if which == LEVELS["theme"][0] else "deze"
        notes.append(
            f"{capitalise(UNRELIABLE)}: over {this} {which} zijn codeurs het te weinig eens (alfa onder {limit})."
        )
    if unsure := int((verdicts == "unsure").sum()):
        which = f"één {one}" if unsure == 1 else f"{write_count(unsure)} {several}"
        notes.append(f"Bij {which} haalt alfa de grens ({limit}), maar begint het interval eronder; zie de tabel.")
    if few := int((verdicts == "too_few").sum()):
        which = f"Eén {one} is" if few == 1 else f"{capitalise(write_count(few))} {several} zijn"
        notes.append(f"{which} te weinig genoemd om te beoordelen of codeurs het eens zijn.")
    if unknown := int((verdicts == "unknown").sum()):
        which = f"één {one}" if unknown == 1 else f"{write_count(unknown)} {several}"
        notes.append(f"Bij {which} is niet te zeggen hoe goed codeurs het eens zijn.")
    return " ".join(notes)


def _answers(number: int) -> str:
    return "één antwoord" if number == 1 else f"{write_count(number)} antwoorden"


def _names(rows: pd.DataFrame) -> list[str]:
    return [f"*{label.removesuffix(f' ({UNRELIABLE})')}*" for label in rows["label"]]


def _verb(names: list[str]) -> str:
    return "blijven" if len(names) > 1 else "blijft"


def _interval(row: pd.Series) -> str:
    if pd.isna(row["alpha_low"]):
        return ""
    return f" (95%-interval {decimal(row['alpha_low'], 2)} tot {decimal(row['alpha_high'], 2)})"
