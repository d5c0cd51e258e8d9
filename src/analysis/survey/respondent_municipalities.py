"""Which municipalities stand behind a pseudonym: only for whoever holds the raw export and the secret."""

from collections.abc import Collection

import pandas as pd

from analysis.errors import InputError
from analysis.survey.cleaning import CleaningRules
from analysis.survey.corrections import CorrectionList, apply_corrections
from analysis.survey.intake import Export
from analysis.survey.municipality_matching import match_municipalities
from analysis.survey.municipality_names import index_names
from analysis.survey.pseudonyms import SECRET, pseudonym_key, pseudonyms
from analysis.survey.register import Register
from analysis.survey.released_tables import REACTION, identity


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

    Raises
    ------
    InputError
        When a pseudonym cannot be made again: with another secret, export or corrections than the cleaning had, no
        or few municipalities would be found, and nobody would notice.
    """
    rules, reactions = rules or CleaningRules(), export.reactions
    if corrections is not None:
        reactions = apply_corrections(reactions, corrections, export.instrument)[0]
    matches = match_municipalities(
        reactions["q01"], index_names(register), threshold=rules.match_threshold, margin=rules.match_margin
    )
    named = reactions[["response_id"]].join(matches.table[["municipalities", "status"]])
    identities = identity(named).drop_duplicates()
    key = pseudonym_key(synthetic=export.synthetic)
    by_reaction = identities.str.startswith(REACTION)
    known = pd.Series(
        identities.mask(by_reaction, "").to_numpy(),
        index=pd.Index(pseudonyms(identities, key, kind="respondent"), name="respondent_id"),
        dtype="str",
    )
    asked = pd.Index(list(respondents), name="respondent_id")
    if n_unknown := len(asked.difference(known.index)):
        raise InputError(
            f"{n_unknown} of {len(asked)} respondents cannot be found again in the raw export",
            file="data/processed/respondents.csv",
            expected=f"pseudonyms made from the same export, corrections and {SECRET}",
            remedy=f"set {SECRET} to the secret that the cleaning had, or remove this file, then: make report",
        )
    return known.reindex(asked)
