"""From an export to respondents one can trust: the nine steps, in the order in which they need each other."""

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from analysis.errors import InputError
from analysis.survey.cleaning_log import CleaningLog
from analysis.survey.corrections import CorrectionList, apply_corrections
from analysis.survey.cut_off_answers import cut_off_answers
from analysis.survey.disposition import Completeness, assign_dispositions
from analysis.survey.duplicates import DuplicateRule, mark_duplicates, overlapping
from analysis.survey.exclusive_options import exclusive_conflicts
from analysis.survey.export_schema import set_unknown_codes_aside
from analysis.survey.findings import findings_at
from analysis.survey.instrument import Instrument
from analysis.survey.intake import Export
from analysis.survey.masking import make_masker
from analysis.survey.municipality_matching import Matches, match_municipalities
from analysis.survey.municipality_names import index_names
from analysis.survey.open_answers import clean_open_answers, gather_open_answers
from analysis.survey.register import Register
from analysis.survey.released_tables import (
    disposition_table,
    flow_table,
    frame_table,
    open_answer_table,
    respondent_table,
)
from analysis.survey.represented import represented
from analysis.survey.routing import asked
from analysis.survey.routing_check import bases, replay_routing
from analysis.survey.size_class import SizeRule, assign_size_class


@dataclass(frozen=True)
class CleaningRules:
    """The choices of the cleaning; each is a decision.

    Parameters
    ----------
    completeness
        When a reaction is complete.
    duplicates
        Which of two equally complete reactions of a municipality is kept.
    match_threshold, match_margin
        Similarity from which a misspelt name is taken, and its lead over the next municipality; from 0 to 1.
    size_class
        Whether the answer or the register gives the size class.
    """

    completeness: Completeness = field(default_factory=Completeness)
    duplicates: DuplicateRule = "latest"
    match_threshold: float = 0.85
    match_margin: float = 0.1
    size_class: SizeRule = "answered"


@dataclass(frozen=True)
class CleaningResult:
    """What the cleaning made of an export.

    ``respondents``, ``open_answers``, ``dispositions``, ``frame``, ``flow`` and ``findings`` are released as they
    are. The other tables are for the page and for checks: ``reactions`` (one row per reaction of the file: what
    was decided about it), ``steps`` (rows before and after each step), ``corrections`` that were applied,
    ``duplicates``, ``doubtful`` (names for a person to settle; it holds what was typed and is never shown on a
    page), ``size_differences``, ``routing_violations``, ``exclusive_conflicts``, ``cut_off`` (open questions whose
    answers a tool cut off) and ``bases``.
    """

    respondents: pd.DataFrame
    open_answers: pd.DataFrame
    dispositions: pd.DataFrame
    frame: pd.DataFrame
    flow: pd.DataFrame
    findings: pd.DataFrame
    reactions: pd.DataFrame
    steps: pd.DataFrame
    corrections: pd.DataFrame
    duplicates: pd.DataFrame
    doubtful: pd.DataFrame
    size_differences: pd.DataFrame
    routing_violations: pd.DataFrame
    exclusive_conflicts: pd.DataFrame
    cut_off: pd.DataFrame
    bases: pd.DataFrame

    @property
    def n_represented(self) -> int:
        """Number of municipalities for which the usable reactions speak, anonymous ones included."""
        return int(self.respondents["n_municipalities"].sum())


def clean(
    export: Export,
    register: Register,
    *,
    key: bytes,
    corrections: CorrectionList | None = None,
    rules: CleaningRules | None = None,
) -> CleaningResult:
    """Clean an export.

    Parameters
    ----------
    export
        From :func:`analysis.survey.intake.read_export`.
    register
        Municipalities with their names, from :func:`analysis.survey.register.load_names`.
    key
        Key of the pseudonyms, from :func:`analysis.survey.pseudonyms.pseudonym_key`.
    corrections
        From :func:`analysis.survey.corrections.load_corrections`.
    rules
        The choices; those of :class:`CleaningRules` when left out.

    Raises
    ------
    InputError
        When a correction matches nothing, or no reaction is usable.
    """
    rules = rules or CleaningRules()
    instrument = export.instrument
    log = CleaningLog(export.findings)
    coded, applied = _correct(export, corrections or CorrectionList(Path(), {}), log)
    reached = asked(instrument, coded)
    matches, reactions = _locate(coded, register, rules, applied, log)
    decided = assign_dispositions(coded, instrument, reached, rules.completeness)
    reactions, duplicates = _decide(reactions, decided, rules, log)
    doubtful = _doubtful(matches, reactions["disposition"])
    log.found(doubtful.index, "q01", "name_doubtful")
    reactions, differences = _size(coded, reactions, rules, log)
    answers, violations, conflicts = _check_answers(coded, instrument, reached, log)
    texts, cut_off = _mask(answers, register, instrument, log)
    usable = reactions["disposition"] == "complete"
    _refuse_unusable(reactions[usable])
    respondents = respondent_table(reactions[usable], answers[usable], instrument, key)
    log.step("pseudonyms", int(usable.sum()), len(respondents), len(respondents))
    return CleaningResult(
        respondents=respondents,
        open_answers=open_answer_table(texts, reactions[usable], key),
        dispositions=disposition_table(reactions, key),
        frame=frame_table(reactions[usable], register.municipalities),
        flow=flow_table(reactions),
        findings=log.findings(),
        reactions=reactions,
        steps=log.steps(),
        corrections=applied.drop(columns="rows"),
        duplicates=duplicates,
        doubtful=doubtful,
        size_differences=differences,
        routing_violations=violations,
        exclusive_conflicts=conflicts,
        cut_off=cut_off,
        bases=bases(reached[usable], answers[usable], instrument),
    )


def _correct(export: Export, corrections: CorrectionList, log: CleaningLog) -> tuple[pd.DataFrame, pd.DataFrame]:
    corrected, found, applied = apply_corrections(export.reactions, corrections, export.instrument)
    log.add(found)
    log.step("corrections", len(export.reactions), len(corrected), int(applied["n"].sum()))
    coded, unknown = set_unknown_codes_aside(corrected, export.instrument)
    log.add(unknown)
    log.step("codes", len(corrected), len(coded), len(unknown))
    return coded, applied


def _locate(
    coded: pd.DataFrame, register: Register, rules: CleaningRules, applied: pd.DataFrame, log: CleaningLog
) -> tuple[Matches, pd.DataFrame]:
    matches = match_municipalities(
        coded["q01"], index_names(register), threshold=rules.match_threshold, margin=rules.match_margin
    )
    # A name that a correction wrote out was not typed so: what it replaced was the finding.
    corrected = pd.Index([row for rows in applied.loc[applied["column"] == "q01", "rows"] for row in rows])
    for rule, rows in matches.rules.items():
        if rule != "name_doubtful":
            log.found(rows.difference(corrected), "q01", rule)
    several = matches.rules.get("several_names", coded.index[:0])
    log.found(several.intersection(corrected), "q01", "partnership_name")
    places = represented(matches.table["municipalities"], register.municipalities)
    n_matched = int((matches.table["status"] == "matched").sum())
    log.step("municipality_names", len(coded), len(matches.table), n_matched)
    log.step("several_municipalities", len(coded), len(places), len(several))
    paradata = coded[["response_id", "started_at", "last_activity_at"]]
    return matches, pd.concat([paradata, matches.table, places], axis="columns")


def _decide(
    reactions: pd.DataFrame, decided: pd.DataFrame, rules: CleaningRules, log: CleaningLog
) -> tuple[pd.DataFrame, pd.DataFrame]:
    n = len(reactions)
    log.step("disposition", n, len(decided), int((decided["disposition"] != "complete").sum()))
    certain = reactions["municipalities"].astype("str").where(reactions["status"] == "matched", "")
    disposition, duplicates = mark_duplicates(
        decided["disposition"], certain, reactions["last_activity_at"], rules.duplicates
    )
    log.step("duplicates", n, len(disposition), len(duplicates))
    log.found(overlapping(certain[disposition == "complete"]), "q01", "names_overlap")
    return pd.concat([reactions, decided.assign(disposition=disposition)], axis="columns"), duplicates


def _size(
    coded: pd.DataFrame, reactions: pd.DataFrame, rules: CleaningRules, log: CleaningLog
) -> tuple[pd.DataFrame, pd.DataFrame]:
    sizes, differences = assign_size_class(coded["q03"], reactions["register_size_classes"], rules.size_class)
    log.found(differences.index, "q03", "size_class_differs")
    other = "register" if rules.size_class == "answered" else "answer"
    log.found(sizes.index[sizes["filled"]], "q03", f"size_class_from_{other}")
    log.step("size_class", len(coded), len(sizes), len(differences))
    return reactions.assign(size_class=sizes["size_class"]), differences


def _check_answers(
    coded: pd.DataFrame, instrument: Instrument, reached: pd.DataFrame, log: CleaningLog
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    answers, violations = replay_routing(coded[list(instrument.columns)], instrument, reached)
    log.found(violations["row"], violations["column"], "not_asked_answered")
    log.step("routing", len(coded), len(answers), len(violations))
    conflicts = exclusive_conflicts(answers, instrument)
    log.found(conflicts["row"], conflicts["column"], "exclusive_conflict")
    log.step("exclusive_options", len(answers), len(answers), len(conflicts))
    return answers, violations, conflicts


def _mask(
    answers: pd.DataFrame, register: Register, instrument: Instrument, log: CleaningLog
) -> tuple[pd.DataFrame, pd.DataFrame]:
    typed = gather_open_answers(answers, instrument)
    # Before anything is taken out: afterwards the answers no longer have the length at which they were cut.
    cut_off = cut_off_answers(typed)
    log.add(findings_at([None] * len(cut_off), cut_off["column"], "cut_off", cut_off["n"].to_numpy()))
    texts, concerned = clean_open_answers(typed, make_masker(register, instrument))
    for rule, positions in concerned.items():
        answer = typed.iloc[positions]
        log.found(answer["row"], answer["column"].astype("str"), rule)
    touched = set().union(*(positions.tolist() for positions in concerned.values()))
    log.step("open_answers", len(typed), len(texts), len(touched))
    return texts, cut_off


def _doubtful(matches: Matches, dispositions: pd.Series) -> pd.DataFrame:
    table = matches.doubtful.join(dispositions)
    return table[~table["disposition"].isin(["test", "empty"])]


def _refuse_unusable(usable: pd.DataFrame) -> None:
    if usable.empty:
        raise InputError(
            "no reaction is usable", expected="complete reactions", remedy="check cleaning in params.yaml"
        )
    unknown = usable.index[usable["size_class"] == ""]
    if len(unknown):
        raise InputError(
            "a usable reaction has neither a size nor a known municipality",
            place=f"row {unknown[0]}",
            remedy="add a correction for q01 or q03 to data/raw/corrections.yaml",
        )
