"""Which codes count for an answer that more than one person coded, and what is left to discuss."""

import pandas as pd

from analysis.survey.coding.coding_file import KEY, SEPARATOR

SOURCES = {
    "agreed": "the coders agreed on it afterwards",
    "same": "all coders gave the same codes",
    "one_coder": "one person coded it",
    "partly": "coders differ, some codes are settled",
    "open": "coders differ, no code is settled",
}


def settled_codes(codings: pd.DataFrame, agreed: pd.DataFrame) -> pd.DataFrame:
    """Decide which codes count for each answer.

    What the coders agreed on afterwards counts. Without it a code counts when more than half of the coders of the
    answer gave it: of two coders both.

    Parameters
    ----------
    codings
        Codings of all coders.
    agreed
        Codings of the coder ``agreed``.

    Returns
    -------
    pandas.DataFrame
        ``answer_id``, ``codes`` (separated by ``;``; empty when no code is settled), ``any_codes`` (what at least
        one coder gave) and ``source``, one of :data:`SOURCES`; sorted by answer.
    """
    final = {row.answer_id: row.codes.split(SEPARATOR) for row in agreed.itertuples()}
    rows = []
    for answer, group in codings.groupby("answer_id", observed=True):
        given = [codes.split(SEPARATOR) for codes in group["codes"]]
        named = list(dict.fromkeys(code for codes in given for code in codes))
        settled = [code for code in named if 2 * sum(code in codes for codes in given) > len(given)]
        rows.append((answer, final.get(answer, settled), named, _source(answer in final, given, settled)))
    single = set(codings["answer_id"])
    rows += [(answer, codes, codes, "agreed") for answer, codes in final.items() if answer not in single]
    columns = ["answer_id", "codes", "any_codes", "source"]
    joined = [(answer, SEPARATOR.join(codes), SEPARATOR.join(named), how) for answer, codes, named, how in rows]
    return pd.DataFrame(joined, columns=columns, dtype="str").sort_values("answer_id", ignore_index=True)


def _source(is_agreed: bool, given: list[list[str]], settled: list[str]) -> str:
    if is_agreed:
        return "agreed"
    if len(given) == 1:
        return "one_coder"
    if all(set(codes) == set(given[0]) for codes in given):
        return "same"
    return "partly" if settled else "open"


def disagreements(codings: pd.DataFrame, agreed: pd.DataFrame) -> pd.DataFrame:
    """List the answers on which coders differ and that they have not settled yet.

    Parameters
    ----------
    codings
        Codings of all coders.
    agreed
        Codings of the coder ``agreed``.

    Returns
    -------
    pandas.DataFrame
        ``answer_id``, ``shared`` (codes that all gave) and one column per coder with the codes that not all gave,
        separated by ``;``; sorted by answer.
    """
    coders = sorted(codings["coder"].unique())
    table = codings.pivot(index=KEY[0], columns=KEY[1], values="codes")
    table = table[table.notna().sum(axis="columns") > 1].drop(index=agreed["answer_id"], errors="ignore")
    rows = []
    for answer, cells in table.iterrows():
        given = {coder: cells[coder].split(SEPARATOR) for coder in coders if isinstance(cells[coder], str)}
        shared = [code for code in next(iter(given.values())) if all(code in codes for codes in given.values())]
        own = {coder: [code for code in codes if code not in shared] for coder, codes in given.items()}
        if any(own.values()):
            row = {coder: SEPARATOR.join(own.get(coder, [])) for coder in coders}
            rows.append({"answer_id": answer, "shared": SEPARATOR.join(shared), **row})
    return pd.DataFrame(rows, columns=["answer_id", "shared", *coders], dtype="str")
