"""What was planted: the parameters behind the answers and how the statements were treated."""

from analysis.survey.synthetic.survey import Sources, Survey


def planted_truth(survey: Survey, sources: Sources, seed: int) -> dict:
    """Return the planted parameters, for scoring estimators and cleaning.

    Parameters
    ----------
    survey
        The survey.
    sources
        What it was drawn from.
    seed
        Start of the random numbers.
    """
    parameters, plan = sources.parameters, survey.plan
    return {
        "synthetic": "every answer is invented",
        "seed": seed,
        "copies": survey.copies,
        "reactions": survey.copies * plan.reactions,
        "usable": survey.copies * plan.bases["all"],
        "bases": {name: survey.copies * size for name, size in sorted(plan.bases.items())},
        "association": parameters.association.model_dump(),
        "statements_not_followed": [
            {"claim": item.claim, "followed_instead": list(item.instead), "reason": item.reason}
            for item in plan.not_followed
        ],
    }
