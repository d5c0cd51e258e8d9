"""Tables as the figures take them, the results of a chapter, and a page taken apart."""

from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.reporting.chapter import read_chapter
from analysis.reporting.coded_question import CodedQuestion
from analysis.reporting.disclosure import Rules, attacked_rules
from analysis.reporting.release import release_differences, release_estimates, release_size_classes
from analysis.reporting.release_combinations import (
    release_combinations,
    release_conflicts,
    release_mentions,
    release_pairs,
)
from analysis.reporting.wording import read_wording
from analysis.statistics.design import Design
from analysis.statistics.differences import answer_differences
from analysis.statistics.estimates import estimate, estimate_all
from analysis.statistics.multiple_response import (
    answer_combinations,
    answer_pairs,
    exclusive_conflicts,
    options_per_respondent,
)
from analysis.statistics.population import register_counts
from analysis.statistics.question_bases import question_bases
from analysis.statistics.weighting import post_stratify, rake, unweighted
from analysis.survey.coding.codeframe import Code, Codeframe, Theme
from analysis.survey.instrument import load_instrument
from analysis.survey.respondents import LEADING_COLUMNS
from analysis.survey.routing import asked

RAW = Path(__file__).parents[3] / "data/raw"
PLANTED = {
    "q04": {"a": 42, "b": 28, "c": 44, "d": 26, "e": 5, "f": 3, "h": 5},
    "q06": {"b": 2, "c": 7, "d": 4},
    "q09": {"a": 11, "b": 16, "c": 11, "d": 1, "e": 3},
    "q15": {"a": 14, "b": 14},
    "q16": {"a": 28, "b": 84, "c": 27, "d": 1},
    "q20": {"a": 40, "b": 57, "c": 43},
    "q23c": {"altijd": 87, "soms": 48, "zelden": 4, "nooit": 1},
}
"""Numbers of municipalities that fit what is published."""
UNIONS = {"q04": ["a;b;c", "e;f;g;h"], "q16": ["a;b"], "q24": ["a;b;c"]}

VOID = {"meta", "br", "hr", "img", "input", "link", "base", "col", "wbr", "source"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str | None]
    parents: tuple[str, ...]
    text: str = ""


@dataclass
class Page(HTMLParser):
    """Elements of a page in order, each with its own and its descendants' text."""

    elements: list[Element] = field(default_factory=list)
    _open: list[Element] = field(default_factory=list)

    def __post_init__(self):
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag, attrs):
        parents = tuple(element.tag for element in self._open)
        element = Element(tag, dict(attrs), parents)
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.elements.append(Element(tag, dict(attrs), tuple(element.tag for element in self._open)))

    def handle_endtag(self, tag):
        assert self._open, f"</{tag}> closes nothing"
        assert self._open[-1].tag == tag, f"</{tag}> closes <{self._open[-1].tag}>"
        self._open.pop()

    def handle_data(self, data):
        for element in self._open:
            element.text += data

    def close(self):
        super().close()
        assert not self._open, f"not closed: {[element.tag for element in self._open]}"

    def all(self, *tags):
        return [element for element in self.elements if element.tag in tags]


@pytest.fixture
def take_apart():
    def parse(html):
        page = Page()
        page.feed(html)
        page.close()
        return page

    return parse


@pytest.fixture
def rows_of(take_apart):
    def rows(html):
        """Return the cells of the only table, row by row, without its head."""
        cells, rows = take_apart(html).all("tr", "th", "td"), []
        for cell in cells:
            if cell.tag == "tr":
                rows.append([])
            else:
                rows[-1].append(cell.text.replace("\u00a0", " "))
        return rows[1:]

    return rows


@pytest.fixture
def single():
    """Figure 2 as published: 42, 28, 44, 26 of 153 and 13 without a plan; one option that nobody chose."""
    counts = [42, 28, 44, 26, 4, 6, 0, 3]
    table = pd.DataFrame(
        {
            "option": list("abcdefgh"),
            "label": [
                "aanpak ingevoerd, werkt aan borging",
                "plannen worden ingevoerd",
                "plan wordt uitgewerkt",
                "verkenning",
                "bewust van het thema, plan nog niet gestart",
                "bewust van het thema, nog geen actie",
                "kiest ervoor niets te doen",
                "geen aandacht",
            ],
            "n": 153,
            "count": counts,
            "printed_pct": [28, 18, 29, 17, 3, 4, 0, 2],
        }
    )
    table["share"] = table["count"] / 153
    table["ci_low"] = (table["share"] - 0.06).clip(0)
    table["ci_high"] = table["share"] + 0.07
    return table


@pytest.fixture
def multi(single):
    return single.drop(columns="printed_pct").assign(share=single["count"] / 153)


@pytest.fixture
def grid():
    items = {
        "q23a": ("de-escalatie is het uitgangspunt bij gesprekken met ouders", [80, 45, 10, 5]),
        "q23b": ("de stem van het kind staat centraal", [100, 30, 10, 0]),
        "q23c": ("een gezamenlijke werkwijze", [0, 0, 0, 140]),
    }
    scale = ["altijd", "soms", "zelden", "nooit"]
    frames = [
        pd.DataFrame(
            {"item": item, "item_label": label, "option": scale, "label": scale, "n": 140, "count": counts}
        )
        for item, (label, counts) in items.items()
    ]
    table = pd.concat(frames, ignore_index=True)
    return table.assign(share=table["count"] / 140)


@pytest.fixture
def groups(single):
    classes = [("d", "minder dan 50.000", 98), ("c", "50.000 tot 100.000", 33), ("ab", "100.000 en meer", 22)]
    frames = [
        single.drop(columns="printed_pct").assign(
            group=group, group_label=label, n=n, count=(single["share"] * n).round()
        )
        for group, label, n in classes
    ]
    return pd.concat(frames, ignore_index=True)


@pytest.fixture
def pairs():
    return pd.DataFrame(
        {
            "label": [
                "aanpak ingevoerd",
                "plannen worden ingevoerd in samenwerking met de regio",
                "geen aandacht",
            ],
            "old": [0.18, 0.25, float("nan")],
            "new": [0.28, 0.18, 0.0],
            "ci_low": [0.22, 0.13, 0.0],
            "ci_high": [0.35, 0.24, 0.03],
        }
    )


@pytest.fixture
def flow():
    return pd.DataFrame(
        {
            "label": [
                "reacties ontvangen",
                "volledige en bruikbare reacties",
                "reacties met een bekende provincie",
            ],
            "n": [233, 153, 146],
            "reason": [None, "onvolledig, dubbel of alleen een proef van de onderzoekers zelf", "anoniem"],
        }
    )


@pytest.fixture
def provinces():
    names = ["Drenthe", "Flevoland", "Friesland", "Gelderland", "Groningen", "Limburg", "Noord-Brabant"]
    names += ["Noord-Holland", "Overijssel", "Utrecht", "Zeeland", "Zuid-Holland"]
    table = pd.DataFrame({"label": names, "n": [12, 6, 18, 51, 10, 31, 56, 44, 25, 26, 13, 50]})
    table["count"] = [6, 3, 9, 24, 5, 10, 22, 16, 15, 12, 4, 20]
    return table.assign(share=table["count"] / table["n"])


@pytest.fixture(scope="session")
def instrument():
    return load_instrument(RAW / "instrument_2025.yaml")


@pytest.fixture(scope="session")
def planted_respondents(instrument):
    """Return 153 invented respondents with the planted numbers; who has the theme (q19) depends on the size class.

    Two of those who see no bottlenecks in cooperation (q24) name one as well, and two left out a row of the grid
    (q23b).
    """
    random = np.random.default_rng(7)
    sizes = random.permutation(np.repeat(["d", "c", "a"], [98, 33, 22]))
    table = pd.DataFrame({"q03": sizes, "q04": random.permutation(_spread(PLANTED["q04"]))})
    reached = asked(instrument, table)
    columns = {}
    for question in instrument.closed_questions:
        inside = reached[question.name].to_numpy()
        for column in question.columns:
            codes = ["0", "1"] if question.type == "multi" else list(question.codes)
            answers = np.full(len(table), "not_asked", dtype=object)
            planted = PLANTED.get(column)
            answers[inside] = (
                random.permutation(_spread(planted)) if planted else random.choice(codes, inside.sum())
            )
            columns[column] = answers
    columns |= {"q03": table["q03"], "q04": table["q04"]}
    large = (table["q03"] == "a") & reached["q19"]
    columns["q19"] = np.where(large, "a", np.where(reached["q19"], "c", "not_asked"))
    no_bottleneck = np.flatnonzero(reached["q24"])[:10]
    for code in "abcde":
        columns[f"q24_{code}"][no_bottleneck] = "1" if code == "d" else "0"
        columns[f"q24_{code}"][np.flatnonzero(reached["q24"])[10:]] = "0"
    columns["q24_a"][no_bottleneck[:2]] = "1"
    columns["q23b"][np.flatnonzero(reached["q23"])[:2]] = "not_answered"
    provinces = random.permutation(_register()["province"].to_numpy())[: len(table)]
    leading = {"respondent_id": [f"r{i}" for i in range(len(table))], "route": "planning"}
    leading |= {"size_class": table["q03"].replace("a", "ab"), "province": provinces, "n_municipalities": "1"}
    assert tuple(leading) == LEADING_COLUMNS
    return pd.DataFrame(leading | columns).astype("str")


@pytest.fixture(scope="session")
def results(instrument, planted_respondents):
    """Return what may be shown of the planted respondents, by denominator."""
    design = Design(planted_respondents, {"d": 250, "c": 60, "ab": 32})
    provinces = register_counts(_register(), ["province"]).to_dict()
    equal, by_size = unweighted(design), post_stratify(design)
    designs = [equal, by_size, rake(design, provinces)]
    multiple = [question for question in instrument.closed_questions if question.type == "multi"]
    rules, names = Rules(10, 5), [question.name for question in instrument.closed_questions]
    by_class = estimate(instrument, names, equal, by="size_class", whole=True, unions=UNIONS, denominator="all")
    crossed = [(question, answer_combinations(question, equal)) for question in multiple]
    counted = estimate(instrument, names, equal, unions=UNIONS)
    conflicts = pd.concat([exclusive_conflicts(question, table) for question, table in crossed], ignore_index=True)
    contradicting = conflicts.groupby("question")["conflicts"].sum().to_dict()
    decisions = attacked_rules(by_class, counted, instrument, rules, contradicting)
    combinations = release_combinations(pd.concat([table for _, table in crossed], ignore_index=True), rules).table
    shared = {
        "size_classes": release_size_classes(by_class, decisions, rules).table,
        "differences": release_differences(answer_differences(instrument, by_size), rules).table,
        "combinations": combinations,
        "pairs": release_pairs(_of_each(answer_pairs, crossed), rules, combinations).table,
        "mentions": release_mentions(_of_each(options_per_respondent, crossed), rules).table,
        "conflicts": release_conflicts(conflicts, rules, combinations).table,
    }

    def make(denominator, rounding="largest_remainder"):
        bases = question_bases(instrument, planted_respondents, denominator).assign(rounding=rounding)
        estimates = estimate_all(instrument, designs, unions=UNIONS, denominator=denominator)
        return {"estimates": release_estimates(estimates, rules).table, "bases": bases} | shared

    made = {denominator: make(denominator) for denominator in ("answered", "routed", "all")}
    return made | {"half_up": make("answered", "half_up")}


@pytest.fixture
def chapter(results, tmp_path):
    """Return a function that reads a chapter from files, after a change of its tables."""

    def read(number, *, kind="answered", **changed):
        for name, table in (results[kind] | changed).items():
            table.to_csv(tmp_path / f"{name}.csv", index=False)
        return read_chapter(
            number,
            instrument=RAW / "instrument_2025.yaml",
            quantifiers=RAW / "published/quantifiers.csv",
            bases=tmp_path / "bases.csv",
            released=tmp_path,
        )

    return read


@pytest.fixture
def shown(monkeypatch):
    """Return the HTML of everything that a notebook would show."""
    html = []
    monkeypatch.setattr("IPython.display.display", lambda data, **_: html.append(data["text/html"]))
    return html


def _register():
    return pd.read_csv(RAW / "register/municipalities_2025.csv")


def _spread(counts):
    return np.repeat(list(counts), list(counts.values())).astype(object)


def _of_each(count, crossed):
    return pd.concat([count(question, table).assign(question=question.name) for question, table in crossed])


CODEFRAME = Codeframe(
    column="q26",
    themes=(Theme(theme="cash", nl="Geld en meten", en="Money", section="11.2"),),
    codes=(
        Code(code="money", theme="cash", nl="Geld", en="Money", definition="d", example="e"),
        Code(code="cuts", theme="cash", nl="Bezuiniging", en="Cuts", definition="d", example="e"),
        Code(code="courts", nl="Rechters", en="Courts", definition="d", example="e"),
        Code(code="other", nl="Iets anders", en="Other", definition="d", example="e"),
    ),
)
THEME_COUNTS = {
    ("code", "money"): {"all": 30, "d": 18, "c": 7, "ab": 5},
    ("code", "cuts"): {"all": 40, "d": 25, "c": 9, "ab": 6},
    ("code", "courts"): {"all": 12, "d": 10, "c": 2, "ab": 0},
    ("code", "other"): {"all": 0, "d": 0, "c": 0, "ab": 0},
    ("theme", "cash"): {"all": 55, "d": 35, "c": 12, "ab": 8},
    ("theme", "courts"): {"all": 12, "d": 10, "c": 2, "ab": 0},
    ("theme", "other"): {"all": 0, "d": 0, "c": 0, "ab": 0},
}
ALPHAS = {"money": 0.9, "cuts": 0.7, "courts": 0.5, "other": float("nan"), "cash": 0.95}
BASES = {"routed": {"all": 140}, "answered": {"all": 100}, "all": {"all": 153, "d": 98, "c": 33, "ab": 22}}
RELEASED_THEMES = {("theme", "cash"), ("code", "cuts")}
"""What the gate lets through by size class."""


def themes():
    rows = []
    for (level, option), counts in THEME_COUNTS.items():
        for denominator, bases in BASES.items():
            for group, n in bases.items():
                if group != "all" and (level, option) not in RELEASED_THEMES:
                    continue
                share = counts[group] / n
                rows.append(
                    {
                        "level": level,
                        "denominator": denominator,
                        "question": "q26",
                        "option": option,
                        "group_variable": "all" if group == "all" else "size_class",
                        "group": group,
                        "estimator": "unweighted",
                        "n": n,
                        "count": counts[group],
                        "share": share,
                        "ci_low": max(share - 0.1, 0),
                        "ci_high": min(share + 0.1, 1),
                    }
                )
    return pd.DataFrame(rows)


def agreement():
    rows = [("code", "all", 0.72), *((level, option, ALPHAS[option]) for level, option in THEME_COUNTS)]
    table = pd.DataFrame(rows, columns=["level", "code", "alpha"])
    return table.assign(
        column="q26", n=90, alpha_low=table["alpha"] - 0.1, alpha_high=table["alpha"] + 0.05, agreement=0.9
    )


def progress(**changes):
    numbers = {"n_asked": 140, "n_answers": 120, "n_coded": 110, "n_synthetic": 0, "n_coders": 2, "agreed": 10}
    numbers |= {"same": 90, "one_coder": 0, "partly": 8, "open": 2, "threshold": 0.667}
    return pd.DataFrame([{"column": "q26", **numbers, **changes}])


@pytest.fixture
def wording():
    return read_wording(RAW / "published/quantifiers.csv")


@pytest.fixture
def coded(wording):
    """Question 26 as coded by two people, with every verdict but the unknown one."""
    differences = pd.DataFrame(
        {
            "level": ["theme", "theme", "code"],
            "question": "q26",
            "option": ["courts", "cash", "money"],
            "is_different": [False, True, False],
        }
    )
    pairs = pd.DataFrame(
        {
            "question": "q26",
            "option_a": ["cash", "cash", "courts"],
            "option_b": ["courts", "other", "other"],
            "n": 100,
            "count": [9, float("nan"), float("nan")],
        }
    )
    quotes = pd.DataFrame({"column": ["q26"], "quote": ["Geen *geld* [klik](http://x)"]})
    base = "gemeenten met een aanpak of plannen daarvoor"
    return CodedQuestion(
        CODEFRAME, base, wording, themes(), differences, pairs, agreement(), progress(n_answers=110), quotes
    )


@pytest.fixture
def recoded(coded):
    """Return a function that gives the same question with another progress of the coding."""

    def change(**changes):
        return replace(coded, progress=progress(**changes))

    return change


@pytest.fixture
def uncoded(coded, recoded):
    """Question 26 with 120 answers that nobody has coded."""
    none = recoded(n_coded=0, n_coders=0, same=0, agreed=0, partly=0, open=0)
    agreement = coded.agreement.assign(n=0, alpha=float("nan"), alpha_low=float("nan"))
    empty = {name: getattr(coded, name).iloc[:0] for name in ("themes", "differences", "pairs", "quotes")}
    return replace(none, agreement=agreement, **empty)
