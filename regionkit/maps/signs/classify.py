"""Divide values into classes, by the schemes that geopandas and mapclassify users know."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from regionkit.analysis.targets import format_number
from regionkit.errors import InputError
from regionkit.maps.signs.colours import SEQUENTIAL
from regionkit.maps.signs.naming_numbers import is_naming
from regionkit.maps.signs.natural_breaks import natural_breaks
from regionkit.maps.signs.palette import sample_colours
from regionkit.places.frames import no_values
from regionkit.words.message import Call, Option, msg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["NO_DATA", "TO_BE_SET", "Classes", "classify", "number_column"]

# Larger whole numbers are measured, not counted.
_MOST_COUNTED = 1000
# No more decimals are printed.
_MOST_DIGITS = 15
# Limits nearer to a value than this share of the range are that value.
_NOISE = 1e-9
# A value printed by itself is off by no more than this share.
_KEPT = 0.001
# Codes of the classes that hold no value.
NO_DATA = -1
TO_BE_SET = -2

_SCHEMES = {
    "boxplot": "BoxPlot",
    "equalinterval": "EqualInterval",
    "fisherjenks": "FisherJenks",
    "headtailbreaks": "HeadTailBreaks",
    "jenkscaspall": "JenksCaspall",
    "maximumbreaks": "MaximumBreaks",
    "maxp": "MaxP",
    "naturalbreaks": "NaturalBreaks",
    "percentiles": "Percentiles",
    "prettybreaks": "PrettyBreaks",
    "quantiles": "Quantiles",
    "stdmean": "StdMean",
}
_NO_K = {"boxplot", "headtailbreaks", "percentiles", "stdmean"}


@dataclass(frozen=True)
class Classes:
    """Classes of a column: their limits, colours and members.

    Attributes
    ----------
    limits : tuple of float, length k + 1
        Ascending; class i runs from limits[i] (its own only for the first class) to
        limits[i + 1], which belongs to it.
    colours : tuple of str, length k
        "#rrggbb".
    codes : array of int, shape (n,)
        Class of each row; NO_DATA or TO_BE_SET for rows without a value.
    digits : int
        Decimals that tell the limits apart.
    scheme : str
    finer : tuple of (int, int)
        Place of each limit that stands for one value alone, and the decimals that print it.
    is_whole : bool
        Whether the values are whole numbers small enough to be counted: classes then read 6–7.
    is_naming : bool
        Whether the values are years or codes: no mark stands between their thousands.
    """

    limits: tuple[float, ...]
    colours: tuple[str, ...]
    codes: NDArray[np.int64] = field(repr=False)
    digits: int
    scheme: str
    is_whole: bool = False
    finer: tuple[tuple[int, int], ...] = ()
    is_naming: bool = False

    @property
    def k(self) -> int:
        """Number of classes that hold values."""
        return len(self.colours)

    @property
    def counts(self) -> tuple[int, ...]:
        """Number of rows in each class."""
        return tuple(int((self.codes == i).sum()) for i in range(self.k))

    @property
    def n_missing(self) -> int:
        """Number of rows without data."""
        return int((self.codes == NO_DATA).sum())

    @property
    def n_to_be_set(self) -> int:
        """Number of rows whose value has yet to be set."""
        return int((self.codes == TO_BE_SET).sum())

    @property
    def labels(self) -> tuple[str, ...]:
        """Limits of each class in words: no gap, no overlap."""
        texts = self.printed_limits
        is_alone = self.limits[0] == self.limits[1] or texts[0] == texts[1]
        if self.k == 1 and is_alone:
            return (texts[1],)
        # A dash between negative numbers would read as another minus.
        dash = " ～ " if self.limits[0] < 0 else " – "
        # The smallest value may be a class of its own; limits set beforehand may leave it empty.
        alone = texts[1] if self.counts[0] else f"≤ {texts[1]}"
        first = alone if is_alone else f"{texts[0]}{dash}{texts[1]}"
        whole = self._whole_labels() if self.is_whole else ()
        return whole or (first, *(f"> {low}{dash}{high}" for low, high in pairwise(texts[1:])))

    @property
    def printed_limits(self) -> list[str]:
        """Limits as maps print them, rounded outwards: no value lies beyond those of its class.

        A limit that is the only value of its class prints that value.
        """
        digits = dict.fromkeys(range(len(self.limits)), self.digits) | dict(self.finer)
        lowest, *uppers = self.limits
        return [
            self._print(_down(lowest, digits[0]), digits[0]),
            *(self._print(_up(upper, digits[n]), digits[n]) for n, upper in enumerate(uppers, 1)),
        ]

    def _print(self, value: float, digits: int) -> str:
        text = _print(value, digits)
        return text.replace(",", "") if self.is_naming else text

    def _whole_labels(self) -> tuple[str, ...]:
        """Return classes of whole numbers as their first and last number; () where one is empty."""
        tops = [math.floor(limit) for limit in self.limits[1:]]
        bottoms = [math.ceil(self.limits[0]), *(top + 1 for top in tops[:-1])]
        if not self.counts[0] or any(low > top for low, top in zip(bottoms, tops, strict=True)):
            return ()
        dash = " ～ " if bottoms[0] < 0 else "–"
        return tuple(
            self._print(low, 0)
            if low == top
            else f"{self._print(low, 0)}{dash}{self._print(top, 0)}"
            for low, top in zip(bottoms, tops, strict=True)
        )


def classify(
    values: pd.Series,
    *,
    scheme: str = "fisherjenks",
    k: int = 5,
    bins: Sequence[float] | None = None,
    cmap: str = SEQUENTIAL,
    to_be_set: pd.Series | None = None,
) -> Classes:
    """Return the classes of a column.

    Parameters
    ----------
    values : Series of numbers, shape (n,)
        Missing values form a class of their own.
    scheme : str
        A mapclassify scheme, in any case; "userdefined" with ``bins``.
    k : int
        Number of classes; fewer come back where there are fewer different values.
    bins : sequence of float, optional
        Upper limits of the classes, for "userdefined".
    cmap : str
        A matplotlib colormap.
    to_be_set : Series of bool, optional
        Rows whose value has yet to be set.

    Raises
    ------
    InputError
        Text or infinite values, no values, an unknown scheme or colormap, k below 1.

    Examples
    --------
    >>> classes = classify(pd.Series([1, 2, 3, 10, None]), scheme="equalinterval", k=3)
    >>> classes.labels, classes.counts, classes.n_missing
    (('1–4', '5–7', '8–10'), (3, 0, 1), 1)
    """
    numbers = as_numbers(values)
    present = numbers[~np.isnan(numbers)]
    is_awaited = bins is not None and to_be_set is not None and bool(to_be_set.any())
    if present.size == 0 and not is_awaited:
        raise no_values(values)
    if isinstance(k, bool) or not isinstance(k, int | np.integer) or k < 1:
        raise InputError(
            msg("{option} is no number of classes.", option=Option("k", k)),
            mend=msg("Give a whole number of 1 or more."),
        )
    uppers = _upper_limits(present, scheme, int(k), bins)
    if bins is None:
        uppers = _without_noise(uppers, present)
    # User bins below the largest value would leave units without a class.
    top = present.max(initial=-np.inf)
    if uppers[-1] < top:
        uppers = np.append(uppers, top)
    codes = np.searchsorted(uppers, numbers, side="left").astype(np.int64)
    codes[np.isnan(numbers)] = NO_DATA
    if to_be_set is not None:
        mask = to_be_set.reindex(values.index).fillna(value=False).to_numpy(dtype=bool)
        codes[mask & np.isnan(numbers)] = TO_BE_SET
    naming = is_naming(values)
    lowest = min(present.min(initial=np.inf), uppers[0])
    limits = (float(lowest), *(float(upper) for upper in uppers))
    return Classes(
        limits=limits,
        colours=sample_colours(cmap, len(uppers)),
        codes=codes,
        digits=_digits(limits, present),
        finer=_finer(limits, present),
        scheme=scheme.lower(),
        is_whole=is_countable(present) or naming,
        is_naming=naming,
    )


def is_countable(values: NDArray[np.float64]) -> bool:
    """Return whether values are whole numbers small enough to be counted one by one.

    Examples
    --------
    >>> is_countable(np.array([4.0, 21.0])), is_countable(np.array([4.0, 21.5]))
    (True, False)
    """
    return bool(
        values.size and (values == np.round(values)).all() and np.abs(values).max() < _MOST_COUNTED
    )


def number_column(values: pd.Series) -> pd.Series:
    """Return a column as numbers where it is none of them yet: texts, categories.

    Raises
    ------
    InputError
        As of :func:`as_numbers`.

    Examples
    --------
    >>> number_column(pd.Series(["1", None, "2.5"])).tolist()
    [1.0, nan, 2.5]
    """
    is_number = pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)
    return values if is_number else pd.Series(as_numbers(values), values.index, name=values.name)


def as_numbers(values: pd.Series) -> NDArray[np.float64]:
    """Return a column as floats, refusing what is no finite number."""
    _refuse_moments(values)
    if not (pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)):
        values = values.astype(object)
        numeric = pd.to_numeric(values, errors="coerce")
        bad = values[values.notna() & numeric.isna()]
        if len(bad) or values.dropna().map(type).eq(bool).any():
            sample = "、".join(f"{bad.index[i]}: {bad.iloc[i]!r}" for i in range(min(3, len(bad))))
            raise InputError(
                msg(
                    "Column {name!r} holds text, not numbers ({sample}).",
                    name=values.name,
                    sample=sample or "true/false",
                ),
                mend=Call(
                    msg(
                        "Use rk.categorical for kinds, or turn it into numbers with "
                        "pandas.to_numeric."
                    ),
                    command=msg("Name a column of numbers with --value."),
                ),
            )
        values = numeric
    numbers: NDArray[np.float64] = values.astype(float).to_numpy(dtype=float, na_value=np.nan)
    infinite = values.index[np.isinf(numbers)]
    if len(infinite):
        raise InputError(
            msg(
                "Column {name!r} is infinite at {choices}.",
                name=values.name,
                choices=tuple(map(str, infinite[:5])),
            ),
            mend=msg("A division by zero? Replace these with missing values."),
        )
    return numbers


def _refuse_moments(values: pd.Series) -> None:
    """Refuse dates and durations: as numbers they would be counted in billionths of a second."""
    kind = pd.api.types.infer_dtype(values.dropna(), skipna=True)
    year = f"pandas.to_datetime(frame[{values.name!r}]).dt.year"
    days = f"frame[{values.name!r}] / pandas.Timedelta(days=1)"
    if kind in {"datetime64", "datetime", "date", "period"}:
        raise InputError(
            msg("Column {name!r} holds dates, not numbers.", name=values.name),
            mend=Call(
                msg(
                    "Draw the year or another number of it, {call}, or the dates as kinds with "
                    "rk.categorical.",
                    call=year,
                ),
                command=msg("Name a column of numbers with --value."),
            ),
        )
    if kind in {"timedelta64", "timedelta"}:
        raise InputError(
            msg("Column {name!r} holds durations, not numbers.", name=values.name),
            mend=Call(
                msg(
                    "Draw them in days: {call}.",
                    call=days,
                ),
                command=msg("Name a column of numbers with --value."),
            ),
        )


def _upper_limits(
    present: NDArray[np.float64], scheme: str, k: int, bins: Sequence[float] | None
) -> NDArray[np.float64]:
    """Return the distinct upper limits of the classes, ascending."""
    name = scheme.lower().replace("_", "")
    if name == "userdefined" or bins is not None:
        if bins is None or len(bins) == 0:
            raise InputError(
                msg('scheme="userdefined" needs bins=[...], the classes\' upper limits.')
            )
        if list(bins) != sorted(set(bins)):
            raise InputError(
                msg("{option} are not ascending.", option=Option("bins", list(bins))),
                mend=msg("Sort them, each once."),
            )
        if not np.isfinite(np.asarray(bins, dtype=float)).all():
            raise InputError(
                msg("{option} are not all finite.", option=Option("bins", list(bins))),
                mend=msg(
                    "Leave the others out; the last class reaches the largest value by itself."
                ),
            )
        return np.asarray(bins, dtype=float)
    if name not in _SCHEMES:
        raise InputError(
            msg("{option} is not known.", option=Option("scheme", scheme)),
            mend=msg("Use one of {choices}.", choices=([*_SCHEMES, "userdefined"])),
        )
    distinct = np.unique(present)
    if distinct.size <= k and name not in _NO_K:
        # As many values as classes: each is a class of its own.
        return distinct
    if name == "equalinterval":
        edges = np.linspace(present.min(), present.max(), k + 1)[1:]
        edges[-1] = present.max()
        return edges
    if name == "quantiles":
        return np.unique(np.quantile(present, np.linspace(0, 1, k + 1)[1:]))
    if name == "fisherjenks":
        # Several classes may end at one value where it is common.
        return np.unique(natural_breaks(present, k))
    made = _mapclassify(present, name, k)
    uppers = np.unique(np.asarray(made.bins, dtype=float))
    # Box plots and deviations may set limits past the data.
    inside = uppers[(uppers >= present.min()) & (uppers < present.max())]
    return np.append(inside, present.max())


def _mapclassify(present: NDArray[np.float64], name: str, k: int) -> Any:
    """Return mapclassify's classifier, the same for the same values."""
    # mapclassify takes over two seconds to import.
    import mapclassify

    classifier = getattr(mapclassify, _SCHEMES[name])
    # Some schemes draw from numpy's global generator; the caller's own draws stay as they were.
    state = np.random.get_state()  # noqa: NPY002 - the generator that mapclassify uses
    np.random.seed(0)  # noqa: NPY002
    try:
        return classifier(present) if name in _NO_K else classifier(present, k=k)
    finally:
        np.random.set_state(state)  # noqa: NPY002


def _without_noise(
    uppers: NDArray[np.float64], present: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return limits that computing has moved by a last digit at the values that they are."""
    ordered = np.unique(present)
    spread = float(ordered[-1] - ordered[0])
    if spread <= 0 or not math.isfinite(spread):
        return uppers
    places = 12 - math.floor(math.log10(spread))
    limits = [float(upper) for upper in uppers]
    for number, limit in enumerate(limits):
        near = float(ordered[np.abs(ordered - limit).argmin()])
        is_near = abs(near - limit) <= spread * _NOISE
        limits[number] = near if is_near else round(limit, places)
    return np.unique(limits)


def _digits(limits: tuple[float, ...], present: NDArray[np.float64]) -> int:
    """Return the fewest decimals at which limits print differently and part the values."""
    distinct = sorted(set(limits))
    spread = distinct[-1] - distinct[0]
    ordered = np.sort(present)
    # A single value has no spread: its own size then says where its digits are.
    size = spread or abs(distinct[0])
    least = 0 if size == 0 else math.floor(-math.log10(size))
    most = min(max(6, least + 6), _MOST_DIGITS)
    for digits in range(most):
        printed = {f"{_up(limit, digits):.{digits}f}" for limit in distinct}
        off = max(abs(limit - round(limit, digits)) for limit in distinct)
        # A limit rounded up stays below the next class's values.
        is_parting = all(
            not (ordered[(ordered > limit)] <= _up(limit, digits)).any() for limit in limits[1:-1]
        )
        if len(printed) == len(distinct) and off <= size * 0.02 and is_parting:
            return digits
    return most


def _finer(limits: tuple[float, ...], present: NDArray[np.float64]) -> tuple[tuple[int, int], ...]:
    """Return the limits that are the only value of their class, with the decimals they need."""
    digits = _digits(limits, present)
    found: list[tuple[int, int]] = []
    for number, upper in enumerate(limits[1:], 1):
        is_above = present > limits[number - 1] if number > 1 else present >= limits[0]
        mine = present[is_above & (present <= upper)]
        if not mine.size or (mine != upper).any():
            continue
        needed = next(
            (
                more
                for more in range(digits, _MOST_DIGITS)
                if abs(_up(upper, more) - upper) <= abs(upper) * _KEPT
            ),
            digits,
        )
        if needed > digits:
            found.append((number, needed))
            if number == 1 and limits[0] == upper:
                found.append((0, needed))
    return tuple(found)


def _up(value: float, digits: int) -> float:
    """Return a number rounded up at a decimal; one that is there already stays."""
    return math.ceil(round(value * 10.0**digits, 6)) / 10.0**digits


def _down(value: float, digits: int) -> float:
    return math.floor(round(value * 10.0**digits, 6)) / 10.0**digits


def _print(value: float, digits: int) -> str:
    """Return a limit with a true minus sign and no negative zero."""
    text = format_number(value, digits)
    if not text.strip("-0.,"):
        return text.removeprefix("-")
    return text.replace("-", "−")
