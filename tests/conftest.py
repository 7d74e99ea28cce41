"""What all tests share: the real region, a region to check by hand, and a closed network."""

import os
import shutil
import socket
import struct
import subprocess
import sys
import tempfile

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import settings

import regionkit as rk

# The same examples on every machine; a busy one is slow and not wrong.
settings.register_profile("regionkit", derandomize=True, deadline=None)
settings.load_profile("regionkit")

_CACHE = "REGIONKIT_CACHE"
_CACHE_KEY = pytest.StashKey()
# Tests that need another program may be skipped, but not where its absence would be a mistake.
_REQUIRED = {"browser": "REGIONKIT_REQUIRE_BROWSER", "oracle": "REGIONKIT_REQUIRE_ORACLE"}
# GDAL has a network of its own (curl): nothing listens there, and no request leaves.
_GDAL_CLOSED = {"GDAL_HTTP_PROXY": "http://127.0.0.1:9", "GDAL_HTTP_MAX_RETRY": "0"}
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def pytest_configure(config):
    # Before any fixture, so that it holds for the doctests as well; workers of xdist inherit it
    # and share the folder.
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    config.stash[_CACHE_KEY] = (os.environ.get(_CACHE), tempfile.mkdtemp(prefix="regionkit-test-"))
    os.environ[_CACHE] = config.stash[_CACHE_KEY][1]
    # GDAL looks at the environment, and so do the processes that tests start.
    os.environ.update(_GDAL_CLOSED)
    # Figures are never shown.
    os.environ.setdefault("MPLBACKEND", "agg")


def pytest_unconfigure(config):
    before, made = config.stash.get(_CACHE_KEY, (None, None))
    if made is None:
        return
    shutil.rmtree(made, ignore_errors=True)
    os.environ.pop(_CACHE, None)
    if before is not None:
        os.environ[_CACHE] = before


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    report = yield
    for marker, variable in _REQUIRED.items():
        if variable in os.environ and report.skipped and item.get_closest_marker(marker):
            report.outcome = "failed"
            report.longrepr = (
                f"a test marked {marker} was skipped where {variable} is set: {report.longrepr}"
            )
    return report


@pytest.fixture(scope="session")
def compound_file():
    """Make a compound file (OLE), as old office programs write, with empty streams of names."""

    def make(*names):
        end, free, fat = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
        n_directory = -(-(len(names) + 1) // 4)
        head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
        head += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
        head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0)
        head += struct.pack("<I", 0) + struct.pack("<I", free) * 108
        chain = [fat, *range(2, n_directory + 1), end]
        table = struct.pack("<128I", *chain, *[free] * (128 - len(chain)))
        entries = b""
        for number, name in enumerate(["Root Entry", *names]):
            wide = name.encode("utf-16-le") + b"\0\0"
            # All streams hang on one another to the right; the first is the root's child.
            right = number + 1 if 0 < number < len(names) else free
            child = 1 if not number and names else free
            entries += wide.ljust(64, b"\0") + struct.pack("<H", len(wide))
            entries += struct.pack("<BBIII", 2 if number else 5, 1, free, right, child)
            entries += bytes(36) + struct.pack("<III", end, 0, 0)
        return head + table + entries.ljust(512 * n_directory, b"\0")

    return make


@pytest.fixture(scope="session")
def ln():
    """Liaoning as `rk.load` returns it. Copy before changing anything."""
    return rk.load("liaoning")


@pytest.fixture(scope="session")
def region_counties(ln):
    return ln.counties


@pytest.fixture
def tiny():
    """Four counties of a tenth of a degree in two cities; zones overlap in county 990102.

    ::

        990201 | 990202     41.1 < lat < 41.2     city 990200
        -------+-------
        990101 | 990102     41.0 < lat < 41.1     city 990100

        west: 990101 990102 990201       east: 990102 990202
    """
    adcodes = ["990101", "990102", "990201", "990202"]
    frame = gpd.GeoDataFrame(
        {
            "name": ["甲县", "乙县", "丙县", "丁县"],
            "city_adcode": ["990100", "990100", "990200", "990200"],
            "zone_ids": [("west",), ("west", "east"), ("west",), ("east",)],
            "population": [10, 20, 30, 40],
        },
        index=pd.Index(adcodes, name="adcode"),
        geometry=[
            shapely.box(123.0 + dx, 41.0 + dy, 123.1 + dx, 41.1 + dy)
            for dy in (0.0, 0.1)
            for dx in (0.0, 0.1)
        ],
        crs="EPSG:4326",
    )
    # 123.1 + 0.1 is not 123.2; neighbours share their corners exactly.
    frame.geometry = shapely.set_precision(frame.geometry.to_numpy(), 1e-6)
    return frame


@pytest.fixture
def tiny_zones(tiny):
    """The two zones of `tiny`, dissolved."""
    members = {"west": ["990101", "990102", "990201"], "east": ["990102", "990202"]}
    return gpd.GeoDataFrame(
        {"name": ["西区", "东区"], "colour": ["#cc3311", "#0077bb"], "order": [1, 2]},
        index=pd.Index(list(members), name="zone_id"),
        geometry=[shapely.union_all(tiny.geometry[codes].to_numpy()) for codes in members.values()],
        crs="EPSG:4326",
    )


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 64 KiB."""
    home = tmp_path / "disk"
    home.mkdir()
    try:
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(home)],
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        pytest.skip("there is no mount")
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted: {mounted.stderr.decode().strip()}")
    yield home
    subprocess.run(["umount", str(home)], check=True)


class NetworkClosedError(RuntimeError):
    """A test tried to reach the network."""


@pytest.fixture(scope="session", autouse=True)
def _network():
    """Refuse connections for the whole session; return the switch for browser tests."""
    allowed = {"loopback": False}
    connect, connect_ex, lookup = (
        socket.socket.connect,
        socket.socket.connect_ex,
        socket.getaddrinfo,
    )

    def check(host):
        if not (allowed["loopback"] and host in _LOOPBACK):
            message = f"a test reached for {host}; tests run without a network"
            raise NetworkClosedError(message)

    def guarded_connect(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6):
            check(address[0])
        return connect(self, address)

    def guarded_connect_ex(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6):
            check(address[0])
        return connect_ex(self, address)

    def guarded_lookup(host, *args, **kwargs):
        # None and "" are a listening server's own address.
        if host:
            check(host)
        return lookup(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
        patch.setattr(socket, "getaddrinfo", guarded_lookup)
        yield allowed


@pytest.fixture(autouse=True)
def _network_for_browsers(request, _network):
    """Let a test with a browser or a cluster, and no other, reach this machine itself."""
    _network["loopback"] = (
        request.node.get_closest_marker("browser") is not None or "cluster" in request.fixturenames
    )
    yield
    _network["loopback"] = False


@pytest.fixture(autouse=True)
def _close_figures():
    """Close what a test drew: matplotlib warns of the 21st open figure."""
    yield
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")
