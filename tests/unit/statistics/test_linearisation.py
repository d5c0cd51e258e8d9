"""Standard errors by svy, one call at a time, and by writing the scores out row by row."""

import numpy as np
import pandas as pd
import pytest
import svy
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.statistics.design import Design, WeightedDesign
from analysis.statistics.estimates import estimate
from analysis.statistics.linearisation import Estimator
from analysis.statistics.tally import design_cells
from analysis.statistics.weighting import margin_totals, post_stratify, rake, survey_sample, unweighted

ASKED = ~svy.col("q16").is_in(["not_asked", "not_answered"])


@pytest.mark.parametrize("fpc", [True, False])
@pytest.mark.parametrize("cap", [None, 1.2])
def test_raked_estimates_equal_those_of_svy(short_instrument, province_counts, weighted_designs, fpc, cap):
    """Also with trimmed weights, which R's rake does not have. svy and R sweep the margins until it is enough."""
    design = weighted_designs[fpc]["raked"].design
    start = WeightedDesign(design, "equal", weighted_designs[fpc]["unweighted"].weights)
    totals = {
        "size_class": {level: float(count) for level, count in design.population.items()},
        "province": margin_totals(post_stratify(design), province_counts, "province"),
    }
    trimming = None if cap is None else svy.TrimConfig(upper=svy.Threshold("median", cap), max_iter=100)
    sample = survey_sample(start, design.respondents).weighting.rake(
        controls=totals, trimming=trimming, tol=1e-10, max_iter=500
    )
    found = sample.estimation.prop(
        "q16", where=ASKED, by="size_class", ci_method="beta", deff="wor" if fpc else "wr"
    )
    expected = found.to_polars().to_pandas()
    ours = estimate(short_instrument, "q16", rake(design, province_counts, cap=cap), by="size_class")
    both = ours.merge(expected, left_on=["group", "option"], right_on=["size_class", "q16"], suffixes=("", "_svy"))
    both = both[both["count"] > 0]
    assert len(both) == 12
    np.testing.assert_allclose(both["share"], both["est"], rtol=1e-9)
    np.testing.assert_allclose(both["se"], both["se_svy"], rtol=1e-7)
    np.testing.assert_allclose(both["ci_low"], both["lci"], rtol=1e-7)
    np.testing.assert_allclose(both["ci_high"], both["uci"], rtol=1e-7)
    np.testing.assert_allclose(both["deff"], both["deff_svy"], rtol=1e-7)


def written_out(design, weights, margins, chosen, member):
    """Taylor variance of a share, respondent by respondent, with least squares on the margins."""
    share = (weights * chosen).sum() / (weights * member).sum()
    score = member * (chosen - share) / (weights * member).sum()
    if margins:
        dummies = pd.get_dummies(design.respondents[list(margins)].astype(object)).to_numpy(dtype=float)
        score = score - dummies @ np.linalg.lstsq(dummies, score, rcond=None)[0]
    variance = 0.0
    for stratum, population in enumerate(design.population.values()):
        part = (weights * score)[design.strata == stratum]
        n = len(part)
        variance += (1 - design.fpc * n / population) * n / (n - 1) * ((part - part.mean()) ** 2).sum()
    return share, variance


@given(st.integers(0, 2**32 - 1), st.booleans(), st.booleans())
@settings(max_examples=40, deadline=None)
def test_counts_per_cell_give_what_respondents_one_by_one_give(seed, fpc, calibrated):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(12, 40))
    respondents = pd.DataFrame(
        {"size_class": np.resize(["d", "c"], n), "province": rng.choice(["Utrecht", "Zeeland", "unknown"], n)}
    )
    design = Design(respondents, {"d": 80, "c": 41}, fpc=fpc)
    cell_weight = respondents["size_class"].map({"d": 2.5, "c": 1.5}) * respondents["province"].map(
        {"Utrecht": 1.0, "Zeeland": 1.3, "unknown": 0.7}
    )
    margins = ("size_class", "province") if calibrated else ()
    weighted = WeightedDesign(design, "mine", cell_weight, margins=margins)
    member = rng.random(n) < 0.7
    chosen = member & (rng.random(n) < 0.4)
    if not member.any():
        return
    cells = design_cells([weighted], [])
    counts = [cells.count(mask)[:, None].astype(float) for mask in (chosen, member)]
    found = Estimator(weighted, cells).shares(*counts)
    share, variance = written_out(design, weighted.weights, margins, chosen, member)
    assert found.share[0] == pytest.approx(share, rel=1e-12)
    assert found.variance[0] == pytest.approx(variance, rel=1e-9, abs=1e-18)


def test_a_complete_stratum_adds_no_variance():
    respondents = pd.DataFrame({"size_class": ["d"] * 6 + ["ab"] * 4})
    design = Design(respondents, {"d": 6, "ab": 8})
    weighted = post_stratify(design)
    cells = design_cells([weighted], [])
    yes = np.array([1, 1, 1, 0, 0, 0, 1, 1, 0, 0])
    chosen = cells.count(yes == 1)[:, None].astype(float)
    found = Estimator(weighted, cells).shares(chosen, cells.sizes[:, None].astype(float))
    spread = (8 / 14) ** 2 * (1 - 4 / 8) * 0.5 * 0.5 * 4 / 3 / 4
    assert found.variance[0] == pytest.approx(spread)


def test_weights_that_differ_within_a_cell_are_kept_apart(synthetic_respondents):
    design = Design(synthetic_respondents, {"d": 250, "c": 60, "ab": 32})
    weights = np.linspace(1, 3, design.n)
    weighted = WeightedDesign(design, "mine", weights, margins=("size_class",))
    cells = design_cells([weighted, unweighted(design)], ["province"])
    assert (weights[cells.first][cells.index] == weights).all()
    assert cells.sizes.sum() == design.n
