"""The questionnaire beside the data: who was asked each question, who answered it, and what was chosen."""

import pandas as pd

from analysis.survey.instrument import MISSING, Instrument, Question
from analysis.survey.routing import asked
from analysis.survey.size_class import CLASS_OF_ANSWER

NUMBERS = ("n_respondents", "n_asked", "n_answered", "n_not_answered")
COUNTS = ("question", "number", "label", "type", "base", "figure", *NUMBERS)
OPTIONS = ("question", "item", "option", "label", "count")
SIZE_QUESTION = "q03"


def question_counts(instrument: Instrument, respondents: pd.DataFrame, open_answers: pd.DataFrame) -> pd.DataFrame:
    """Count who was asked and who answered each question, open ones too.

    Parameters
    ----------
    instrument
        The questionnaire.
    respondents
        The respondents table.
    open_answers
        Open answers: ``respondent_id`` and ``column``; who wrote nothing has no row.

    Returns
    -------
    pandas.DataFrame
        Columns :data:`COUNTS`, a row per question. A grid is answered when one of its rows is. Of what identifies
        a respondent the data hold no answer, so that it is not known who answered.
    """
    reached = asked(instrument, respondents)
    rows = []
    for question in instrument.questions:
        n_asked = int(reached[question.name].sum())
        answered = _answered(question, respondents, open_answers)
        silent = pd.NA if answered is pd.NA else n_asked - answered
        described = (
            question.name,
            question.number,
            question.nl,
            question.type,
            question.base,
            question.figure or "",
        )
        rows.append((*described, len(respondents), n_asked, answered, silent))
    return pd.DataFrame(rows, columns=list(COUNTS)).astype(dict.fromkeys(NUMBERS, "Int64"))


def _answered(question: Question, respondents: pd.DataFrame, open_answers: pd.DataFrame) -> object:
    if question.type != "open":
        given = ~respondents[list(question.columns)].isin(MISSING)
        return int(given.any(axis="columns").sum())
    if question.disclosure == "identifier":
        return pd.NA
    own = open_answers[open_answers["column"].isin(question.columns)]
    return int(own["respondent_id"].nunique())


def option_counts(instrument: Instrument, respondents: pd.DataFrame) -> pd.DataFrame:
    """Count how many respondents chose each option of each closed question, chosen by nobody too.

    Parameters
    ----------
    instrument
        The questionnaire.
    respondents
        The respondents table.

    Returns
    -------
    pandas.DataFrame
        Columns :data:`OPTIONS`, in the order of the questionnaire; ``item`` is the row of a grid, else blank. The
        kinds of missing that a question has follow its options.
    """
    missing = {kind.code: kind.nl for kind in instrument.missing}
    rows = []
    for question in instrument.closed_questions:
        labels = _shown_options(question)
        kinds = {code: missing[code] for code in question.missing}
        if question.type == "multi":
            for column, (code, label) in zip(question.columns, labels.items(), strict=True):
                rows.append((question.name, "", code, label, int((respondents[column] == "1").sum())))
            first = respondents[question.columns[0]]
            rows += [(question.name, "", code, label, int((first == code).sum())) for code, label in kinds.items()]
            continue
        items = [item.nl for item in question.items] or [""]
        for column, item in zip(question.columns, items, strict=True):
            for code, label in (labels | kinds).items():
                chosen = respondents[column].isin(code.split(";"))
                rows.append((question.name, item, code, label, int(chosen.sum())))
    return pd.DataFrame(rows, columns=list(OPTIONS))


def _shown_options(question: Question) -> dict[str, str]:
    """Return the label by code; options that are one size class are joined, as in ``a;b``.

    Anybody can name the four largest cities: how many of them responded would come close to naming who did.
    """
    labels = {option.code: option.nl for option in question.options}
    if question.name != SIZE_QUESTION:
        return labels
    joined: dict[str, list[str]] = {}
    for code in labels:
        joined.setdefault(CLASS_OF_ANSWER[code], []).append(code)
    return {";".join(codes): " of ".join(labels[code] for code in codes) for codes in joined.values()}


def check_counts(counts: pd.DataFrame, options: pd.DataFrame, instrument: Instrument) -> str:
    """Check that the answers to each question add up to who was asked, and say in Dutch what was established.

    Parameters
    ----------
    counts, options
        From :func:`question_counts` and :func:`option_counts`.
    instrument
        The questionnaire.

    Raises
    ------
    ValueError
        When more respondents answered than were asked, or the answers to a question with one answer do not add up
        to the respondents.
    """
    if (counts["n_not_answered"].dropna() < 0).any():
        raise ValueError("more respondents answered a question than were asked it")
    single = {question.name for question in instrument.closed_questions if question.type != "multi"}
    sums = options[options["question"].isin(single)].groupby(["question", "item"], observed=True)["count"].sum()
    if (sums != counts["n_respondents"].iloc[0]).any():
        raise ValueError("the answers to a question do not add up to the respondents")
    n = int(counts["n_respondents"].iloc[0])
    return f"{len(counts)} vragen; bij elke vraag met één antwoord tellen de antwoorden op tot {n} reacties."
