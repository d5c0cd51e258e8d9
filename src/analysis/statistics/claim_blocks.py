"""Sort published statements into blocks that share unknown counts, and name those that cannot be checked."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from analysis.survey.claims import Claim, Claims, meaning
from analysis.survey.instrument import Instrument, Question
from analysis.survey.quantifiers import Quantifiers

ANSWERS = ("closed", "open")
RESPONSE = "response"
POPULATION = "population"
REGISTER = "register"
OTHER_SUBJECTS = ("interviews", "instrument")
NO_QUANTITY = ("judgement", "rank", "min_rate", "max_rate")


@dataclass(frozen=True)
class Published:
    """A report as it is audited.

    ``facts`` are shares of an earlier wave by their identifier; ``terms`` names the statements that use the same
    words for a group, the first of which says what the words mean; ``response`` says what statements about the
    response count.
    """

    instrument: Instrument
    claims: Claims
    quantifiers: Quantifiers
    facts: Mapping[str, Fraction] = field(default_factory=dict)
    terms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    response: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _by_variable(self) -> dict[str, Question]:
        found = {}
        for question in self.instrument.questions:
            variables = (question.name, question.text_column, *(question.columns if question.items else ()))
            found |= {variable: question for variable in variables if variable is not None}
        return found

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """The size of each base as most of the statements give it."""
        return base_sizes(self.claims.values(), self.instrument)

    @cached_property
    def routed(self) -> Mapping[str, tuple[str, ...]]:
        """The bases that the answers to each question decide."""
        found: dict[str, list[str]] = {}
        for base in self.instrument.bases:
            for name in base.when:
                found.setdefault(name, []).append(base.name)
        return {name: tuple(bases) for name, bases in found.items()}

    @cached_property
    def figures(self) -> Mapping[str | None, tuple[Claim, ...]]:
        """The statements of each figure."""
        found: dict[str | None, list[Claim]] = {}
        for claim in self.claims.values():
            found.setdefault(claim.figure, []).append(claim)
        return {figure: tuple(claims) for figure, claims in found.items()}

    def question(self, variable: str | None) -> Question | None:
        """Return the question of a variable or an item of a grid; nothing when the questionnaire has none.

        Parameters
        ----------
        variable
            Such as ``q04`` or ``q23a``.
        """
        return self._by_variable.get(variable) if variable else None


@dataclass(frozen=True)
class ClaimBlock:
    """Statements about the same unknown counts; ``sizes`` are the bases that the report gives."""

    name: str
    claims: tuple[Claim, ...]
    sizes: Mapping[str, int]


def is_written(claim: Claim, claims: Mapping[str, Claim]) -> bool:
    """Say whether a statement counts respondents who write about a theme, which no closed answer shows.

    Parameters
    ----------
    claim
        The statement.
    claims
        All statements; a part of the group of another one about the same options is what people wrote.
    """
    if claim.evidence == "open":
        return True
    if claim.relation != "within" or claim.reference not in claims:
        return False
    group = claims[claim.reference]
    return (claim.question, claim.options) == (group.question, group.options)


def is_decidable(claim: Claim, published: Published) -> bool:
    """Say whether whole numbers of respondents can make a statement untrue.

    Parameters
    ----------
    claim
        The statement.
    published
        The report.
    """
    if claim.evidence not in ANSWERS or claim.question in OTHER_SUBJECTS or claim.statistic in NO_QUANTITY:
        return False
    if meaning(claim, published.quantifiers).form in ("nothing", "verdict"):
        return False
    if is_written(claim, published.claims):
        return claim.n is not None
    if claim.question is None:
        return claim.statistic == "share" and claim.base != POPULATION
    if claim.question == REGISTER:
        return _about_population(claim, published) is not claim
    question = published.question(claim.question)
    if question is None or question.type == "open":
        return False
    return bool(claim.options) or question.type == "multi" or claim.statistic == "max_share"


def base_sizes(claims: Iterable[Claim], instrument: Instrument) -> dict[str, int]:
    """Return the size of each base as most of the statements give it.

    Parameters
    ----------
    claims
        The statements, with ``base`` and ``n``.
    instrument
        The questionnaire; a base without any ``n`` takes the exact count of its options.
    """
    claims = list(claims)
    named: dict[str, Counter[int]] = {}
    for claim in claims:
        if claim.base and claim.n and claim.statistic != "judgement":
            named.setdefault(claim.base, Counter())[claim.n] += 1
    # Of equals the one that is named first, which is the first one of `most_common`.
    found = {base: counts.most_common(1)[0][0] for base, counts in named.items()}
    known = counted_bases(instrument)
    for claim in claims:
        base = base_of_count(claim, known)
        if base and base not in found:
            found[base] = claim.value[0]
    return found


def counted_bases(instrument: Instrument) -> dict[tuple[str, frozenset[str]], str]:
    """Return the bases that one question decides, by that question and the options that lead to the base.

    Parameters
    ----------
    instrument
        The questionnaire.
    """
    conditions = {base.name: list(base.when.items()) for base in reversed(instrument.bases)}
    return {(when[0][0], frozenset(when[0][1])): name for name, when in conditions.items() if len(when) == 1}


def base_of_count(claim: Claim, bases: Mapping[tuple[str, frozenset[str]], str]) -> str | None:
    """Return the base whose size a statement gives as a count, if it does.

    Parameters
    ----------
    claim
        The statement.
    bases
        As :func:`counted_bases` returns them.
    """
    if claim.kind != "exact_count" or claim.evidence != "closed" or claim.question is None:
        return None
    return bases.get((claim.question, frozenset(claim.options)))


def claim_blocks(
    published: Published, names: Iterable[str], sizes: Mapping[str, int] | None = None
) -> tuple[ClaimBlock, ...]:
    """Return the statements in blocks that have no unknown in common.

    Parameters
    ----------
    published
        The report.
    names
        Identifiers of the statements that can be decided.
    sizes
        Sizes of the bases, when they are known already.

    Notes
    -----
    Statements about the same variable, and a statement and its reference, stand in one block. The sizes of bases
    are taken from the report, except in the block of the question that decides them.
    """
    claims = published.claims
    chosen = [claims[name] for name in names]
    group: dict[str, str] = {}

    def root(key: str) -> str:
        while group.setdefault(key, key) != key:
            key = group[key]
        return key

    for claim in chosen:
        if not is_written(claim, claims):
            group[root(claim.claim_id)] = root(f"variable {claim.question or RESPONSE}")
        else:
            root(claim.claim_id)
        compared = claims[claim.reference] if claim.relation and claim.reference in claims else None
        if compared is not None and compared.evidence in ANSWERS:
            group[root(claim.reference)] = root(claim.claim_id)
    members: dict[str, list[Claim]] = {}
    for claim in chosen:
        members.setdefault(root(claim.claim_id), []).append(claim)
    known = published.sizes if sizes is None else sizes
    return tuple(_block(part, known, published) for part in members.values())


def _block(part: list[Claim], sizes: Mapping[str, int], published: Published) -> ClaimBlock:
    if part[0].question == REGISTER:
        part = [_about_population(claim, published) for claim in part]
        return ClaimBlock(REGISTER, tuple(part), {"all": sizes[POPULATION]} if POPULATION in sizes else {})
    variables = dict.fromkeys(claim.question or RESPONSE for claim in part)
    own = {base for variable in variables for base in published.routed.get(variable, ())}
    return ClaimBlock(" ".join(variables), tuple(part), {name: n for name, n in sizes.items() if name not in own})


def _about_population(claim: Claim, published: Published) -> Claim:
    """Read a statement about the register as one about the question of the same figure, asked of everyone."""
    alike = [
        question.name
        for question in published.instrument.closed_questions
        if question.figure == claim.figure and set(claim.options) <= set(question.codes)
    ]
    return claim.model_copy(update={"question": alike[0], "base": "all"}) if alike else claim
