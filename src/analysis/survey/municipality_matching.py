"""Match what people typed as their municipality to the register, and never take a doubtful match silently."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from rapidfuzz import process
from rapidfuzz.distance import OSA

from analysis.survey.distinct_values import distinct, in_parts
from analysis.survey.municipality_names import NameIndex, Token, tokens, visible_text

# Words that carry no name. Words such as "regio" are absent on purpose: a region is no municipality.
FILLERS = frozenset(
    [
        *("gemeente", "gemeenten", "gemeentes", "gem", "de", "het", "en", "namens", "voor", "van", "ook", "samen"),
        *("met", "wij", "ik", "zijn", "vertegenwoordig", "vertegenwoordigen", "werk", "werkt", "werken", "bij"),
        *("plus", "stad", "alsmede"),
    ]
)
PREFIXES = frozenset(["gemeente", "gemeenten", "gemeentes", "gem", "stad", "namens"])
ANONYMOUS = frozenset(
    ["anoniem", "anonieme", "geheim", "nvt", "toepassing", "onbekend", "niemand", "geen", "liever", "zeggen"]
)
REGIONAL = frozenset(
    ["regio", "samenwerkingsverband", "samenwerking", "provincie", "omgeving", "verband", "gr", "ggd"]
)
CHUNK = 20_000  # texts compared with all names at a time, which bounds memory


@dataclass
class Reading:
    """What one typed text was taken to mean."""

    codes: set[str] = field(default_factory=set)
    rules: set[str] = field(default_factory=set)
    leftovers: list[str] = field(default_factory=list)
    whole: str = ""
    status: str = "matched"
    candidate: str = ""
    score: float = float("nan")
    reason: str = ""


@dataclass(frozen=True)
class Matches:
    """The municipalities of every reaction.

    Parameters
    ----------
    table
        One row per reaction: ``municipalities`` (codes in order, joined by a bar; blank for none) and ``status``:
        ``matched``, ``doubtful``, ``anonymous`` or ``empty``.
    doubtful
        One row per reaction that a person has to look at: ``typed, candidate, score, reason``; for the screen
        of a researcher, never for a page.
    rules
        Index of the rows to which each rule of :mod:`analysis.survey.findings` applied.
    """

    table: pd.DataFrame
    doubtful: pd.DataFrame
    rules: dict[str, pd.Index]


def match_municipalities(typed: pd.Series, index: NameIndex, *, threshold: float, margin: float) -> Matches:
    """Find the municipalities in what respondents typed.

    Names are looked up word by word (register, aliases, names from before a merger); what is left over is
    compared by spelling, with the optimal string alignment distance divided by the longer length.

    Parameters
    ----------
    typed
        Text by reaction.
    index
        Names from :func:`analysis.survey.municipality_names.index_names`.
    threshold
        Similarity from 0 to 1 from which a misspelt name is taken.
    margin
        Lead in similarity that it needs over every other municipality.

    Returns
    -------
    Matches
        What is doubtful (ambiguous, below the threshold, or with words left over) is listed.
    """
    positions, texts = distinct(typed)
    parts = [_read_part(part, index, threshold, margin) for part in in_parts(texts, CHUNK)]
    rules = sorted(set().union(*(found for _, found in parts)))
    table = pd.concat([part for part, _ in parts], ignore_index=True) if parts else _described([], [])
    every = table[["municipalities", "status"]].astype("category").take(positions).set_axis(typed.index)
    doubtful = table[["typed", "candidate", "score", "reason"]].take(positions).set_axis(typed.index)
    applies = {
        rule: np.concatenate([found.get(rule, np.zeros(len(part), bool)) for part, found in parts])
        for rule in rules
    }
    return Matches(
        every,
        doubtful[(every["status"] == "doubtful").to_numpy()],
        {rule: typed.index[holds[positions]] for rule, holds in applies.items()},
    )


def _read_part(
    texts: list[str], index: NameIndex, threshold: float, margin: float
) -> tuple[pd.DataFrame, dict[str, np.ndarray]]:
    """Read some different texts: what each was taken to mean, and to which of them each rule applied."""
    readings = [_read(text, index) for text in texts]
    _compare_spelling(readings, index, threshold, margin)
    for reading in readings:
        _conclude(reading)
    rules = sorted(set().union(*(reading.rules for reading in readings)))
    applies = {rule: np.array([rule in reading.rules for reading in readings]) for rule in rules}
    return _described(texts, readings), applies


def _described(texts: list[str], readings: list[Reading]) -> pd.DataFrame:
    columns = {
        "typed": texts,
        "municipalities": ["|".join(sorted(reading.codes)) for reading in readings],
        "status": [reading.status for reading in readings],
        "candidate": [reading.candidate for reading in readings],
        "reason": [reading.reason for reading in readings],
    }
    table = pd.DataFrame({name: pd.Series(values, dtype="str") for name, values in columns.items()})
    return table.assign(score=pd.Series([reading.score for reading in readings], dtype="float64"))


def _read(text: str, index: NameIndex) -> Reading:
    reading = Reading()
    visible = visible_text(text)
    found = tokens(visible)
    words = [token.plain for token in found if token.is_word]
    if not words or len("".join(words)) == 1:
        reading.status = "empty"
        return reading
    if ANONYMOUS & set(words) or words in (["n", "v", "t"], ["n", "a"]):
        reading.status = "anonymous"
        return reading
    found = _without_label(reading, found, index)
    whole = index.names.get(tuple(token.plain for token in found if token.is_word))
    matches = [(0, len(found), whole)] if whole else list(index.find(found))
    used = [False] * len(found)
    for start, end, name in matches:
        used[start:end] = [True] * (end - start)
        spelling = visible[found[start].start : found[end - 1].end]
        if len(name.codes) > 1:
            reading.reason, reading.candidate = "ambiguous", spelling
            continue
        reading.codes |= name.codes
        reading.rules |= _notation_rules(spelling, name.kind, index)
    _leftovers(reading, found, used)
    return reading


def _without_label(reading: Reading, found: list[Token], index: NameIndex) -> list[Token]:
    """Leave out what stands before a colon when municipalities are listed behind it: the name of a partnership."""
    colon = next((position for position, token in enumerate(found) if token.plain == ":"), None)
    if colon is None or len(list(index.find(found[colon + 1 :]))) < 2:
        return found
    reading.rules.add("partnership_name")
    return found[colon + 1 :]


def _notation_rules(spelling: str, kind: str, index: NameIndex) -> set[str]:
    if kind in ("alias", "former"):
        return {f"name_{kind}"}
    around = {spelling, f"'{spelling}", f"{spelling}.)", f"{spelling})"}
    if spelling in index.aliases:
        return {"name_alias"}
    if around & index.spellings:
        return set()
    small = {text.casefold() for text in around}
    return {"name_case"} if small & index.spellings_in_small_letters else {"name_notation"}


def _leftovers(reading: Reading, found: Sequence[Token], used: Sequence[bool]) -> None:
    """Collect the runs of words that belong to no name, without filler words at their ends."""
    run: list[str] = []
    for token, taken in [*zip(found, used, strict=True), (None, True)]:
        if token is not None and not taken and token.is_word:
            run.append(token.plain)
            continue
        if PREFIXES & set(run):
            reading.rules.add("name_prefix")
        while run and run[0] in FILLERS:
            run.pop(0)
        while run and run[-1] in FILLERS:
            run.pop()
        if run:
            reading.leftovers.append(" ".join(run))
        run = []
    words = [token.plain for token in found if token.is_word]
    while words and words[0] in PREFIXES:
        words.pop(0)
    reading.whole = " ".join(words)


def _compare_spelling(readings: list[Reading], index: NameIndex, threshold: float, margin: float) -> None:
    unsettled = [reading for reading in readings if reading.leftovers]
    runs = {part for reading in unsettled for run in reading.leftovers for part in _parts(run)}
    best = _best_names(sorted(runs | {reading.whole for reading in unsettled}), index)
    for reading in unsettled:
        code, score, lead = best[reading.whole]
        if score >= threshold and lead >= margin and not REGIONAL & set(reading.whole.split()):
            # One misspelt name of several words, of which a part happens to be a name or a filler word.
            reading.codes, reading.reason = {code}, ""
            reading.rules = {"name_misspelt"} | (reading.rules & {"name_prefix", "partnership_name"})
            continue
        for run in reading.leftovers:
            _settle_run(reading, run, best, threshold, margin)


def _settle_run(reading: Reading, run: str, best: dict, threshold: float, margin: float) -> None:
    if REGIONAL & set(run.split()):
        reading.reason = "regional"
        return
    parts = _parts(run)
    choice = [best[parts[0]]] if len(parts) == 1 else [best[part] for part in parts[1:]]
    if min(score for _, score, _ in choice) < threshold:
        choice = [best[parts[0]]]
    for code, score, lead in choice:
        if score >= threshold and lead >= margin:
            reading.codes.add(code)
            reading.rules.add("name_misspelt")
        elif not reading.reason:
            reading.reason = "close_call" if score >= threshold else "below_threshold"
            reading.candidate, reading.score = code, score


def _parts(run: str) -> list[str]:
    """Return a run of words, followed by its pieces between the words "en" when there are any."""
    pieces = [
        " ".join(word for word in piece.split() if word not in FILLERS) for piece in f" {run} ".split(" en ")
    ]
    pieces = [piece for piece in pieces if piece]
    return [run, *pieces] if len(pieces) > 1 else [run]


def _best_names(runs: list[str], index: NameIndex) -> dict[str, tuple[str, float, float]]:
    """Return for each run the most similar municipality, its similarity, and its lead over the next one."""
    names, meanings = index.comparable
    single = [position for position, name in enumerate(meanings) if len(name.codes) == 1]
    codes = np.array([next(iter(meanings[position].codes)) for position in single])
    choices = [names[position] for position in single]
    result = {}
    for start in range(0, len(runs), CHUNK):
        part = runs[start : start + CHUNK]
        scores = process.cdist(part, choices, scorer=OSA.normalized_similarity, dtype=np.float32)
        first = scores.argmax(axis=1)
        top = scores[np.arange(len(part)), first]
        other = np.where(codes[None, :] == codes[first][:, None], 0, scores).max(axis=1)
        for run, code, score, second in zip(part, codes[first], top, other, strict=True):
            result[run] = (str(code), float(score), float(score - second))
    return result


def _conclude(reading: Reading) -> None:
    if reading.status in ("empty", "anonymous"):
        return
    if reading.reason == "regional":
        reading.codes.clear()
    if reading.reason or not reading.codes:
        reading.status = "doubtful"
        reading.rules.add("name_doubtful")
    if len(reading.codes) > 1:
        reading.rules.add("several_names")
