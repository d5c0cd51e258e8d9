"""The tables that leave the cleaning: pseudonyms in place of names, sorted by key."""

import pandas as pd

from analysis.survey.instrument import Instrument
from analysis.survey.pseudonyms import pseudonyms
from analysis.survey.represented import UNKNOWN_PROVINCE
from analysis.survey.respondents import check_respondents, respondent_columns

FLOW = (
    ("empty", "Niets ingevuld"),
    ("test", "Proefinvoer"),
    ("break_off", "Afgebroken: te weinig vragen beantwoord"),
    ("partial", "Gedeeltelijk ingevuld, of niet verzonden"),
    ("duplicate", "Gemeente waarvan een andere reactie telt"),
)
REACTION = "reaction "
"""How an identity begins that is no municipality."""
ANONYMOUS_REASON = "Gemeente niet genoemd of niet te herkennen: provincie onbekend"


def route_of(answers: pd.DataFrame, instrument: Instrument) -> pd.Series:
    """Return the route of each respondent: the most specific base that the answers open.

    Parameters
    ----------
    answers
        Codes in the columns on which the bases depend.
    instrument
        The questionnaire. Of the bases with one condition, the one with the fewest codes is the most specific.
    """
    conditional = [base for base in instrument.bases if len(base.when) == 1]
    conditional.sort(key=lambda base: -len(next(iter(base.when.values()))))
    route = pd.Series("", index=answers.index, dtype="str")
    for base in conditional:
        ((question, codes),) = base.when.items()
        route = route.mask(answers[question].isin(codes), base.name)
    return route


def identity(reactions: pd.DataFrame) -> pd.Series:
    """Return by what a respondent is known: its municipalities when they are certain, else its reaction.

    Parameters
    ----------
    reactions
        Table with ``municipalities, status, response_id``.
    """
    certain = (reactions["status"] == "matched") & (reactions["municipalities"] != "")
    by_reaction = REACTION + reactions["response_id"].astype("str")
    return reactions["municipalities"].astype("str").where(certain, by_reaction)


def respondent_table(
    reactions: pd.DataFrame, answers: pd.DataFrame, instrument: Instrument, key: bytes
) -> pd.DataFrame:
    """Make the respondents table of usable reactions and check it against its contract.

    Parameters
    ----------
    reactions
        What was decided about the usable reactions.
    answers
        Their answers after the routing.
    instrument
        The questionnaire.
    key
        Key of the pseudonyms.
    """
    table = pd.DataFrame(
        {
            "respondent_id": pseudonyms(identity(reactions), key, kind="respondent"),
            "route": route_of(answers, instrument),
            "size_class": reactions["size_class"],
            "province": reactions["province"],
            "n_municipalities": reactions["n_municipalities"],
        }
    )
    closed = [column for column in respondent_columns(instrument) if column in answers.columns]
    table = pd.concat([table, answers[closed]], axis="columns").sort_values("respondent_id", ignore_index=True)
    check_respondents(table, instrument)
    return table


def answer_pseudonyms(identities: pd.Series, columns: pd.Series, key: bytes) -> pd.Series:
    """Return the number of each answer, which tells nothing about its respondent.

    Parameters
    ----------
    identities
        By what the respondent is known, from :func:`identity`.
    columns
        Column of the answer, with the same index.
    key
        Key of the pseudonyms.
    """
    return pseudonyms(identities + "\0" + columns, key, kind="answer")


def open_answer_table(texts: pd.DataFrame, reactions: pd.DataFrame, key: bytes) -> pd.DataFrame:
    """Make the table of open answers: ``answer_id, respondent_id, column, text``.

    Parameters
    ----------
    texts
        ``row, column, text``, masked.
    reactions
        The usable reactions, by row.
    key
        Key of the pseudonyms. The number of an answer tells nothing about its respondent, so that two quotes
        cannot be joined.
    """
    kept = texts[texts["row"].isin(reactions.index) & (texts["text"] != "")]
    identities = identity(reactions)
    respondent = pseudonyms(identities, key, kind="respondent")
    columns = kept["column"].astype("str").reset_index(drop=True)
    table = pd.DataFrame(
        {
            "answer_id": answer_pseudonyms(identities[kept["row"]].reset_index(drop=True), columns, key),
            "respondent_id": respondent[kept["row"]].to_numpy(),
            "column": kept["column"].astype("str").to_numpy(),
            "text": kept["text"].to_numpy(),
        }
    )
    return table.sort_values("answer_id", ignore_index=True)


def disposition_table(reactions: pd.DataFrame, key: bytes) -> pd.DataFrame:
    """Make the table of dispositions: one row per reaction, under a pseudonym of its own.

    Parameters
    ----------
    reactions
        What was decided about every reaction. Where the start cannot be read, the last activity stands in for it.
    key
        Key of the pseudonyms.
    """
    size = reactions["size_class"].astype("str")
    started = reactions["started_at"].fillna(reactions["last_activity_at"])
    table = pd.DataFrame(
        {
            "reaction": pseudonyms(reactions["response_id"], key, kind="reaction"),
            "disposition": reactions["disposition"],
            "last_column": reactions["last_column"],
            "started_on": started.dt.strftime("%Y-%m-%d").fillna("").astype("str"),
            "size_class": size.where(size != "", "unknown"),
            "province": reactions["province"].astype("str"),
        }
    )
    return table.sort_values("reaction", ignore_index=True)


def frame_table(reactions: pd.DataFrame, municipalities: pd.DataFrame) -> pd.DataFrame:
    """Make the frame: one row per municipality, without name or code, and whether a usable reaction speaks for it.

    Parameters
    ----------
    reactions
        The usable reactions.
    municipalities
        The register.
    """
    named = reactions["municipalities"].astype("str")
    responded = set(named[named != ""].str.split("|").explode())
    table = municipalities[["province", "size_class"]].assign(
        responded=municipalities["code"].isin(responded).astype("int64")
    )
    return table.sort_values(["province", "size_class", "responded"], ignore_index=True)


def flow_table(reactions: pd.DataFrame) -> pd.DataFrame:
    """Count from all reactions to those of a known province: ``step, n_before, n_after, reason``.

    Parameters
    ----------
    reactions
        What was decided about every reaction.
    """
    rows, left = [], len(reactions)
    counts = reactions["disposition"].value_counts()
    for disposition, reason in FLOW:
        lost = int(counts.get(disposition, 0))
        rows.append((disposition, left, left - lost, reason))
        left -= lost
    usable = reactions[reactions["disposition"] == "complete"]
    known = int((usable["province"] != UNKNOWN_PROVINCE).sum())
    rows.append(("unknown_province", left, known, ANONYMOUS_REASON))
    return pd.DataFrame(rows, columns=["step", "n_before", "n_after", "reason"])
