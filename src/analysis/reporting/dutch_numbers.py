"""Write numbers as a Dutch reader expects them."""

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

MINUS = "−"


def decimal(value: float, digits: int = 1) -> str:
    """Return a number with a decimal comma and a point between thousands.

    Halves go away from zero, counted on the shortest decimal notation of the number.

    Parameters
    ----------
    value
        The number; not missing and not infinite.
    digits
        Decimals.

    Examples
    --------
    >>> decimal(1234.25), decimal(-0.5, 0), decimal(-0.04)
    ('1.234,3', '−1', '0,0')
    """
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,}".translate(str.maketrans(",.", ".,"))
    return MINUS + text if rounded < 0 else text


def count(value: float) -> str:
    """Return a whole number.

    Parameters
    ----------
    value
        A number without a fraction.

    Raises
    ------
    ValueError
        When it has a fraction.

    Examples
    --------
    >>> count(18044027)
    '18.044.027'
    """
    if value != int(value):
        raise ValueError(f"{value} is no count")
    return decimal(int(value), 0)


def size_of_table(n_rows: int, n_columns: int) -> str:
    """Return the size of a table in Dutch.

    Parameters
    ----------
    n_rows, n_columns
        Rows and columns.

    Examples
    --------
    >>> size_of_table(1, 12)
    '1 rij, 12 kolommen'
    """
    rows = "rij" if n_rows == 1 else "rijen"
    return f"{count(n_rows)} {rows}, {count(n_columns)} {'kolom' if n_columns == 1 else 'kolommen'}"


def percentage(share: float, digits: int = 0) -> str:
    """Return a fraction as a percentage.

    Parameters
    ----------
    share
        A fraction; 1 is the whole.
    digits
        Decimals of the percentage.

    Examples
    --------
    >>> percentage(0.285), percentage(0.2745, 1)
    ('29%', '27,5%')
    """
    return decimal(float(Decimal(str(share)) * 100), digits) + "%"


def percentage_points(difference: float, digits: int = 0) -> str:
    """Return a difference between two fractions in percentage points, with its sign.

    Parameters
    ----------
    difference
        Difference of two fractions.
    digits
        Decimals.

    Examples
    --------
    >>> percentage_points(0.052), percentage_points(-0.052), percentage_points(0.0002)
    ('+5 procentpunt', '−5 procentpunt', '0 procentpunt')
    """
    text = decimal(float(Decimal(str(difference)) * 100), digits)
    sign = "+" if difference > 0 and text.strip("0,") else ""
    return f"{sign}{text} procentpunt"


def p_value(value: float) -> str:
    """Return a p-value in three decimals, or that it is smaller.

    Parameters
    ----------
    value
        Between 0 and 1.

    Examples
    --------
    >>> p_value(0.0314), p_value(0.00004)
    ('0,031', '< 0,001')
    """
    return "< 0,001" if value < 0.001 else decimal(value, 3)


FORMATS: dict[str, Callable[[float], str]] = {
    "count": count,
    "percentage": percentage,
    "percentage_1": lambda share: percentage(share, 1),
    "points": percentage_points,
    "decimal_1": decimal,
    "decimal_2": lambda value: decimal(value, 2),
    "decimal_3": lambda value: decimal(value, 3),
    "p_value": p_value,
}
