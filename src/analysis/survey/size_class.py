"""The size class of a reaction: what was answered, beside what the register says."""

from typing import Literal

import pandas as pd

CLASS_OF_ANSWER = {
    "a": "ab",
    "b": "ab",
    "c": "c",
    "d": "d",
}  # q03: the four largest and other large ones are one class

SizeRule = Literal["answered", "register"]


def assign_size_class(
    answered: pd.Series, register_classes: pd.Series, rule: SizeRule
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give each reaction a size class, and list where answer and register differ.

    Parameters
    ----------
    answered
        Option of q03; blank when it was not answered.
    register_classes
        Classes of the municipalities of the reaction by the register, joined by a bar; blank when unknown.
    rule
        Which of the two counts when both are known. The other one fills in where it is missing. A partnership
        whose members are of several classes has no single class in the register: there the answer counts.

    Returns
    -------
    DataFrame, DataFrame
        ``size_class`` (blank when neither is known) and ``filled`` (taken from the other source); and one row per
        difference: ``answered, register``.
    """
    own = answered.astype("str").map(CLASS_OF_ANSWER).fillna("")
    listed = register_classes.astype("str")
    single = listed.where(~listed.str.contains("|", regex=False), "")
    first, second = (own, single) if rule == "answered" else (single, own)
    chosen = first.where(first != "", second)
    several = pd.Series([a in b.split("|") for a, b in zip(own, listed, strict=True)], index=own.index)
    differs = (own != "") & (listed != "") & ~several
    table = pd.DataFrame({"size_class": chosen, "filled": (first == "") & (second != "")})
    return table, pd.DataFrame({"answered": own[differs], "register": listed[differs]})
