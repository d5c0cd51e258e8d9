"""The encoding is recognised from the whole file, and a wrong one that was stated is refused."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.survey.encoding import recognise_encoding

SETTING = "cleaning.encoding in params.yaml"
DUTCH = "Vraag;Antwoord\r\nZoë;één knelpunt – ‘geen’ € 5\r\n"


@pytest.mark.parametrize(
    ("written", "recognised"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("cp1252", "cp1252"),
        ("utf-16", "utf-16"),
        ("ascii", "utf-8"),
    ],
)
def test_the_encoding_is_recognised(tmp_path, written, recognised):
    path = tmp_path / "a.csv"
    path.write_bytes(DUTCH.encode(written, "ignore"))
    assert recognise_encoding(path) == recognised
    assert recognise_encoding(path, written) in (recognised, written)


@given(st.text())
def test_whatever_is_utf_8_is_read_as_utf_8(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("text") / "a.csv"
    path.write_bytes(text.replace("\0", "").encode("utf-8"))
    assert recognise_encoding(path) in ("utf-8", "utf-16", "utf-32")


@pytest.mark.parametrize(
    ("content", "stated", "message"),
    [
        (DUTCH.encode("utf-8"), "cp1252", "the file is utf-8, but params.yaml says cp1252"),
        (DUTCH.encode("cp1252"), "utf-8", "line 2: the file is not utf-8"),
        (DUTCH.encode("utf-8-sig"), "cp1252", "the file is utf-8"),
        (DUTCH.encode("utf-16"), "utf-8", "the file is utf-16"),
        (DUTCH.encode("cp1252"), "windows-95", "cleaning.encoding: the encoding 'windows-95' is unknown"),
        (b"a;b\n1;\x81\n", "auto", "line 2: a byte fits neither UTF-8 nor Windows-1252"),
        (b"a;b\n1;\0\n", "auto", "bytes that are no text"),
        (b"\xff\xfea", "auto", "a byte does not fit utf-16"),
    ],
)
def test_what_does_not_fit_is_refused(tmp_path, content, stated, message):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(InputError, match=message) as refusal:
        recognise_encoding(path, stated)
    assert "to do: " in str(refusal.value)


@pytest.mark.parametrize("old", ["cp850", "cp437", "mac_roman"])
@pytest.mark.parametrize(
    "text", ["Zoë; één idee\r\n", "één\r\n", "coördinatie\r\n", "financiën en cliënten\r\n", "privé\r\n"]
)
def test_an_old_encoding_is_refused_and_can_be_stated(tmp_path, old, text):
    path = tmp_path / "a.csv"
    path.write_bytes(f"vraag;antwoord\r\n1;{text}".encode(old))
    with pytest.raises(InputError, match=r"no Windows-1252: .*to do: set cleaning\.encoding .* to \w+") as refusal:
        recognise_encoding(path, setting=SETTING)
    named = str(refusal.value).partition(" to ")[2].partition("params.yaml to ")[2].partition(",")[0]
    assert recognise_encoding(path, named) == codecs.lookup(named).name
    assert text in path.read_bytes().decode(named)


@pytest.mark.parametrize(
    "content", [b"a;b\n1;\x81\n", b"a;b\n1;\0\n", "Zoë; één idee\n".encode("cp850")], ids=["byte", "nul", "old"]
)
def test_a_file_for_which_no_encoding_can_be_stated_is_to_be_saved_again(tmp_path, content):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"to do: save it again as CSV in UTF-8$") as refusal:
        recognise_encoding(path)
    assert "params" not in str(refusal.value)


@given(
    st.lists(
        st.sampled_from(
            [
                "één",
                "privé",
                "coördinatie",
                "foto’s",
                "‘ja’",
                "“nee”",
                "wel…niet",
                "kind–ouder",
                "€5",
                "a€b",
                "25°",
                "ruïne",
                "•punt",
                "a\u00a0b",
            ]
        ),
        min_size=1,
    )
)
def test_dutch_of_windows_is_never_taken_for_an_old_encoding(tmp_path_factory, words):
    path = tmp_path_factory.mktemp("text") / "a.csv"
    path.write_bytes(f"{' '.join(words)}\n".encode("cp1252"))
    assert recognise_encoding(path) == "cp1252"
