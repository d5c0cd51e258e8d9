"""What must hold of an export and of what the cleaning made of it, whatever the answers are."""

from analysis.survey.cleaning import CleaningResult
from analysis.survey.instrument import MISSING
from analysis.survey.intake import Export
from analysis.survey.represented import UNKNOWN_PROVINCE


def check_export(export: Export) -> str:
    """Check an export as it was read and say in Dutch what was established.

    Parameters
    ----------
    export
        From :func:`analysis.survey.intake.read_export`.

    Raises
    ------
    ValueError
        When a reaction is not there exactly once, or a column is missing.
    """
    reactions, instrument = export.reactions, export.instrument
    _require(reactions["response_id"].is_unique and reactions.index.is_unique, "a reaction is there twice")
    _require(set(instrument.columns) <= set(reactions.columns), "a column of the instrument is missing")
    kind = "verzonnen" if export.synthetic else "echte"
    return (
        f"{len(reactions)} {kind} reacties gelezen, elk met een eigen nummer; "
        f"alle {len(instrument.columns)} kolommen van de vragenlijst zijn er."
    )


def check_cleaning(export: Export, result: CleaningResult) -> str:
    """Check that nothing was lost, doubled or invented, and say in Dutch what was established.

    Parameters
    ----------
    export
        What was cleaned.
    result
        What the cleaning made of it.

    Raises
    ------
    ValueError
        With what does not hold; never with an answer.
    """
    flow, respondents, answers = result.flow, result.respondents, result.open_answers
    n = len(export.reactions)
    _require(len(result.dispositions) == n, "not every reaction has one disposition")
    _require(flow["n_before"].iloc[0] == n, "the flow does not start with all reactions")
    _require(
        (flow["n_before"].iloc[1:].to_numpy() == flow["n_after"].iloc[:-1].to_numpy()).all(), "the flow leaks"
    )
    _require(flow["n_after"].iloc[-2] == len(respondents), "the flow does not end with the respondents")
    known = int((respondents["province"] != UNKNOWN_PROVINCE).sum())
    _require(flow["n_after"].iloc[-1] == known, "the flow does not end with the known provinces")
    _require(
        set(answers["respondent_id"]) <= set(respondents["respondent_id"]), "an open answer has no respondent"
    )
    _require(answers["answer_id"].is_unique, "an open answer is there twice")
    for question in export.instrument.closed_questions:
        for column in question.columns:
            _require(_changed_as_reported(export, result, column), f"{column} was changed without a finding")
    return (
        f"{n} reacties, elk met één eindstand; {len(respondents)} bruikbaar, waarvan {known} met een bekende "
        "provincie. Geen enkel gesloten antwoord is veranderd zonder dat het gemeld is."
    )


def _changed_as_reported(export: Export, result: CleaningResult, column: str) -> bool:
    """Compare a closed column before and after: what differs must be a finding or a missing code."""
    usable = result.reactions.index[result.reactions["disposition"] == "complete"]
    reported = result.findings.loc[result.findings["column"] == column, "row"]
    before = export.reactions.loc[usable.difference(reported), column].value_counts()
    after = result.respondents[column].value_counts()
    blank = ["", "0", *MISSING]
    before, after = before.drop(blank, errors="ignore"), after.drop(blank, errors="ignore")
    extra = (after - before.reindex(after.index, fill_value=0)).clip(lower=0).sum()
    lost = (before - after.reindex(before.index, fill_value=0)).clip(lower=0).sum()
    return lost == 0 and extra <= len(reported)


def _require(holds: bool, problem: str) -> None:
    if not holds:
        raise ValueError(problem)
