"""Time the synthetic export and its growth: ``python benchmarks/synthetic.py``.

Every size is a process of its own, one after the other. Processor time is given beside the clock, because other
work on the machine lengthens only the latter.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from analysis.survey.synthetic.export import write_synthetic_survey

RAW = Path(__file__).parent.parent / "data" / "raw"


def measure(copies: int) -> None:
    """Write one export and print what it took.

    Parameters
    ----------
    copies
        How many times as large as the real population.
    """
    with tempfile.TemporaryDirectory() as folder:
        start, busy = time.perf_counter(), time.process_time()
        write_synthetic_survey(RAW, Path(folder), seed=2025, copies=copies)
        clock, processor = time.perf_counter() - start, time.process_time() - busy
        size = (Path(folder) / "synthetic_survey_2025.csv").stat().st_size / 1e6
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"| {233 * copies} | {clock:.1f} | {processor:.1f} | {memory:.0f} | {size:.1f} |", flush=True)


def main() -> None:
    """Measure the sizes that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("copies", nargs="*", type=int, default=[1, 10, 100, 1000])
    parser.add_argument("--here", action="store_true", help="measure in this process")
    options = parser.parse_args()
    if options.here:
        measure(options.copies[0])
        return
    print(
        "| reactions | clock, s | processor, s | peak memory, MB | file, MB |\n|---|---|---|---|---|", flush=True
    )
    for copies in options.copies:
        subprocess.run([sys.executable, __file__, str(copies), "--here"], check=True)


if __name__ == "__main__":
    main()
