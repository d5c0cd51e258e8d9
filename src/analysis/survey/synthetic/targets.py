"""Plausible values to aim at, drawn anew for each seed, between which the statements leave room."""

import numpy as np
from ortools.sat.python import cp_model

from analysis.survey.synthetic.municipalities import SIZE_CODES, SMALL
from analysis.survey.synthetic.parameters import Parameters
from analysis.survey.synthetic.response_model import ResponseModel
from analysis.survey.synthetic.statements import Statements

Target = tuple[cp_model.IntVar, int]
Shares = dict[tuple[str, str], float]


def draw_targets(
    statements: Statements,
    response: ResponseModel,
    sizes: dict[str, int],
    parameters: Parameters,
    random: np.random.Generator,
) -> list[Target]:
    """Return a value to aim at for every count that the report leaves open.

    Parameters
    ----------
    statements, response
        The variables and what restricts them.
    sizes
        Size of each base.
    parameters
        Shares to aim at where no statement bounds an option.
    random
        Source of the draw.
    """
    counts = statements.counts
    option_shares, theme_shares = _claimed_shares(statements, parameters, random)
    targets = []
    for (variable, code), count in counts.options.items():
        question = counts.question(variable)
        share = option_shares.get((variable, code))
        if share is None:
            prior = parameters.prior_shares.get(question.name, {}).get(code, 1 / len(question.codes))
            share = prior * _between(random, 1 - parameters.prior_spread, 1 + parameters.prior_spread)
        targets.append((count, int(share * sizes[question.base])))
    for theme in counts.catalogue.themes:
        share = theme_shares.get(theme.name)
        if share is None:
            share = theme.share * _between(random, 1 - parameters.prior_spread, 1 + parameters.prior_spread)
        for column in theme.columns:
            holders = sizes[counts.question(column).base]
            targets.append((counts.themes[theme.name, column], max(1, int(share * holders / len(theme.columns)))))
    together = [(variable, count, 0.6) for (variable, _), count in counts.unions.items()]
    together += [(variable, count, 0.95) for variable, count in counts.several.items()]
    targets += [(count, int(share * sizes[counts.question(name).base])) for name, count, share in together]
    return targets + _response_targets(response, sizes["all"], random)


def _claimed_shares(
    statements: Statements, parameters: Parameters, random: np.random.Generator
) -> tuple[Shares, dict[str, float]]:
    """Draw within the intervals of statements about one option or one theme."""
    options, themes = {}, {}
    for claim in statements.claims.values():
        demand = statements.meaning(claim)
        if demand.form != "range" or demand.x or demand.lower is None or demand.upper is None:
            continue
        low, high = float(demand.lower.offset), float(demand.upper.offset)
        high = min(high, low + parameters.widest_interval)
        margin = (high - low) / 5
        share = _between(random, low + margin, high - margin)
        theme = statements.counts.catalogue.by_claim.get(claim.claim_id)
        if theme is not None:
            themes.setdefault(theme.name, share)
        elif len(claim.options) == 1 and claim.relation is None:
            options.setdefault((claim.question, claim.options[0]), share)
    return options, themes


def _response_targets(response: ResponseModel, everyone: int, random: np.random.Generator) -> list[Target]:
    rate = everyone / len(response.register)
    targets = []
    for province in response.register.provinces:
        available = response.register.available(province)
        targets.append((response.respondents[province], int(available * rate * _between(random, 0.75, 1.25))))
        targets.append((response.local[province], int(_between(random, 0, 2))))
        targets.append((response.local_members[province], int(_between(random, 0, 7))))
        targets += [(place[province], int(_between(random, 0, 2))) for place in (response.home, response.away)]
        for code in SIZE_CODES:
            size = response.register.available(province, code)
            targets.append((response.singles[province, code], int(size * rate * _between(random, 0.6, 1.4))))
    targets += [(count, 0) for code, count in response.anonymous_by_size.items() if code != SMALL]
    return [
        *targets,
        (response.home_members, 2),
        (response.away_members, 1),
        (response.reactions, everyone * 3 // 2),
    ]


def _between(random: np.random.Generator, low: float, high: float) -> float:
    return low + (high - low) * random.random()
