"""Whole numbers under published statements: against every split tried one by one, and planted contradictions."""

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.statistics.audit import audit_claims, pinned_questions, splits_by_rounding
from analysis.statistics.claim_blocks import Published, claim_blocks
from analysis.statistics.feasibility import MOST_SOLUTIONS, ROUNDINGS, Block, count_table, examine
from analysis.statistics.rounding import ROUNDING_RULES
from analysis.survey.claims import Claim, Claims, read_claims
from analysis.survey.earlier_facts import earlier_shares, read_earlier_facts
from analysis.survey.instrument import load_instrument
from analysis.survey.quantifiers import read_quantifiers

RAW = Path("data/raw")
INSTRUMENT = load_instrument(RAW / "instrument_2025.yaml")
CONVENTION = read_quantifiers(RAW / "published/quantifiers.csv")
FACTS = earlier_shares(read_earlier_facts(RAW / "published/figures_2021.csv"), CONVENTION)
BLANK = dict.fromkeys(("figure", "quantifier", "relation", "reference", "note", "options", "value"), "")


def statement(claim_id, line=2, **fields):
    """Make a statement about question 14 (three options), asked of those who are implementing."""
    usual = {"evidence": "closed", "chapter": "9", "section": "9", "question": "q14", "base": "implementing"}
    return Claim(**(BLANK | usual | {"statistic": "share", "claim_id": claim_id, "line": line} | fields))


def percent(claim_id, options, value, n):
    return statement(claim_id, kind="exact_percent", options=options, value=str(value), n=n)


def report(*claims):
    return Published(
        INSTRUMENT, Claims({claim.claim_id: claim for claim in claims}, Path("claims.csv")), CONVENTION
    )


def only_block(published, rounding):
    [block] = claim_blocks(published, list(published.claims))
    return Block(block, published, rounding)


def splits(total):
    return [(a, b, total - a - b) for a in range(total + 1) for b in range(total + 1 - a)]


@settings(max_examples=25, deadline=None)
@given(
    n=st.integers(3, 24),
    values=st.lists(st.integers(0, 100), min_size=1, max_size=3),
    rule=st.sampled_from(ROUNDINGS),
)
def test_possible_counts_are_those_of_trying_every_split(n, values, rule):
    published = report(
        *(percent(f"P{option}", option, value, n) for option, value in zip("abc", values, strict=False))
    )
    block = only_block(published, rule)
    expected = {split for split in splits(n) if ROUNDING_RULES[rule](split)[: len(values)] == values}
    assert (block.conflict_within(block.names) is None) == bool(expected)
    if expected:
        found = {tuple(one["q14", option] for option in "abc") for one in block.solutions(block.names)}
        assert found == expected
        for place, option in enumerate("abc"):
            found_range = block.extremes(block.counts.options["q14", option], block.names)
            sizes = [split[place] for split in expected]
            assert (found_range.low, found_range.high) == (min(sizes), max(sizes))


@settings(max_examples=25, deadline=None)
@given(data=st.data(), n=st.integers(3, 40), rule=st.sampled_from(ROUNDINGS))
def test_what_a_rounding_rule_prints_is_possible_under_it(data, n, rule):
    first = data.draw(st.integers(0, n))
    second = data.draw(st.integers(0, n - first))
    printed = ROUNDING_RULES[rule]([first, second, n - first - second])
    published = report(
        *(percent(f"P{option}", option, value, n) for option, value in zip("abc", printed, strict=True))
    )
    [block] = claim_blocks(published, list(published.claims))
    assert examine(block, published, rule).is_possible


@settings(max_examples=25, deadline=None)
@given(
    n=st.integers(4, 30),
    words=st.lists(st.sampled_from(["een kwart", "bijna de helft", "ruim een derde"]), min_size=2, max_size=2),
)
def test_words_are_their_intervals(n, words):
    limits = {
        "een kwart": lambda x: Fraction(22, 100) <= x <= Fraction(28, 100),
        "bijna de helft": lambda x: Fraction(45, 100) <= x < Fraction(1, 2),
        "ruim een derde": lambda x: Fraction(1, 3) < x <= Fraction(1, 3) + Fraction(5, 100),
    }
    published = report(
        *(
            statement(f"W{option}", kind="verbal", options=option, quantifier=word, n=n)
            for option, word in zip("ab", words, strict=True)
        )
    )
    block = only_block(published, "half_up")
    expected = {
        split
        for split in splits(n)
        if all(limits[word](Fraction(count, n)) for word, count in zip(words, split[:2], strict=True))
    }
    if not expected:
        assert block.conflict_within(block.names) is not None
    else:
        assert {tuple(one["q14", option] for option in "abc") for one in block.solutions(block.names)} == expected


def test_the_smallest_conflict_leaves_out_who_is_innocent():
    count = statement("N", kind="exact_count", statistic="count", options="a", value="5", n=20)
    published = report(percent("A", "a", 50, 20), percent("B", "b", 25, 20), count)
    block = only_block(published, "half_up")
    assert block.smallest_conflict(block.names) == ("A", "N")
    assert block.give_way() == {"A": ("N",)}


def test_words_of_the_conclusion_give_way_to_other_words():
    chapter = statement("F", kind="verbal", options="a", quantifier="het merendeel", n=28)
    conclusion = statement("C", kind="verbal", options="a", quantifier="een kwart", n=28, chapter="13")
    block = only_block(report(chapter, conclusion), "half_up")
    assert block.give_way("13") == {"C": ("F",)}
    assert block.give_way() == {"F": ("C",), "C": ("F",)}


def test_more_solutions_than_are_listed_is_said_to_be_more():
    published = report(
        statement(
            "A", kind="relative", relation="below_percent", value="100", quantifier="niet alle", options="a", n=200
        )
    )
    [block] = claim_blocks(published, ["A"])
    table = count_table([examine(block, published, "half_up")])
    assert (table["n_solutions"] == MOST_SOLUTIONS + 1).all()
    assert list(table["low"]) == [0, 0, 0]
    assert list(table["high"]) == [199, 200, 200]


@pytest.fixture(scope="module")
def published():
    claims = read_claims(RAW / "published/claims_2025.csv")
    terms = {"werkt aan een aanpak": ("C06", "C18", "W08", "C19", "C20")}
    return Published(INSTRUMENT, claims, CONVENTION, FACTS, terms)


@pytest.fixture(scope="module")
def result(published):
    return audit_claims(published, conclusion="13")


def test_status_percentages_fit_the_bases_of_later_chapters_under_one_rounding_only(result):
    found = splits_by_rounding(result.arithmetic)
    certain = found[(found["low"] == found["high"]) & found["option"].isin(list("abcd"))]
    counts = certain.groupby(["rounding", "holds"], observed=True)["low"].apply(list).to_dict()
    assert counts["half_up", "percentages"] == [43, 27, 44, 26]
    assert counts["largest_remainder", "all"] == [42, 28, 44, 26]
    by_rule = {
        rule: next(found for found in result.arithmetic.findings[rule] if "C01" in found.block.names)
        for rule in ROUNDINGS
    }
    assert by_rule["half_up"].given_up["C01"] == ("C14",)
    assert "C01" not in by_rule["largest_remainder"].given_up


def test_every_count_of_figures_14_15_and_17_follows_from_the_text(result, published):
    pinned = pinned_questions(result.arithmetic, published)
    assert pinned.groupby("figure", observed=True)["count"].apply(list).to_dict() == {
        "14": [10, 32],
        "15": [14, 4, 3, 7],
        "17": [14, 14],
    }
