"""A page is synthetic when any export behind it is, and confidential when any is real."""

import pytest

from analysis.pipeline.origin import reads_real_answers, rests_on_synthetic, synthetic_waves
from analysis.pipeline.stages import Stage

SYNTHETIC, REAL = "synthetisch_verzonnen_antwoorden;Reactienummer\r\nja;1\r\n", "Reactienummer\r\n1\r\n"
FACTS = "fact_id,topic\nY01,response rate\n"
WITH, WITHOUT = ("this.csv", "earlier.csv"), ("this.csv",)


@pytest.mark.parametrize(
    ("this", "earlier", "deps", "synthetic", "real"),
    [
        (SYNTHETIC, FACTS, WITH, ["2025"], False),
        (REAL, FACTS, WITH, [], True),
        (REAL, SYNTHETIC, WITH, ["2021"], True),
        (SYNTHETIC, REAL, WITH, ["2025"], True),
        (SYNTHETIC, SYNTHETIC, WITH, ["2021", "2025"], False),
        (REAL, REAL, WITH, [], True),
        (REAL, SYNTHETIC, WITHOUT, [], True),
    ],
)
def test_both_exports_count_where_the_stage_reads_both(tmp_path, this, earlier, deps, synthetic, real):
    (tmp_path / "this.csv").write_text(this, encoding="utf-8", newline="")
    (tmp_path / "earlier.csv").write_text(earlier, encoding="utf-8", newline="")
    settings = "cleaning: {export: this.csv}\ncomparison_2021: {source: earlier.csv}\n"
    (tmp_path / "params.yaml").write_text(settings, encoding="utf-8")
    stage = Stage("comparison", "A stage.", "python -m analysis x", deps, ())
    assert synthetic_waves(tmp_path, stage) == synthetic
    assert rests_on_synthetic(tmp_path, stage) is bool(synthetic)
    assert reads_real_answers(tmp_path, stage) is real
