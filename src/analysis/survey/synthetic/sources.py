"""What a synthetic survey is drawn from."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from analysis.survey.claims import Claims, read_claims
from analysis.survey.earlier_facts import earlier_shares, read_earlier_facts
from analysis.survey.instrument import Instrument, load_instrument
from analysis.survey.quantifiers import Quantifiers, read_quantifiers
from analysis.survey.synthetic.catalogue import Catalogue, load_catalogue
from analysis.survey.synthetic.municipalities import Register, read_register
from analysis.survey.synthetic.parameters import Parameters, load_parameters


@dataclass(frozen=True)
class Sources:
    """The questionnaire, the municipalities, what is published, and what is assumed where nothing is.

    ``facts`` are shares of the earlier wave that statements refer to, by their identifier.
    """

    instrument: Instrument
    register: Register
    claims: Claims
    quantifiers: Quantifiers
    facts: dict[str, Fraction]
    catalogue: Catalogue
    parameters: Parameters


def read_sources(raw: Path) -> Sources:
    """Read everything that a synthetic survey is drawn from.

    Parameters
    ----------
    raw
        Folder ``data/raw``.

    Raises
    ------
    InputError
        When a file is missing or wrong.
    """
    published = raw / "published"
    quantifiers = read_quantifiers(published / "quantifiers.csv")
    return Sources(
        instrument=load_instrument(raw / "instrument_2025.yaml"),
        register=read_register(raw / "register"),
        claims=read_claims(published / "claims_2025.csv"),
        quantifiers=quantifiers,
        facts=earlier_shares(read_earlier_facts(published / "figures_2021.csv"), quantifiers),
        catalogue=load_catalogue(),
        parameters=load_parameters(),
    )
