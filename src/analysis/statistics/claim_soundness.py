"""Find statements that no audit can read, so that the others can be audited."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from analysis.errors import InputError
from analysis.statistics.claim_blocks import ANSWERS, OTHER_SUBJECTS, POPULATION, REGISTER, Published, is_written
from analysis.survey.claims import Claim, Claims, meaning

COMPARING = ("below", "above", "near")
OTHER_BASES = (POPULATION, "2021", "earlier")
MOST_LABELS = 8  # orders of more labels than these are too many to try


def sound_statements(published: Published) -> tuple[Published, tuple[InputError, ...]]:
    """Return the report without the statements that cannot be audited, and what is wrong with each of those.

    Parameters
    ----------
    published
        The report.

    Returns
    -------
    tuple
        Left out are statements with an unknown question, option, base, word or reference, those that ask for what
        their question cannot show, and those that refer to one that is left out.
    """
    problems: dict[str, InputError] = {}
    kept = dict(published.claims)
    while wrong := {name: found for name, claim in kept.items() if (found := _problem(claim, kept, published))}:
        for name, problem in wrong.items():
            place = f"line {kept[name].line}, {name}"
            problems[name] = InputError(problem, file=published.claims.path, place=place)
        kept = {name: claim for name, claim in kept.items() if name not in wrong}
    return replace(published, claims=Claims(kept, published.claims.path)), tuple(problems.values())


def _problem(claim: Claim, kept: Mapping[str, Claim], published: Published) -> str | None:
    for rule in _RULES:
        problem = rule(claim, kept, published)
        if problem:
            return problem
        if rule is _reference and (claim.evidence not in ANSWERS or claim.question in OTHER_SUBJECTS):
            return None
    return None


def _word(claim: Claim, kept: Mapping[str, Claim], published: Published) -> str | None:
    try:
        demand = meaning(claim, published.quantifiers)
    except InputError as error:
        return str(error)
    needs = [limit for limit in (demand.lower, demand.upper) if limit is not None and limit.coefficient]
    if needs and demand.x is None:
        return f"the words {claim.quantifier!r} compare with something, and no reference says with what"
    return None


def _reference(claim: Claim, kept: Mapping[str, Claim], published: Published) -> str | None:
    if claim.reference and claim.reference not in kept and claim.reference not in published.facts:
        return f"its reference {claim.reference} is no statement that can be audited, and no fact"
    return None


def _question(claim: Claim, kept: Mapping[str, Claim], published: Published) -> str | None:
    question = published.question(claim.question)
    if question is None and claim.question not in (None, REGISTER, "province"):
        return f"the questionnaire has no question {claim.question}"
    if claim.base and claim.base not in (*OTHER_BASES, *(base.name for base in published.instrument.bases)):
        return f"the questionnaire has no base {claim.base}"
    unknown = [code for code in claim.options if question and question.codes and code not in question.codes]
    return f"question {claim.question} has no option {unknown[0]!r}" if unknown else None


def _labels(claim: Claim, kept: Mapping[str, Claim], published: Published) -> str | None:
    if claim.statistic != "label_multiset":
        return None
    question = published.question(claim.question) if claim.evidence == "closed" else None
    if question is None or question.type not in ("single", "grid") or claim.kind != "exact_percent":
        return "labels belong to the percentages of a question with one answer"
    if question.base != (claim.base or "all"):
        return f"the labels of question {claim.question} belong to its base {question.base}"
    if not len(claim.value) <= len(claim.options) <= MOST_LABELS:
        return f"labels need as many options or more, and no more than {MOST_LABELS}"
    return None


def _statistic(claim: Claim, kept: Mapping[str, Claim], published: Published) -> str | None:
    question = published.question(claim.question)
    kind = question.type if question is not None and claim.evidence == "closed" else None
    if claim.statistic == "max_share" and (kind in (None, "open") or claim.kind.startswith("exact")):
        return "a largest share is about words on the options of a closed question"
    if claim.statistic == "rank" and claim.evidence != "open":
        return "a rank is one among what open answers say"
    if claim.statistic in ("min_rate", "max_rate") and claim.kind != "exact_percent":
        return "a rate of response is a percentage"
    if claim.relation == "below_average" and kind in (None, "open"):
        return "an average is one of the options of a closed question"
    if claim.question == REGISTER and (not claim.kind.startswith("exact") or not claim.options):
        return "of the register only counts and percentages of groups are read"
    return None


def _comparison(claim: Claim, kept: Mapping[str, Claim], published: Published) -> str | None:
    if claim.relation not in (*COMPARING, "within") or claim.reference in published.facts:
        return "a part needs a statement about its whole" if claim.relation == "within" else None
    reference = kept[claim.reference]
    if reference.evidence not in ANSWERS:
        is_share = claim.relation != "within" and reference.kind == "exact_percent"
        return None if is_share else f"its reference {claim.reference} gives no share to compare with"
    if (reference.base or "all") != (claim.base or "all"):
        return f"its reference {claim.reference} has another base"
    if not _is_counted(reference, published) or (claim.question == REGISTER) != (reference.question == REGISTER):
        return f"its reference {claim.reference} counts nothing that can be compared"
    return None


def _is_counted(claim: Claim, published: Published) -> bool:
    if is_written(claim, published.claims):
        return True
    if claim.statistic in ("label_multiset", "max_share", "rank", "judgement", "min_rate", "max_rate"):
        return False
    question = published.question(claim.question)
    if question is None:
        return claim.question in (None, REGISTER)
    return question.type == "multi" or (question.type != "open" and bool(claim.options))


_RULES: tuple[Callable[[Claim, Mapping[str, Claim], Published], str | None], ...] = (
    _word,
    _reference,
    _question,
    _labels,
    _statistic,
    _comparison,
)
