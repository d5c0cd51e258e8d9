"""Which municipalities stand behind a pseudonym: only for whoever holds the raw export and the secret."""

from collections.abc import Collection, Mapping
from pathlib import Path

import pandas as pd

from analysis.survey.instrument import Instrument
from analysis.survey.intake import read_export
from analysis.survey.municipality_matching import match_municipalities
from analysis.survey.municipality_names import index_names
from analysis.survey.pseudonyms import pseudonym_key, pseudonyms
from analysis.survey.register import Register

MATCH_THRESHOLD, MATCH_MARGIN = 0.85, 0.1


def respondent_municipalities(
    path: Path,
    instrument: Instrument,
    mapping: Mapping[str, str],
    register: Register,
    respondents: Collection[str],
) -> pd.Series:
    """Return the municipalities of respondents; the pseudonyms are made again from the raw export and compared.

    Parameters
    ----------
    path
        The raw export from which the respondents came.
    instrument
        Its questionnaire.
    mapping
        Header by variable.
    register
        Municipalities with their names.
    respondents
        Pseudonyms of the usable reactions.

    Returns
    -------
    pandas.Series
        Codes joined by a bar, by pseudonym; blank for those without a certain municipality.
    """
    export = read_export(path, instrument, mapping)
    matches = match_municipalities(
        export.reactions["q01"], index_names(register), threshold=MATCH_THRESHOLD, margin=MATCH_MARGIN
    )
    codes = matches.table["municipalities"].astype("str")[matches.table["status"] == "matched"]
    codes = codes[codes != ""].drop_duplicates()
    names = pseudonyms(codes, pseudonym_key(synthetic=export.synthetic), kind="respondent")
    known = pd.Series(codes.to_numpy(), index=pd.Index(names, name="respondent_id"), dtype="str")
    return known.reindex(pd.Index(list(respondents), name="respondent_id"), fill_value="")
