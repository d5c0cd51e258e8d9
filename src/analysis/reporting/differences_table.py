"""Whether small and large municipalities answer differently: the tests of a chapter, as table and as text."""

import pandas as pd

from analysis.reporting.chapter import Chapter
from analysis.reporting.display import show_table
from analysis.reporting.dutch_numbers import count, decimal, p_value
from analysis.reporting.wording import enumerate_dutch
from analysis.statistics.differences import EXACT, NO_TEST, RAO_SCOTT, SIMULATED

LEVEL = 0.05
"""A difference is shown when its adjusted p-value is below this."""
MOST = 12
TESTS = {
    RAO_SCOTT: "Rao en Scott",
    EXACT: "exact",
    SIMULATED: "exact, benaderd",
    NO_TEST: "geen",
}


def labelled_differences(chapter: Chapter) -> pd.DataFrame:
    """Return the tests of a chapter with the label of what was tested.

    Parameters
    ----------
    chapter
        The results of the chapter.

    Returns
    -------
    pandas.DataFrame
        The rows of the stage ``estimates`` with ``label``, in front.
    """
    labels = {}
    for question in chapter.questions:
        for item, label in chapter.items(question).items():
            labels[item, ""] = label
            labels |= {(item, option.code): option.nl for option in question.options}
    tests = chapter.differences
    label = [labels[key] for key in zip(tests["question"], tests["option"], strict=True)]
    return tests.assign(label=label)[["label", *tests.columns]]


def show_differences(chapter: Chapter) -> None:
    """Show the tests of differences between size classes, those with the smallest p-values first.

    Parameters
    ----------
    chapter
        The results of the chapter.
    """
    tests = labelled_differences(chapter).sort_values("p_value", kind="stable")
    shown = tests.iloc[:MOST]
    number = _number_of_tests(tests)
    left = f" De tabel toont de {len(shown)} kleinste, de download alle." if len(tests) > len(shown) else ""
    table = pd.DataFrame(
        {
            "Vraag of antwoord": shown["label"],
            "Gemeenten": shown["n"].astype(int),
            "Toets": shown["test"].map(TESTS),
            "p": shown["p_value"],
            "p na correctie": shown["p_adjusted"],
        }
    )
    show_table(
        table,
        caption="Verschillen tussen gemeenten van een andere omvang",
        note=f"{number} toetsen, gecorrigeerd met de methode van Holm.{left} Een verschil geldt als aangetoond "
        f"als p na correctie kleiner is dan {decimal(LEVEL, 2)}.",
        formats={"p": "p_value", "p na correctie": "p_value"},
        download=f"tables/differences_{chapter.number}.csv",
    )


def difference_text(chapter: Chapter, name: str | None = None) -> str:
    """Say in Dutch whether size classes answer a question, or any question of the chapter, differently.

    Parameters
    ----------
    chapter
        The results of the chapter.
    name
        Name of a question; all questions of the chapter when left out.
    """
    tests = labelled_differences(chapter)
    number = _number_of_tests(tests)
    if name is not None:
        tests = tests[tests["question"].isin(chapter.items(chapter.question(name)))]
    if tests["p_value"].isna().all():
        return "Een verschil naar omvang kon niet worden getoetst."
    family = f"na correctie voor de {number} toetsen van dit hoofdstuk"
    found = tests[tests["p_adjusted"] < LEVEL].sort_values("p_adjusted", kind="stable")
    if found.empty:
        smallest = ("kleinste " if len(tests) > 1 else "") + _p(tests["p_adjusted"].min())
        return (
            f"Een verschil naar omvang is niet aangetoond ({smallest} {family}). "
            "Dat bewijst niet dat er geen verschil is."
        )
    named = enumerate_dutch(f"‘{row.label}’ ({_p(row.p_adjusted)})" for row in found.itertuples())
    return f"Gemeenten van een andere omvang antwoorden anders bij {named}, {family}."


def _p(value: float) -> str:
    text = p_value(value)
    return f"p {text}" if text.startswith("<") else f"p = {text}"


def _number_of_tests(tests: pd.DataFrame) -> str:
    return count(tests["n_tests"].iloc[0])
