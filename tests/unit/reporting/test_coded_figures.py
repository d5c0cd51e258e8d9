"""Figures and tables of coded answers as they come on a page; nothing breaks where nobody has coded."""

from dataclasses import replace

from analysis.reporting.coded_figures import (
    FEW,
    show_agreement,
    show_coding,
    show_explanations,
    show_theme_groups,
    show_theme_pairs,
    show_themes,
)


def everything(coded):
    show_coding({"Antwoorden": coded})
    for level in ("theme", "code"):
        show_themes(coded, level, number=f"1.{level}", caption="Thema's", download="tables/x.csv")
    show_agreement(coded, "theme", caption="Overeenstemming")
    show_theme_pairs(coded, number="1.3", caption="Samen")
    show_theme_groups(coded, number="1.4", caption="Naar grootte")
    show_explanations(coded, number="1.5", caption="Toelichting", download="tables/y.csv")


def test_a_figure_has_its_verdicts_in_the_table_and_its_level_in_the_note(coded, shown, take_apart):
    show_themes(coded, "code", number="11.2", caption="Per code", download="tables/codes_q26.csv")
    page = take_apart(shown[0])
    rows = [element.text for element in page.all("th") if element.attributes.get("scope") == "row"]
    assert rows == ["Bezuiniging", "Geld", "Rechters (niet betrouwbaar)"]
    assert [cell.text for cell in page.all("td")][7::8] == ["twijfelachtig", "betrouwbaar", "niet betrouwbaar"]
    assert "over deze code zijn codeurs het te weinig eens" in shown[0]


def test_codes_and_sources_of_two_questions_stand_side_by_side(coded, recoded, shown, take_apart):
    show_coding({"Hulpmiddelen": coded, "Scholing": recoded(agreed=0, same=100)})
    assert "Hulpmiddelen. 2 codeurs gaven" in shown[0]
    page = take_apart(shown[2])
    assert [cell.text for cell in page.all("td")] == ["90", "100", "10", "0", "8", "8", "2", "2"]


def test_that_the_codes_of_two_questions_are_invented_is_said_once(recoded, shown):
    made = recoded(n_coders=0, n_synthetic=120, n_coded=120, same=120, agreed=0, partly=0, open=0)
    show_coding({"Hulpmiddelen": made, "Scholing": made})
    assert " ".join(shown).count("De antwoorden zijn verzonnen") == 1


def test_what_may_be_shown_by_size_class_is_shown_and_tested(coded, shown):
    show_theme_groups(coded, number="11.4", caption="Naar grootte")
    assert "Vanaf 100.000" in shown[0]
    assert "Toets of gemeenten" in shown[1]
    show_theme_groups(
        replace(coded, themes=coded.themes[coded.themes["group"] == "all"]), number="11.5", caption="Naar grootte"
    )
    assert "Geen thema staat hier naar aantal inwoners" in shown[2]


def test_few_answers_are_counted_without_a_percentage(coded, shown):
    show_explanations(coded, number="7c", caption="Toelichting", download="tables/themes_q26.csv")
    assert "Figuur 7c" in shown[1]
    assert "100 van de 140 gemeenten met een aanpak of plannen daarvoor schreven iets met inhoud." in shown[2]
    few = coded.themes.assign(
        n=coded.themes["n"].mask(coded.themes["denominator"] == "answered", FEW - 1), count=1
    )
    del shown[:]
    show_explanations(replace(coded, themes=few), number="7c", caption="Toelichting", download="tables/y.csv")
    assert "Figuur" not in shown[1]
    assert (
        "9 van de 140 gemeenten met een aanpak of plannen daarvoor schreven iets met inhoud: te weinig voor een"
        in shown[1]
    )
    assert "%" not in shown[1]
    assert 'href="tables/y.csv"' in shown[1]


def test_where_nobody_has_coded_every_part_says_so(uncoded, shown):
    everything(uncoded)
    assert len(shown) == 7
    assert all("nog niet gecodeerd" in html for html in shown)


def test_where_no_code_counts_every_part_says_so(coded, shown):
    everything(replace(coded, themes=coded.themes.assign(count=0), differences=coded.differences.iloc[:0]))
    assert all("code die telt" in html for html in (shown[2], shown[3], shown[4], shown[5], shown[-1]))
