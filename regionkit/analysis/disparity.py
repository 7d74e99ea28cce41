"""How evenly something is spread over the units, and what each unit is specialised in."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from regionkit.errors import InputError, MissingDependencyError
from regionkit.words.message import msg, say

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["disparity", "location_quotient", "similarity"]


def disparity(
    values: pd.Series, *, population: pd.Series | None = None, groups: pd.Series | None = None
) -> pd.Series:
    """Return measures of how unevenly a value is spread over units.

    Parameters
    ----------
    values : Series of numbers, indexed by unit
        Such as GDP per head; not negative. Missing ones are left out and counted.
    population : Series of numbers, indexed by unit, optional
        Weights of the units, persons.
    groups : Series of str or of tuples of str, indexed by unit, optional
        Cities or zones, to part Theil's index into what lies between groups and within them.
        Zones overlap: give the tuples of ``region.counties["zone_ids"]``, and the units of
        two zones are a group of their own, since no unit counts twice; units of none likewise.

    Returns
    -------
    Series of float
        ``n`` and ``n_missing``; ``ratio`` of the highest to the lowest; ``cv`` (standard
        deviation by the mean, of the units as the whole); ``gini`` (0 for all alike) and
        ``theil`` (0 for all alike, natural logarithm); with population ``williamson`` (its
        weighted coefficient of variation); with groups ``theil_between`` and ``theil_within``,
        and with tuples ``n_overlapping``, the units that belong to several groups.

    Raises
    ------
    InputError
        Fewer than two values, text, a negative value, a unit twice, a unit without weight or
        group.
    MissingDependencyError
        The extra "analysis" is not installed.

    References
    ----------
    Williamson, J. G. (1965). Regional inequality and the process of national development.
    Theil, H. (1967). Economics and information theory. Gini and Theil are computed by the package
    inequality of PySAL.

    Examples
    --------
    >>> spread = disparity(pd.Series([1.0, 1.0, 2.0], ["a", "b", "c"]))
    >>> spread.round(3)[["ratio", "cv", "gini"]].tolist()
    [2.0, 0.354, 0.167]
    """
    try:
        from inequality.gini import Gini
        from inequality.theil import Theil, TheilD
    except ImportError as error:
        raise MissingDependencyError(
            msg("rk.disparity needs the extra {extra}.", extra="analysis"),
            mend=msg("Install it: {line}.", line="python -m pip install 'regionkit[analysis]'"),
        ) from error
    _check_once(values.index)
    numbers = _positive(values)
    data = numbers.to_numpy(dtype=float)
    found = {
        "n": float(len(data)),
        "n_missing": float(len(values) - len(data)),
        "ratio": float(data.max() / data.min()) if data.min() > 0 else np.inf,
        "cv": float(data.std() / data.mean()),
        "gini": float(Gini(data).g),
        "theil": float(Theil(data).T),
    }
    if population is not None:
        found["williamson"] = _williamson(data, _weights(population, numbers.index))
    if groups is not None:
        own = groups.reindex(numbers.index)
        if own.isna().any():
            raise InputError(
                msg(
                    "Units without a group: {n} ({units}).",
                    n=int(own.isna().sum()),
                    units=[str(unit) for unit in own.index[own.isna()][:5]],
                ),
                mend=msg("Give one for each unit."),
            )
        if own.map(lambda group: isinstance(group, tuple)).any():
            found["n_overlapping"] = float((own.map(len) > 1).sum())
            own = own.map(lambda zones: " + ".join(sorted(zones)))
        parted = TheilD(data, own.to_numpy())
        found["theil_between"] = float(np.ravel(parted.bg)[0])
        found["theil_within"] = float(np.ravel(parted.wg)[0])
    return pd.Series(found, name=values.name)


def _check_once(index: pd.Index) -> None:
    """Refuse units that stand twice, as after a join of zones that overlap."""
    twice = index[index.duplicated()].unique()
    if len(twice):
        raise InputError(
            msg(
                "Units that stand twice, and would count twice: {n} ({units}).",
                n=len(twice),
                units=[str(unit) for unit in twice[:5]],
            ),
            mend=msg("Give one value a unit; zones that overlap go into groups= as tuples."),
        )


def _name_of(values: pd.Series) -> str:
    return "values" if values.name is None else str(values.name)


def _positive(values: pd.Series) -> pd.Series:
    if not pd.api.types.is_numeric_dtype(values) or pd.api.types.is_bool_dtype(values):
        raise InputError(
            msg("{column} holds no numbers.", column=_name_of(values)),
            mend=msg("Turn it into numbers first."),
        )
    numbers = values.dropna().astype(float)
    if len(numbers) < 2:
        raise InputError(
            msg(
                "{column} has too few values ({n}); a spread needs two or more.",
                column=_name_of(values),
                n=len(numbers),
            )
        )
    if (numbers < 0).any() or not numbers.sum() > 0:
        units = [str(unit) for unit in numbers.index[numbers < 0][:5]]
        raise InputError(
            msg(
                "{column} has values below zero ({units}), for which shares are not defined.",
                column=_name_of(values),
                units=units,
            )
            if units
            else msg("{column} is zero throughout.", column=_name_of(values)),
            mend=msg("Use levels instead of changes."),
        )
    return numbers


def _weights(population: pd.Series, index: pd.Index) -> NDArray[np.float64]:
    own = population.reindex(index)
    bad = own.index[own.isna() | (own <= 0)]
    if len(bad):
        raise InputError(
            msg(
                "Units without a population above zero: {n} ({units}).",
                n=len(bad),
                units=[str(unit) for unit in bad[:5]],
            ),
            mend=msg("Give it for each unit that has a value."),
        )
    weights: NDArray[np.float64] = (own / own.sum()).to_numpy(dtype=float)
    return weights


def _williamson(data: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    mean = float((data * weights).sum())
    return float(np.sqrt((weights * (data - mean) ** 2).sum()) / mean)


def location_quotient(table: pd.DataFrame, *, reference: pd.Series | None = None) -> pd.DataFrame:
    """Return how much more of each industry a unit has than the whole.

    Parameters
    ----------
    table : DataFrame of numbers, units by industries
        Such as employment or output; not negative.
    reference : Series of numbers by industry, optional
        The whole to compare with, such as the nation's; the sum of the units where not given.

    Returns
    -------
    DataFrame, units by industries
        The share of the industry in the unit by its share in the whole: 1 as in the whole, above
        1 specialised. Missing where the unit or the industry has nothing at all. Units with a
        missing number are left out, of the whole too; a warning and ``attrs["incomplete"]`` name
        them.

    Raises
    ------
    InputError
        Text, a negative value, or a reference without one of the industries.

    References
    ----------
    Isard, W. (1960). Methods of regional analysis, chapter 7.

    Examples
    --------
    >>> jobs = pd.DataFrame({"steel": [8, 2], "food": [2, 8]}, index=["本溪", "朝阳"])
    >>> location_quotient(jobs).loc["本溪"].tolist()
    [1.6, 0.4]
    """
    numbers = _complete(_not_negative(table))
    whole = (
        numbers.sum(skipna=True)
        if reference is None
        else reference.reindex(numbers.columns).astype(float)
    )
    if whole.isna().any():
        missing = [str(industry) for industry in whole.index[whole.isna()][:5]]
        raise InputError(
            msg("The reference has nothing for {industries}.", industries=missing),
            mend=msg("Give every industry."),
        )
    in_unit = _shares(numbers)
    in_whole = (whole / whole.sum()).replace(0, np.nan)
    made = in_unit.div(in_whole, axis=1)
    made.attrs["incomplete"] = [str(unit) for unit in numbers.index[numbers.isna().any(axis=1)]]
    return made


def _not_negative(table: pd.DataFrame) -> pd.DataFrame:
    bad = [c for c in table if not pd.api.types.is_numeric_dtype(table[c])]
    if bad:
        raise InputError(
            msg("Columns that hold no numbers: {columns}.", columns=[str(c) for c in bad[:5]]),
            mend=msg("Leave them out, or count rows first with pandas.crosstab."),
        )
    numbers = table.astype(float)
    if (numbers < 0).any(axis=None):
        where = numbers.index[(numbers < 0).any(axis=1)][:5]
        raise InputError(
            msg("Values below zero at {units}.", units=[str(unit) for unit in where]),
            mend=msg("Correct them."),
        )
    return numbers


def _shares(numbers: pd.DataFrame) -> pd.DataFrame:
    """Return the share of each industry in its unit; missing where the unit has nothing."""
    return numbers.div(numbers.sum(axis=1, skipna=False).replace(0, np.nan), axis=0)


def _complete(numbers: pd.DataFrame) -> pd.DataFrame:
    """Return the table with the units that lack a number blank throughout, told by name."""
    gaps = numbers.isna().any(axis=1)
    if gaps.any():
        warnings.warn(
            say(
                "Units that lack a number and are left out: {n} of {whole} ({units}). A blank is "
                "unknown; write 0 where there is nothing.",
                n=int(gaps.sum()),
                whole=len(numbers),
                units=[str(unit) for unit in numbers.index[gaps][:5]],
            ),
            UserWarning,
            stacklevel=3,
        )
    return numbers.mask(gaps)


# Three lines of numpy each: scipy's distances take longer to be imported than a question to answer.
def _cosine(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the cosine of every two rows."""
    rows = shares / np.linalg.norm(shares, axis=1, keepdims=True)
    return np.asarray(np.minimum(rows @ rows.T, 1.0), dtype=np.float64)


def _apart(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the sum of the differences of every two rows."""
    return np.array([np.abs(shares - row).sum(axis=1) for row in shares]).reshape(
        len(shares), len(shares)
    )


def _jaccard(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what every two rows have both, by what either has."""
    has = (shares > 0).astype(float)
    both, each = has @ has.T, has.sum(axis=1)
    return np.asarray(both / (each[:, None] + each[None, :] - both), dtype=np.float64)


_METRICS = {"structure": _cosine, "krugman": _apart, "jaccard": _jaccard}


def similarity(
    table: pd.DataFrame, *, measure: Literal["structure", "krugman", "jaccard"] = "structure"
) -> pd.DataFrame:
    """Return how alike the industries of each two units are.

    Parameters
    ----------
    table : DataFrame of numbers, units by industries
        Such as output or employment, not negative; for "jaccard" anything above zero counts as
        there, so that lists of planned industries (``pandas.crosstab``) can be compared.
    measure : {"structure", "krugman", "jaccard"}
        - "structure": the coefficient of similar structure of UNIDO, the sum of products of the
          shares by the root of the product of their sums of squares: 1 for the same structure
        - "krugman": the sum of absolute differences of the shares: 0 for the same, 2 for none
          in common
        - "jaccard": industries in both by industries in either

    Returns
    -------
    DataFrame, units by units
        Missing for units with nothing at all. Units with a missing number are left out, and a
        warning names them.

    Raises
    ------
    InputError
        Text, a negative value, a unit twice, or an unknown measure.

    References
    ----------
    UNIDO (1979). World industry since 1960: progress and prospects. Krugman, P. (1991). Geography
    and trade.

    Examples
    --------
    >>> jobs = pd.DataFrame({"steel": [8, 2], "food": [2, 8]}, index=["本溪", "朝阳"])
    >>> round(float(similarity(jobs).loc["本溪", "朝阳"]), 4)
    0.4706
    """
    if measure not in _METRICS:
        raise InputError(
            msg("{value!r} is not known.", value=measure),
            where="measure",
            mend=msg("Use one of {choices}.", choices=list(_METRICS)),
        )
    _check_once(table.index)
    numbers = _complete(_not_negative(table))
    has_any = numbers.sum(axis=1, skipna=False) > 0
    shares = _shares(numbers[has_any]).to_numpy()
    found = _METRICS[measure](shares)
    units = numbers.index[has_any]
    return pd.DataFrame(found, units, units).reindex(index=table.index, columns=table.index)
