"""Tables about the cleaning count; none of them shows what somebody wrote."""

from types import SimpleNamespace

import pandas as pd

from analysis.reporting.cleaning_tables import cut_off_table


def test_questions_whose_answers_were_cut_off_are_named_with_their_number_and_length(instrument):
    cut_off = pd.DataFrame({"column": ["q26", "q24_text"], "n": [4, 3], "length": [255, 500]})
    table = cut_off_table(SimpleNamespace(cut_off=cut_off), instrument)
    assert list(table) == ["Vraag", "Onderwerp", "Antwoorden", "Tekens"]
    assert table[["Vraag", "Antwoorden", "Tekens"]].values.tolist() == [["26", 4, 255], ["24", 3, 500]]
    assert table["Onderwerp"].tolist() == [instrument.question(name).nl for name in ("q26", "q24")]
