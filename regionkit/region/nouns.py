"""What a word names in a region: the one resolver of units, zones, projects and all other things.

Each kind of thing has its own rule, which is the same wherever the thing is asked for. A caller
says which kinds it takes and in which order. A kind that the word names as a whole comes before one
of which it is but a part of a name; of two that it names as a whole the caller's first is meant. A
part of a project's name is enough only where projects are asked for first: 辽西地区 stands in the
names of several, and means none of them. A word that names several things of a kind is never
decided: all of them are told.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from regionkit.errors import AmbiguousPlaceError, UnknownPlaceError
from regionkit.places.names import normalise_name
from regionkit.region.project_names import ProjectNames
from regionkit.region.zone_names import own_zones
from regionkit.words.message import join, msg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from regionkit.pack.pack import Pack
    from regionkit.places.place import Place
    from regionkit.region.geography import Geography
    from regionkit.words.message import Message, Words

__all__ = ["NOUNS", "Noun", "Nouns"]

#: The kinds of things that a word can name, in the order in which they are looked for.
NOUNS = ("unit", "zone", "cluster", "place", "project", "body", "indicator")
_WORDS = {
    "unit": msg("city or county"),
    "zone": msg("zone"),
    "cluster": msg("cluster"),
    "place": msg("named place"),
    "project": msg("project"),
    "body": msg("body"),
    "indicator": msg("indicator"),
}
_NEAREST = 5
_MOST_LISTED = 20
_MIN_PART = 2
# What the names of all clusters end in, and nobody says.
_CLUSTER = ("产业集群", "集群", "产业")
# What stands before the name of a body of the province, and may be left out.
_SHORT_BODY = (
    ("发展和改革委员会", "发改委"),
    ("发展改革委", "发改委"),
    ("委员会", "委"),
    ("人民政府", "政府"),
    ("办公室", "办"),
)


@dataclass(frozen=True)
class Noun:
    """A thing that a word names.

    Attributes
    ----------
    kind : str
        One of :data:`NOUNS`.
    id : str
        Adcode, zone_id, cluster_id, place_id, project_id, org_id or indicator_id.
    name : str
    is_exact : bool
        Whether the word is a name of it, and no part or everyday word.
    adcode : str
        Of a unit, or of the one that a named place lies in; "" of others.
    place : Place or None
        Of a unit or a named place.
    """

    kind: str
    id: str
    name: str
    is_exact: bool = field(default=True, compare=False)
    adcode: str = field(default="", compare=False)
    place: Place | None = field(default=None, compare=False, repr=False)

    def __str__(self) -> str:
        """Return the name with the kind and the id."""
        return str(self.tell())

    def tell(self) -> Message:
        """Return the name with the kind and the id, in words."""
        return msg("{name} ({kind}, {id})", name=self.name, kind=_WORDS[self.kind], id=self.id)


class Nouns:
    """Finds the things that a word names.

    Parameters
    ----------
    pack : Pack
    geography : Geography
    project_units : callable
        Returns the units that each project touches.
    """

    def __init__(
        self,
        pack: Pack,
        geography: Geography,
        project_units: Callable[[], Mapping[str, tuple[str, ...]]],
    ) -> None:
        self._pack = pack
        self._geography = geography
        self._project_units = project_units

    @cached_property
    def projects(self) -> ProjectNames:
        """What projects are called."""
        return ProjectNames(
            self._pack.table("projects").set_index("project_id")["name"],
            self._pack.table("mentions"),
            self._project_units,
            self._unit_words,
            self._geography.parts,
        )

    def _unit_words(self) -> dict[str, frozenset[str]]:
        """Return the Chinese names of units, each with what it can mean."""
        found: dict[str, set[str]] = {}
        for name, place in self._geography.resolver.names():
            if not place.place_id and len(name) >= _MIN_PART and not name.isascii():
                found.setdefault(name, set()).add(place.adcode)
        return {name: frozenset(codes) for name, codes in found.items()}

    def candidates(self, word: str, kinds: Sequence[str] = NOUNS) -> list[Noun]:
        """Return everything that a word can name, the kinds in their order.

        What it names as a whole comes first; where there is that, parts of names are left out.

        Examples
        --------
        >>> import regionkit as rk
        >>> [noun.name for noun in rk.load("liaoning").find_all("大连港")]
        ['大连港']
        """
        found = [noun for kind in kinds for noun in self._asked(kind, word, kinds)]
        exact = [noun for noun in found if noun.is_exact]
        return exact or found

    def find(self, word: str, kinds: Sequence[str] = NOUNS) -> Noun:
        """Return the thing that a word names.

        Raises
        ------
        UnknownPlaceError
            Nothing of these kinds has the name; the nearest names are given.
        AmbiguousPlaceError
            Several things of the first kind that has it; all of them are given.
        """
        by_kind: dict[str, list[Noun]] = {}
        for is_exact in (True, False):
            for kind in kinds:
                if kind not in by_kind:
                    by_kind[kind] = self._asked(kind, word, kinds)
                found = [noun for noun in by_kind[kind] if noun.is_exact is is_exact]
                if len(found) == 1:
                    return found[0]
                if found:
                    raise self._ambiguous(word, found)
        raise self._unknown(word, kinds)

    def _asked(self, kind: str, word: str, kinds: Sequence[str]) -> list[Noun]:
        """Return what a word names of a kind; parts of projects' names where these come first."""
        found = self._of_kind(kind, word)
        if kind == "project" and kinds[0] != kind:
            return [noun for noun in found if noun.is_exact]
        return found

    def _of_kind(self, kind: str, word: str) -> list[Noun]:
        found: Iterator[Noun] = {
            "unit": self._units,
            "place": self._places,
            "zone": self._zones,
            "cluster": self._clusters,
            "project": self._projects,
            "body": self._bodies,
            "indicator": self._indicators,
        }[kind](word)
        return list(found)

    def _units(self, word: str) -> Iterator[Noun]:
        return self._located(word, "unit")

    def _places(self, word: str) -> Iterator[Noun]:
        return self._located(word, "place")

    def _located(self, word: str, kind: str) -> Iterator[Noun]:
        full = self._geography.full_name(word)
        for place in self._geography.resolver.candidates(full):
            if bool(place.place_id) is (kind == "place"):
                known_as = place.place_id or place.adcode
                yield Noun(kind, known_as, self._name_of(place), adcode=place.adcode, place=place)

    def _name_of(self, place: Place) -> str:
        return place.name if place.place_id else str(self._geography.distinct_names[place.adcode])

    def _zones(self, word: str) -> Iterator[Noun]:
        try:
            match = self._geography.find_zone(word)
        except UnknownPlaceError:
            return
        except AmbiguousPlaceError:
            wanted = normalise_name(word)
            table = self._geography.zones.table
            for zone_id, name, short in zip(
                table.index, table["name"], table["short_name"], strict=True
            ):
                if wanted in normalise_name(name) or wanted in normalise_name(short):
                    yield Noun("zone", str(zone_id), str(name), is_exact=False)
            return
        # An everyday word of the pack means its zone as a name does.
        is_meant = self._geography.everyday.find("zones", "zone_id", word) is not None
        yield Noun("zone", match.zone_id, match.name, is_exact=match.is_exact or is_meant)

    def _clusters(self, word: str) -> Iterator[Noun]:
        table = self._pack.table("clusters")
        names = dict(zip(table["cluster_id"], table["name"], strict=True))
        wanted = normalise_name(word)
        if not wanted:
            return
        exact = [k for k, name in names.items() if wanted in {k, normalise_name(name)}]
        meant = self._geography.everyday.meaning("clusters", "cluster_id", word, names)
        if meant is not None and not exact:
            exact = list(meant.values)
        for key in exact:
            yield Noun("cluster", key, names[key])
        if exact:
            return
        ending = next((end for end in _CLUSTER if wanted.endswith(end)), "")
        part = wanted.removesuffix(ending)
        # Without the ending the word may be a place's.
        if ending and len(part) >= _MIN_PART:
            for key, name in names.items():
                if part in normalise_name(name):
                    yield Noun("cluster", key, name, is_exact=False)

    def _projects(self, word: str) -> Iterator[Noun]:
        for match in self.projects.candidates(word):
            name = self.projects.names[match.project_id]
            yield Noun("project", match.project_id, name, is_exact=match.how != "part")

    def _bodies(self, word: str) -> Iterator[Noun]:
        table = self._pack.table("organizations")
        region = self._geography.units["name"].get(self._pack.adcode, "")
        wanted = _body(word, region)
        rows = list(zip(table["org_id"], table["name"], table["aliases"], strict=True))
        found = [
            (key, name)
            for key, name, others in rows
            if word == key or wanted in {_body(one, region) for one in (name, *(others or ()))}
        ]
        for key, name in found:
            yield Noun("body", key, name)
        if found or len(wanted) < _MIN_PART:
            return
        for key, name, others in rows:
            if any(wanted in _body(one, region) for one in (name, *(others or ()))):
                yield Noun("body", key, name, is_exact=False)

    def _indicators(self, word: str) -> Iterator[Noun]:
        table = self._pack.table("indicators")
        names = dict(zip(table["indicator_id"], table["name"], strict=True))
        english = dict(zip(table["indicator_id"], table["name_en"], strict=True))
        wanted = normalise_name(word)
        called: dict[str, list[str]] = {key: [key, names[key], english[key]] for key in names}
        for row in self._pack.table("themes").itertuples():
            # A map of the pack names what it shows.
            if row.indicator_id in called:
                called[row.indicator_id] += [row.theme_id, row.title, row.title_en]
        normal = {
            key: [normalise_name(one) for one in all_names if isinstance(one, str) and one]
            for key, all_names in called.items()
        }
        exact = [key for key, mine in normal.items() if wanted in mine]
        meant = self._geography.everyday.meaning("indicators", "indicator_id", word, names)
        if meant is not None and not exact:
            exact = list(meant.values)
        for key in exact:
            yield Noun("indicator", key, names[key])
        if exact or len(wanted) < _MIN_PART:
            return
        for key, name in names.items():
            if any(wanted in one for one in normal[key]):
                yield Noun("indicator", key, name, is_exact=False)

    def _ambiguous(self, word: str, found: Sequence[Noun]) -> AmbiguousPlaceError:
        if all(noun.kind == "unit" for noun in found):
            try:
                self._geography.resolve(word)
            except AmbiguousPlaceError as error:
                return error
        listed = join([noun.tell() for noun in found[:_MOST_LISTED]], "clauses")
        return AmbiguousPlaceError(
            msg("{word!r} can be {n} things: {names}.", word=word, n=len(found), names=listed),
            mend=msg("Write the whole name or the id of one."),
        )

    def _unknown(self, word: str, kinds: Sequence[str]) -> UnknownPlaceError:
        near = self.nearest(word, kinds)
        others = [kind for kind in NOUNS if kind not in kinds]
        elsewhere = self.candidates(word, others) if others else []
        mends: list[Words] = []
        if elsewhere:
            other = join([noun.tell() for noun in elsewhere[:_NEAREST]], "clauses")
            mends.append(msg("There is {names}.", names=other))
        if near:
            mends.append(msg("Nearest are: {places}.", places=near))
        if "zone" in kinds:
            mends.append(own_zones(self._pack.table("zones")))
        asked = join([_WORDS[kind] for kind in kinds], "or")
        mends.append(msg("Check the spelling."))
        return UnknownPlaceError(
            msg("No {kinds} is named {word!r}.", kinds=asked, word=word),
            near,
            mend=join(mends, "sentences"),
        )

    def nearest(self, word: str, kinds: Sequence[str] = NOUNS, n: int = _NEAREST) -> list[str]:
        """Return the names most like a word, of every kind asked, best first."""
        wanted = normalise_name(word)
        known = {normalise_name(name): name for kind in kinds for name in self._names(kind)}
        holding = [name for key, name in known.items() if wanted and wanted in key]
        close = difflib.get_close_matches(wanted, known, n=n, cutoff=0.4)
        return list(dict.fromkeys([*(known[key] for key in close), *holding]))[:n]

    def _names(self, kind: str) -> Iterable[str]:
        """Return the names that things of a kind have."""
        if kind == "project":
            return self.projects.names.values()
        if kind == "zone":
            table = self._geography.zones.table
            return [*table["short_name"], *table["name"]]
        if kind in {"unit", "place"}:
            names = self._geography.resolver.names()
            return [name for name, place in names if bool(place.place_id) is (kind == "place")]
        if kind == "indicator":
            indicators, themes = self._pack.table("indicators"), self._pack.table("themes")
            shown = themes[themes["indicator_id"].notna()]
            columns = [indicators["name"], indicators["name_en"], indicators["indicator_id"]]
            columns += [shown["title"], shown["title_en"], shown["theme_id"]]
            columns.append(self._geography.everyday.words_of("indicators", "indicator_id"))
            return [name for column in columns for name in column if isinstance(name, str) and name]
        tables = {"cluster": "clusters", "body": "organizations"}
        return list(self._pack.table(tables[kind])["name"])


def _body(name: str, region: str) -> str:
    """Return the name of a body as it is compared: without the province, and as it is shortened."""
    text = normalise_name(name).removeprefix(region)
    text = text.removeprefix("省") if region.endswith("省") else text
    for long, short in _SHORT_BODY:
        text = text.replace(long, short)
    return text
