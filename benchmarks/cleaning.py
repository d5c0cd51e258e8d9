"""Time the intake and the cleaning of synthetic exports of growing size.

Run ``python benchmarks/cleaning.py 1 100``; each number is how many times the survey of 233 reactions is drawn.
10 000 (2 330 000 reactions) needs some ten minutes and 10 GB. Every size is a process of its own. In further
copies of the population the names of municipalities carry a number, so that they are compared by spelling and end
as doubtful: the slowest way through the matching.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from analysis.survey.cleaning import clean
from analysis.survey.columns import load_column_map
from analysis.survey.instrument import load_instrument
from analysis.survey.intake import read_export
from analysis.survey.pseudonyms import SYNTHETIC_KEY
from analysis.survey.register import load_names, load_register
from analysis.survey.synthetic.export import STEM, write_synthetic_survey

RAW = Path(__file__).parents[1] / "data" / "raw"


def measure(export: Path) -> dict[str, float]:
    """Read and clean one export and say what it took: seconds of the processor and of the clock, and memory."""
    instrument = load_instrument(RAW / "instrument_2025.yaml")
    mapping = load_column_map(RAW / "columns_2025.yaml", instrument)
    folder = RAW / "register"
    municipalities = load_register(folder / "municipalities_2025.csv")
    register = load_names(municipalities, folder / "municipality_names.csv", folder / "mergers_2021_2025.csv")
    start, processor = time.perf_counter(), time.process_time()
    raw = read_export(export, instrument, mapping)
    read = time.process_time()
    result = clean(raw, register, key=SYNTHETIC_KEY)
    done = time.process_time()
    return {
        "rows": len(raw.reactions),
        "megabytes": export.stat().st_size / 1e6,
        "read_s": read - processor,
        "clean_s": done - read,
        "rows_per_s": len(raw.reactions) / (done - processor),
        "wall_s": time.perf_counter() - start,
        "peak_gb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6,
        "open_answers": len(result.open_answers),
    }


def main() -> None:
    """Draw each size, measure it in a process of its own, and print a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("copies", nargs="*", type=int, default=[1, 100])
    parser.add_argument("--export", type=Path, help="measure this export and print JSON")
    options = parser.parse_args()
    if options.export is not None:
        print(json.dumps(measure(options.export)))
        return
    for copies in options.copies:
        with tempfile.TemporaryDirectory() as folder:
            write_synthetic_survey(RAW, Path(folder), seed=2025, copies=copies)
            command = [sys.executable, __file__, "--export", str(Path(folder) / f"{STEM}.csv")]
            found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        print(", ".join(f"{name} {value:,.6g}" for name, value in found.items()), flush=True)


if __name__ == "__main__":
    main()
