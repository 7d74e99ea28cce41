"""Words of enumerated values: their Chinese labels, or the ids, which are English."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["labels_in"]


def labels_in(
    labels: Mapping[str, str],
    lang: str,
    *,
    as_phrase: bool = False,
    english: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Return the word of each value in a language.

    Parameters
    ----------
    labels : mapping
        Value to Chinese label, as of ``Region.labels``.
    lang : {"zh", "en"}
    as_phrase : bool
        Whether an id is put as it is read: ``oil-gas-field`` as "Oil gas field".
    english : mapping, optional
        Value to the English label that a pack gives, before the id.

    Examples
    --------
    >>> labels_in({"energy": "能源"}, "zh"), labels_in({"energy": "能源"}, "en")
    ({'energy': '能源'}, {'energy': 'energy'})
    """
    if lang == "zh":
        return dict(labels)
    own = english or {}
    return {
        value: own.get(value)
        or (str(value).replace("-", " ").capitalize() if as_phrase else str(value))
        for value in labels
    }
