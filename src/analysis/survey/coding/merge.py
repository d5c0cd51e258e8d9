"""Add codes to what is kept, in such a way that no code that is there is lost or changed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.errors import InputError
from analysis.survey.coding.codeframe import Codeframe
from analysis.survey.coding.coding_file import (
    AGREED,
    CODER,
    SEPARATOR,
    exclusive_use,
    read_codings,
    stored_codings,
    write_codings,
)
from analysis.survey.coding.coding_sheet import ANSWERS


@dataclass(frozen=True)
class Merged:
    """What an import did: answers that got a code, and answers that had the same codes already."""

    n_new: int
    n_same: int


def merge_codings(
    path: Path, new: pd.DataFrame, codeframe: Codeframe, *, source: Path, rows: Mapping[str, int]
) -> Merged:
    """Add codings to a coding file in one move, or change nothing.

    Lines that are there keep their codes. An answer that the coder coded before must have the same codes; a remark
    can be added where there was none, and an empty one takes nothing away.

    Parameters
    ----------
    path
        The coding file.
    new
        Codings to add, of one coder.
    codeframe
        The codeframe of the column.
    source
        Where the new codings come from, for messages.
    rows
        Row of the sheet by answer.

    Raises
    ------
    InputError
        With sheet and row, when an answer already has other codes or another remark; when the coder's name cannot
        be used; and for whatever is wrong in the coding file itself.
    """
    for coder in new["coder"].unique():
        if not CODER.match(coder):
            raise InputError(
                f"the coder is called {coder!r}",
                file=source,
                expected="small letters and digits, such as anna",
                remedy="correct the name on the last sheet",
            )
    with exclusive_use(path):
        known = {(row.answer_id, row.coder): row for row in read_codings(path, codeframe).itertuples()}
        conflicts, fresh, remarks = [], [], {}
        for row in new.itertuples():
            key = (row.answer_id, row.coder)
            before = known.get(key)
            if before is None:
                fresh.append(row.Index)
            elif before.codes != _present(row, codeframe) or _differ(before.remark, row.remark):
                conflicts.append((rows[row.answer_id], row, before))
            elif row.remark and not before.remark:
                remarks[key] = row.remark
        if conflicts:
            raise _conflict(conflicts, path, source)
        if fresh or remarks:
            kept = stored_codings(path)
            keys = zip(kept["answer_id"], kept["coder"], kept["remark"], strict=True)
            kept = kept.assign(remark=[remarks.get((answer, coder), remark) for answer, coder, remark in keys])
            write_codings(path, pd.concat([kept, new.loc[fresh]], ignore_index=True))
    return Merged(n_new=len(fresh), n_same=len(new) - len(fresh))


def _present(row: object, codeframe: Codeframe) -> str:
    return SEPARATOR.join(codeframe.translate(row.codes.split(SEPARATOR), row.codeframe))


def _differ(before: str, now: str) -> bool:
    return bool(before and now) and before.split() != now.split()


def _conflict(conflicts: list, path: Path, source: Path) -> InputError:
    row, new, before = min(conflicts)
    both = f"{before.codes} on {before.date}" + (" with a remark" if before.remark else "")
    others = sorted(number for number, _, _ in conflicts)[1:]
    more = f"; the same in rows {', '.join(map(str, others))}" if others else ""
    return InputError(
        f"{new.coder} coded this answer before as {both}; the sheet says {new.codes}"
        + (" with a remark" if new.remark else "")
        + more,
        file=source,
        place=f"sheet {ANSWERS}, row {row}",
        remedy=f"put back what {path.name} has; a new judgement belongs in the agreed codes (--coder {AGREED}); "
        f"a slip is corrected in {path.name} itself, where version control keeps the old value",
    )


def check_known(
    codings: pd.DataFrame, answer_ids: Collection[str], set_aside: Collection[str], *, file: Path
) -> pd.DataFrame:
    """Return the codings of answers that are in the data; refuse those that are gone without a reason.

    Parameters
    ----------
    codings
        Codings of one column.
    answer_ids
        Answers that are in the data.
    set_aside
        Answers that a person listed as gone.
    file
        The coding file, for the message.

    Raises
    ------
    InputError
        When an answer is neither in the data nor listed.
    """
    is_there = codings["answer_id"].isin(list(answer_ids))
    gone = sorted(set(codings.loc[~is_there, "answer_id"]) - set(set_aside))
    if gone:
        raise InputError(
            f"{len(gone)} coded answers are not in the data any more, such as {gone[0]}",
            file=file,
            place="column answer_id",
            expected="answers of data/processed/open_answers.csv",
            remedy="restore the cleaning; or list them with a reason in data/raw/coding/set_aside.csv. "
            "Their codes stay in the file",
        )
    return codings[is_there].reset_index(drop=True)
