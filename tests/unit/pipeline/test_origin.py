"""A page is synthetic when any export behind it is, and confidential when any is real."""

import pytest

from analysis.pipeline.origin import reads_real_answers, rests_on_synthetic
from analysis.pipeline.stages import Stage

SYNTHETIC, REAL = "synthetisch_verzonnen_antwoorden;Reactienummer\r\nja;1\r\n", "Reactienummer\r\n1\r\n"
FACTS = "fact_id,topic\nY01,response rate\n"
WITH, WITHOUT = ("this.csv", "earlier.csv"), ("this.csv",)


@pytest.mark.parametrize(
    ("this", "earlier", "deps", "synthetic", "real"),
    [
        (SYNTHETIC, FACTS, WITH, True, False),
        (REAL, FACTS, WITH, False, True),
        (REAL, SYNTHETIC, WITH, True, True),
        (SYNTHETIC, REAL, WITH, True, True),
        (SYNTHETIC, SYNTHETIC, WITH, True, False),
        (REAL, REAL, WITH, False, True),
        (REAL, SYNTHETIC, WITHOUT, False, True),
    ],
)
def test_both_exports_count_where_the_stage_reads_both(tmp_path, this, earlier, deps, synthetic, real):
    (tmp_path / "this.csv").write_text(this, encoding="utf-8", newline="")
    (tmp_path / "earlier.csv").write_text(earlier, encoding="utf-8", newline="")
    settings = "cleaning: {export: this.csv}\ncomparison_2021: {source: earlier.csv}\n"
    (tmp_path / "params.yaml").write_text(settings, encoding="utf-8")
    stage = Stage("comparison", "A stage.", "python -m analysis x", deps, ())
    assert rests_on_synthetic(tmp_path, stage) is synthetic
    assert reads_real_answers(tmp_path, stage) is real
