"""Pseudonyms that cannot be undone by trying every municipality: a keyed hash with a secret."""

import hmac
import os
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from analysis.complete_files import complete_files
from analysis.errors import InputError

SECRET = "QUICKSCAN_SECRET"
SHORTEST_SECRET = 20  # characters; a shorter one can be guessed
MAKE_SECRET = (
    "make one once in a file outside this folder (openssl rand -hex 32 > FILE); before each build "
    f'set it: export {SECRET}="$(cat FILE)"'
)
READ_SECRET = (
    "set the one of the earlier build, which README.md keeps here: "
    f'export {SECRET}="$(cat "$HOME/quickscan_secret")"; '
    "do not make a new one: codes of open answers would lose their answers"
)
# Not secret: invented answers need the same pseudonyms on every machine, and nobody to be protected.
SYNTHETIC_KEY = b"quickscan: synthetic survey, nobody to protect"
DIGITS = 16  # hexadecimal; two of a million pseudonyms then coincide with a chance of 1 in 37 million


def pseudonym_key(
    *, synthetic: bool, environment: Mapping[str, str] | None = None, check: Path | None = None
) -> bytes:
    """Return the key of the pseudonyms: a secret for a real export, a published one for a synthetic export.

    Parameters
    ----------
    synthetic
        Whether the answers are invented.
    environment
        Where ``QUICKSCAN_SECRET`` is looked up; the environment of the process when left out.
    check
        As for :func:`check_secret`: when the file is there, an earlier build had a secret, and that one is needed.

    Raises
    ------
    InputError
        When the export is real and there is no secret, or a short one.
    """
    if synthetic:
        return SYNTHETIC_KEY
    secret = (os.environ if environment is None else environment).get(SECRET, "").strip()
    if len(secret) < SHORTEST_SECRET:
        remedy = MAKE_SECRET if check is None or not check.exists() else READ_SECRET
        raise InputError(
            f"a real export needs the secret {SECRET}, and it is {'too short' if secret else 'not set'}",
            file="environment",
            place=SECRET,
            expected=f"at least {SHORTEST_SECRET} characters that nobody can guess",
            remedy=remedy,
        )
    return secret.encode()


def check_secret(key: bytes, path: Path) -> None:
    """Refuse another secret than that of the first build from real answers, of which this keeps a check value.

    With another secret every pseudonym changes, and codings no longer find their answers.

    Parameters
    ----------
    key
        From :func:`pseudonym_key`, for a real export.
    path
        File with the check value, written when there is none. The secret cannot be computed from it; like a table
        of pseudonyms it lets somebody try secrets that are easy to guess, so it stays where the answers are.

    Raises
    ------
    InputError
        When the check value is of another secret.
    """
    value = hmac.digest(key, b"check\0the same secret as before", "sha256").hex().encode()
    if not path.exists():
        with complete_files(path.parent) as folder:
            (folder / path.name).write_bytes(value + b"\n")
    elif not path.is_file() or not hmac.compare_digest(path.read_bytes().strip(), value):
        raise InputError(
            f"{SECRET} is another secret than that of the first build from real answers",
            file=path,
            place=SECRET,
            expected="the secret with which the pseudonyms were made",
            remedy=(
                "set the earlier one; or, to change it on purpose, remove this file, then: make clean; "
                "all pseudonyms change, and earlier codings no longer find their answers"
            ),
        )


def pseudonyms(identities: pd.Series, key: bytes, *, kind: str) -> pd.Series:
    """Return a pseudonym for each identity: HMAC-SHA256 with the key, cut to sixteen hexadecimal digits.

    Parameters
    ----------
    identities
        Text that says who it is, such as the codes of the municipalities.
    key
        From :func:`pseudonym_key`.
    kind
        What is hidden, such as ``respondent``; the same identity gets another pseudonym under another kind, so
        that tables cannot be joined that should not be.

    Raises
    ------
    ValueError
        When two identities would share a pseudonym.

    Examples
    --------
    >>> pseudonyms(pd.Series(["GM0344"]), b"key", kind="respondent").str.len().tolist()
    [16]
    """
    codes, unique = pd.factorize(identities.astype("str"))
    start = f"{kind}\0".encode()
    hashed = [hmac.digest(key, start + identity.encode(), "sha256").hex()[:DIGITS] for identity in unique.tolist()]
    if len(set(hashed)) < len(hashed):
        raise ValueError("two identities share a pseudonym: take more digits")
    taken = pd.Series(hashed, dtype="str").to_numpy()[codes] if len(codes) else []
    return pd.Series(taken, index=identities.index, dtype="str")
