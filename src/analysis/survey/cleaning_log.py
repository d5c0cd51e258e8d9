"""What a step of the cleaning did: rows before and after, and what was found."""

from collections.abc import Iterable

import pandas as pd

from analysis.survey.findings import combine, findings_at

STEPS = {
    "corrections": "Correcties uit corrections.yaml",
    "codes": "Codes tegen de vragenlijst",
    "municipality_names": "Namen van gemeenten herkennen",
    "several_municipalities": "Meer gemeenten in één reactie",
    "disposition": "Volledig, afgebroken, leeg of proefinvoer",
    "duplicates": "Dubbele reacties van een gemeente",
    "size_class": "Grootte tegen het register",
    "routing": "Routing naspelen",
    "exclusive_options": "Antwoorden die elkaar uitsluiten",
    "open_answers": "Open antwoorden afschermen",
    "pseudonyms": "Pseudoniemen",
}


class CleaningLog:
    """Collects what each step reports.

    Parameters
    ----------
    findings
        What the intake found.
    """

    def __init__(self, findings: pd.DataFrame):
        self._steps: list[tuple[str, int, int, int]] = []
        self._findings = [findings]

    def step(self, name: str, n_before: int, n_after: int, n_concerned: int) -> None:
        """Note a step.

        Parameters
        ----------
        name
            One of :data:`STEPS`.
        n_before, n_after
            Rows that went in and came out.
        n_concerned
            Rows or cells about which the step decided something.
        """
        self._steps.append((name, n_before, n_after, n_concerned))

    def found(self, rows: Iterable, column: str | Iterable, rule: str) -> None:
        """Note findings of a rule; see :func:`analysis.survey.findings.findings_at`."""
        self._findings.append(findings_at(rows, column, rule))

    def add(self, findings: pd.DataFrame) -> None:
        """Note findings that were made elsewhere."""
        self._findings.append(findings)

    def steps(self) -> pd.DataFrame:
        """Return ``step, description`` (Dutch)``, n_before, n_after, n_concerned``."""
        table = pd.DataFrame(self._steps, columns=["step", "n_before", "n_after", "n_concerned"])
        table.insert(1, "description", table["step"].map(STEPS))
        return table

    def findings(self) -> pd.DataFrame:
        """Return all findings, sorted."""
        return combine(self._findings)
