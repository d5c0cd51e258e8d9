"""Pseudonyms depend on the secret; a real export cannot do without one."""

import hashlib
import hmac

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.survey.pseudonyms import SYNTHETIC_KEY, check_secret, pseudonym_key, pseudonyms

SECRET = "0123456789abcdef0123456789abcdef"


def test_a_pseudonym_is_the_start_of_an_hmac_sha256():
    expected = hmac.new(b"key", b"respondent\0GM0344", hashlib.sha256).hexdigest()[:16]
    assert pseudonyms(pd.Series(["GM0344"]), b"key", kind="respondent").tolist() == [expected]


def test_trying_all_municipalities_without_the_secret_finds_nobody(municipalities):
    hidden = set(pseudonyms(municipalities["code"], SECRET.encode(), kind="respondent"))
    assert len(hidden) == 342
    for guess in (SYNTHETIC_KEY, b"", b"secret", SECRET[:-1].encode()):
        assert not hidden & set(pseudonyms(municipalities["code"], guess, kind="respondent"))
    for name in ("md5", "sha1", "sha256"):
        assert not hidden & {hashlib.new(name, code.encode()).hexdigest()[:16] for code in municipalities["code"]}


def test_kinds_cannot_be_joined():
    identity = pd.Series(["1"])
    assert pseudonyms(identity, b"k", kind="reaction")[0] != pseudonyms(identity, b"k", kind="respondent")[0]


@pytest.mark.parametrize("environment", [{}, {"QUICKSCAN_SECRET": ""}, {"QUICKSCAN_SECRET": "kort0"}])
def test_a_real_export_without_a_secret_stops_the_run(environment):
    with pytest.raises(InputError, match=r"QUICKSCAN_SECRET.*openssl rand") as refusal:
        pseudonym_key(synthetic=False, environment=environment)
    assert "kort0" not in str(refusal.value)


def test_who_had_a_secret_before_is_told_to_read_that_one_and_not_to_make_another(tmp_path):
    check = tmp_path / "secret_check.txt"
    check_secret(SECRET.encode(), check)
    with pytest.raises(InputError, match=r"quickscan_secret.*do not make a new one") as refusal:
        pseudonym_key(synthetic=False, environment={}, check=check)
    assert "openssl" not in str(refusal.value)
    with pytest.raises(InputError, match="openssl rand"):
        pseudonym_key(synthetic=False, environment={}, check=tmp_path / "none.txt")


def test_the_secret_is_used_for_a_real_export_and_not_for_a_synthetic_one():
    environment = {"QUICKSCAN_SECRET": SECRET}
    assert pseudonym_key(synthetic=False, environment=environment) == SECRET.encode()
    assert pseudonym_key(synthetic=True, environment=environment) == SYNTHETIC_KEY


def test_a_check_value_recognises_the_secret_and_gives_away_nothing(tmp_path):
    path = tmp_path / "secret_check.txt"
    for _ in range(2):
        check_secret(SECRET.encode(), path)
    expected = hmac.new(SECRET.encode(), b"check\0the same secret as before", hashlib.sha256).hexdigest()
    assert path.read_text(encoding="utf-8") == f"{expected}\n"
    with pytest.raises(InputError, match=r"another secret than .*to do: set the earlier") as refusal:
        check_secret(b"another secret of more than twenty characters", path)
    assert "more than twenty" not in str(refusal.value)
    assert path.read_text(encoding="utf-8") == f"{expected}\n"
