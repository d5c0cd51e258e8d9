"""What was planted: the parameters behind the answers, and how the published statements were treated."""

from analysis.survey.claims import meaning
from analysis.survey.synthetic.calibration import Plan
from analysis.survey.synthetic.sources import Sources
from analysis.survey.synthetic.statements import is_about_answers
from analysis.survey.synthetic.survey import Survey


def planted_truth(survey: Survey, sources: Sources, seed: int) -> dict:
    """Return what is known of an invented survey, for scoring estimators and cleaning.

    Parameters
    ----------
    survey
        The survey.
    sources
        What it was drawn from.
    seed
        Start of the random numbers.

    Notes
    -----
    ``association`` holds the planted effects. ``size_on_status`` are log odds ratios of standing one step further,
    against a small municipality, in a proportional-odds model of q04.
    """
    plan, copies = survey.plan, survey.copies
    return {
        "note": "Every answer is invented.",
        "seed": seed,
        "copies": copies,
        "reactions": copies * plan.reactions,
        "usable": copies * plan.bases["all"],
        "bases": {name: copies * size for name, size in sorted(plan.bases.items())},
        "association": sources.parameters.association.model_dump(mode="json"),
        "statements": _statements(sources, plan),
    }


def _statements(sources: Sources, plan: Plan) -> dict:
    claims = sources.claims
    forms = {name: meaning(claim, sources.quantifiers).form for name, claim in claims.items()}
    answers = [name for name, claim in claims.items() if is_about_answers(claim)]
    given_up = {item.claim for item in plan.not_followed}
    free = [name for name in answers if forms[name] in ("nothing", "verdict")]
    return {
        "not_followed": [
            {"claim": item.claim, "followed_instead": list(item.instead), "reason": item.reason}
            for item in plan.not_followed
        ],
        "rounding": sources.parameters.rounding,
        "only_under_this_rounding": _needs_rounding(sources, plan),
        "followed": [name for name in answers if name not in given_up and name not in free],
        "without_a_bound": free,
        "not_about_answers": [name for name in claims if name not in answers],
    }


def _needs_rounding(sources: Sources, plan: Plan) -> list[str]:
    """Return the printed percentages that rounding each on its own would not give."""
    needing = []
    for name, claim in sources.claims.items():
        counted = [plan.options.get((claim.question, code)) for code in claim.options]
        if claim.kind == "exact_percent" and claim.statistic == "share" and counted and None not in counted:
            base = plan.bases[claim.base]
            if (200 * sum(counted) + base) // (2 * base) != claim.value[0]:
                needing.append(name)
    return needing
