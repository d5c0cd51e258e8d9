"""Which municipalities stand behind a pseudonym: only for whoever holds the raw export and the secret."""

from collections.abc import Collection

import pandas as pd

from analysis.survey.cleaning import CleaningRules
from analysis.survey.corrections import CorrectionList, apply_corrections
from analysis.survey.intake import Export
from analysis.survey.municipality_matching import match_municipalities
from analysis.survey.municipality_names import index_names
from analysis.survey.pseudonyms import pseudonym_key, pseudonyms
from analysis.survey.register import Register


def respondent_municipalities(
    export: Export,
    register: Register,
    respondents: Collection[str],
    *,
    corrections: CorrectionList | None = None,
    rules: CleaningRules | None = None,
) -> pd.Series:
    """Return the municipalities of respondents; the pseudonyms are made again from the raw export and compared.

    Parameters
    ----------
    export
        The raw export from which the respondents came.
    register
        Municipalities with their names.
    respondents
        Pseudonyms of the usable reactions.
    corrections, rules
        Those of the cleaning.

    Returns
    -------
    pandas.Series
        Codes joined by a bar, by pseudonym; blank for those without a certain municipality.
    """
    rules, reactions = rules or CleaningRules(), export.reactions
    if corrections is not None:
        reactions = apply_corrections(reactions, corrections, export.instrument)[0]
    matches = match_municipalities(
        reactions["q01"], index_names(register), threshold=rules.match_threshold, margin=rules.match_margin
    )
    codes = matches.table["municipalities"].astype("str")[matches.table["status"] == "matched"]
    codes = codes[codes != ""].drop_duplicates()
    names = pseudonyms(codes, pseudonym_key(synthetic=export.synthetic), kind="respondent")
    known = pd.Series(codes.to_numpy(), index=pd.Index(names, name="respondent_id"), dtype="str")
    return known.reindex(pd.Index(list(respondents), name="respondent_id"), fill_value="")
