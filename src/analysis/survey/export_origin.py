"""Tell a synthetic export from a real one: the header of a synthetic file says so itself."""

from pathlib import Path

SYNTHETIC_COLUMN = "synthetisch_verzonnen_antwoorden"
ZIP, SPSS = b"PK\x03\x04", (b"$FL2", b"$FL3")


def file_format(export: Path) -> str:
    """Return ``xlsx``, ``sav`` or ``csv``, by what the file holds and not by how it is called.

    Parameters
    ----------
    export
        The raw export.
    """
    with export.open("rb") as stream:
        start = stream.read(4)
    return "xlsx" if start == ZIP else "sav" if start in SPSS else "csv"


def is_synthetic(export: Path) -> bool:
    """Tell whether a raw export declares in its header that its answers are invented.

    Parameters
    ----------
    export
        The raw export: CSV in any encoding, ``.xlsx`` or ``.sav``.

    Notes
    -----
    A damaged file counts as real: the intake refuses it later with a message of its own.
    """
    kind = file_format(export)
    if kind == "xlsx":
        return _in_workbook(export)
    with export.open("rb") as stream:
        header = stream.readline() if kind == "csv" else stream.read(1 << 20)
    # UTF-16 puts a zero byte beside each letter of this name.
    return SYNTHETIC_COLUMN.encode() in header.replace(b"\0", b"").lower()


def _in_workbook(export: Path) -> bool:
    import openpyxl  # noqa: PLC0415 - heavy, and only workbooks need it

    try:
        with export.open("rb") as stream:
            workbook = openpyxl.load_workbook(stream, read_only=True)
            rows = workbook.worksheets[0].iter_rows(max_row=1, values_only=True)
            return any(str(cell).strip().lower() == SYNTHETIC_COLUMN for cell in next(rows, ()))
    except Exception:  # a damaged workbook shows itself in as many ways as there are parts
        return False
