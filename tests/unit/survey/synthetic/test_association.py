"""Handing out options: exact numbers, coverage, and the planted effect of size on status."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.miscmodels.ordinal_model import OrderedModel

from analysis.errors import InputError
from analysis.survey.synthetic.association import hand_out, logistic_noise, mention, normal_noise, scores
from analysis.survey.synthetic.survey import draw_survey


@settings(max_examples=40, deadline=None)
@given(quotas=st.lists(st.integers(0, 30), min_size=1, max_size=6).filter(sum), seed=st.integers(0, 1000))
def test_every_option_gets_its_number(quotas, seed):
    named = dict(zip("abcdef", quotas, strict=False))
    given_out = hand_out(np.random.default_rng(seed).random(sum(quotas)), named)
    assert {code: int((given_out == code).sum()) for code in named} == named


@settings(max_examples=40, deadline=None)
@given(data=st.data(), seed=st.integers(0, 1000))
def test_mentions_keep_their_numbers_and_reach_everyone(data, seed):
    people, options = data.draw(st.integers(5, 40)), data.draw(st.integers(3, 6))
    quotas = data.draw(
        st.lists(st.integers(0, people), min_size=options, max_size=options).filter(lambda q: sum(q) >= people)
    )
    least = max(0, min(people, sum(quotas) - people) // 2 if max(quotas) < people else 0)
    random = np.random.default_rng(seed)
    ticked = mention(random.random((people, options)), quotas, np.ones(people, dtype=bool), least=least, groups={})
    assert ticked.sum(axis=0).tolist() == quotas
    assert (ticked.sum(axis=1) >= 1).all()
    assert (ticked.sum(axis=1) >= 2).sum() >= least


def test_a_union_of_options_reaches_as_many_as_asked():
    score = np.random.default_rng(1).random((50, 4))
    ticked = mention(score, [20, 25, 10, 40], np.ones(50, dtype=bool), least=0, groups={(0, 1): 30})
    assert ticked.sum(axis=0).tolist() == [20, 25, 10, 40]
    assert ticked[:, :2].any(axis=1).sum() == 30


def test_too_few_mentions_are_refused():
    with pytest.raises(InputError, match="too few ticks"):
        mention(np.zeros((5, 2)), [2, 1], np.ones(5, dtype=bool), least=0, groups={})


def test_noise_has_the_moments_it_claims():
    random = np.random.default_rng(3)
    normal, logistic = normal_noise(random, 40_000), logistic_noise(random, 40_000)
    assert abs(normal.mean()) < 0.02
    assert abs(normal.std() - 1) < 0.02
    assert abs(logistic.mean()) < 0.05
    assert abs(logistic.std() - np.pi / np.sqrt(3)) < 0.05


def test_strength_is_the_correlation_with_engagement():
    random = np.random.default_rng(4)
    engagement = normal_noise(random, 40_000)
    assert abs(np.corrcoef(engagement, scores(0.4, engagement, random))[0, 1] - 0.4) < 0.02


def test_the_planted_effect_of_size_on_status_is_found_again(sources):
    survey = draw_survey(sources, seed=5, copies=20)
    usable = survey.table[(survey.table["is_finished"] == "Ja") & survey.table["q02"].ne("test")]
    steps = usable["q04"].map({code: -place for place, code in enumerate("abcdefgh")}).astype(float)
    size = pd.get_dummies(usable["q03"], dtype=float)[["b", "c"]]
    fitted = OrderedModel(steps, size, distr="logit").fit(method="bfgs", disp=False)
    planted = sources.parameters.association.size_on_status
    for code in ("b", "c"):
        assert abs(fitted.params[code] - planted[code]) < 4 * fitted.bse[code], code
        assert fitted.params[code] > 4 * fitted.bse[code]
