"""The last questions: willing to be interviewed, and invented contact details."""

import numpy as np
import pandas as pd

from analysis.survey.synthetic.routes import answered_by
from analysis.survey.synthetic.sources import Sources

INTERVIEW, EMAIL, TELEPHONE, RESULTS = "q29", "q30a", "q30b", "q31"


def write_contact(table: pd.DataFrame, sources: Sources, random: np.random.Generator) -> pd.DataFrame:
    """Add contact details, skip a closing question here and there, and type something that says nothing.

    Parameters
    ----------
    table
        One row per reaction, the columns of the instrument; not changed.
    sources
        The questionnaire, how often people do what, and what they type when they have nothing to say.
    random
        Source of the choice.
    """
    result, number = table.copy(), len(table)
    contact, empty_words = sources.parameters.contact, sources.catalogue.empty_words
    addresses = np.array([f"deelnemer{digits}@example.org" for digits in random.integers(1000, 10**6, number)])
    telephones = np.array([f"06-0000{digits:04d}" for digits in random.integers(0, 10**4, number)])
    willing = (result[INTERVIEW] == "a").to_numpy()
    result[EMAIL] = np.where(willing, addresses, "")
    result[TELEPHONE] = np.where(willing & (random.random(number) < contact.telephone), telephones, "")
    result[RESULTS] = np.where(random.random(number) < contact.results, addresses, "")
    skips = (random.random(number) < contact.skips_interview) & ~willing
    result.loc[skips, INTERVIEW] = ""
    for column in ("q17", "q26", "q27", "q28"):
        asked = answered_by(sources.instrument, sources.instrument.question(column), result)
        is_blank = (result[column] == "").to_numpy()
        says_nothing = asked & is_blank & (random.random(number) < contact.says_nothing)
        words = np.array(empty_words, dtype=object)[random.integers(0, len(empty_words), number)]
        result[column] = np.where(says_nothing, words, result[column])
    return result
