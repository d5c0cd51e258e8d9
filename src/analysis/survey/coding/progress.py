"""How far the coding of a question is: answers with a code, by whom, and how their codes were settled."""

import pandas as pd

from analysis.survey.coding.settlement import SOURCES
from analysis.survey.coding.synthetic_coders import CODERS

COLUMNS = ("n_asked", "n_answers", "n_coded", "n_synthetic", "n_coders", *SOURCES, "threshold")


def coding_progress(
    n_asked: int, n_answers: int, codings: pd.DataFrame, settled: pd.DataFrame, threshold: float
) -> pd.DataFrame:
    """Count the answers to one question by how far their coding is.

    Parameters
    ----------
    n_asked
        Respondents who were asked the question.
    n_answers
        Answers to it.
    codings
        Codings of all coders, people and synthetic ones.
    settled
        What :func:`analysis.survey.coding.settlement.settled_codes` returned.
    threshold
        Alpha from which a theme is reliable.

    Returns
    -------
    pandas.DataFrame
        One row with :data:`COLUMNS`: ``n_coded`` answers with a code of somebody, ``n_synthetic`` of these by
        synthetic coders, ``n_coders`` people who coded, and the coded answers by source.
    """
    synthetic = codings["coder"].isin(CODERS)
    sources = settled["source"].value_counts()
    row = {
        "n_asked": n_asked,
        "n_answers": n_answers,
        "n_coded": len(settled),
        "n_synthetic": codings.loc[synthetic, "answer_id"].nunique(),
        "n_coders": codings.loc[~synthetic, "coder"].nunique(),
        **{source: int(sources.get(source, 0)) for source in SOURCES},
        "threshold": threshold,
    }
    return pd.DataFrame([row], columns=list(COLUMNS))
