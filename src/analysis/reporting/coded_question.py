"""What is known of one open question: its codes, how far the coding is, its themes, and who was asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.errors import InputError
from analysis.reporting.chapter import ALL
from analysis.reporting.wording import Wording, read_wording
from analysis.survey.coding.codeframe import Codeframe, load_codeframes
from analysis.survey.instrument import Instrument, load_instrument

TABLES = {
    "themes": "question",
    "theme_differences": "question",
    "theme_pairs": "question",
    "coding_agreement": "column",
    "coding_progress": "column",
    "quotes": "column",
}
"""The tables about coded answers, each with the column that names the question."""
EMPTY_NUMBERS = {
    name: [""]
    for name in (
        "share",
        "ci_low",
        "ci_high",
        "count",
        "expected",
        "is_different",
        "alpha",
        "alpha_low",
        "alpha_high",
        "agreement",
    )
}


@dataclass(frozen=True)
class CodedQuestion:
    """All that the stage ``coding`` found out about one open question.

    Parameters
    ----------
    codeframe
        The codes and themes.
    base
        Who was asked, as a Dutch plural.
    wording
        How shares are put into words.
    themes, differences, pairs, agreement, progress, quotes
        The rows of this question in the tables of :data:`TABLES`.
    """

    codeframe: Codeframe
    base: str
    wording: Wording
    themes: pd.DataFrame
    differences: pd.DataFrame
    pairs: pd.DataFrame
    agreement: pd.DataFrame
    progress: pd.DataFrame
    quotes: pd.DataFrame

    def number(self, name: str) -> int:
        """Return a number of the progress of the coding, such as ``n_answers``.

        Parameters
        ----------
        name
            Column of ``coding_progress.csv``.
        """
        return int(self.progress[name].iloc[0])

    @property
    def is_coded(self) -> bool:
        """Whether somebody has coded an answer."""
        return self.number("n_coded") > 0

    @property
    def n_waiting(self) -> int:
        """Answers that nobody has coded yet."""
        return self.number("n_answers") - self.number("n_coded")

    @property
    def n_content(self) -> int:
        """Respondents whose answer says something, by the codes that count."""
        answered = self.themes.loc[self.themes["denominator"] == "answered", "n"]
        return int(answered.max()) if len(answered) else 0

    @property
    def threshold(self) -> float:
        """Alpha from which a theme is reliable."""
        return float(self.progress["threshold"].iloc[0])


@dataclass(frozen=True)
class Coding:
    """What is known of all open questions.

    Parameters
    ----------
    instrument
        The questionnaire.
    codeframes
        Codeframe by column.
    wording
        How shares are put into words.
    tables
        The tables of :data:`TABLES` by name.
    """

    instrument: Instrument
    codeframes: Mapping[str, Codeframe]
    wording: Wording
    tables: Mapping[str, pd.DataFrame]

    def question(self, column: str) -> CodedQuestion:
        """Select what is known of one open question.

        Parameters
        ----------
        column
            Column of the open answers.

        Raises
        ------
        InputError
            When the column has no codeframe, or the tables were made without it.
        """
        if column not in self.codeframes or column not in set(self.tables["coding_progress"]["column"]):
            raise InputError(
                f"nothing is known of the answers in {column}",
                file=f"data/raw/codeframes/{column}.yaml",
                expected=f"one of {', '.join(self.codeframes)}",
                remedy="name one of these, or write the codeframe; then: make report",
            )
        base = self.instrument.question(column.removesuffix("_text")).base
        own = {
            name: self.tables[name][self.tables[name][key] == column].reset_index(drop=True)
            for name, key in TABLES.items()
        }
        return CodedQuestion(
            self.codeframes[column],
            "gemeenten" if base == ALL else self.instrument.base(base).nl,
            self.wording,
            *(own[name] for name in TABLES),
        )


def read_coding(
    *, instrument: Path, quantifiers: Path, codeframes: Path, released: Path, **processed: Path
) -> Coding:
    """Read what the stages ``coding`` and ``disclosure`` found out about open questions.

    Parameters
    ----------
    instrument, quantifiers
        The questionnaire and the table of quantifiers.
    codeframes
        Folder with the codeframes.
    released
        Folder with the tables of the stage ``disclosure``.
    processed
        File by name of the other tables: ``coding_agreement``, ``coding_progress`` and ``quotes``.

    Raises
    ------
    TypeError
        When a table is left out, or a name is none.
    """
    paths = {name: released / f"{name}.csv" for name in TABLES if name.startswith("theme")} | processed
    if set(paths) != set(TABLES):
        raise TypeError(f"the tables are {', '.join(TABLES)}; given: {', '.join(paths)}")
    tables = {
        name: pd.read_csv(path, keep_default_na=False, na_values=EMPTY_NUMBERS) for name, path in paths.items()
    }
    return Coding(load_instrument(instrument), load_codeframes(codeframes), read_wording(quantifiers), tables)
