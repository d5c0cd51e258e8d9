"""Pseudonyms that cannot be undone by trying every municipality: a keyed hash with a secret."""

import hmac
import os
from collections.abc import Mapping

import pandas as pd

from analysis.errors import InputError

SECRET = "QUICKSCAN_SECRET"
SHORTEST_SECRET = 20  # characters; a shorter one can be guessed
# Not secret: invented answers need the same pseudonyms on every machine, and nobody to be protected.
SYNTHETIC_KEY = b"quickscan: synthetic survey, nobody to protect"
DIGITS = 16  # hexadecimal; two of a million pseudonyms then coincide with a chance of 1 in 37 million


def pseudonym_key(*, synthetic: bool, environment: Mapping[str, str] | None = None) -> bytes:
    """Return the key of the pseudonyms: a secret for a real export, a published one for a synthetic export.

    Parameters
    ----------
    synthetic
        Whether the answers are invented.
    environment
        Where ``QUICKSCAN_SECRET`` is looked up; the environment of the process when left out.

    Raises
    ------
    InputError
        When the export is real and there is no secret, or a short one.
    """
    if synthetic:
        return SYNTHETIC_KEY
    secret = (os.environ if environment is None else environment).get(SECRET, "").strip()
    if len(secret) < SHORTEST_SECRET:
        raise InputError(
            f"a real export needs the secret {SECRET}, and it is {'too short' if secret else 'not set'}",
            file="environment",
            place=SECRET,
            expected=f"at least {SHORTEST_SECRET} characters that nobody can guess",
            remedy=f"make one once and keep it with the export: export {SECRET}=$(openssl rand -hex 32)",
        )
    return secret.encode()


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
