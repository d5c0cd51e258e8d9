"""Which answers to a question with several go together, how many were given, and which contradict each other."""

import pandas as pd

from analysis.reporting.chapter import Chapter
from analysis.reporting.display import show_figure, show_table, show_text
from analysis.reporting.dutch_numbers import count, decimal
from analysis.reporting.figures import combinations, describe_combinations
from analysis.reporting.figures.combinations import MOST
from analysis.reporting.reading_notes import RULES_LINK


def combination_table(chapter: Chapter, name: str) -> pd.DataFrame:
    """Return the combinations of answers that enough respondents gave to be shown.

    Parameters
    ----------
    chapter
        The results of its chapter.
    name
        Name of a question with several answers.

    Returns
    -------
    pandas.DataFrame
        ``question``, ``combination`` (codes), ``label``, ``n``, ``count`` and ``share``, most frequent first.
    """
    labels = {option.code: option.nl for option in chapter.question(name).options}
    found = _of(chapter.combinations, name)
    label = [" + ".join(labels[code] for code in text.split(";") if code) for text in found["combination"]]
    found = found.assign(label=[text or "Geen van de antwoorden" for text in label])
    return found[["question", "combination", "label", "n", "count", "share"]]


def show_combinations(chapter: Chapter, name: str, *, least: int) -> None:
    """Show which answers were most often given together.

    Parameters
    ----------
    chapter
        The results of its chapter.
    name
        Name of a question with several answers, which has a figure in the report.
    least
        How many must have given a combination for it to be shown.
    """
    question, frequent = chapter.question(name), combination_table(chapter, name)
    labels = {option.code: option.nl for option in question.options}
    if frequent.empty:
        show_text("Geen combinatie van antwoorden komt vaak genoeg voor om te laten zien.")
        return
    notes = [f"De figuur laat alleen combinaties zien die minstens {count(least)} gemeenten gaven."]
    if rest := int(frequent["n"].iloc[0] - frequent["count"].sum()):
        notes.append(
            f"{count(rest)} gemeenten gaven een andere combinatie, of een waaruit een kleiner getal is uit te "
            f"rekenen ({RULES_LINK})."
        )
    if left := int(frequent["count"].sort_values(ascending=False).iloc[MOST:].sum()):
        gave = "Nog één gemeente gaf" if left == 1 else f"Nog {count(left)} gemeenten gaven"
        notes.append(f"{gave} een combinatie die alleen in de tabel staat.")
    if "" in set(frequent["combination"]):
        notes.append("Een kolom zonder gevulde stip: geen van de antwoorden.")
    show_figure(
        combinations(frequent, labels, base=chapter.noun(question)),
        number=f"{question.figure}c",
        caption=f"{question.nl}: welke antwoorden samengaan",
        alt=describe_combinations(frequent, labels),
        note=" ".join(notes),
        data=frequent[["label", "count", "share"]],
        formats={"share": "percentage"},
        headings={"label": "Combinatie", "count": "Aantal", "share": "Aandeel"},
        download=f"tables/combinations_{question.figure}.csv",
    )


def show_pairs(chapter: Chapter, name: str, most: int = 8) -> None:
    """Show which two answers go together more often than chance would have it.

    Parameters
    ----------
    chapter
        The results of its chapter.
    name
        Name of a question with several answers.
    most
        How many pairs are shown.
    """
    question = chapter.question(name)
    pairs = _of(chapter.pairs, name).dropna(subset="count")
    if pairs.empty:
        show_text("Geen paar van antwoorden komt vaak genoeg wel en niet voor om te laten zien.")
        return
    pairs = pairs.assign(more=pairs["count"] - pairs["expected"])
    pairs = pairs.sort_values("more", ascending=False, kind="stable").iloc[:most]
    labels = {option.code: option.nl for option in question.options}
    table = pd.DataFrame(
        {
            "Antwoord": pairs["option_a"].map(labels),
            "Samen met": pairs["option_b"].map(labels),
            "Beide gekozen": pairs["count"].astype(int),
            "Bij toeval verwacht": pairs["expected"],
        }
    )
    show_table(
        table,
        caption=f"{question.nl}: welke antwoorden vaker samengaan dan toeval",
        note=f"Van de {count(pairs['n'].iloc[0])} {chapter.noun(question)}. Het verwachte aantal geldt als de ene "
        "keuze niets zegt over de andere. De tabel begint bij het grootste verschil; er is niet getoetst. Een "
        f"paar dat weinig gemeenten wel of niet kozen, staat er niet bij ({RULES_LINK}).",
        formats={"Bij toeval verwacht": "decimal_1"},
    )


def show_mentions(chapter: Chapter, name: str) -> None:
    """Say how many answers respondents gave to a question with several answers, and whether any contradict.

    Parameters
    ----------
    chapter
        The results of its chapter.
    name
        Name of the question.
    """
    question = chapter.question(name)
    (number,) = _of(chapter.mentions, name)[["n", "answers", "low", "middle", "high"]].astype(int).to_numpy()
    n, total, low, middle, high = (int(value) for value in number)
    span = {0: f"{low}", 1: f"{low} of {high}"}.get(high - low, f"{low} tot en met {high}")
    sentences = [
        f"De {count(n)} gemeenten kozen samen {count(total)} antwoorden, gemiddeld {decimal(total / n)} per "
        f"gemeente. De middelste gemeente koos er {middle}; minstens acht op de tien gemeenten kozen er {span}."
    ]
    labels = {option.code: option.nl for option in question.options}
    for row in _of(chapter.conflicts, name).itertuples():
        sentences.append(_conflict_sentence(labels[row.option], row.n, row.conflicts))
    show_text("\n\n".join(sentences))


def _conflict_sentence(label: str, n: int, conflicts: float) -> str:
    """Say how many chose an option that goes with no other one together with another one."""
    if conflicts == 0:
        return f"Niemand koos ‘{label}’ samen met een ander antwoord."
    if pd.isna(conflicts):
        said = f"Het komt voor dat een gemeente ‘{label}’ koos en ook een ander antwoord; hoe vaak, tonen we niet"
        return f"{said} ({RULES_LINK}). Dat spreekt elkaar tegen."
    chose = f"Van de {count(n)} gemeenten die ‘{label}’ kozen, kozen er {count(conflicts)} ook een ander antwoord"
    return f"{chose}. Dat spreekt elkaar tegen."


def _of(table: pd.DataFrame, name: str) -> pd.DataFrame:
    return table[table["question"] == name].reset_index(drop=True)
