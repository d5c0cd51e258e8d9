"""Time all estimates of the questionnaire here, in R's survey package and in svy, on one synthetic table.

Run ``python benchmarks/estimates.py``; R with the package survey must be installed. Every measurement is a process
of its own, one after the other. R gets the benefit of the doubt: one ``svymean`` per question, group and
estimator, and intervals and design effects in vectors. svy gets one call per question (or option of a question
with several answers) and grouping. Reading the table and making the weights are timed apart and are in the peak
memory.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd
import svy

from analysis.statistics.design import Design
from analysis.statistics.estimates import estimate_all
from analysis.statistics.population import register_counts
from analysis.statistics.weighting import margin_totals, post_stratify, rake, survey_sample, unweighted
from analysis.survey.instrument import load_instrument
from analysis.survey.register import load_register
from analysis.survey.routing import asked

HERE = Path(__file__).parent
RAW = HERE.parent / "data" / "raw"
POPULATION = {"d": 250, "c": 60, "ab": 32}
SAMPLE = {"d": 98, "c": 33, "ab": 22}
KEYS = ["estimator", "group", "question", "option"]


def synthetic_respondents(factor: int) -> pd.DataFrame:
    """Draw answers at random along the routing: 153 times ``factor`` respondents."""
    instrument, provinces = load_instrument(RAW / "instrument_2025.yaml"), province_counts()
    rng = np.random.default_rng(2025)
    size_class = rng.permutation(np.repeat(list(SAMPLE), np.array(list(SAMPLE.values())) * factor))
    n = len(size_class)
    province = np.concatenate([provinces.index, rng.choice(provinces.index, n - 12, p=provinces / 342)])
    province[rng.random(n) < 0.05] = "unknown"
    province[:12] = provinces.index
    table = pd.DataFrame({"size_class": size_class, "province": province}, dtype="str")
    for question in instrument.closed_questions:
        several = question.type == "multi"
        codes = ("0", "1") if several else question.codes
        answered = rng.random(n) > 0.03
        for column in question.columns:
            shares = [0.6, 0.4] if several else rng.dirichlet(np.ones(len(codes)))
            table[column] = np.where(
                answered | (question.base == "all"), rng.choice(codes, n, p=shares), "not_answered"
            )
    routed = asked(instrument, table)
    for question in instrument.closed_questions:
        for column in question.columns:
            table[column] = table[column].where(routed[question.name], "not_asked")
    return table


def province_counts() -> pd.Series:
    """Municipalities per province."""
    return register_counts(load_register(RAW / "register" / "municipalities_2025.csv"), ["province"])


def weighted_designs(respondents: pd.DataFrame, factor: int) -> list:
    """Make the three estimators."""
    design = Design(respondents, {level: count * factor for level, count in POPULATION.items()})
    return [unweighted(design), post_stratify(design), rake(design, province_counts() * factor, cap=None)]


def measure_here(respondents: pd.DataFrame, factor: int) -> tuple[dict[str, float], pd.DataFrame]:
    """Time the estimates of this package."""
    instrument = load_instrument(RAW / "instrument_2025.yaml")
    start = time.perf_counter()
    designs = weighted_designs(respondents, factor)
    weighted = time.perf_counter()
    table = estimate_all(instrument, designs)
    return {"weights": weighted - start, "estimates": time.perf_counter() - weighted}, table


def measure_svy(respondents: pd.DataFrame, factor: int) -> tuple[dict[str, float], pd.DataFrame]:
    """Time the same shares, errors, intervals and design effects by svy, call by call."""
    instrument = load_instrument(RAW / "instrument_2025.yaml")
    start = time.perf_counter()
    equal, stratified, _ = weighted_designs(respondents, factor)
    totals = {
        "size_class": {level: float(count) for level, count in stratified.design.population.items()},
        "province": margin_totals(stratified, province_counts() * factor, "province"),
    }
    classes = survey_sample(stratified, respondents)
    samples = {
        "unweighted": survey_sample(equal, respondents),
        "size_class": classes,
        "raked": classes.weighting.rake(controls=totals, tol=1e-10, max_iter=500),
    }
    weighted = time.perf_counter()
    for sample in samples.values():
        for question in instrument.closed_questions:
            for column in question.columns:
                given = ~svy.col(column).is_in(["not_asked", "not_answered"])
                for by in (None, "size_class"):
                    sample.estimation.prop(column, by=by, where=given, ci_method="beta", deff="wor")
    return {"weights": weighted - start, "estimates": time.perf_counter() - weighted}, pd.DataFrame(columns=KEYS)


def measure(command: list[str]) -> dict[str, float]:
    """Run one process and add its total seconds and its peak memory in MB to what it reports."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} failed")
    report = json.loads(output.splitlines()[-1])
    return report | {"process": time.perf_counter() - start, "peak_mb": usage.ru_maxrss / 1024}


def compare(folder: Path, factor: int) -> pd.DataFrame:
    """Measure one size and check that both sides estimated the same."""
    data = folder / "respondents.csv"
    synthetic_respondents(factor).to_csv(data, index=False)
    items(folder / "items.csv")
    province_counts().rename("Freq").to_csv(folder / "provinces.csv")
    me = [sys.executable, __file__, "--factor", str(factor), "--data", str(data), "--worker"]
    rows = {
        "here": measure([*me, "here"]),
        "R survey": measure(["Rscript", str(HERE / "estimates.R"), str(folder), str(factor)]),
        "svy": measure([*me, "svy"]),
    }
    ours, theirs = pd.read_csv(folder / "here.csv"), pd.read_csv(folder / "r.csv")
    both = ours.merge(theirs, on=KEYS, suffixes=("", "_r"), validate="one_to_one")
    between = both[(both["count"] > 0) & (both["count"] < both["n"]) & (both["se"] > 0)]
    for column in ("share", "se", "deff"):
        gap = (between[column] / between[f"{column}_r"] - 1).abs().max()
        print(f"{len(between)} of {len(ours)} estimates, {column}: largest relative difference with R {gap:.1e}")
    table = pd.DataFrame(rows).T.rename_axis("program").reset_index()
    table.insert(0, "respondents", 153 * factor)
    return table.assign(ratio=table["estimates"] / table.loc[0, "estimates"])


def items(path: Path) -> None:
    """Write the options as R needs them: question, option, column and the code that counts."""
    rows = []
    for question in load_instrument(RAW / "instrument_2025.yaml").closed_questions:
        if question.type == "multi":
            rows += [(question.name, code, f"{question.name}_{code}", "1") for code in question.codes]
        else:
            rows += [(column, code, column, code) for column in question.columns for code in question.codes]
    pd.DataFrame(rows, columns=["question", "option", "column", "code"]).to_csv(path, index=False)


def main() -> None:
    """Run one worker, or all of them for every size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--factors", type=int, nargs="+", default=[1, 1000], help="times 153 respondents")
    parser.add_argument("--worker", choices=["here", "svy"], help=argparse.SUPPRESS)
    parser.add_argument("--factor", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--data", type=Path, help=argparse.SUPPRESS)
    settings = parser.parse_args()
    if settings.worker:
        start = time.perf_counter()
        respondents = pd.read_csv(settings.data, dtype="str", keep_default_na=False)
        read = time.perf_counter() - start
        run = measure_here if settings.worker == "here" else measure_svy
        seconds, table = run(respondents, settings.factor)
        table.to_csv(settings.data.with_name(f"{settings.worker}.csv"), index=False)
        print(json.dumps({"read": read} | seconds))
        return
    tables = []
    for factor in settings.factors:
        with tempfile.TemporaryDirectory() as folder:
            tables.append(compare(Path(folder), factor))
    print(pd.concat(tables).round(2).to_string(index=False))


if __name__ == "__main__":
    main()
