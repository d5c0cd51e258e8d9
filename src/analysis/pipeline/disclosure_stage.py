"""The stage through which everything that may be published passes: what is held back, and the ledger of it."""

from pathlib import Path

import pandas as pd

from analysis.pipeline.provenance import hash_inputs, provenance, settings_behind
from analysis.pipeline.settings import FILE_NAME, Settings
from analysis.pipeline.stages import Stage, read_stages
from analysis.reporting.disclosure import ALL, UNWEIGHTED, Rules, attacked_rules
from analysis.reporting.document_page import build_document
from analysis.reporting.dutch_numbers import count
from analysis.reporting.release import (
    release_design_choices,
    release_differences,
    release_estimates,
    release_size_classes,
    release_themes,
)
from analysis.reporting.release_combinations import (
    release_combinations,
    release_conflicts,
    release_mentions,
    release_pairs,
)
from analysis.reporting.release_ledger import Release
from analysis.statistics.multiple_response import answer_pairs, exclusive_conflicts, options_per_respondent
from analysis.survey.export_origin import is_synthetic
from analysis.survey.instrument import Instrument, load_instrument
from analysis.yaml_file import read_yaml

INSTRUMENT = "data/raw/instrument_2025.yaml"
PROCESSED = "data/processed"
RELEASED = "data/processed/released"
LEDGER = "reports/tables/ledger.csv"
DOCUMENT = "docs/disclosure.md"
PAGE = "reports/disclosure.html"
SOURCES = (
    *("estimates", "size_classes", "differences", "combinations", "question_bases"),
    *("themes", "theme_differences", "theme_pairs", "design_choices"),
)
TEXT = {
    *("wave", "figure", "question", "option", "base", "group_variable", "group", "estimator", "flag"),
    *("combination", "denominator", "rounding", "test", "level", "option_a", "option_b", "frame", "fpc"),
}


def disclosure_outputs(root: Path, settings: Settings, stage: Stage) -> dict[str, pd.DataFrame | str]:
    """Return the tables that may be published, the ledger, and the page about the rules.

    Parameters
    ----------
    root
        Root of the project.
    settings
        All settings: the thresholds, and the export that decides whether the page says that answers are synthetic.
    stage
        The stage, for what the page says of its origin.

    Returns
    -------
    dict
        Table or HTML by path from the root of the project.
    """
    rules = Rules(settings.disclosure.smallest_base, settings.disclosure.smallest_cell)
    tables = released_tables(root, rules)
    stages = read_stages(root, read_yaml(root / FILE_NAME))
    page = build_document(
        rules_text((root / DOCUMENT).read_text(encoding="utf-8"), rules, tables[LEDGER]),
        stem=Path(DOCUMENT).stem,
        stage=stage.name,
        synthetic=is_synthetic(root / settings.cleaning.export),
        provenance=provenance(hash_inputs(root, stage.deps), settings_behind(stages, stage, settings)),
        language="nl",
    )
    return tables | {PAGE: page}


def rules_text(document: str, rules: Rules, ledger: pd.DataFrame) -> str:
    """Return the document about the rules with the thresholds, and what was held back by each rule.

    Parameters
    ----------
    document
        Markdown with ``{smallest_base}`` and ``{smallest_cell}``.
    rules
        The thresholds.
    ledger
        What was held back.
    """
    for name in ("smallest_base", "smallest_cell"):
        document = document.replace(f"{{{name}}}", str(getattr(rules, name)))
    rows = ledger.groupby("reason", sort=False, observed=True)["n_hidden"].sum()
    lines = [f"| {reason} | {count(number)} |" for reason, number in rows.items()]
    return "\n".join([document.rstrip(), "", "| Waarom | Getallen |", "|---|---:|", *lines, ""])


def released_tables(root: Path, rules: Rules) -> dict[str, pd.DataFrame]:
    """Return the tables that may be published, and the ledger, by path from the root of the project.

    Parameters
    ----------
    root
        Root of the project.
    rules
        The thresholds.
    """
    instrument = load_instrument(root / INSTRUMENT)
    tables = {name: read_typed(root / f"{PROCESSED}/{name}.csv") for name in SOURCES}
    counted = _answered(tables["estimates"], tables["question_bases"])
    crossed = by_question(tables["combinations"], instrument)
    conflicts = crossed["conflicts"].groupby("question", observed=True)["conflicts"].sum().to_dict()
    decisions = attacked_rules(tables["size_classes"], counted, instrument, rules, conflicts)
    combinations = release_combinations(tables["combinations"], rules)
    releases = {
        "estimates": release_estimates(tables["estimates"], rules),
        "size_classes": release_size_classes(tables["size_classes"], decisions, rules),
        "differences": release_differences(tables["differences"], rules),
        "combinations": combinations,
        "pairs": release_pairs(crossed["pairs"], rules, combinations.table),
        "mentions": release_mentions(crossed["mentions"], rules),
        "conflicts": release_conflicts(crossed["conflicts"], rules, combinations.table),
        "themes": release_themes(tables["themes"], rules),
        "theme_differences": release_differences(tables["theme_differences"], rules),
        "theme_pairs": release_pairs(tables["theme_pairs"], rules),
        "design_choices": release_design_choices(tables["design_choices"], rules),
    }
    made = {f"{RELEASED}/{name}.csv": release.table for name, release in releases.items()}
    return made | {LEDGER: _joined_ledger(releases)}


def read_typed(path: Path) -> pd.DataFrame:
    """Read a table of estimates: codes as text, an absent number as missing.

    Parameters
    ----------
    path
        The table.
    """
    table = pd.read_csv(path, dtype="str", keep_default_na=False)
    numbers = [column for column in table.columns if column not in TEXT]
    return table.assign(**{column: pd.to_numeric(table[column].replace("", None)) for column in numbers})


def _answered(estimates: pd.DataFrame, bases: pd.DataFrame) -> pd.DataFrame:
    """Return the unweighted national counts with who answered as the base, whatever the shares are a share of."""
    answered = bases.set_index("question")["n_answered"]
    rows = estimates[(estimates["group"] == ALL) & (estimates["estimator"] == UNWEIGHTED)]
    return rows.assign(n=rows["question"].map(answered))


def by_question(combinations: pd.DataFrame, instrument: Instrument) -> dict[str, pd.DataFrame]:
    """Count pairs, numbers of answers and contradictions of each question with several answers.

    Parameters
    ----------
    combinations
        The table ``combinations.csv``.
    instrument
        The questionnaire.

    Returns
    -------
    dict
        The tables ``pairs``, ``mentions`` and ``conflicts``, before anything is held back.
    """
    made: dict[str, list[pd.DataFrame]] = {"pairs": [], "mentions": [], "conflicts": []}
    for question in instrument.closed_questions:
        if question.type == "multi":
            own = combinations[combinations["question"] == question.name].reset_index(drop=True)
            pairs, mentions = answer_pairs(question, own), options_per_respondent(question, own)
            pairs.insert(0, "question", question.name)
            mentions.insert(0, "question", question.name)
            made["pairs"].append(pairs)
            made["mentions"].append(mentions)
            made["conflicts"].append(exclusive_conflicts(question, own))
    return {name: pd.concat(tables, ignore_index=True) for name, tables in made.items()}


def _joined_ledger(releases: dict[str, Release]) -> pd.DataFrame:
    ledgers = [release.ledger.assign(table=name) for name, release in releases.items()]
    return pd.concat(ledgers, ignore_index=True)
