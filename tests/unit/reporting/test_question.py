"""Printed percentages are those that are published, and the tables keep to what may be shown."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.reporting.chapter import ESTIMATORS
from analysis.reporting.flag_key import flag_key
from analysis.reporting.question import (
    FILE_COLUMNS,
    by_group,
    check_figure,
    figure_table,
    hidden_options,
    most_chosen_first,
    overview,
    question_rows,
    size_class_rows,
    whole_base,
)
from analysis.reporting.reading_notes import (
    ONE_UNIT,
    denominator_text,
    planning_text,
    rounding_text,
    uncertain_text,
    unweighted_only_text,
)

CLAIMS = pd.read_csv(
    Path(__file__).parents[3] / "data/raw/published/claims_2025.csv", dtype="str", keep_default_na=False
)


@pytest.mark.parametrize("name", ["q04", "q16", "q20"])
def test_figures_print_the_published_percentages(chapter, name):
    """Every exact percentage of figures 2, 3 and 6, from the only counts that fit all that is published."""
    number = {"q04": 4, "q16": 4, "q20": 5}[name]
    printed = whole_base(question_rows(chapter(number), name)).set_index("option")["printed_pct"]
    claims = CLAIMS[(CLAIMS["question"] == name) & CLAIMS["kind"].isin(["exact_percent"])]
    single = claims[claims["options"].str.len() == 1]
    assert len(single) >= 3
    for claim in single.itertuples():
        assert printed[claim.options] == float(claim.value), claim.claim_id
    assert printed.sum() == 100


def test_labels_without_a_position_are_printed_too(chapter):
    printed = whole_base(question_rows(chapter(4), "q04")).set_index("option")["printed_pct"]
    labels = CLAIMS.loc[CLAIMS["kind"].eq("exact_percent") & CLAIMS["statistic"].eq("label_multiset"), "value"]
    assert labels.tolist() == ["3|2|3"]
    assert sorted(printed["e":"h"].tolist()) == [0, 2, 3, 3]


def test_a_row_of_a_grid_is_rounded_on_its_own(chapter):
    rows = whole_base(question_rows(chapter(7), "q23"))
    assert rows.groupby("item")["printed_pct"].sum().tolist() == [100] * 4
    claim = CLAIMS.set_index("claim_id").loc["F106"]
    row = rows[(rows["item"] == claim["question"]) & (rows["option"] == claim["options"])]
    assert row["printed_pct"].tolist() == [float(claim["value"])]


def test_the_rule_of_rounding_is_the_one_that_was_set(chapter):
    printed = whole_base(question_rows(chapter(4, kind="half_up"), "q04"))["printed_pct"]
    assert printed.tolist()[:4] == [27, 18, 29, 17]


def test_answers_that_may_go_together_are_rounded_each_on_its_own(chapter):
    rows = question_rows(chapter(6), "q21")
    rows = rows[rows["estimator"] == "unweighted"]
    assert (rows["printed_pct"] - 100 * rows["share"]).abs().max() <= 0.5


def test_a_question_left_open_takes_no_percentage_from_the_answers(chapter):
    """Two of 140 left out a row: of everyone who was asked, the shares are less than the whole."""
    rows = whole_base(question_rows(chapter(7, kind="routed"), "q23"))
    part = rows[rows["item"] == "q23b"]
    assert part["n"].tolist() == [140] * 4
    assert part["count"].sum() == 138
    assert part["printed_pct"].sum() in {98, 99}


def test_without_all_answers_equal_counts_have_equal_percentages(chapter):
    """Answers that are held back leave no whole: each percentage is its share, rounded."""
    rows = size_class_rows(chapter(5), "q20")
    part = rows[(rows["estimator"] == "unweighted") & (rows["group"] != "all")]
    assert (part.groupby("group")["count"].sum() < part.groupby("group")["n"].first()).all()
    assert (part["printed_pct"] - 100 * part["share"]).abs().max() <= 0.5


def test_by_size_class_stands_only_what_may_be_shown(chapter):
    rows = size_class_rows(chapter(6), "q21")
    assert list(dict.fromkeys(rows["group"])) == ["all", "d", "c", "ab"]
    assert rows.drop_duplicates("group")["n"].tolist() == [153, 98, 33, 22], "everyone of a class is the base"
    groups = rows[rows["group"] != "all"]
    assert groups["count"].min() >= 5
    assert (groups["n"] - groups["count"]).min() >= 5
    for number, name in ((5, "q19"), (8, "q09"), (9, "q15"), (4, "q06")):
        assert size_class_rows(chapter(number), name).empty
        assert len(hidden_options(chapter(number), name)) == len(chapter(number).question(name).codes)


def test_the_same_share_is_printed_the_same_way_with_and_without_the_other_options(chapter):
    rows = size_class_rows(chapter(4), "q04")
    own = rows[(rows["option"] == "a") & (rows["group"] == "all")]
    assert own["printed_pct"].tolist() == [28], "42 of 153 is 27.45"


def test_hidden_answers_are_named(chapter):
    found = chapter(7)
    shown = size_class_rows(found, "q23").query("option == 'altijd'")["item_label"].unique().tolist()
    hidden = hidden_options(found, "q23")
    assert sorted(hidden + shown) == sorted(item.nl for item in found.question("q23").items)


def test_options_taken_together_are_in_no_figure(chapter):
    assert set(question_rows(chapter(4), "q04")["option"]) == set("abcdefgh")


def test_the_file_holds_everything_that_the_page_shows(chapter):
    table = figure_table(chapter(4), "q16")
    assert list(table.columns) == list(FILE_COLUMNS)
    groups = table[table["group"] != "all"]
    assert len(table) - len(groups) == 5 * 2
    assert set(groups["base"]) <= {"all"}
    assert table["printed_pct"].notna().sum() == 5 + len(groups)
    assert not table.duplicated(["option", "group", "estimator"]).any()


def test_every_cell_has_its_interval_and_the_letters_of_its_flags(chapter):
    found = chapter(9)
    table, key = overview(question_rows(found, "q15"), found.question("q15"))
    assert list(table.columns) == ["Antwoord", "Aantal", *ESTIMATORS.values()]
    assert table.loc[0, "Ongewogen"].replace("\u00a0", " ").startswith("50% (36 tot 64) [a")
    assert key.legend.startswith("[a] Minder dan 30 reacties.")
    table, _ = overview(question_rows(chapter(7), "q23"), chapter(7).question("q23"))
    assert len(table) == 16
    assert table.columns[0] == "Onderdeel"


def test_a_weighted_share_that_is_held_back_is_a_dash_with_its_reason(chapter):
    found = chapter(4)
    rows = question_rows(found, "q04")
    table, _ = overview(rows, found.question("q04"))
    assert table["Gewogen naar grootte en provincie"].str.startswith("–").sum() == 4, "options of fewer than ten"
    assert "geen gewogen cijfer" in unweighted_only_text(rows)
    assert unweighted_only_text(whole_base(rows)) == ""


def test_shares_of_mentions_add_up_to_the_whole(chapter):
    rows = whole_base(question_rows(chapter(6), "q21"))
    assert rows["share_of_mentions"].sum() == pytest.approx(1)
    table, _ = overview(question_rows(chapter(6), "q21"), chapter(6).question("q21"))
    assert table.columns[-1] == "Deel van alle antwoorden"


def test_a_table_by_group_has_a_column_per_group_with_its_base(chapter):
    table, key = by_group(size_class_rows(chapter(4), "q04"))
    headings = [heading.replace("\u00a0", " ") for heading in table.columns]
    expected = [
        "Alle samen (n = 153)",
        "Tot 50.000 (n = 98)",
        "50.000 tot 100.000 (n = 33)",
        "Vanaf 100.000 (n = 22)",
    ]
    assert headings == ["Antwoord", *expected]
    assert table.iloc[:, -1].str.contains("a").all(), "22 respondents: every cell is flagged"
    assert "Minder dan 30 reacties" in key.legend


def test_a_share_stands_in_the_row_of_its_own_answer_whatever_the_order_of_the_rows(chapter):
    rows = size_class_rows(chapter(6), "q21")
    expected, _ = by_group(rows)
    groups = [part for _, part in rows.groupby("group", sort=False, observed=True)]
    assert len(groups[0]) > 2
    turned = pd.concat([groups[0], *(part.iloc[::-1] for part in groups[1:])], ignore_index=True)
    found, _ = by_group(turned)
    pd.testing.assert_frame_equal(found, expected)


def test_both_estimates_stand_in_the_row_of_their_own_answer(chapter):
    found = chapter(7)
    rows, question = question_rows(found, "q23"), found.question("q23")
    parts = [part for _, part in rows.groupby("estimator", sort=False, observed=True)]
    turned = pd.concat([parts[0], *(part.iloc[::-1] for part in parts[1:])], ignore_index=True)
    pd.testing.assert_frame_equal(overview(turned, question)[0], overview(rows, question)[0])


def test_options_stand_in_the_order_of_the_figure(chapter):
    found = chapter(10)
    rows = most_chosen_first(question_rows(found, "q25"), found.question("q25"))
    whole = whole_base(rows)
    assert whole["option"].tolist()[-1] == "f", "what excludes the others comes last"
    assert whole["share"].iloc[:-1].is_monotonic_decreasing
    for _, part in rows.groupby(["group", "estimator"]):
        assert part["option"].tolist() == whole["option"].tolist()


PLANNING = "Percentages van 140 gemeenten met een aanpak of plannen daarvoor"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("answered", f"{PLANNING}: aan hen is de vraag gesteld, en iedereen vulde hem in."),
        ("routed", f"{PLANNING}: aan hen is de vraag gesteld, en iedereen vulde hem in."),
        (
            "all",
            "Percentages van alle 153 reacties; aan 140 is de vraag gesteld, en iedereen vulde hem in. "
            f"{ONE_UNIT}",
        ),
    ],
)
def test_the_denominator_is_stated(chapter, kind, text):
    found = chapter(5, kind=kind)
    assert denominator_text(found, found.question("q20")) == text


def test_a_row_of_a_grid_that_was_left_open_is_stated(chapter):
    found = chapter(7)
    text = denominator_text(found, found.question("q23"))
    assert text.startswith("Percentages van 138 tot 140 gemeenten")
    assert text.endswith("zij vulden de vraag in, die aan 140 is gesteld.")
    found = chapter(7, kind="routed")
    assert denominator_text(found, found.question("q23")).endswith("en 138 tot 140 vulden hem in.")


def test_of_all_reactions_is_said_what_one_counts_as(chapter):
    found = chapter(4)
    assert denominator_text(found, found.question("q04")).endswith(ONE_UNIT)
    assert ONE_UNIT not in denominator_text(found, found.question("q16"))


def test_who_still_explores_is_counted_among_those_with_plans(chapter, results):
    assert planning_text(chapter(4)) == (
        "Waar staat ‘gemeenten met een aanpak of plannen daarvoor’, gaat het om 140 gemeenten. "
        "Hierbij horen ook 26 gemeenten die nog verkennen."
    )
    rows = results["answered"]["estimates"]
    one = rows.assign(count=rows["count"].mask((rows["question"] == "q04") & (rows["option"] == "d"), 1))
    assert planning_text(chapter(4, estimates=one)).endswith("Hierbij hoort ook één gemeente die nog verkent.")


def test_a_percentage_that_is_another_one_on_its_own_is_named(chapter):
    """42 of 153 is 27.45 per cent; printed is 28."""
    rows = whole_base(question_rows(chapter(4), "q04"))
    assert rounding_text(rows) == (
        "Percentages zijn zo afgerond dat ze samen 100 zijn. "
        "Los afgerond is ‘Aanpak in gebruik, borging loopt’ 27%."
    )
    assert rounding_text(whole_base(question_rows(chapter(4, kind="half_up"), "q04"))) == ""
    assert rounding_text(whole_base(question_rows(chapter(6), "q21"))) == ""


def test_equal_counts_many_percentages_and_groups_are_explained_too():
    rows = pd.DataFrame({"label": list("abc"), "count": 1, "n": 3, "printed_pct": [34, 33, 33]})
    start = (
        "Percentages zijn zo afgerond dat ze samen 100 zijn; gelijke aantallen kunnen daardoor 1 procent schelen."
    )
    assert rounding_text(rows) == f"{start} Los afgerond is ‘a’ 33%."
    groups = pd.concat([rows.assign(group_label=name) for name in ("Klein", "Groot")], ignore_index=True)
    assert rounding_text(groups) == f"{start} Los afgerond zijn ‘Klein: a’ 33% en ‘Groot: a’ 33%."
    many = pd.concat([groups] * 3, ignore_index=True)
    assert rounding_text(many) == f"{start} Los afgerond zijn 6 van de 18 percentages 1 procent anders."


def test_an_asterisk_is_explained_where_there_is_one(chapter):
    assert uncertain_text(whole_base(question_rows(chapter(9), "q15"))).startswith("*\u00a0Onzeker")
    assert uncertain_text(whole_base(question_rows(chapter(4), "q16"))) == ""


def test_a_figure_that_does_not_add_up_is_refused(chapter, results):
    assert check_figure(chapter(4), "q16").endswith("140 gemeenten; alles telt op.")
    rows = results["answered"]["estimates"]
    wrong = rows.assign(count=rows["count"].mask((rows["question"] == "q16") & (rows["option"] == "a"), 3))
    with pytest.raises(ValueError, match="q16: a share is not its count over the base"):
        check_figure(chapter(4, estimates=wrong), "q16")


def test_letters_follow_the_order_of_the_rules():
    key = flag_key(["extreme;few_df", "", "few_respondents"])
    assert key.mark("few_df;extreme") == " [b,c]"
    assert key.mark("") == ""
    assert key.legend.count("[") == 3
    assert flag_key(["", ""]).legend == ""
