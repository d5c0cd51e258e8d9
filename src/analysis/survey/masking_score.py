"""How well the masking of open answers works, on invented sentences in which it is known what must be masked."""

import re
from pathlib import Path

import pandas as pd

from analysis.errors import InputError
from analysis.survey.masking import Masker, personal_spans
from analysis.yaml_file import read_yaml

EXAMPLES = Path(__file__).with_name("masking_examples.yaml")
PLANTED = re.compile(r"\{([^{}]+)\}")
COLUMNS = ("case", "planted", "found", "masked", "right", "recall", "precision")
EVERYTHING = "all"


def read_examples(path: Path = EXAMPLES) -> dict[str, list[str]]:
    """Read the sentences by case; what must be masked stands between braces.

    Parameters
    ----------
    path
        YAML file with a list of sentences per case.

    Raises
    ------
    InputError
        When a case is no list of sentences.
    """
    cases = read_yaml(path)
    for case, sentences in cases.items():
        if not isinstance(sentences, list) or not all(isinstance(one, str) for one in sentences):
            raise InputError(
                f"{case} holds no list of sentences",
                file=path,
                remedy="write one sentence per line, each after a dash",
            )
    return {str(case): list(map(str, sentences)) for case, sentences in cases.items()}


def score_masking(examples: dict[str, list[str]], masker: Masker) -> pd.DataFrame:
    """Count per case what was planted, what of that is masked whole, and what was masked in vain.

    Parameters
    ----------
    examples
        From :func:`read_examples`.
    masker
        From :func:`analysis.survey.masking.make_masker`.

    Returns
    -------
    pandas.DataFrame
        :data:`COLUMNS`, in the order of the examples, with all cases together at the end: ``planted`` passages and
        ``found``, those of which no letter stays readable; ``masked`` passages and ``right``, those that cover
        something planted. ``recall`` is found of planted, ``precision`` right of masked; a share of nothing is
        missing.
    """
    rows = []
    for case, sentences in examples.items():
        counts = pd.Series(0, index=list(COLUMNS[1:5]))
        for sentence in sentences:
            counts += _counts(sentence, masker)
        rows.append({"case": case, **counts})
    table = pd.DataFrame(rows, columns=list(COLUMNS[:5]))
    whole = {"case": EVERYTHING, **table.drop(columns="case").sum()}
    table = pd.concat([table, pd.DataFrame([whole])], ignore_index=True)
    recall = (table["found"] / table["planted"]).where(table["planted"] > 0)
    precision = (table["right"] / table["masked"]).where(table["masked"] > 0)
    return table.assign(recall=recall.astype(float), precision=precision.astype(float))


def _counts(sentence: str, masker: Masker) -> list[int]:
    """Return planted, found, masked and right of one sentence."""
    planted, text, position = [], "", 0
    for match in PLANTED.finditer(sentence):
        text += sentence[position : match.start()]
        planted.append((len(text), len(text) + len(match[1])))
        text += match[1]
        position = match.end()
    text += sentence[position:]
    masked = [(start, end) for start, end, *_ in personal_spans(text, masker)]
    hidden = {place for start, end in masked for place in range(start, end)}
    found = sum(all(place in hidden for place in range(*span) if text[place].isalnum()) for span in planted)
    right = sum(any(start < last and first < end for first, last in planted) for start, end in masked)
    return [len(planted), found, len(masked), right]
