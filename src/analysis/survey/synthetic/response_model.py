"""Who answered, as counts: known and anonymous respondents, partnerships, provinces and size classes."""

from ortools.sat.python import cp_model

from analysis.survey.synthetic.count_model import CountModel
from analysis.survey.synthetic.municipalities import PROVINCE_NEIGHBOURS, SIZE_CODES, SMALL, Register

MOST_REACTIONS_PER_MUNICIPALITY = 10


class ResponseModel:
    """Counts of respondents by place and size, as variables of the same problem as the answers.

    Every municipality answers at most once: alone, in a partnership, or without its name. Members of
    partnerships are small municipalities, so that the size class of the group is not in doubt; the four largest
    are never anonymous.

    Parameters
    ----------
    counts
        Counts of the answers.
    register
        The municipalities.
    """

    def __init__(self, counts: CountModel, register: Register):
        self.counts = counts
        self.model = counts.model
        self.register = register
        count = counts.count
        self.reactions = count("reactions", counts.limit * MOST_REACTIONS_PER_MUNICIPALITY)
        self.known = count("known province")
        self.anonymous = count("anonymous")
        self.partnerships = count("partnerships")
        self.represented = count("municipalities represented")
        self.one_province = count("partnerships in one province")
        self.two_provinces = self.model.new_int_var(0, 1, "partnerships in two provinces")
        self.home_members = count("members of it where it is counted")
        self.away_members = count("members of it in the other province")
        self.anonymous_by_size = {code: count(f"anonymous {code}") for code in SIZE_CODES}
        provinces = register.provinces
        self.respondents = {name: count(f"respondents {name}", register.available(name)) for name in provinces}
        self.local = {name: count(f"partnerships {name}") for name in provinces}
        self.local_members = {name: count(f"members {name}") for name in provinces}
        self.home = {name: self.model.new_bool_var(f"two provinces, counted in {name}") for name in provinces}
        self.away = {name: self.model.new_bool_var(f"two provinces, also in {name}") for name in provinces}
        self.singles = {
            (name, code): count(f"{name} {code}", register.available(name, code))
            for name in provinces
            for code in SIZE_CODES
        }
        self._add_totals()
        self._add_partnerships()
        for name in provinces:
            self._add_province(name)
        self._add_sizes()

    def _add_totals(self) -> None:
        everyone = self.counts.bases["all"]
        self.model.add(self.reactions >= everyone)
        self.model.add(self.known + self.anonymous == everyone)
        self.model.add(self.one_province + self.two_provinces == self.partnerships)
        self.model.add(sum(self.anonymous_by_size.values()) == self.anonymous)
        self.model.add(self.anonymous_by_size[SIZE_CODES[0]] == 0)
        self.model.add(sum(self.respondents.values()) == self.known)
        self.model.add(sum(self.local.values()) == self.one_province)

    def _add_partnerships(self) -> None:
        self.model.add(sum(self.home.values()) == self.two_provinces)
        self.model.add(sum(self.away.values()) == self.two_provinces)
        # The respondent counts where most members lie; both parts exist only if the partnership does.
        self.model.add(self.home_members >= self.away_members + self.two_provinces)
        self.model.add(self.away_members >= self.two_provinces)
        self.model.add(self.home_members <= self.counts.limit * self.two_provinces)
        for name, neighbours in PROVINCE_NEIGHBOURS.items():
            if name in self.home:
                near = sum(self.away[other] for other in neighbours if other in self.away)
                self.model.add(near >= self.home[name])
        for name, partnerships in self.local.items():
            self.model.add(self.local_members[name] >= 2 * partnerships)
            self.model.add(self.local_members[name] <= self.counts.limit * partnerships)

    def _add_province(self, name: str) -> None:
        alone = sum(self.singles[name, code] for code in SIZE_CODES)
        self.model.add(self.respondents[name] == alone + self.local[name] + self.home[name])
        members = (
            self.local_members[name]
            + self._product(self.home_members, self.home[name])
            + self._product(self.away_members, self.away[name])
        )
        self.model.add(self.singles[name, SMALL] + members <= self.register.available(name, SMALL))

    def _add_sizes(self) -> None:
        members = sum(self.local_members.values()) + self.home_members + self.away_members
        self.model.add(self.represented == self.counts.bases["all"] - self.partnerships + members)
        for code in SIZE_CODES:
            alone = sum(self.singles[name, code] for name in self.respondents) + self.anonymous_by_size[code]
            in_groups = self.partnerships if code == SMALL else 0
            self.model.add(self.counts.options["q03", code] == alone + in_groups)
            available = sum(self.register.available(name, code) for name in self.respondents)
            self.model.add(alone + (members if code == SMALL else 0) <= available)

    def provinces_with_respondents(self) -> cp_model.LinearExprT:
        """Return the number of provinces with at least one respondent."""
        present = []
        for name, respondents in self.respondents.items():
            is_present = self.model.new_bool_var(f"respondents in {name}")
            self.model.add(respondents >= 1).only_enforce_if(is_present)
            self.model.add(respondents == 0).only_enforce_if(is_present.negated())
            present.append(is_present)
        return sum(present)

    def _product(self, size: cp_model.IntVar, chosen: cp_model.IntVar) -> cp_model.IntVar:
        product = self.counts.count(f"{size.name}: {chosen.name}")
        self.model.add_multiplication_equality(product, [size, chosen])
        return product
