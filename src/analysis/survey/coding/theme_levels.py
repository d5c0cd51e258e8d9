"""What codes are taken together: one by one, per theme of the report, or per published statement."""

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.survey.coding.codeframe import Codeframe
from analysis.survey.coding.coding_file import SEPARATOR

LEVELS = ("code", "theme", "claim")
REST = "other"


@dataclass(frozen=True)
class Grouping:
    """Codes that count as one: a respondent with any of them has it."""

    option: str
    nl: str
    en: str
    codes: frozenset[str]


def groupings(codeframe: Codeframe, level: str) -> tuple[Grouping, ...]:
    """Return what is counted at a level, in the order of the codeframe.

    Exclusive codes are left out: an answer without content is no answer.

    Parameters
    ----------
    codeframe
        The codeframe of a column.
    level
        ``code``: each code. ``theme``: the themes, and each code that belongs to none. ``claim``: each published
        statement that the codeframe decides, under its number.

    Raises
    ------
    ValueError
        When there is no such level.
    """
    codes = {code.code: code for code in codeframe.codes if not code.exclusive}
    if level == "code":
        return tuple(Grouping(code.code, code.nl, code.en, frozenset([code.code])) for code in codes.values())
    if level == "theme":
        themes = {theme.theme: theme for theme in codeframe.themes}
        members: dict[str, set[str]] = {}
        for code in codes:
            members.setdefault(codeframe.main_theme(code), set()).add(code)
        named = [(option, themes.get(option) or codes[option]) for option in members]
        return tuple(Grouping(option, one.nl, one.en, frozenset(members[option])) for option, one in named)
    if level == "claim":
        decided: dict[str, set[str]] = {}
        for theme in codeframe.themes:
            union = {code.code for code in codes.values() if code.theme == theme.theme}
            for claim in theme.claims:
                decided.setdefault(claim, set()).update(union)
        for code in codes.values():
            for claim in code.claims:
                decided.setdefault(claim, set()).add(code.code)
        return tuple(Grouping(claim, claim, claim, frozenset(decided[claim])) for claim in sorted(decided))
    raise ValueError(f"there is no level {level!r}; levels: {', '.join(LEVELS)}")


def regroup(codes: Iterable[str], options: Iterable[Grouping]) -> tuple[str, ...]:
    """Return the options that a set of codes has.

    Parameters
    ----------
    codes
        Codes of one answer.
    options
        From :func:`groupings`.
    """
    given = set(codes)
    return tuple(one.option for one in options if given & one.codes)


def has_content(codes: str, codeframe: Codeframe) -> bool:
    """Tell whether an answer says something: it has a code, and not one that says it has no content.

    Parameters
    ----------
    codes
        Codes separated by ``;``.
    codeframe
        The codeframe of the column.
    """
    given = set(codes.split(SEPARATOR)) - {""}
    return bool(given) and not given & set(codeframe.exclusive)
