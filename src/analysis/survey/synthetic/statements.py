"""The statements of the report as constraints on whole counts, each with a switch.

The switch is a Boolean variable that stands for "this statement holds". The solver is told which switches are
on, so that it can say which statements cannot hold together.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from ortools.sat.python import cp_model

from analysis.errors import InputError
from analysis.survey.claims import AVERAGE, Claim, Meaning, meaning
from analysis.survey.quantifiers import CountRule
from analysis.survey.synthetic.count_model import CountModel, Expression
from analysis.survey.synthetic.printed import Printed, add_labels, printed_shares, printed_single
from analysis.survey.synthetic.response_model import ResponseModel
from analysis.survey.synthetic.sources import Sources

ANSWER_EVIDENCE = ("closed", "open")
OTHER_SUBJECTS = ("register", "interviews")  # which no answer to the questionnaire can make true


@dataclass(frozen=True)
class Quantity:
    """What a statement counts, and out of how many."""

    count: Expression
    base: Expression


@dataclass(frozen=True)
class Comparison:
    """The share X that a statement compares with: ``factor`` times a count, on the same base."""

    count: Expression
    factor: Fraction


def is_about_answers(claim: Claim) -> bool:
    """Return whether answers to the questionnaire can decide a claim.

    Parameters
    ----------
    claim
        The statement.
    """
    return claim.evidence in ANSWER_EVIDENCE and claim.question not in OTHER_SUBJECTS


class Statements:
    """All statements that answers can satisfy.

    Parameters
    ----------
    counts, response
        The variables.
    sources
        The statements, the convention for quantity words, shares of the earlier wave, and how the report
        rounded the percentages of a distribution.

    Attributes
    ----------
    switches
        The switch of each statement that restricts something.
    penalties
        Switches that are better off: labels in another order than printed, and percentages that only one rounding
        gives.
    """

    def __init__(self, counts: CountModel, response: ResponseModel, sources: Sources):
        self.counts = counts
        self.response = response
        self.claims = sources.claims
        self.sources = sources
        self.switches: dict[str, cp_model.IntVar] = {}
        self.penalties: list[cp_model.IntVar] = []
        self._printed: dict[tuple[str, str], Printed] = {}
        for claim in self.claims.values():
            demand = self.meaning(claim)
            if demand.form in ("count", "percent", "labels", "range", "rank"):
                self.switches[claim.claim_id] = counts.model.new_bool_var(claim.claim_id)
                try:
                    self._add(claim, demand, self.switches[claim.claim_id])
                except InputError as error:
                    place = f"line {claim.line}, {claim.claim_id}"
                    raise InputError(str(error), file=self.claims.path, place=place) from error

    def meaning(self, claim: Claim) -> Meaning:
        """Return what a claim demands of the answers; nothing when they cannot decide it.

        Parameters
        ----------
        claim
            The statement.
        """
        return meaning(claim, self.sources.quantifiers) if is_about_answers(claim) else Meaning("nothing")

    def quantity(self, claim: Claim) -> Quantity:
        """Return what a claim counts and out of how many.

        Parameters
        ----------
        claim
            The statement.

        Notes
        -----
        A share within the group of another claim about the same options, and whatever only open answers show,
        counts respondents who write about a theme. A multi question without options counts those who chose two
        or more.
        """
        everyone = self.counts.bases["all"]
        structure = _STRUCTURE.get(claim.claim_id)
        if structure is not None:
            return Quantity(structure(self.response), everyone)
        if claim.question is None and claim.claim_id not in self.counts.catalogue.by_claim:
            if claim.statistic == "share":  # of all municipalities: the response rate
                return Quantity(everyone, len(self.response.register))
            raise InputError("nothing says what this statement counts", expected="a question")
        base = self.counts.bases[claim.base or "all"]
        if claim.relation == "within":
            base = self.quantity(self.claims[claim.reference]).count
        theme = self.counts.catalogue.by_claim.get(claim.claim_id)
        if theme is not None:
            return Quantity(self.counts.theme_total(theme), base)
        if claim.evidence == "open":
            raise InputError("no theme of the open answers carries this statement", remedy="add it to themes.yaml")
        question = self.counts.question(claim.question)
        if question.type == "multi" and not claim.options:
            return Quantity(self.counts.at_least_two(claim.question), base)
        return Quantity(self.counts.any_of(claim.question, claim.options), base)

    def _add(self, claim: Claim, demand: Meaning, switch: cp_model.IntVar) -> None:
        if demand.form == "rank":
            self._add_rank(claim, demand.values[0], switch)
        elif claim.statistic in ("min_rate", "max_rate"):
            self._add_rate(claim.statistic, demand.values[0], switch)
        elif demand.form == "labels":
            shares = self._distribution(claim.question, claim.base)
            parts = [shares[claim.question, (code,)] for code in claim.options]
            self.penalties += add_labels(self.counts.model, parts, demand.values, switch)
        elif demand.form == "percent":
            self._add_percent(claim, demand.values[0], switch)
        elif demand.form == "count":
            count = self.quantity(claim).count
            self.counts.model.add(count == demand.values[0]).only_enforce_if(switch)
        elif claim.statistic == "max_share":
            self._add_max_share(claim, demand, switch)
        else:
            self._add_range(self.quantity(claim), claim, demand, switch)

    def _add_rank(self, claim: Claim, rank: int, switch: cp_model.IntVar) -> None:
        mine = self.counts.themes[self.counts.catalogue.by_claim[claim.claim_id].name, claim.question]
        ranks = {
            self.counts.catalogue.by_claim[other.claim_id].name: other.value[0]
            for other in self.claims.values()
            if other.statistic == "rank" and other.question == claim.question
        }
        for theme in self.counts.catalogue.of_column(claim.question):
            if ranks.get(theme.name, rank + 1) > rank:
                lower = self.counts.themes[theme.name, claim.question]
                self.counts.model.add(mine >= lower + 1).only_enforce_if(switch)

    def _add_rate(self, statistic: str, value: int, switch: cp_model.IntVar) -> None:
        model, register = self.counts.model, self.response.register
        attained = []
        for province, respondents in self.response.respondents.items():
            rate = printed_single(model, respondents, register.available(province), f"rate {province}")
            model.add(rate >= value if statistic == "min_rate" else rate <= value).only_enforce_if(switch)
            attained.append(model.new_bool_var(f"{statistic} in {province}"))
            model.add(rate == value).only_enforce_if(attained[-1])
        model.add_bool_or(attained).only_enforce_if(switch)

    def _add_max_share(self, claim: Claim, demand: Meaning, switch: cp_model.IntVar) -> None:
        codes = claim.options or self.counts.question(claim.question).codes
        base = self.counts.bases[claim.base or "all"]
        parts = [self.counts.any_of(claim.question, (code,)) for code in codes]
        if demand.lower is None or (demand.lower.coefficient, demand.lower.offset) == (0, 0):
            for part in parts:
                self._add_range(Quantity(part, base), claim, demand, switch)
            return
        largest = self.counts.count(f"largest of {claim.question}")
        self.counts.model.add_max_equality(largest, parts)
        self._add_range(Quantity(largest, base), claim, demand, switch)

    def _add_range(self, quantity: Quantity, claim: Claim, demand: Meaning, switch: cp_model.IntVar) -> None:
        rules, lower, upper = demand.count_rules, demand.lower, demand.upper
        replacing = [
            rule for rule in rules if rule.base_below and claim.n is not None and claim.n < rule.base_below
        ]
        if replacing:
            lower = upper = None
        for rule in replacing + [rule for rule in rules if rule.base_below is None]:
            self._add_count_rule(quantity.count, rule, switch)
        x = self._x(claim, demand, quantity)
        for limit, sign in ((lower, 1), (upper, -1)):
            if limit is not None:
                slope = limit.coefficient * x.factor
                scale = lcm(slope.denominator, limit.offset.denominator)
                threshold = int(slope * scale) * x.count + int(limit.offset * scale) * quantity.base
                distance = sign * (scale * quantity.count - threshold)
                self.counts.model.add(distance >= int(limit.is_strict)).only_enforce_if(switch)

    def _add_count_rule(self, count: Expression, rule: CountRule, switch: cp_model.IntVar) -> None:
        self.counts.model.add(count >= rule.at_least).only_enforce_if(switch)
        if rule.at_most is not None:
            self.counts.model.add(count <= rule.at_most).only_enforce_if(switch)

    def _x(self, claim: Claim, demand: Meaning, quantity: Quantity) -> Comparison:
        if demand.x is None:
            return Comparison(0, Fraction(0))
        if demand.x == AVERAGE:
            question = self.counts.question(claim.question)
            parts = [self.counts.any_of(claim.question, (code,)) for code in question.codes]
            return Comparison(sum(parts), Fraction(1, len(parts)))
        if demand.x in self.sources.facts:
            return Comparison(quantity.base, self.sources.facts[demand.x])
        reference = self.claims[demand.x]
        if reference.evidence not in ANSWER_EVIDENCE:
            return Comparison(quantity.base, Fraction(reference.value[0], 100))
        if (reference.base or "all") != (claim.base or "all"):
            raise InputError(f"its reference {demand.x} has another base", expected=f"the base {claim.base}")
        return Comparison(self.quantity(reference).count, Fraction(1))

    def _add_percent(self, claim: Claim, value: int, switch: cp_model.IntVar) -> None:
        model, quantity = self.counts.model, self.quantity(claim)
        alone = printed_single(model, quantity.count, quantity.base, claim.claim_id)
        if claim.question is None or self.counts.question(claim.question).type == "multi" or claim.relation:
            model.add(alone == value).only_enforce_if(switch)
            return
        together = self._distribution(claim.question, claim.base)[claim.question, claim.options]
        model.add(together == value).only_enforce_if(switch)
        # Better still when each rounding of the share gives what is printed.
        differs = model.new_bool_var(f"{claim.claim_id} depends on the rounding")
        model.add(alone == value).only_enforce_if(differs.negated())
        self.penalties.append(differs)

    def _distribution(self, variable: str, base: str | None) -> Printed:
        key = (variable, base or "all")
        if key not in self._printed:
            mine = [claim for claim in self.claims.values() if (claim.question, claim.base or "all") == key]
            unions = {
                claim.options for claim in mine if claim.kind == "exact_percent" and claim.statistic == "share"
            }
            taken = {code for union in unions for code in union}
            codes = self.counts.question(variable).codes
            parts = sorted(
                unions | {(code,) for code in codes if code not in taken}, key=lambda part: codes.index(part[0])
            )
            counts = {(variable, part): self.counts.any_of(variable, part) for part in parts}
            self._printed[key] = printed_shares(
                self.counts.model, counts, self.counts.bases[key[1]], self.sources.parameters.rounding
            )
        return self._printed[key]


_STRUCTURE = {
    "R01": lambda response: response.reactions,
    "R02": lambda response: response.counts.bases["all"],
    "R04": lambda response: response.partnerships,
    "R05": lambda response: response.represented,
    "R06": lambda response: response.known,
    "R07": lambda response: response.anonymous,
    "R08": lambda response: response.provinces_with_respondents(),
    "R11": lambda response: response.two_provinces,
    "R13": lambda response: response.one_province,
    "R14": lambda response: response.home_members,
}
