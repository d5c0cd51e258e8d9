"""Reports with known counts, and one error planted in them, for the validation of the audit."""

from fractions import Fraction
from pathlib import Path

import numpy as np

from analysis.statistics.rounding import ROUNDING_RULES, round_half_up
from analysis.survey.claims import Claim, meaning
from analysis.survey.instrument import load_instrument
from analysis.survey.quantifiers import read_quantifiers

RAW = Path(__file__).parents[1] / "data/raw"
INSTRUMENT = load_instrument(RAW / "instrument_2025.yaml")
CONVENTION = read_quantifiers(RAW / "published/quantifiers.csv")
QUESTIONS = {"one answer": ("q16", "q20"), "more answers": ("q24",), "grid": ("q23a", "q23b")}
PART = ("wrong percentage", "wrong base", "swapped labels", "wrong quantity word", "wrong comparison")
ERRORS = {
    "one answer": (*PART, "sum over 100"),
    "more answers": PART,
    "grid": (*PART, "sum over 100"),
}
FRACTIONS = (
    "een tiende",
    "een vijfde",
    "een kwart",
    "een derde",
    "twee vijfde",
    "de helft",
    "twee derde",
    "driekwart",
)
WORDS = [f"{form} {name}" for name in FRACTIONS for form in ("bijna", "ruim", "ongeveer")] + [
    "het merendeel",
    "een klein deel",
    "verreweg de meeste",
]
COMPARISONS = (
    ("meer", "above"),
    ("iets groter", "above"),
    ("iets minder dan", "below"),
    ("vergelijkbaar", "near"),
)
BLANK = dict.fromkeys(("figure", "quantifier", "relation", "reference", "note", "value"), "")
Row = dict[str, object]


def statement(claim_id: str, question: str, n: int, **fields: str) -> Row:
    """Return the fields of a statement on a share of the planning municipalities."""
    usual = {"evidence": "closed", "chapter": "4", "section": "4", "base": "planning", "statistic": "share"}
    return BLANK | usual | {"claim_id": claim_id, "question": question, "n": n, "line": 2} | fields


def covers(word: str, share: Fraction, compared: Fraction | None = None) -> bool:
    """Say whether a share lies within the interval of a word, or of a comparison with another share."""
    relation = {} if compared is None else {"relation": "above", "reference": "X"}
    kind = "verbal" if compared is None else "relative"
    claim = Claim(**statement("W", "q16", 100, kind=kind, quantifier=word, options="a", **relation))
    demand = meaning(claim, CONVENTION)
    low, high = demand.lower.at(compared or Fraction(0)), demand.upper.at(compared or Fraction(0))
    return (share > low.offset or (share == low.offset and not low.is_strict)) and (
        share < high.offset or (share == high.offset and not high.is_strict)
    )


def true_counts(question: str, n: int, random: np.random.Generator) -> list[int]:
    """Draw how many of ``n`` respondents gave each answer; to a multi question everyone gives one or more."""
    asked = INSTRUMENT.question(question[:3])
    codes = asked.codes
    if asked.type != "multi":
        return random.multinomial(n, random.dirichlet(np.ones(len(codes)))).tolist()
    alone = np.array([code in asked.exclusive_codes for code in codes])
    ticks = random.random((n, len(codes))) < random.uniform(0.05, 0.8, len(codes))
    only = random.random(n) < random.uniform(0, 0.3)
    ticks[:, alone] = only[:, None]
    ticks[np.ix_(only, ~alone)] = False
    empty = np.flatnonzero(~ticks.any(axis=1))
    ticks[empty, random.choice(np.flatnonzero(~alone), len(empty))] = True
    return ticks.sum(axis=0).tolist()


def true_report(kind: str, n: int, random: np.random.Generator) -> tuple[list[Row], dict[str, Fraction]]:
    """Return the statements of a report without errors on questions of a kind, and the true share of each.

    Every percentage is printed, for most options a quantity word too, and every second option is compared with the
    one before it.
    """
    rows, shares = [], {}
    rule = ROUNDING_RULES[str(random.choice(list(ROUNDING_RULES)))]
    for question in QUESTIONS[kind]:
        codes = INSTRUMENT.question(question[:3]).codes
        counts = true_counts(question, n, random)
        printed = (
            [round_half_up([count, n - count])[0] for count in counts] if kind == "more answers" else rule(counts)
        )
        for place, (code, count) in enumerate(zip(codes, counts, strict=True)):
            name = f"{question}{code}"
            shares[name] = Fraction(count, n)
            rows.append(
                statement(name, question, n, kind="exact_percent", options=code, value=str(printed[place]))
            )
            words = [word for word in WORDS if covers(word, shares[name])]
            if words:
                word = str(random.choice(words))
                rows.append(statement(f"{name}word", question, n, kind="verbal", options=code, quantifier=word))
            before = f"{question}{codes[place - 1]}"
            fitting = [one for one in COMPARISONS if place % 2 and covers(one[0], shares[name], shares[before])]
            if fitting:
                rows.append(comparison(name, question, n, code, before, fitting[random.integers(len(fitting))]))
    return rows, shares


def comparison(name: str, question: str, n: int, code: str, before: str, words: tuple[str, str]) -> Row:
    """Return a statement that compares an option with another one."""
    fields = {"kind": "relative", "quantifier": words[0], "relation": words[1], "reference": before}
    return statement(f"{name}than", question, n, options=code, **fields)


def plant(
    rows: list[Row], shares: dict[str, Fraction], error: str, random: np.random.Generator
) -> tuple[str, ...]:
    """Put one error in a report and return the statements that it is in; none when there is no room for it."""
    if error in ("wrong quantity word", "wrong comparison"):
        return _wrong_words(rows, shares, error, random)
    percents = [row for row in rows if row["kind"] == "exact_percent"]
    chosen = percents[random.integers(len(percents))]
    value = int(str(chosen["value"]))
    if error == "wrong percentage":
        step = int(random.integers(2, 11)) * int(random.choice([-1, 1]))
        chosen["value"] = str(value + step if 0 <= value + step <= 100 else value - step)
    elif error == "sum over 100":
        chosen["value"] = str(min(value + int(random.integers(3, 11)), 100))
    elif error == "wrong base":
        chosen["n"] = int(chosen["n"]) + int(random.integers(3, 15))
    else:
        others = [r for r in percents if r["question"] == chosen["question"] and r["value"] != chosen["value"]]
        if not others:
            return ()
        other = others[random.integers(len(others))]
        chosen["value"], other["value"] = other["value"], chosen["value"]
        return str(chosen["claim_id"]), str(other["claim_id"])
    return (str(chosen["claim_id"]),)


def _wrong_words(
    rows: list[Row], shares: dict[str, Fraction], error: str, random: np.random.Generator
) -> tuple[str, ...]:
    kind = "verbal" if error == "wrong quantity word" else "relative"
    chosen = [row for row in rows if row["kind"] == kind]
    if not chosen:
        return ()
    row = chosen[random.integers(len(chosen))]
    share = shares[f"{row['question']}{row['options']}"]
    if kind == "verbal":
        row["quantifier"] = str(random.choice([word for word in WORDS if not covers(word, share)]))
    else:
        wrong = [one for one in COMPARISONS if not covers(one[0], share, shares[str(row["reference"])])]
        row["quantifier"], row["relation"] = wrong[random.integers(len(wrong))]
    return (str(row["claim_id"]),)
