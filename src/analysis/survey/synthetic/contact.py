"""The last questions: willing to be interviewed, and invented contact details."""

import numpy as np
import pandas as pd

from analysis.survey.instrument import Instrument
from analysis.survey.synthetic.parameters import Contact

INTERVIEW, EMAIL, TELEPHONE, RESULTS = "q29", "q30a", "q30b", "q31"
SHARE_OF_EMPTY_WORDS = 0.15


def write_contact(
    table: pd.DataFrame,
    instrument: Instrument,
    contact: Contact,
    empty_words: tuple[str, ...],
    random: np.random.Generator,
) -> pd.DataFrame:
    """Add contact details, skip a closing question here and there, and type something that says nothing.

    Parameters
    ----------
    table
        One row per reaction, the columns of the instrument; not changed.
    instrument
        The questionnaire.
    contact
        How often people do what.
    empty_words
        What people type who have nothing to say.
    random
        Source of the choice.
    """
    result = table.copy()
    number = len(result)
    addresses = np.array([f"deelnemer{digits}@example.org" for digits in random.integers(1000, 10**6, number)])
    telephones = np.array([f"06-0000{digits:04d}" for digits in random.integers(0, 10**4, number)])
    willing = (result[INTERVIEW] == "a").to_numpy()
    result[EMAIL] = np.where(willing, addresses, "")
    result[TELEPHONE] = np.where(willing & (random.random(number) < contact.telephone), telephones, "")
    result[RESULTS] = np.where(random.random(number) < contact.results, addresses, "")
    skips = (random.random(number) < contact.skips_interview) & ~willing
    result.loc[skips, INTERVIEW] = ""
    planning = instrument.base(instrument.question("q26").base).when
    asked = np.logical_and.reduce([result[name].isin(codes).to_numpy() for name, codes in planning.items()])
    for column in ("q17", "q26", "q27", "q28"):
        says_nothing = asked & (result[column] == "").to_numpy() & (random.random(number) < SHARE_OF_EMPTY_WORDS)
        words = np.array(empty_words, dtype=object)[random.integers(0, len(empty_words), number)]
        result[column] = np.where(says_nothing, words, result[column])
    return result
