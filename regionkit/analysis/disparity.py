"""How evenly something is spread over the units, and what each unit is specialised in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from regionkit.errors import InputError, MissingDependencyError
from regionkit.words.message import msg

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["disparity", "location_quotient"]


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
    groups : Series of str, indexed by unit, optional
        Cities or zones, one each unit, to part Theil's index into what lies between groups and
        within them. Zones that overlap are no such partition.

    Returns
    -------
    Series of float
        ``n`` and ``n_missing``; ``ratio`` of the highest to the lowest; ``cv`` (standard
        deviation by the mean, of the units as the whole); ``gini`` (0 for all alike) and
        ``theil`` (0 for all alike, natural logarithm); with population ``williamson`` (its
        weighted coefficient of variation); with groups ``theil_between`` and ``theil_within``.

    Raises
    ------
    InputError
        Fewer than two values, text, a negative value, a unit without weight or group.
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
            msg('rk.disparity needs the extra "analysis".'),
            mend=msg(
                "Install it: {command}.", command="python -m pip install 'regionkit[analysis]'"
            ),
        ) from error
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
                    "Units without a group: {n}: {units}.",
                    n=int(own.isna().sum()),
                    units=list(own.index[own.isna()][:5]),
                ),
                mend=msg("Give one for each unit."),
            )
        parted = TheilD(data, own.to_numpy())
        found["theil_between"] = float(np.ravel(parted.bg)[0])
        found["theil_within"] = float(np.ravel(parted.wg)[0])
    return pd.Series(found, name=values.name)


def _positive(values: pd.Series) -> pd.Series:
    if not pd.api.types.is_numeric_dtype(values) or pd.api.types.is_bool_dtype(values):
        raise InputError(
            msg("{name!r} holds no numbers.", name=values.name),
            mend=msg("Turn it into numbers first."),
        )
    numbers = values.dropna().astype(float)
    if len(numbers) < 2:
        raise InputError(
            msg(
                "{name!r} has {n} values; a spread needs two or more.",
                name=values.name,
                n=len(numbers),
            )
        )
    if (numbers < 0).any() or not numbers.sum() > 0:
        raise InputError(
            msg(
                "{name!r} has values below zero or none above it ({units}).",
                name=values.name,
                units=list(numbers.index[numbers < 0][:5]) or msg("all are zero"),
            ),
            mend=msg("Shares of a sum are not defined for them; use levels instead of changes."),
        )
    return numbers


def _weights(population: pd.Series, index: pd.Index) -> NDArray[np.float64]:
    own = population.reindex(index)
    bad = own.index[own.isna() | (own <= 0)]
    if len(bad):
        raise InputError(
            msg(
                "Units without a population above zero: {n}: {units}.",
                n=len(bad),
                units=list(bad[:5]),
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
        1 specialised. Missing where the unit or the industry has nothing at all.

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
    bad = [c for c in table if not pd.api.types.is_numeric_dtype(table[c])]
    if bad:
        raise InputError(
            msg("Columns without numbers: {columns}.", columns=bad[:5]),
            mend=msg("Leave them out, or count rows first with pandas.crosstab."),
        )
    numbers = table.astype(float)
    if (numbers < 0).any(axis=None):
        where = numbers.index[(numbers < 0).any(axis=1)][:5]
        raise InputError(
            msg("Values below zero at {units}.", units=list(where)), mend=msg("Correct them.")
        )
    whole = numbers.sum() if reference is None else reference.reindex(numbers.columns).astype(float)
    if whole.isna().any():
        missing = list(whole.index[whole.isna()][:5])
        raise InputError(
            msg("The reference has nothing for {industries}.", industries=missing),
            mend=msg("Give every industry."),
        )
    in_unit = numbers.div(numbers.sum(axis=1).replace(0, np.nan), axis=0)
    in_whole = (whole / whole.sum()).replace(0, np.nan)
    return in_unit.div(in_whole, axis=1)
