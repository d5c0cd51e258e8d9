"""A block of statements as a problem in whole numbers: one unknown per option, one switch per statement."""

from types import SimpleNamespace

from ortools.sat.python import cp_model

from analysis.statistics.claim_blocks import ANSWERS, ClaimBlock, Published, is_written
from analysis.survey.claims import Claim, Claims, Meaning, meaning
from analysis.survey.instrument import Base
from analysis.survey.synthetic.catalogue import Catalogue
from analysis.survey.synthetic.count_model import CountModel, Expression
from analysis.survey.synthetic.printed import LARGEST_BASE, Printed, printed_shares, printed_single
from analysis.survey.synthetic.statements import Quantity, Statements

NO_THEMES = Catalogue(columns=(), slots={}, openings=(), links=(), empty_words=(), themes=())


class BlockCounts(CountModel):
    """Unknown counts of the questions of one block, with the bases that the report gives as whole numbers.

    Parameters
    ----------
    block
        The statements and the sizes of bases.
    published
        The report.
    """

    def __init__(self, block: ClaimBlock, published: Published):
        self._sizes = dict(block.sizes)
        compared = [published.claims[one.reference] for one in block.claims if _compares(one, published.claims)]
        claims = [one for one in (*block.claims, *compared) if not is_written(one, published.claims)]
        variables = dict.fromkeys(claim.question for claim in claims)
        found = {variable: published.question(variable) for variable in variables}
        asked = {question.name: question for question in found.values() if question and question.type != "open"}
        for name, question in asked.items():
            items = tuple(item for item in question.items if f"{name}{item.code}" in variables)
            asked[name] = question.model_copy(update={"items": items})
        limit = max([*block.sizes.values(), *(claim.n or 0 for claim in block.claims), 1])
        super().__init__(
            published.instrument.model_copy(update={"questions": tuple(asked.values())}), NO_THEMES, limit
        )
        if "all" in self._sizes:
            self.model.add(self.bases["all"] == self._sizes["all"])
        self.bases |= self._sizes

    def _base(self, base: Base) -> Expression:
        if base.name in self._sizes:
            return self._sizes[base.name]
        if base.name not in self.bases:
            self.bases[base.name] = self.count(base.name)
        return self.bases[base.name]


class BlockStatements(Statements):
    """The statements of one block on its counts.

    Parameters
    ----------
    counts
        The unknowns.
    block
        The statements.
    published
        The report.
    rounding
        ``half_up`` or ``largest_remainder``: how whole percentages of a distribution were made.
    """

    def __init__(self, counts: BlockCounts, block: ClaimBlock, published: Published, rounding: str):
        self._quantities: dict[str, Quantity] = {}
        self._largest = max(LARGEST_BASE, 2 * counts.limit)
        self._all_claims = published.claims
        claims = {claim.claim_id: claim for claim in block.claims}
        # References outside the block are fixed facts or earlier waves; they restrict nothing themselves.
        self._own = frozenset(claims)
        for claim in block.claims:
            if claim.reference in published.claims:
                claims.setdefault(claim.reference, published.claims[claim.reference])
        sources = SimpleNamespace(
            claims=Claims(claims, published.claims.path),
            quantifiers=published.quantifiers,
            facts=published.facts,
            parameters=SimpleNamespace(rounding=rounding),
        )
        super().__init__(counts, None, sources)

    def meaning(self, claim: Claim) -> Meaning:
        """Return what a claim demands; nothing when it belongs to another block.

        Parameters
        ----------
        claim
            The statement.
        """
        return meaning(claim, self.sources.quantifiers) if claim.claim_id in self._own else Meaning("nothing")

    def quantity(self, claim: Claim) -> Quantity:
        """Return what a claim counts and out of how many.

        Parameters
        ----------
        claim
            The statement.
        """
        if claim.claim_id not in self._quantities:
            self._quantities[claim.claim_id] = self._find_quantity(claim)
        return self._quantities[claim.claim_id]

    def _find_quantity(self, claim: Claim) -> Quantity:
        if claim.question is None and not is_written(claim, self._all_claims):
            return Quantity(self.counts.bases["all"], claim.n or self.counts.limit)
        base = self._base(claim.base or "all", claim.n)
        if claim.relation == "within":
            base = self.quantity(self.claims[claim.reference]).count
        if is_written(claim, self._all_claims):
            writers = self.counts.count(claim.claim_id)
            self.counts.model.add(writers <= base)
            return Quantity(writers, base)
        question = self.counts.question(claim.question)
        if question.type == "multi" and not claim.options:
            return Quantity(self.counts.at_least_two(claim.question), base)
        return Quantity(self.counts.any_of(claim.question, claim.options), base)

    def _base(self, name: str, n: int | None = None) -> Expression:
        if name not in self.counts.bases:
            self.counts.bases[name] = self.counts.count(name) if n is None else n
        return self.counts.bases[name]

    def _add_max_share(self, claim: Claim, demand: Meaning, switch: cp_model.IntVar) -> None:
        self._base(claim.base or "all", claim.n)
        super()._add_max_share(claim, demand, switch)

    def _add_percent(self, claim: Claim, value: int, switch: cp_model.IntVar) -> None:
        distribution = (
            {}
            if claim.question is None or claim.relation or is_written(claim, self._all_claims)
            else self._distribution(claim.question, claim.base)
        )
        printed = distribution.get((claim.question, claim.options))
        if printed is None:
            quantity = self.quantity(claim)
            printed = printed_single(
                self.counts.model, quantity.count, quantity.base, claim.claim_id, self._largest
            )
        self.counts.model.add(printed == value).only_enforce_if(switch)

    def _distribution(self, variable: str, base: str | None) -> Printed:
        key = (variable, base or "all")
        if key in self._printed:
            return self._printed[key]
        question = self.counts.question(variable)
        if question.type == "multi" or question.base != key[1]:
            self._printed[key] = {}
            return {}
        parts = self._printed_parts(variable)
        counts = {(variable, part): self.counts.any_of(variable, part) for part in parts}
        self._printed[key] = printed_shares(
            self.counts.model, counts, self._base(key[1]), self.sources.parameters.rounding, self._largest
        )
        return self._printed[key]

    def _printed_parts(self, variable: str) -> list[tuple[str, ...]]:
        """Return the parts that a figure shows: options, and options that are printed as one."""
        codes = self.counts.question(variable).codes
        alone, together = set(), []
        for claim in self.claims.values():
            if claim.question == variable and claim.kind == "exact_percent":
                if claim.statistic == "label_multiset" or len(claim.options) == 1:
                    alone |= set(claim.options)
                else:
                    together.append(claim.options)
        taken: set[str] = set()
        parts = []
        for union in sorted(set(together), key=len):
            if not set(union) & (alone | taken) and len(union) < len(codes):
                parts.append(union)
                taken |= set(union)
        parts += [(code,) for code in codes if code not in taken]
        return sorted(parts, key=lambda part: codes.index(part[0]))


def _compares(claim: Claim, claims: Claims) -> bool:
    return claim.relation is not None and claim.reference in claims and claims[claim.reference].evidence in ANSWERS


def copy_with_meaning(claim: Claim, options: tuple[str, ...], name: str) -> Claim:
    """Return a statement as if it were about other options.

    Parameters
    ----------
    claim
        The statement.
    options
        Options to read it with.
    name
        Identifier of the copy.
    """
    return claim.model_copy(update={"options": options, "claim_id": name})
