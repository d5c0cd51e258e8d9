"""Read YAML 1.2 as DVC does, and keep the line of every key for messages."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from analysis.errors import InputError

Model = TypeVar("Model", bound=BaseModel)


def read_yaml(path: Path) -> CommentedMap:
    """Read a YAML file whose top level is a mapping.

    Parameters
    ----------
    path
        File to read, UTF-8.

    Returns
    -------
    CommentedMap
        A dict that knows the line of each key.

    Raises
    ------
    InputError
        If the file is missing, is no YAML, repeats a key, or holds no mapping.
    """
    try:
        with path.open(encoding="utf-8") as stream:
            content = YAML(typ="rt").load(stream)
    except FileNotFoundError as error:
        raise InputError(
            "the file is missing",
            file=path,
            expected="a YAML file",
            remedy=f"restore {path.name} from git, or put it there",
        ) from error
    except IsADirectoryError as error:
        raise InputError(
            "a folder stands where the file should be", file=path, expected="a YAML file", remedy="remove it"
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(
            "the file is not UTF-8", file=path, expected="UTF-8", remedy="save it as UTF-8"
        ) from error
    except MarkedYAMLError as error:
        mark = error.problem_mark
        place = f"line {mark.line + 1}, column {mark.column + 1}" if mark else None
        raise InputError(
            f"the file is not valid YAML ({_in_plain_words(str(error.problem))})",
            file=path,
            place=place,
            expected="YAML 1.2, with two spaces per level and no tabs",
            remedy="mend this line, or the one above it",
        ) from error
    except (YAMLError, ValueError, RecursionError) as error:  # a day that does not exist is a ValueError
        raise InputError(
            "the file is not valid YAML",
            file=path,
            expected="YAML 1.2",
            remedy="save it as plain text, with quotation marks around dates",
        ) from error
    if not isinstance(content, CommentedMap):
        raise InputError(
            "the file holds no keys",
            file=path,
            expected="a mapping of keys to values",
            remedy=f"restore {path.name} from git, or complete it",
        )
    return content


def _in_plain_words(problem: str) -> str:
    """Return what the reader found wrong, as who writes settings would say it."""
    if "'\\t'" in problem:
        return "a tab stands where spaces belong"
    if "<block end>" in problem or problem.startswith("mapping values"):
        return "the spaces before it do not fit the lines above, or a text with a colon lacks quotation marks"
    return problem.partition(" with value")[0]  # a repeated key comes with all that stands under it


def line_of(content: Any, location: tuple[str | int, ...]) -> int | None:
    """Return the line (from 1) of the deepest part of a location that the file has.

    Parameters
    ----------
    content
        What :func:`read_yaml` returned.
    location
        Keys and indices from the top, as pydantic reports them.
    """
    line = None
    for step in location:
        if isinstance(content, CommentedMap) and step in content:
            line = content.lc.key(step)[0] + 1
        elif isinstance(content, CommentedSeq) and isinstance(step, int) and step < len(content):
            line = content.lc.item(step)[0] + 1
        else:
            continue
        content = content[step]
    return line


def validate(model: type[Model], content: Any, path: Path, prefix: tuple = ()) -> Model:
    """Turn the content of a file into a typed object, or say on which line it fails.

    Parameters
    ----------
    model
        Pydantic model of the content.
    content
        What :func:`read_yaml` returned.
    path
        The file, for the message.
    prefix
        Where the content stands in the file, when it is only a part of it.

    Raises
    ------
    InputError
        For an unknown key, or else the first thing that does not fit, with its line.
    """
    part = content
    for step in prefix:
        part = part[step]
    try:
        return model.model_validate(part)
    except ValidationError as error:
        # A misspelt key is also a missing key; the line to mend is the one that has the misspelt key.
        first = min(error.errors(), key=lambda part: part["type"] != "extra_forbidden")
        problem, expected = explain(first, model)
        raise error_at(content, path, (*prefix, *first["loc"]), problem, expected=expected) from error


def explain(first: Mapping[str, Any], model: type[BaseModel]) -> tuple[str, str]:
    """Return what pydantic found wrong, and what would have been right; never the value itself.

    Parameters
    ----------
    first
        One of the errors of a ``ValidationError``.
    model
        The model that was checked against.
    """
    message = first["msg"].removeprefix("Value error, ")
    if first["type"] == "extra_forbidden":
        return "unknown key", f"one of {', '.join(_keys_at(model, first['loc'][:-1]))}"
    if first["type"] == "missing":
        return "a key is missing", f"the key {first['loc'][-1]}"
    subject, should, rest = message.partition(" should ")
    if should:
        return f"the {subject.lower()} does not fit", rest.removeprefix("be ").removeprefix("have ")
    problem, _, expected = message.partition("; expected ")
    return problem, expected or "a value that fits"


def _keys_at(model: type[BaseModel], location: tuple[str | int, ...]) -> list[str]:
    """Return the keys that may stand at a place; empty when no single kind of entry stands there."""
    kind: Any = model
    for step in location:
        if isinstance(step, int):
            continue  # a list was left for the kind of its entries one step before
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            kind = kind.model_fields[step].annotation if step in kind.model_fields else None
        while kind is not None and not (isinstance(kind, type) and issubclass(kind, BaseModel)):
            inner = [one for one in get_args(kind) if one not in (type(None), Ellipsis, str, int)]
            kind = inner[-1] if inner else None
    return list(kind.model_fields) if kind is not None else ["the known keys"]


def error_at(
    content: Any,
    path: Path,
    location: tuple[str | int, ...],
    problem: str,
    *,
    expected: str = "a file that holds together",
    remedy: str = "correct this line",
) -> InputError:
    """Make the error for one place in a file, for what shows itself only after reading.

    Parameters
    ----------
    content
        What :func:`read_yaml` returned.
    path
        The file, for the message.
    location
        Keys and indices from the top.
    problem
        What is wrong, as a clause without a full stop.
    expected
        What would have been right.
    remedy
        What to do about it.
    """
    line = line_of(content, location)
    place = ".".join(str(step) for step in location)
    place = f"line {line}, {place}" if line else place
    return InputError(problem, file=path, place=place, expected=expected, remedy=remedy)
