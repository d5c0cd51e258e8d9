"""The passport of a raw file: where it comes from, under which licence, and which bytes it describes."""

from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictInt, StringConstraints
from ruamel.yaml import YAML

from analysis.errors import InputError
from analysis.yaml_file import read_yaml, validate

SUFFIX = ".yml"
# What people keep by hand during a study has git as its history; a hash would only have to be renewed.
KEPT_BY_HAND = ("columns_2025.yaml", "corrections.yaml", "coding", "codeframes")

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Address = Annotated[str, StringConstraints(pattern=r"^https://\S+$")]
Moment = Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]


def _is_day(text: str) -> str:
    try:
        date.fromisoformat(text)
    except ValueError as error:
        raise ValueError("this is no day of the calendar; expected a day such as 2025-01-31") from error
    return text


Day = Annotated[Moment, AfterValidator(_is_day)]


class Passport(BaseModel):
    """What a reader must know of a raw file before using it.

    ``date`` is the year, month or day that the data describe; ``accessed`` is the day on which
    the file was made or fetched. ``rows`` counts records, without the header. ``companions``
    are files beside it that were made in the same run and share its passport, with their hashes.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Text
    producer: Text
    source: Text
    licence: Text
    licence_url: Address
    date: Moment
    accessed: Day
    processing: Text
    note: Text | None = None
    columns: dict[str, Text] = {}
    rows: StrictInt | None = Field(default=None, ge=0)
    size_bytes: StrictInt = Field(ge=0)
    sha256: Hash
    companions: dict[str, Hash] = {}


def passport_path(raw_file: Path) -> Path:
    """Return where the passport of a raw file stands: beside it, with ``.yml`` after the whole name.

    Examples
    --------
    >>> passport_path(Path("data/raw/survey.csv")).as_posix()
    'data/raw/survey.csv.yml'
    """
    return raw_file.with_name(raw_file.name + SUFFIX)


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    return sha256(path.read_bytes()).hexdigest()


def read_passport(raw_file: Path) -> Passport:
    """Read the passport of a raw file, without looking at the file itself.

    Parameters
    ----------
    raw_file
        The file that is described, not the passport.

    Raises
    ------
    InputError
        If there is no passport, or one of its entries is missing, unknown or of the wrong form.
    """
    path = passport_path(raw_file)
    return validate(Passport, read_yaml(path), path)


def _from_here(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def write_passport(raw_file: Path, passport: Passport) -> Path:
    """Write a passport beside its raw file and return where.

    Parameters
    ----------
    raw_file
        The file that is described.
    passport
        What is known of it; entries without a value are left out.
    """
    path = passport_path(raw_file)
    writer = YAML()
    writer.width = 110
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        content = passport.model_dump(mode="json", exclude_defaults=True)
        writer.dump(content, stream, transform=_without_trailing_blanks)
    return path


def _without_trailing_blanks(text: str) -> str:
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def check_passports(folder: Path) -> None:
    """Check that each raw file has a passport that describes its very bytes, and each passport a file.

    Parameters
    ----------
    folder
        Looked through with all folders below it. Read-me files, names that begin with a dot and
        :data:`KEPT_BY_HAND` are no raw files.

    Raises
    ------
    InputError
        For the first file without a passport, passport without a file, or passport that does not fit.
    """
    files = sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and path.name != "README.md"
        and not path.name.startswith(".")
        and path.relative_to(folder).parts[0] not in KEPT_BY_HAND
    )
    raw_files = [path for path in files if path.suffix != SUFFIX]
    described: set[Path] = set()
    for path in files:
        if path.suffix == SUFFIX:
            described |= check_passport(path.with_suffix(""))
    for raw_file in raw_files:
        if raw_file not in described:
            raise InputError(
                "the raw file has no passport",
                file=raw_file,
                expected=f"{passport_path(raw_file).name} beside it",
                remedy="write down its source, licence, date and hash there",
            )


def check_passport(raw_file: Path) -> set[Path]:
    """Check that the passport of a raw file describes its very bytes; return the files that it describes.

    Parameters
    ----------
    raw_file
        The file that is described, not the passport.

    Raises
    ------
    InputError
        When a file that is described is missing or differs from the passport.
    """
    path = passport_path(raw_file)
    passport = read_passport(raw_file)
    hashes = {raw_file: passport.sha256}
    hashes |= {raw_file.with_name(name): value for name, value in passport.companions.items()}
    for described, recorded in hashes.items():
        if not described.is_file():
            raise InputError(
                f"the passport describes {described.name}, which does not exist",
                file=path,
                place="companions" if described != raw_file else "name of the file",
                expected=f"{described.name} beside it",
                remedy="restore the raw file or remove what describes it",
            )
        if file_hash(described) != recorded:
            raise InputError(
                f"the hash of {described.name} differs from the passport: the raw file was changed",
                file=path,
                place="sha256" if described == raw_file else "companions",
                expected=recorded,
                remedy=f"restore it (what git keeps: git restore {_from_here(described)}), "
                "or describe the new file in the passport",
            )
    if raw_file.stat().st_size != passport.size_bytes:
        raise InputError(
            f"the size of {raw_file.name} differs from the passport",
            file=path,
            place="size_bytes",
            expected=raw_file.stat().st_size,
            remedy="correct the size",
        )
    return set(hashes)
