"""Write the answers to closed questions in the codes of the instrument, and report every rewriting."""

from collections.abc import Mapping

import pandas as pd

from analysis.survey.distinct_values import distinct
from analysis.survey.findings import combine, findings_at
from analysis.survey.instrument import Instrument, Question

TICKED = {"ja": "1", "nee": "0", "yes": "1", "no": "0", "true": "1", "false": "0", "waar": "1", "onwaar": "0"}
SIGNS = {"auto": "[.,]", ",": ",", ".": "[.]"}


def plain_numbers(texts: pd.Series, decimal: str = "auto") -> pd.Series:
    """Write whole numbers with decimals, as exports with a decimal comma or point have them, without.

    Parameters
    ----------
    texts
        Text of cells.
    decimal
        The decimal sign, or ``auto`` for either. Three zeros are never decimals then: 1.000 may be a thousand.

    Examples
    --------
    >>> plain_numbers(pd.Series(["1,00", "1.0", "1.000", "a"])).tolist()
    ['1', '1', '1.000', 'a']
    >>> plain_numbers(pd.Series(["1,000", "1.0"]), ",").tolist()
    ['1', '1.0']
    """
    zeros = "0{1,2}|0{4,}" if decimal == "auto" else "0+"
    return texts.str.replace(rf"^(-?\d+){SIGNS[decimal]}(?:{zeros})$", r"\1", regex=True)


def recode_closed(
    answers: pd.DataFrame,
    instrument: Instrument,
    value_labels: Mapping[str, Mapping[str, str]],
    decimal: str = "auto",
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Write every answer to a closed question as a code of the instrument, as far as that is certain.

    Parameters
    ----------
    answers
        Text by column of the instrument; the index is the row of the file.
    instrument
        The questionnaire.
    value_labels
        Labels of values by column, where the file has them.
    decimal
        The decimal sign, as for :func:`plain_numbers`.

    Returns
    -------
    DataFrame, DataFrame
        The answers, in which a value that is no code was left as it was, and the findings.
    """
    recoded, tables = {}, []
    for question in instrument.closed_questions:
        codes = _codes_by_text(question, instrument)
        for column in question.columns:
            recoded[column], findings = _recode(answers[column], codes, value_labels.get(column, {}), decimal)
            tables += findings
    table = pd.DataFrame({column: recoded.get(column, answers[column]) for column in answers.columns})
    return table, combine(tables)


def allowed_codes(question: Question) -> tuple[str, ...]:
    """Return what a cell of a closed question may hold, besides blank.

    Parameters
    ----------
    question
        A single, multi or grid question.
    """
    codes = ("1", "0") if question.type == "multi" else question.codes
    return (*codes, *(["do_not_know"] if "do_not_know" in question.missing else []))


def _codes_by_text(question: Question, instrument: Instrument) -> dict[str, tuple[str, str]]:
    """Return for each text that certainly means a code: the code, and the rule under which it is rewritten."""
    allowed = allowed_codes(question)
    missing = {kind.code: kind for kind in instrument.missing}
    texts: dict[str, tuple[str, str]] = {}
    for code, kind in missing.items():
        meaning = code if code in allowed else ""
        texts |= {_key(word): (meaning, "missing_recoded") for word in (code, kind.nl, kind.en)}
    if question.type == "multi":
        texts |= {word: (code, "label_recoded") for word, code in TICKED.items()}
        option_labels = ()
    else:
        option_labels = [(option.code, label) for option in question.options for label in (option.nl, option.en)]
    texts |= {_key(label): (code, "label_recoded") for code, label in option_labels}
    return texts | {code: (code, "code_notation") for code in allowed}


def _recode(
    values: pd.Series, codes_by_text: Mapping[str, tuple[str, str]], labels: Mapping[str, str], decimal: str
) -> tuple[pd.Series, list[pd.DataFrame]]:
    positions, texts = distinct(values)
    plain = plain_numbers(texts.str.strip(), decimal)
    new, rules = [], []
    for typed, text in zip(texts, plain, strict=True):
        code, rule = codes_by_text.get(_key(text), (None, ""))
        if code is None and text in labels:
            code, rule = codes_by_text.get(_key(labels[text]), (None, ""))
            rule = "label_recoded" if rule == "code_notation" else rule
        elif rule == "code_notation" and text != typed.strip():
            rule = "number_notation"
        unchanged = code is None or code == typed
        new.append(typed if code is None else code)
        rules.append("" if unchanged else rule)
    codes, categories = pd.factorize(pd.Series(new, dtype="str"))
    categorical = pd.Categorical.from_codes(
        codes[positions] if len(positions) else positions, pd.Index(categories)
    )
    tables = []
    rule_of = pd.Series(rules, dtype="str")
    for rule in sorted(set(rules) - {""}):
        rows = values.index[(rule_of == rule).to_numpy()[positions]]
        tables.append(findings_at(rows, str(values.name), rule))
    return pd.Series(categorical, index=values.index, name=values.name), tables


def _key(text: str) -> str:
    return " ".join(text.lower().split())
