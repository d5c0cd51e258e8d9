"""Whether codes can be used: they exist, go together, and come from a codeframe that still holds."""

from collections.abc import Sequence
from pathlib import Path

from analysis.errors import InputError
from analysis.survey.coding.codeframe import Codeframe


def check_codes(
    codes: Sequence[str], fingerprint: str, codeframe: Codeframe, *, file: Path, place: str
) -> tuple[str, ...]:
    """Return the codes of one answer under their present names, or say why they cannot be used.

    Parameters
    ----------
    codes
        Codes as given.
    fingerprint
        Version of the codeframe with which they were given.
    codeframe
        The codeframe of now.
    file, place
        Where they stand, for the message.

    Raises
    ------
    InputError
        When the codeframe changed and nobody said that older codings stand, when a code is unknown, or when an
        exclusive code has company.
    """
    if not codeframe.accepts(fingerprint):
        raise changed_codeframe(fingerprint, codeframe, file=file, place=place)
    present = codeframe.translate((code for code in codes if code), fingerprint)
    unknown = [code for code in present if code not in codeframe.names]
    if unknown or not present:
        raise InputError(
            f"unknown code {unknown[0]!r}" if unknown else "no code",
            file=file,
            place=place,
            expected=f"codes of data/raw/codeframes/{codeframe.column}.yaml",
            remedy="correct the code, or restore it in the codeframe",
        )
    alone = [code for code in present if code in codeframe.exclusive]
    if alone and len(present) > 1:
        raise InputError(
            f"{alone[0]} stands beside another code",
            file=file,
            place=place,
            expected=f"{alone[0]} alone",
            remedy="remove it, or the other codes",
        )
    return present


def changed_codeframe(fingerprint: str, codeframe: Codeframe, *, file: Path, place: str) -> InputError:
    """Make the error for codes that were given with a codeframe that has changed.

    Parameters
    ----------
    fingerprint
        Version with which the codes were given.
    codeframe
        The codeframe of now.
    file, place
        Where the codes stand.
    """
    return InputError(
        f"coded with version {fingerprint or '(none)'} of the codeframe, which is now {codeframe.fingerprint}",
        file=file,
        place=place,
        expected="a version that the codeframe accepts",
        remedy="if the older codes still stand, say so under `earlier` in "
        f"data/raw/codeframes/{codeframe.column}.yaml (fingerprint, reason, renamed); else restore the older "
        "definitions. The codes stay where they are",
    )
