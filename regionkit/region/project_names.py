"""Which project a name means, as people type it: the one rule for every question.

A name is compared in steps, from the strictest to the loosest, and the first step at which any
project answers decides: its id; its name, or what a document calls it, as written; the same
without marks (dashes, brackets, quotes, widths) and with one word for each thing (抽蓄 and
抽水蓄能, 高铁 and 高速铁路, 1期 and 一期, 至 and a dash); the same without what only says that it
is one (工程, 项目, 电站) and wherever the phase stands; the same without the units before it. A
unit before a name has to be one that the project touches. At last a part of the name is enough.
Several projects at a step are all told; none is chosen among them.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from regionkit.errors import AmbiguousPlaceError, UnknownPlaceError
from regionkit.places.names import normalise_name
from regionkit.words.message import join, msg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    import pandas as pd

__all__ = ["ProjectMatch", "ProjectNames", "plain_project_name"]

Form = TypeVar("Form")

_NEAREST = 5
_MOST_LISTED = 20
# A part of one character stands in half the names.
_MIN_PART = 2
# What is left without units before it has to say something of its own.
_MIN_REST = 3

_DASHES = "-‐‑‒–—―−~〜∼"
_MARKS = dict.fromkeys(
    map(ord, "()[]{}【】〔〕〖〗「」『』《》〈〉“”\"‘’'·•.・、,;:。_/+#&\u200b\ufeff")
)
_SPAN_MARK = "~"
_DIGITS = str.maketrans("一二三四五六七八九", "123456789")
# A number before what is numbered: 一期, 二号, 第三条.
_COUNTED = re.compile(r"第?([一二三四五六七八九十]|十[一二三四五六七八九]|\d+)(期|号|线|段|批|标)")
_ROMAN = re.compile(r"(?<![a-z])(i{1,3}|iv|v)期")
_ROMANS = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"}
# Numbers side by side are one span, however they are joined: 5、6号, 5-6号, 5和6号.
_SPAN = re.compile(rf"(\d+)(?:期|号)?(?:[{_DASHES}、,和及与至到]+)(\d+)(期|号)")
_HAN_SPAN = re.compile(
    rf"([一二三四五六七八九])(期|号)?(?:[{_DASHES}、,和及与至到]*)([一二三四五六七八九])(期|号)"
)
_DASH_OF_FIGURES = re.compile(rf"(?<=\d)[{_DASHES}]+(?=\d[^{_DASHES}]*)")
_DASH_OF_WORDS = re.compile(rf"(?<!\d)[{_DASHES}]|[{_DASHES}](?!\d)")
# A name without any of these has nothing that is numbered.
_FIGURES = re.compile(r"[\d一二三四五六七八九十iv]")
# One word for each thing, the longer first.
_SAME = (
    ("抽水蓄能", "抽蓄"),
    ("高速铁路", "高铁"),
    ("客运专线", "客专"),
    ("国家高速公路", "高速"),
    ("国家高速", "高速"),
    ("高速公路", "高速"),
    ("城际铁路", "城际"),
    ("核电厂", "核电"),
    ("核电站", "核电"),
    ("抽蓄电站", "抽蓄"),
    ("热电厂", "热电"),
    ("天然气", "燃气"),
    ("飞机场", "机场"),
    ("千伏", "kv"),
    ("万吨", "wt"),
    ("第二跑道", "2跑道"),
    ("二跑道", "2跑道"),
    ("号机组", "号"),
    ("机组", ""),
)
# What only says that it is one.
_GENERIC = ("建设项目", "建设工程", "工程项目", "工程", "项目", "建设")
_PHASE = re.compile(r"(\d+(?:~\d+)?(?:期|号))")
_ROAD = re.compile(r"^[gs]\d+(?=\D)")


class ProjectMatch(NamedTuple):
    """A project that a word can mean, and by which step: "id", "name", "marks" ... "part"."""

    project_id: str
    how: str


@dataclass(frozen=True)
class _Key:
    """A name in the form of the looser steps: what it is, and of which phase."""

    base: str
    phase: frozenset[str]


def plain_project_name(name: str) -> str:
    """Return a project's name without marks and with one word for each thing.

    Examples
    --------
    >>> plain_project_name("徐大堡核电１－４号机组") == plain_project_name("徐大堡核电站1—4号")
    True
    >>> plain_project_name("京沈高速铁路"), plain_project_name("海城至岫岩铁路")
    ('京沈高铁', '海城岫岩铁路')
    >>> plain_project_name("5、6号机组") == plain_project_name("56号机组")
    False
    """
    text = unicodedata.normalize("NFKC", str(name)).casefold()
    text = "".join(text.split())
    if _FIGURES.search(text):
        text = _ROMAN.sub(lambda m: f"{_ROMANS[m[1]]}期", text)
        text = _HAN_SPAN.sub(_join_span, text)
        text = _COUNTED.sub(lambda m: f"{_number(m[1])}{m[2]}", text)
        text = _SPAN.sub(lambda m: f"{m[1]}~{m[2]}{m[3]}", text)
        # Between figures a mark stays: 1—4号 is not 14号, nor 20-2 202.
        text = _DASH_OF_FIGURES.sub(_SPAN_MARK, text)
    text = _DASH_OF_WORDS.sub("", text)
    text = re.sub(r"(?<=[\u4e00-\u9fff])[至到](?=[\u4e00-\u9fff])", "", text)
    text = text.translate(_MARKS)
    for said, one in _SAME:
        text = text.replace(said, one)
    return text


def _join_span(match: re.Match[str]) -> str:
    # 二十 and the like are no span: only digits that follow each other are.
    first, last = (one.translate(_DIGITS) for one in (match[1], match[3]))
    joined = match[0][len(match[1]) : -len(match[3]) - len(match[4])]
    if not joined and int(last) != int(first) + 1:
        return match[0]
    return f"{first}~{last}{match[4]}"


def _number(text: str) -> str:
    if text.isdigit():
        return str(int(text))
    if text == "十":
        return "10"
    return f"1{text[1].translate(_DIGITS)}" if text[0] == "十" else text.translate(_DIGITS)


def _key(plain: str) -> _Key:
    """Return the form of the looser steps: without what only says that it is one."""
    phase = frozenset(_PHASE.findall(plain))
    base = _ROAD.sub("", _PHASE.sub("", plain))
    for word in _GENERIC:
        if len(base) - len(word) >= _MIN_PART:
            base = base.removesuffix(word)
    if base.endswith("电站") and len(base) > len("电站") + _MIN_PART:
        base = base.removesuffix("电站")
    return _Key(base, phase)


class ProjectNames:
    """Finds the projects that a word can mean.

    Parameters
    ----------
    names : Series of str
        Names of the projects, by project_id.
    mentions : DataFrame
        With ``project_id``, ``named_as`` and ``match``: what documents call them.
    touched : callable
        Returns the units that each project touches; asked only where a name begins with a unit.
    units_before : callable
        Returns the names that units can have before a project's, each with the adcodes it means.
    parts : mapping of str to set of str
        Each unit with all that lie in it.
    """

    def __init__(
        self,
        names: pd.Series,
        mentions: pd.DataFrame,
        touched: Callable[[], Mapping[str, tuple[str, ...]]],
        units_before: Callable[[], Mapping[str, frozenset[str]]],
        parts: Mapping[str, frozenset[str]],
    ) -> None:
        self.names = {str(key): str(name) for key, name in names.items()}
        # What is said of a part, a whole, or perhaps of it is no name of it.
        same = mentions[mentions["match"] == "same"]
        self._said = list(zip(same["project_id"], same["named_as"].astype(str), strict=True))
        self._touched = touched
        self._units_before = units_before
        self._parts = parts
        self._found: dict[str, list[ProjectMatch]] = {}

    def candidates(self, word: str) -> list[ProjectMatch]:
        """Return every project that a word can mean at the first step that any answers."""
        if word not in self._found:
            self._found[word] = self._candidates(word)
        return list(self._found[word])

    def _candidates(self, word: str) -> list[ProjectMatch]:
        if word in self.names:
            return [ProjectMatch(word, "id")]
        if not normalise_name(word):
            return []
        for how, found in self._steps(word):
            if found:
                return [ProjectMatch(one, how) for one in dict.fromkeys(found)]
        return []

    def _steps(self, word: str) -> Iterator[tuple[str, list[str]]]:
        """Yield what answers at each step, the strictest first."""
        wanted = normalise_name(word)
        yield "name", [key for key, name in self.names.items() if normalise_name(name) == wanted]
        yield "named as", [key for key, name in self._said if normalise_name(name) == wanted]
        plain = plain_project_name(word)
        if not plain:
            return
        yield "spelling", self._plain.get(plain, [])
        yield "named as", self._plain_said.get(plain, [])
        key = _key(plain)
        yield "spelling", self._keys.get(key, [])
        yield "units before it", self._without_units(key)
        if len(plain) < _MIN_PART:
            return
        yield "part", [one for one, name in self._plain_of.items() if plain in name]
        if len(key.base) >= _MIN_PART and not key.phase:
            yield "part", [one for one, mine in self._key_of.items() if key.base in mine.base]

    @cached_property
    def _plain_of(self) -> dict[str, str]:
        return {key: plain_project_name(name) for key, name in self.names.items()}

    @cached_property
    def _plain(self) -> dict[str, list[str]]:
        return _grouped(self._plain_of.items())

    @cached_property
    def _plain_said(self) -> dict[str, list[str]]:
        return _grouped((key, plain_project_name(name)) for key, name in self._said)

    @cached_property
    def _key_of(self) -> dict[str, _Key]:
        return {one: _key(plain) for one, plain in self._plain_of.items()}

    @cached_property
    def _keys(self) -> dict[_Key, list[str]]:
        return _grouped(self._key_of.items())

    @cached_property
    def _before(self) -> dict[str, dict[str, frozenset[str]]]:
        """Names that stand before another by their first sign, each with the units it can be.

        The longest come first.
        """
        plain = {plain_project_name(name): codes for name, codes in self._units_before().items()}
        found: dict[str, dict[str, frozenset[str]]] = {}
        for name, codes in sorted(plain.items(), key=lambda pair: -len(pair[0])):
            found.setdefault(name[:1], {})[name] = codes
        return found

    def _heads(self, base: str) -> Iterator[tuple[str, list[frozenset[str]]]]:
        """Yield what is left of a name without one, two or three units before it."""
        units: list[frozenset[str]] = []
        while True:
            yield base, list(units)
            if len(base) <= _MIN_REST:
                return
            known = self._before.get(base[:1], {})
            head = next((name for name in known if base.startswith(name)), None)
            if not head or len(base) - len(head) < _MIN_REST:
                return
            units.append(known[head])
            base = base[len(head) :]

    def _ending_in(self, key: _Key) -> Iterator[tuple[str, list[frozenset[str]]]]:
        """Yield the projects of a name behind units, each with these units."""
        for project, mine in self._key_of.items():
            if mine.phase != key.phase or not mine.base.endswith(key.base):
                continue
            if mine.base == key.base:
                yield project, []
            elif len(key.base) >= _MIN_REST:
                for rest, units in self._heads(mine.base):
                    if rest == key.base:
                        yield project, units

    def _without_units(self, key: _Key) -> list[str]:
        """Return the projects of that name with other units before it, if they touch these."""
        touched: Mapping[str, tuple[str, ...]] | None = None
        for rest, mine in self._heads(key.base):
            found = []
            for project, theirs in self._ending_in(_Key(rest, key.phase)):
                # The word's own units are to be told of the project, or in its name.
                extra = [codes for codes in mine if codes not in theirs]
                if extra:
                    touched = self._touched() if touched is None else touched
                if all(
                    self._is_touched(codes, (touched or {}).get(project, ())) for codes in extra
                ):
                    found.append(project)
            if found:
                return found
        return []

    def _is_touched(self, codes: frozenset[str], touched: tuple[str, ...]) -> bool:
        """Return whether a project touches one of some units, or a part of one."""
        return any(not self._parts[code].isdisjoint(touched) for code in codes)

    def find(self, word: str) -> ProjectMatch:
        """Return the one project that a word means.

        Raises
        ------
        UnknownPlaceError, AmbiguousPlaceError
            No project, or several, have that name.
        """
        found = self.candidates(word)
        if len(found) == 1:
            return found[0]
        if found:
            ids = [match.project_id for match in found]
            listed = [msg("{name} ({id})", name=self.names[i], id=i) for i in ids[:_MOST_LISTED]]
            raise AmbiguousPlaceError(
                msg(
                    "{project!r} can be {n} projects: {projects}.",
                    project=word,
                    n=len(found),
                    projects=join(listed, "clauses"),
                )
            )
        near = self.nearest(word)
        hint = [msg("Nearest are: {places}.", places=near)] if near else []
        give = msg("Give a part of its name or its id, or choose projects by place or zone.")
        raise UnknownPlaceError(
            msg("No project is named {project!r}.", project=word),
            near,
            mend=join([*hint, give], "sentences"),
        )

    def holding(self, word: str, n: int = _NEAREST) -> list[str]:
        """Return the first names that hold a word, as it is compared."""
        plain = plain_project_name(word)
        found = (self.names[key] for key, name in self._plain_of.items() if plain and plain in name)
        return list(islice(found, n))

    def nearest(self, word: str, n: int = _NEAREST) -> list[str]:
        """Return the names most like a word, best first: those that hold it come first."""
        plain = plain_project_name(word)
        holding = self.holding(word, n)
        known = {name: self.names[key] for key, name in self._plain_of.items()}
        close = difflib.get_close_matches(plain, known, n=n, cutoff=0.3)
        return list(dict.fromkeys([*holding, *(known[key] for key in close)]))[:n]


def _grouped(pairs: Iterable[tuple[str, Form]]) -> dict[Form, list[str]]:
    """Return the projects of each form of a name, each once."""
    found: dict[Form, list[str]] = {}
    for project_id, form in pairs:
        mine = found.setdefault(form, [])
        if project_id not in mine:
            mine.append(project_id)
    return found
