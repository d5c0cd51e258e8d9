"""An export of 2021, named in the settings, is used by the same notebook."""

import re

import pandas as pd
import pytest

from analysis.survey.instrument import load_instrument


@pytest.fixture
def page(project, run, synthetic_2021):
    """Run the comparison with a synthetic export of 2021; return the text of its page and its table."""
    register = pd.read_csv(project / "data/raw/register/municipalities_2021.csv")
    instrument = load_instrument(project / "data/raw/instrument_2021.yaml")
    export = "data/raw/synthetic_survey_2021.csv"
    invented = synthetic_2021.synthetic_wave_2021(register, instrument)
    synthetic_2021.write_synthetic_wave_2021(project / export, invented)
    settings = project / "params.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("data/raw/published/figures_2021.csv", export), encoding="utf-8")
    done = run(project, "python", "-m", "analysis", "run", "13_comparison_2021")
    assert done.returncode == 0, done.stderr
    html = (project / "reports/13_comparison_2021.html").read_text(encoding="utf-8")
    table = pd.read_csv(project / "data/processed/comparison_2021.csv")
    return re.sub(r"<[^>]+>", " ", html), table, register["name"]


def test_the_answers_take_the_place_of_the_published_figures(page):
    text, table, names = page
    assert "de antwoorden van 2021 zijn synthetisch" in text
    assert "p McNemar" in text
    assert "p deels overlappend" in text
    assert "Van 113 van de 113 reacties van 2021 is de gemeente bekend." in text
    shares = table.dropna(subset="share_2021_low").set_index(["item", "test"])
    assert (shares["share_2021_low"] == shares["share_2021_high"]).all()
    assert shares.loc[("implemented", "fisher"), "share_2021_low"] == pytest.approx(8 / 113)
    assert set(table["verdict"]) <= {"changed", "not_shown"}
    # Who answered what is never shown: no name of a municipality that is no ordinary word stands on the page.
    assert not [name for name in names if len(name) > 9 and name in text]
