"""The guards of the tests themselves."""

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import threading
import urllib.error
import urllib.request
from pathlib import Path

import pytest
import shapely

from regionkit.places.cache import cache_folder


def test_the_network_is_closed():
    with pytest.raises(Exception, match="tests run without a network"):
        urllib.request.urlopen("http://example.org", timeout=1)
    with socket.socket() as own, pytest.raises(RuntimeError, match="reached for 127"):
        own.connect(("127.0.0.1", 9))
    with socket.socket() as own, pytest.raises(RuntimeError, match="reached for 192"):
        own.connect_ex(("192.0.2.1", 80))


@pytest.mark.parametrize("is_open", [False, True])
def test_the_network_of_gdal_is_closed(monkeypatch, is_open):
    monkeypatch.setenv("GDAL_HTTP_TIMEOUT", "3")
    if is_open:
        # Without the guard the request does arrive, so that its absence tells something.
        monkeypatch.delenv("GDAL_HTTP_PROXY")
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        server.settimeout(5)
        asked = []
        address = f"/vsicurl/http://127.0.0.1:{server.getsockname()[1]}/a.geojson"

        def listen():
            with contextlib.suppress(OSError):
                visitor, _ = server.accept()
                asked.append(visitor.recv(4096))
                visitor.close()
                # Whatever is asked next is refused at once.
                server.close()

        listener = threading.Thread(target=listen, daemon=True)
        listener.start()
        # In a process of its own, which has the guard from this one.
        look = f"import pyogrio; pyogrio.list_layers({address!r})"
        done = subprocess.run(
            [sys.executable, "-c", look], capture_output=True, check=False, timeout=60
        )
        assert b"DataSourceError" in done.stderr
        listener.join(0.2 if not is_open else 5)
        assert bool(asked) is is_open


@pytest.mark.browser
def test_browser_tests_reach_this_machine_alone():
    with socket.socket() as server, socket.socket() as client:
        server.bind(("127.0.0.1", 0))
        server.listen()
        client.connect(server.getsockname())
    with socket.socket() as own, pytest.raises(RuntimeError, match="reached for 192"):
        own.connect(("192.0.2.1", 80))


def test_the_cache_is_the_sessions_own():
    assert cache_folder() == Path(os.environ["REGIONKIT_CACHE"])
    assert cache_folder().parent == Path(tempfile.gettempdir())


def test_tiny_is_a_coverage_and_its_zones_overlap(tiny, tiny_zones):
    assert shapely.coverage_is_valid(tiny.geometry.to_numpy())
    assert shapely.area(tiny.geometry.to_numpy()).sum() == pytest.approx(0.04)
    # They meet in a corner as well, so the overlap is told from it by its ground.
    overlap = tiny_zones.geometry["west"].intersection(tiny_zones.geometry["east"])
    ground = [part for part in shapely.get_parts(overlap) if part.geom_type == "Polygon"]
    assert [part.equals(tiny.geometry["990102"]) for part in ground] == [True]
