"""What the cleaning left to a person, in one line: how much, and on which page it stands."""

import csv
from collections import Counter
from pathlib import Path

FINDINGS = "data/processed/intake_findings.csv"
PAGE = "reports/01_cleaning.html"
LEFT = {
    "unknown_code": "codes that the questionnaire does not know, set aside",
    "unreadable_date": "dates that cannot be read, left blank",
    "name_doubtful": "names that are no municipality for certain, not used",
}
"""What a correction can settle, by rule of :mod:`analysis.survey.findings`."""


def left_to_people(root: Path) -> str | None:
    """Say what a person can settle with a corrections file; nothing when the cleaning left nothing.

    Parameters
    ----------
    root
        Root of the project, in which the cleaning has run.
    """
    counts: Counter[str] = Counter()
    with (root / FINDINGS).open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            counts[row["rule"]] += int(row["n"])
    found = [f"{counts[rule]} {what}" for rule, what in LEFT.items() if counts[rule]]
    return f"For a person to settle (see {PAGE}): {'; '.join(found)}" if found else None
