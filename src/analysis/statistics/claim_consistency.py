"""Checks of statements beside whole numbers: bases, words with two meanings, judgements about the response."""

from collections.abc import Iterable

import pandas as pd

from analysis.statistics.block_model import copy_with_meaning
from analysis.statistics.claim_blocks import (
    REGISTER,
    Published,
    base_of_count,
    claim_blocks,
    counted_bases,
    is_decidable,
)
from analysis.statistics.feasibility import ROUNDINGS, examine
from analysis.statistics.independence import independence_tests
from analysis.survey.claims import Claim, Claims


def published_counts_p_value(claim: Claim, figure: Iterable[Claim]) -> float | None:
    """Test a judgement about the response on the counts that the same figure prints.

    Parameters
    ----------
    claim
        A statement such as that the response is representative.
    figure
        The statements of the same figure or table.

    Returns
    -------
    float or None
        P-value of the exact test of independence of response and group; nothing without counts of respondents
        and of the population for the same groups.
    """
    counts = [other for other in figure if other.kind == "exact_count"]
    asked = {other.options: other.value[0] for other in counts if other.question == claim.question}
    there = {other.options: other.value[0] for other in counts if other.question == REGISTER}
    groups = [options for options in asked if options in there]
    groups = [options for options in groups if not any(set(one) < set(options) for one in groups)]
    if claim.figure is None or claim.question is None or len(groups) < 2:
        return None
    cells = pd.DataFrame(
        {
            "group": [";".join(options) for options in groups],
            "population": [there[options] for options in groups],
            "respondents": [asked[options] for options in groups],
        }
    )
    return float(independence_tests(cells, ["group"])["p_value"].iloc[-1])


def response_sums(published: Published) -> dict[str, tuple[bool, tuple[str, ...]]]:
    """Check the counts of the response that must fit together.

    Parameters
    ----------
    published
        The report, with what its statements about the response count.

    Returns
    -------
    dict
        By statement whether it fits, and the statements that it was checked with. Reactions with and without a
        province are all usable ones; these are no more than all reactions; those for several municipalities are
        usable ones, and each of them stands for two municipalities or more.
    """
    printed: dict[str, Claim] = {}
    for name, quantity in published.response.items():
        if name in published.claims and published.claims[name].kind == "exact_count":
            printed.setdefault(quantity, published.claims[name])
    found: dict[str, tuple[bool, tuple[str, ...]]] = {}
    for quantities, holds in _SUMS:
        if not set(quantities) <= set(printed):
            continue
        names = [printed[quantity].claim_id for quantity in quantities]
        fits = holds(*(printed[quantity].value[0] for quantity in quantities))
        for name in names:
            if found.get(name, (True, ()))[0]:
                before = found.get(name, (True, ()))[1] if fits else ()
                others = tuple(one for one in names if one != name and one not in before)
                found[name] = (fits, (*before, *others))
    return found


_SUMS = (
    (("with_province", "without_province", "usable"), lambda known, unknown, all_: known + unknown == all_),
    (("usable", "reactions"), lambda usable, reactions: usable <= reactions),
    (("joint", "usable", "represented"), lambda joint, usable, stands: joint <= usable <= stands - joint),
)


def wrong_sizes(published: Published) -> dict[str, tuple[str, ...]]:
    """Return statements with another base than the one that is given elsewhere, and where it is given.

    Parameters
    ----------
    published
        The report.
    """
    claims = published.claims
    sizes = published.sizes
    bases = counted_bases(published.instrument)
    stated = {base: claim for claim in claims.values() if (base := base_of_count(claim, bases)) is not None}
    wrong = {}
    for claim in claims.values():
        if claim.base in sizes and claim.n not in (None, sizes[claim.base]) and claim.kind != "verdict":
            wrong[claim.claim_id] = (stated[claim.base].claim_id,) if claim.base in stated else ()
    return wrong


def other_meanings(published: Published) -> dict[str, tuple[str, ...]]:
    """Return statements that use a term for another group than the statement that says what the term means.

    Parameters
    ----------
    published
        The report.
    """
    found = {}
    for names in published.terms.values():
        known = [published.claims[name] for name in names if name in published.claims]
        known = [claim for claim in known if is_decidable(claim, published)]
        if not known:
            continue
        meaning, *others = known
        for claim in others:
            if set(claim.options) == set(meaning.options):
                continue
            copy = copy_with_meaning(claim, meaning.options, claim.claim_id)
            if _excludes(meaning, copy, published):
                found[claim.claim_id] = (meaning.claim_id,)
    return found


def _excludes(meaning: Claim, copy: Claim, published: Published) -> bool:
    pair = {meaning.claim_id: meaning, copy.claim_id: copy}
    both = Published(
        published.instrument,
        Claims(dict(published.claims) | pair, published.claims.path),
        published.quantifiers,
        published.facts,
    )
    blocks = claim_blocks(both, list(pair), published.sizes)
    return any(not examine(block, both, ROUNDINGS[1]).is_possible for block in blocks)
