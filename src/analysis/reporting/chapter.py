"""What the page of a chapter selects from: the estimates, bases, tests and combinations of its questions."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.errors import InputError
from analysis.reporting.dutch_numbers import count
from analysis.reporting.wording import Wording, read_wording
from analysis.survey.instrument import Instrument, Question, load_instrument
from analysis.survey.register import SIZE_LIMITS

TEXT_COLUMNS = {
    *("wave", "figure", "question", "option", "base", "group_variable", "group", "estimator", "flag"),
    *("denominator", "rounding", "combination", "option_a", "option_b", "is_different"),
}
ALL = "all"
"""What the estimates call the whole base. Their module is not imported: a page needs no SciPy."""
ESTIMATORS = {
    "unweighted": "Ongewogen",
    "raked": "Gewogen naar grootte en provincie",
}
RELEASED = ("estimates", "size_classes", "differences", "combinations", "pairs", "mentions", "conflicts")
_LOW, _HIGH = map(count, SIZE_LIMITS)
GROUPS = {
    ALL: "Alle samen",
    "d": f"Tot {_LOW}",
    "c": f"{_LOW} tot {_HIGH}",
    "ab": f"Vanaf {_HIGH}",
}
"""What the groups are called on a page: the whole base, and the size classes by number of inhabitants."""


@dataclass(frozen=True)
class Chapter:
    """The results of one chapter.

    Parameters
    ----------
    number
        Number of the chapter.
    instrument
        The questionnaire.
    wording
        How shares are put into words.
    bases
        Who was asked and answered, from the stage ``estimates``.
    estimates, size_classes, differences, combinations, pairs, mentions, conflicts
        Tables of the stage ``disclosure``: what may be shown. All tables hold the rows of this chapter.
    """

    number: int
    instrument: Instrument
    wording: Wording
    bases: pd.DataFrame
    estimates: pd.DataFrame
    size_classes: pd.DataFrame
    differences: pd.DataFrame
    combinations: pd.DataFrame
    pairs: pd.DataFrame
    mentions: pd.DataFrame
    conflicts: pd.DataFrame

    @property
    def questions(self) -> tuple[Question, ...]:
        """Closed questions of the chapter, in the order of the questionnaire."""
        return tuple(one for one in self.instrument.closed_questions if one.chapter == self.number)

    def question(self, name: str) -> Question:
        """Return a closed question of the chapter.

        Parameters
        ----------
        name
            Name of the question.

        Raises
        ------
        InputError
            When the chapter has no such closed question.
        """
        question = self.instrument.question(name)
        if question not in self.questions:
            known = ", ".join(one.name for one in self.questions)
            raise InputError(
                f"chapter {self.number} has no closed question {name}",
                expected=f"one of {known}",
                remedy="name one of these, or read the chapter of this question",
            )
        return question

    def noun(self, question: Question) -> str:
        """Return who was asked, as a Dutch plural.

        Parameters
        ----------
        question
            A question of the chapter.
        """
        return "gemeenten" if question.base == ALL else self.instrument.base(question.base).nl

    def items(self, question: Question) -> dict[str, str]:
        """Return what the tables call the question, or each row of a grid, with its label.

        Parameters
        ----------
        question
            A question of the chapter.
        """
        if question.type == "grid":
            return dict(zip(question.columns, (item.nl for item in question.items), strict=True))
        return {question.name: question.nl}


def read_chapter(
    number: int,
    *,
    instrument: Path,
    quantifiers: Path,
    bases: Path,
    released: Path,
) -> Chapter:
    """Read the results of one chapter.

    Parameters
    ----------
    number
        Number of the chapter.
    instrument, quantifiers
        The questionnaire and the table of quantifiers.
    bases
        Who was asked and answered, from the stage ``estimates``.
    released
        Folder with the tables of the stage ``disclosure``.

    Raises
    ------
    InputError
        When the chapter has no closed question.
    """
    questionnaire = load_instrument(instrument)
    names = {
        name
        for question in questionnaire.closed_questions
        if question.chapter == number
        for name in (question.name, *question.columns)
    }
    if not names:
        raise InputError(f"chapter {number} has no closed question", file=instrument)
    paths = {"bases": bases} | {name: released / f"{name}.csv" for name in RELEASED}
    tables = {name: _read_table(path) for name, path in paths.items()}
    tables = {name: table[table["question"].isin(names)].reset_index(drop=True) for name, table in tables.items()}
    return Chapter(number, questionnaire, read_wording(quantifiers), **tables)


def check_chapter(chapter: Chapter) -> str:
    """Check that the results of a chapter are complete and hold together, and say in Dutch what was established.

    Parameters
    ----------
    chapter
        The results.

    Raises
    ------
    InputError
        When a question lacks an option, estimator, base or test, an estimate stands there twice, a share lies
        outside its own interval, or a question with one answer has more answers than respondents.
    """
    rows = pd.concat([chapter.estimates, chapter.size_classes.query("group != @ALL")], ignore_index=True)
    for question in chapter.questions:
        whole = rows[(rows["group"] == ALL) & rows["question"].isin(chapter.items(question))]
        expected = {
            (item, option, estimator)
            for item in chapter.items(question)
            for option in question.codes
            for estimator in ESTIMATORS
        }
        found = set(whole[["question", "option", "estimator"]].itertuples(index=False, name=None))
        _refuse(not expected <= found, question, "lacks an option or an estimator")
        for table in (chapter.bases, chapter.differences):
            _refuse(not set(chapter.items(question)) <= set(table["question"]), question, "lacks a base or a test")
    keys = ["question", "option", "group", "estimator"]
    outside = (rows["share"] < rows["ci_low"] - 1e-9) | (rows["share"] > rows["ci_high"] + 1e-9)
    for question in chapter.questions:
        own = rows["question"].isin(chapter.items(question))
        _refuse(bool(rows[own].duplicated(keys).any()), question, "has an estimate twice")
        _refuse(bool(outside[own].any()), question, "has a share outside its interval")
        single = rows[own & rows["option"].isin(question.codes) & (question.type != "multi")]
        sums = single.groupby(keys[:1] + keys[2:], observed=True).agg(chosen=("count", "sum"), n=("n", "first"))
        _refuse(bool((sums["chosen"] > sums["n"]).any()), question, "has more answers than respondents")
    return (
        f"{len(chapter.questions)} gesloten vragen met {len(rows)} schattingen; elke schatting staat er één keer."
    )


def _refuse(wrong: bool, question: Question, problem: str) -> None:
    if wrong:
        raise InputError(
            f"question {question.name} {problem}",
            file="data/processed",
            remedy="make the tables again: make report",
        )


def _read_table(path: Path) -> pd.DataFrame:
    table = pd.read_csv(path, dtype="str", keep_default_na=False)
    numbers = [column for column in table.columns if column not in TEXT_COLUMNS]
    return table.assign(**{column: pd.to_numeric(table[column].replace("", None)) for column in numbers})
