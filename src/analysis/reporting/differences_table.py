"""Whether small and large municipalities answer differently: the tests of a chapter, as table and as text."""

import pandas as pd

from analysis.reporting.chapter import Chapter
from analysis.reporting.display import show_table
from analysis.reporting.dutch_numbers import count, decimal
from analysis.reporting.reading_notes import RULES_LINK
from analysis.reporting.release import SIGNIFICANCE
from analysis.reporting.wording import enumerate_dutch

MOST = 12
OUTCOMES = {"True": "aangetoond", "False": "niet aangetoond", "": "niet te toetsen"}


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
    """Show the outcome of the tests of differences between size classes, those that found one first.

    Parameters
    ----------
    chapter
        The results of the chapter.
    """
    tests = labelled_differences(chapter)
    order = tests["is_different"].eq("True").map({True: 0, False: 1})
    tests = tests.iloc[order.argsort(kind="stable")]
    shown = tests.iloc[:MOST]
    left = f" De tabel toont er {len(shown)}, de download alle." if len(tests) > len(shown) else ""
    table = pd.DataFrame(
        {
            "Vraag of antwoord": shown["label"],
            "Gemeenten": shown["n"].astype(int),
            "Verschil": shown["is_different"].map(OUTCOMES),
        }
    )
    show_table(
        table,
        caption="Verschillen tussen kleine en grote gemeenten",
        note=f"{_number_of_tests(tests)} toetsen, gecorrigeerd met de methode van Holm.{left} Een verschil geldt "
        f"als aangetoond als p na correctie kleiner is dan {decimal(SIGNIFICANCE, 2)}. De p-waarden staan er niet "
        f"bij: daaruit is soms uit te rekenen wat een kleine groep antwoordde ({RULES_LINK}).",
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
    if (tests["is_different"] == "").all():
        return "Een verschil naar grootte kon niet worden getoetst."
    family = f"na correctie voor de {number} toetsen van dit hoofdstuk"
    found = tests[tests["is_different"] == "True"]
    if found.empty:
        return f"Een verschil naar grootte is niet aangetoond, {family}. Dat bewijst niet dat er geen verschil is."
    named = enumerate_dutch(f"‘{label}’" for label in found["label"])
    return f"Gemeenten van een andere grootte antwoorden anders bij {named}, {family}."


def _number_of_tests(tests: pd.DataFrame) -> str:
    return count(tests["n_tests"].iloc[0])
