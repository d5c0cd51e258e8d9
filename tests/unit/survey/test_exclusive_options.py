"""An exclusive option together with another one is listed and left alone."""

import pandas as pd

from analysis.survey.exclusive_options import exclusive_conflicts


def test_conflicts_are_found_where_they_are(instrument):
    multi = [column for q in instrument.closed_questions if q.type == "multi" for column in q.columns]
    answers = pd.DataFrame("0", index=[2, 3, 4, 5], columns=multi)
    answers.loc[2, ["q24_d"]] = "1"
    answers.loc[3, ["q24_d", "q24_a", "q24_b"]] = "1"
    answers.loc[4, ["q25_a", "q25_b"]] = "1"
    answers.loc[5, ["q25_f", "q25_g", "q24_a"]] = "1"
    conflicts = exclusive_conflicts(answers, instrument)
    assert conflicts.values.tolist() == [[3, "q24_d", "q24", 2], [5, "q25_f", "q25", 1]]
