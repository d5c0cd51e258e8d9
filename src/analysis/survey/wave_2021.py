"""The answers of the 2021 wave, when an export of it is at hand."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.errors import InputError
from analysis.survey.export_schema import set_unknown_codes_aside
from analysis.survey.instrument import Instrument
from analysis.survey.intake import read_export
from analysis.survey.municipality_matching import match_municipalities
from analysis.survey.municipality_names import index_names
from analysis.survey.register import Register, load_register, read_names
from analysis.survey.represented import UNKNOWN_PROVINCE

MATCH_THRESHOLD, MATCH_MARGIN = 0.85, 0.1
SIZE_CLASS = {"a": "ab", "b": "ab", "c": "c", "d": "d"}
_COLUMN_OF_FACTS = re.compile(rb"(?<!\w)fact_id(?!\w)")


@dataclass(frozen=True)
class Wave2021:
    """Usable reactions of 2021.

    Parameters
    ----------
    answers
        One row per reaction: ``municipalities`` (codes of the map of 2021, joined by a bar; blank when unknown),
        ``size_class``, ``province`` (``unknown`` when the municipality is, or when there is more than one
        province), and every closed question, as codes or ``not_answered``.
    synthetic
        Whether the answers are invented.
    unmatched
        Reactions whose municipality is named but not recognised.
    """

    answers: pd.DataFrame
    synthetic: bool
    unmatched: int


def holds_published_facts(path: Path) -> bool:
    """Tell a table of published figures from an export, by its header.

    Parameters
    ----------
    path
        The file.
    """
    with path.open("rb") as stream:
        return _COLUMN_OF_FACTS.search(stream.readline().replace(b"\0", b"")) is not None  # UTF-16 has zeros


def register_2021(municipalities: Path, names: Path) -> Register:
    """Return the municipalities of 2021 with the names that people use for them.

    Parameters
    ----------
    municipalities
        CSV of the register of 2021.
    names
        As for :func:`analysis.survey.register.read_names`; names of municipalities that did not exist in 2021 are
        left out.
    """
    register = load_register(municipalities)
    known = read_names(names)
    aliases = known.assign(name=known["also_known_as"].str.split("|")).explode("name")
    parts = [
        register[["code", "name"]].assign(kind="register"),
        known[["code"]].assign(name=known["display_name"], kind="register"),
        aliases[["code", "name"]].assign(kind="alias"),
    ]
    table = pd.concat(parts, ignore_index=True).query("name != ''").drop_duplicates(["code", "name"])
    return Register(register, table[table["code"].isin(register["code"])].reset_index(drop=True))


def read_wave_2021(path: Path, instrument: Instrument, mapping: Mapping[str, str], register: Register) -> Wave2021:
    """Read an export of 2021: finished reactions, one per municipality.

    Parameters
    ----------
    path
        The export: CSV, ``.xlsx`` or ``.sav``.
    instrument
        The questionnaire of 2021.
    mapping
        Header by variable.
    register
        What :func:`register_2021` returned.

    Raises
    ------
    InputError
        When the file cannot be read, holds no finished reaction, or a municipality reacted twice.
    """
    export = read_export(path, instrument, mapping)
    reactions, _ = set_unknown_codes_aside(export.reactions[export.reactions["is_finished"]], instrument)
    if reactions.empty:
        raise InputError("the export holds no finished reaction", file=path, remedy="export again")
    matches = match_municipalities(
        reactions["q01"], index_names(register), threshold=MATCH_THRESHOLD, margin=MATCH_MARGIN
    )
    certain = matches.table["status"] == "matched"
    codes = matches.table["municipalities"].astype("str").where(certain, "")
    named = codes[codes != ""].str.split("|").explode()
    if named.duplicated().any():
        row = named.index[named.duplicated()][0]
        raise InputError(
            "a municipality reacted twice", file=path, place=f"row {row}", remedy="keep one of the two"
        )
    closed = [column for question in instrument.closed_questions for column in question.columns]
    answers = reactions[closed].astype("str").replace("", "not_answered")
    by_register = named.map(register.municipalities.set_index("code")["size_class"])
    largest = by_register.groupby(level=0).agg(lambda classes: min(classes, key=["ab", "c", "d"].index))
    size_class = largest.reindex(answers.index).fillna(answers["q03"].map(SIZE_CLASS))
    if size_class.isna().any():
        row = size_class.index[size_class.isna()][0]
        raise InputError(
            "the size of the municipality is unknown", file=path, place=f"row {row}", remedy="fill in q03"
        )
    answers.insert(0, "municipalities", codes)
    answers.insert(1, "size_class", size_class.astype("str"))
    answers.insert(2, "province", _provinces(named, register).reindex(answers.index, fill_value=UNKNOWN_PROVINCE))
    return Wave2021(answers, export.synthetic, int((matches.table["status"] == "doubtful").sum()))


def _provinces(named: pd.Series, register: Register) -> pd.Series:
    """Return the province of each reaction that names its municipalities."""
    provinces = named.map(register.municipalities.set_index("code")["province"]).groupby(level=0)
    return provinces.first().where(provinces.nunique() == 1, UNKNOWN_PROVINCE)
