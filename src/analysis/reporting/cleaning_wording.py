"""The sentences of 01_cleaning that follow the settings: what was decided, and whether that is the decision."""

from analysis.reporting.dutch_numbers import percentage
from analysis.survey.disposition import Completeness
from analysis.survey.duplicates import DuplicateRule
from analysis.survey.size_class import SizeRule

STANDARD = Completeness()
CUT_OFF = (
    "Verschillende antwoorden op deze vragen stoppen zonder leesteken bij hetzelfde aantal tekens. Langer is geen "
    "enkel antwoord op die vraag. Vraag wie de vragenlijst beheert om een export met de hele tekst, en codeer de "
    "antwoorden pas daarna (besluit D66)."
)


def completeness_sentence(rule: Completeness) -> str:
    """Say when a reaction is complete.

    Parameters
    ----------
    rule
        The rule that was applied.

    Examples
    --------
    >>> print(completeness_sentence(Completeness()).partition(" en op ")[2])
    minstens 80% van de gesloten vragen over het onderwerp die zij kreeg (besluit D13).
    """
    sent = "zij is verzonden, en " if rule.finished else "zij "
    return (
        f"Een reactie is volledig als {sent}antwoord geeft op de vraag die de route bepaalt en op "
        f"minstens {percentage(rule.complete_from)} van de gesloten vragen over het onderwerp die zij kreeg "
        f"({_decision('D13', rule == STANDARD)})."
    )


def duplicates_sentence(rule: DuplicateRule) -> str:
    """Say which of several reactions of a municipality counts.

    Parameters
    ----------
    rule
        The rule that was applied.

    Examples
    --------
    >>> duplicates_sentence("first")
    'Van een gemeente telt één reactie: de volledigste, en van even volledige de eerste (anders dan besluit D14).'
    """
    word = "laatste" if rule == "latest" else "eerste"
    return (
        f"Van een gemeente telt één reactie: de volledigste, en van even volledige de {word} "
        f"({_decision('D14', rule == 'latest')})."
    )


def size_sentence(rule: SizeRule) -> str:
    """Say what gave the size of a municipality.

    Parameters
    ----------
    rule
        The rule that was applied.

    Examples
    --------
    >>> size_sentence("answered")
    'De grootte is die van het antwoord (besluit D16). Is er geen ingevuld, dan geldt die van het register.'
    """
    if rule == "answered":
        return (
            f"De grootte is die van het antwoord ({_decision('D16', True)}). Is er geen ingevuld, dan "
            "geldt die van het register."
        )
    return (
        f"De grootte is die van het register ({_decision('D16', False)}). Het antwoord telt waar het register "
        "niets zegt: bij anonieme reacties, en bij gemeenten van verschillende grootte die samen antwoorden."
    )


def waiting_sentence(n_names: int) -> str:
    """Say how many names a person still has to settle.

    Parameters
    ----------
    n_names
        Number of names.

    Examples
    --------
    >>> waiting_sentence(0)
    'Alle twijfelgevallen bij namen zijn opgelost.'
    """
    if n_names == 0:
        return "Alle twijfelgevallen bij namen zijn opgelost."
    return f"{n_names} {'naam wacht' if n_names == 1 else 'namen wachten'} nog op een mens."


def _decision(number: str, followed: bool) -> str:
    return f"besluit {number}" if followed else f"anders dan besluit {number}"
