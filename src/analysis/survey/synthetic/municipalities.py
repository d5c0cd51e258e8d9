"""The municipalities from which respondents are drawn, with the names that people type."""

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from analysis.errors import InputError
from analysis.survey.register import load_register, read_names

SIZE_CODES = ("a", "b", "c", "d")  # options of q03: the four largest, other large, middle, small
SMALL = "d"
SIZE_LIMITS = (("b", 100_000), ("c", 50_000), (SMALL, 0))  # least population of a class
LARGEST = 4
PROVINCE_NEIGHBOURS = {
    "Drenthe": ("Groningen", "Friesland", "Overijssel"),
    "Flevoland": ("Friesland", "Gelderland", "Noord-Holland", "Overijssel", "Utrecht"),
    "Friesland": ("Drenthe", "Flevoland", "Groningen", "Overijssel"),
    "Gelderland": ("Flevoland", "Limburg", "Noord-Brabant", "Overijssel", "Utrecht", "Zuid-Holland"),
    "Groningen": ("Drenthe", "Friesland"),
    "Limburg": ("Gelderland", "Noord-Brabant"),
    "Noord-Brabant": ("Gelderland", "Limburg", "Zeeland", "Zuid-Holland"),
    "Noord-Holland": ("Flevoland", "Utrecht", "Zuid-Holland"),
    "Overijssel": ("Drenthe", "Flevoland", "Friesland", "Gelderland"),
    "Utrecht": ("Flevoland", "Gelderland", "Noord-Holland", "Zuid-Holland"),
    "Zeeland": ("Noord-Brabant", "Zuid-Holland"),
    "Zuid-Holland": ("Gelderland", "Noord-Brabant", "Noord-Holland", "Utrecht", "Zeeland"),
}


@dataclass(frozen=True)
class Municipality:
    """A municipality of the register; ``size`` is the option of q03 that fits its population."""

    code: str
    name: str
    province: str
    population: int
    size: str
    aliases: tuple[str, ...]


@dataclass(frozen=True)
class Register:
    """All municipalities, in the order of their codes."""

    municipalities: tuple[Municipality, ...]

    def __len__(self) -> int:
        return len(self.municipalities)

    @cached_property
    def provinces(self) -> tuple[str, ...]:
        """Provinces by name."""
        return tuple(sorted({municipality.province for municipality in self.municipalities}))

    @cached_property
    def _sizes(self) -> Counter:
        return Counter((municipality.province, municipality.size) for municipality in self.municipalities)

    def available(self, province: str, size: str | None = None) -> int:
        """Return how many municipalities a province has, of one size when it is given.

        Parameters
        ----------
        province
            Name of the province.
        size
            Option of q03.
        """
        return sum(self._sizes[province, code] for code in (SIZE_CODES if size is None else (size,)))

    def copies(self, number: int) -> "Register":
        """Return the register ``number`` times; a copy has its number behind name and code.

        Parameters
        ----------
        number
            How many times; the first copy keeps its names.
        """
        return Register(
            tuple(
                municipality
                if copy == 1
                else replace(
                    municipality,
                    code=f"{municipality.code}-{copy}",
                    name=f"{municipality.name} {copy}",
                    aliases=tuple(f"{alias} {copy}" for alias in municipality.aliases),
                )
                for copy in range(1, number + 1)
                for municipality in self.municipalities
            )
        )


def read_register(folder: Path) -> Register:
    """Read the municipalities of 2025.

    Parameters
    ----------
    folder
        Folder with ``municipalities_2025.csv`` (code, name, province, population) and ``municipality_names.csv``
        (code, display_name, also_known_as with ``|`` between names).

    Raises
    ------
    InputError
        When a file or column is missing, or a province is not one of the twelve.
    """
    municipalities = load_register(folder / "municipalities_2025.csv")
    names = read_names(folder / "municipality_names.csv")
    table = municipalities.merge(names, on="code", how="left", validate="one_to_one").sort_values("code")
    unknown = set(table["province"]) - set(PROVINCE_NEIGHBOURS)
    if unknown:
        raise InputError(f"the province {min(unknown)!r} does not exist", file=folder / "municipalities_2025.csv")
    largest = set(table.sort_values(["population", "code"])["code"].tail(LARGEST))
    return Register(
        tuple(
            Municipality(
                code=row.code,
                name=row.display_name or row.name,
                province=row.province,
                population=row.population,
                size=SIZE_CODES[0] if row.code in largest else _size(row.population),
                aliases=tuple(alias for alias in row.also_known_as.split("|") if alias),
            )
            for row in table.fillna("").itertuples(index=False)
        )
    )


def _size(population: int) -> str:
    return next(code for code, least in SIZE_LIMITS if population >= least)
