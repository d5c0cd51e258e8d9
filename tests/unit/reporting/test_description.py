"""A text alternative holds every option, also the one that nobody chose."""

import pandas as pd

from analysis.reporting.description import describe_distribution


def test_every_option_is_named_with_the_percentage_that_the_figure_prints():
    table = pd.DataFrame({"label": ["Ja", "Nee", "Soms"], "n": 1153, "count": [1150, 3, 0]})
    table["share"] = table["count"] / table["n"]
    assert describe_distribution(table) == "Van de 1.153 gemeenten: Ja 100% (1.150), Nee 0% (3), Soms 0% (0)."
    text = describe_distribution(table.assign(printed_pct=[99, 1, 0]))
    assert text == "Van de 1.153 gemeenten: Ja 99% (1.150), Nee 1% (3), Soms 0% (0)."
