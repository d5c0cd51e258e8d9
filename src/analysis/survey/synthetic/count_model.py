"""The unknown whole counts of the answers, and what holds between them whatever the report says.

One variable for each option of each closed question and for each theme of the open answers. The statements of the
report are added by :mod:`analysis.survey.synthetic.statements`.
"""

from ortools.sat.python import cp_model

from analysis.errors import InputError
from analysis.survey.instrument import Base, Instrument, Question
from analysis.survey.synthetic.catalogue import Catalogue, Theme

Expression = cp_model.LinearExprT


class CountModel:
    """Counts of respondents as variables of a constraint problem.

    Parameters
    ----------
    instrument
        The questionnaire.
    catalogue
        Themes of the open answers.
    limit
        Largest count: the number of municipalities.

    Attributes
    ----------
    model
        The constraint problem.
    bases
        Size of each base of the instrument.
    options
        Respondents by (variable, option); the variables of a grid are its items.
    themes
        Respondents by (theme, column).
    unions, several
        Respondents with at least one of some options, and with two or more options of a question; made when asked.
    """

    def __init__(self, instrument: Instrument, catalogue: Catalogue, limit: int):
        self.model = cp_model.CpModel()
        self.instrument = instrument
        self.catalogue = catalogue
        self.limit = limit
        self.bases: dict[str, Expression] = {"all": self.count("all")}
        self.options: dict[tuple[str, str], cp_model.IntVar] = {}
        self.themes: dict[tuple[str, str], cp_model.IntVar] = {}
        self.unions: dict[tuple[str, tuple[str, ...]], cp_model.IntVar] = {}
        self.several: dict[str, cp_model.IntVar] = {}
        for question in instrument.closed_questions:
            self._add_question(question)
        self._add_themes()

    def count(self, name: str, upper: int | None = None) -> cp_model.IntVar:
        """Return a new variable between zero and ``upper``, or :attr:`limit` when it is not given.

        Parameters
        ----------
        name
            Name of the variable.
        upper
            Largest value.
        """
        return self.model.new_int_var(0, self.limit if upper is None else upper, name)

    def question(self, variable: str) -> Question:
        """Return the question of a variable, an item of a grid, or a column of free text.

        Parameters
        ----------
        variable
            Such as ``q04``, ``q23a`` or ``q18_text``.
        """
        for question in self.instrument.questions:
            if variable == question.text_column or (question.type == "grid" and variable in question.columns):
                return question
        return self.instrument.question(variable)

    def any_of(self, variable: str, codes: tuple[str, ...]) -> Expression:
        """Return the respondents with at least one of these options.

        Parameters
        ----------
        variable
            Name of a single or multi question, or of an item of a grid.
        codes
            Options; none given means any of them.

        Raises
        ------
        InputError
            When the question has no such option.
        """
        question = self.question(variable)
        codes = codes or question.codes
        unknown = [code for code in codes if code not in question.codes]
        if unknown:
            expected = f"one of {', '.join(question.codes)}"
            raise InputError(f"question {variable} has no option {unknown[0]!r}", expected=expected)
        parts = [self.options[variable, code] for code in codes]
        if len(parts) == 1 or question.type != "multi":
            return sum(parts)
        if (variable, codes) not in self.unions:
            union = self.unions[variable, codes] = self.count(f"{variable} any of {codes}")
            self.model.add(union <= sum(parts))
            self.model.add(union <= self.bases[question.base])
            for part in parts:
                self.model.add(union >= part)
        return self.unions[variable, codes]

    def at_least_two(self, variable: str) -> cp_model.IntVar:
        """Return the respondents who chose two or more options of a multi question.

        Parameters
        ----------
        variable
            Name of the question.
        """
        if variable not in self.several:
            question = self.question(variable)
            base = self.bases[question.base]
            mentions = sum(self.options[variable, code] for code in question.codes)
            several = self.several[variable] = self.count(f"{variable} two or more")
            self.model.add(several <= base)
            self.model.add(mentions >= base + several)
            self.model.add(mentions <= base + (len(question.codes) - 1) * several)
        return self.several[variable]

    def holders(self, column: str, answer: str | None = None) -> Expression:
        """Return the respondents who can write in a column of open answers.

        Parameters
        ----------
        column
            The column.
        answer
            Option that the respondent must have chosen, where the column itself asks for none.
        """
        question = self.question(column)
        option = answer or (question.text.option if question.text else None)
        return self.options[question.name, option] if option else self.bases[question.base]

    def theme_total(self, theme: Theme) -> Expression:
        """Return the respondents who write about a theme, in whichever column.

        Parameters
        ----------
        theme
            The theme.
        """
        return sum(self.themes[theme.name, column] for column in theme.columns)

    def _add_question(self, question: Question) -> None:
        base = self._base(self.instrument.base(question.base))
        for variable in question.columns if question.type == "grid" else (question.name,):
            parts = {code: self.count(f"{variable} {code}") for code in question.codes}
            self.options |= {(variable, code): part for code, part in parts.items()}
            if question.type != "multi":
                self.model.add(sum(parts.values()) == base)
                continue
            # Everyone ticks something, and nobody ticks an exclusive option together with another one.
            exclusive = sum(parts[code] for code in question.exclusive_codes)
            for code in set(question.codes) - set(question.exclusive_codes):
                self.model.add(parts[code] + exclusive <= base)
            self.model.add(sum(parts.values()) >= base)

    def _base(self, base: Base) -> Expression:
        if base.name not in self.bases:
            if len(base.when) != 1:
                raise InputError(
                    f"the base {base.name} depends on {len(base.when)} questions", expected="a single question"
                )
            [(variable, codes)] = base.when.items()
            self.bases[base.name] = self.any_of(variable, tuple(codes))
        return self.bases[base.name]

    def _add_themes(self) -> None:
        for theme in self.catalogue.themes:
            for column in theme.columns:
                variable = self.themes[theme.name, column] = self.count(f"{theme.name} {column}")
                self.model.add(variable <= self.holders(column, theme.answer))
        for column in self.catalogue.columns:
            here = [theme for theme in self.catalogue.themes if column.name in theme.columns]
            weights = [column.most_themes if theme.is_alone else 1 for theme in here]
            total = sum(
                weight * self.themes[theme.name, column.name] for weight, theme in zip(weights, here, strict=True)
            )
            self.model.add(total <= column.most_themes * self.holders(column.name))
            if column.is_complete:
                self.model.add(total == self.holders(column.name))
