"""Size, time to paint and frames of a drag: our page against GeoDataFrame.explore().

Both pages hold the same boundaries, stand in one file, and are opened in turn in one headless
Chromium with the network cut off. A page is painted when the frame that shows its map is on the
screen: the browser's screencast gives every frame it presents with its time, and the map is shown
in the first one whose middle looks as it does in the end (a redraw may move a hatch by a pixel, so
a seventh of what is drawn may differ). The time runs from the start of the navigation, and
holds parsing, drawing and rastering of both pages alike.

- Ours is painted with the choropleth, borders, zones, names and projects it opens with, and the
  bar above. Left for after: the facts that panel, search and filters read, the lists at the left,
  the legend, the scale bar, and the margin drawn beyond the edges.
- explore() is that of the bare counties with their names, at the six decimals their source gives.
  Leaflet is inlined, and jQuery where the package XStatic-jQuery is installed (else a line that
  does what the page asks of it). Bootstrap, Font Awesome and the marker icons are left out: the
  page draws without them, and they would only slow it.

Run:

    python benchmarks/bench_webmap.py [rounds]
"""

import base64
import gzip
import io
import math
import re
import shutil
import statistics
import sys
import tempfile
import warnings
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from PIL import Image
from playwright.sync_api import sync_playwright

import regionkit as rk
from regionkit.maps.page.leaflet import leaflet_script, leaflet_style
from regionkit.maps.page.webmap import webmap

# The map's part of the window in both pages, as shares of its height and width.
MIDDLE = (0.10, 0.95, 0.22, 0.74)
SCREENCAST = {"format": "png", "everyNthFrame": 1, "maxWidth": 683, "maxHeight": 384}


def jquery():
    """Return jQuery from its package, or a line that does what explore() asks of it."""
    try:
        from xstatic.pkg import jquery as package
    except ImportError:
        return "", "window.$=window.$||(x=>typeof x==='string'?[x]:{ready:f=>f()})"
    path = Path(package.BASE_DIR) / "jquery.min.js"
    return f"jQuery {package.VERSION}", path.read_text(encoding="utf-8")


def save_explore(ln, path):
    """Write explore() of the bare counties with its assets inlined; return what they are."""
    # The datum's conversion leaves sixteen digits, which no one needs: 7.0 MB instead of 4.4.
    shapes = shapely.transform(ln.counties.geometry.to_numpy(), lambda xy: xy.round(6))
    frame = gpd.GeoDataFrame(ln.counties[["name"]], geometry=shapes, crs=4326)
    text = frame.explore(tiles=None).get_root().render()
    text = re.sub(r"<script src=[^>]+></script>", "", text)
    text = re.sub(r"<link rel=\"stylesheet\"[^>]+/>", "", text)
    name, query = jquery()
    head = (
        f"<style>{leaflet_style(with_images=False)}</style>"
        f"<script>{leaflet_script()}</script><script>{query}</script>"
    )
    path.write_text(text.replace("<head>", f"<head>{head}", 1), encoding="utf-8")
    return " and ".join(part for part in ("Leaflet", name) if part)


def size(path):
    data = path.read_bytes()
    return f"{len(data) / 1000:.0f} KB, gzipped {len(gzip.compress(data, 6)) / 1000:.0f} KB"


def middle(picture):
    """Return the map's part of a screencast frame as an array of colours."""
    with Image.open(io.BytesIO(base64.b64decode(picture))) as frame:
        pixels = np.asarray(frame.convert("RGB")).astype(int)
    high, wide = pixels.shape[:2]
    top, bottom, left, right = MIDDLE
    return pixels[int(top * high) : int(bottom * high), int(left * wide) : int(right * wide)]


def paint_ms(context, path):
    """Return when the frame that shows the map is presented, from the start of the navigation."""
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    frames = []

    def keep(event):
        frames.append((event["metadata"]["timestamp"], event["data"]))
        devtools.send("Page.screencastFrameAck", {"sessionId": event["sessionId"]})

    devtools.on("Page.screencastFrame", keep)
    devtools.send("Page.startScreencast", SCREENCAST)
    page.goto(path.as_uri())
    # All that is left for after has been done by then, and does not run into the next page's time.
    page.wait_for_timeout(2000)
    start = page.evaluate("performance.timeOrigin") / 1000
    devtools.send("Page.stopScreencast")
    page.close()
    shown = [(1000 * (time - start), middle(data)) for time, data in frames if time > start]
    last = shown[-1][1]
    ink = differing(last, np.full_like(last, 255))
    return next(time for time, pixels in shown if differing(pixels, last) < 0.15 * ink)


def differing(pixels, other):
    """Return the share of pixels that differ visibly; all where the window has another size."""
    if pixels.shape != other.shape:
        return 1.0
    return (np.abs(pixels - other).max(axis=2) > 40).mean()


WATCH = """() => {
  window.seen = { frames: [], tasks: [] };
  let last = performance.now();
  const tick = now => { seen.frames.push(now - last); last = now; requestAnimationFrame(tick); };
  requestAnimationFrame(tick);
  new PerformanceObserver(l => l.getEntries().forEach(e => seen.tasks.push(e.duration)))
    .observe({ entryTypes: ['longtask'] });
}"""


def drag(context, path):
    """Return the lengths of the frames, and of long tasks, while a mouse drags the map."""
    page = context.new_page()
    page.goto(path.as_uri())
    # The page's policy lets no one evaluate text in it, which wait_for_function would.
    while not page.evaluate("performance.getEntriesByName('rk-ready').length > 0"):
        page.wait_for_timeout(50)
    page.wait_for_timeout(500)
    page.evaluate(WATCH)
    for _ in range(2):
        page.mouse.move(680, 400)
        page.mouse.down()
        for step in range(60):
            page.mouse.move(680 + 120 * math.sin(step / 8), 400 + 80 * math.sin(step / 5))
        page.mouse.up()
        page.wait_for_timeout(150)
    found = page.evaluate("seen")
    page.close()
    return found


def main(rounds=15):
    ln = rk.load("liaoning")
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        ours, theirs = Path(folder) / "ours.html", Path(folder) / "explore.html"
        bare, many = Path(folder) / "bare.html", Path(folder) / "many.html"
        webmap(ln).save(ours)
        webmap(ln, layers=[], overlays=["counties"]).save(bare)
        inlined = save_explore(ln, theirs)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            count = 1000
            points = gpd.GeoDataFrame(
                {"v": range(count)},
                geometry=gpd.points_from_xy(
                    [119.5 + (i * 37 % count) * 0.005 for i in range(count)],
                    [39.5 + (i * 91 % count) * 0.0035 for i in range(count)],
                ),
                crs=4326,
            )
            webmap(ln, layers=["over-65"]).add_layer(points, "v").save(many)
        print(f"whole catalogue : {size(ours)}")
        print(f"explore()       : {size(theirs)}, with {inlined} inlined")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 1366, "height": 768}, offline=True)
        times = {"whole catalogue": [], "bare map": [], "explore()": []}
        for _ in range(rounds + 1):
            times["whole catalogue"].append(paint_ms(context, ours))
            times["bare map"].append(paint_ms(context, bare))
            times["explore()"].append(paint_ms(context, theirs))
        # The first round warms the browser up.
        for name, found in times.items():
            kept = sorted(found[1:])
            print(
                f"{name:16}: median {statistics.median(kept):.0f} ms, from {kept[0]:.0f} to "
                f"{kept[-1]:.0f}, lower quarter {kept[len(kept) // 4]:.0f}"
            )
        medians = {name: statistics.median(found[1:]) for name, found in times.items()}
        for name in ("whole catalogue", "bare map"):
            print(f"{name} / explore() = {medians[name] / medians['explore()']:.2f}")
        for run in range(3):
            seen = drag(context, many)
            frames = sorted(seen["frames"])
            print(
                f"drag of 1000 markers, run {run + 1}: {len(frames)} frames, median "
                f"{statistics.median(frames):.0f} ms, longest {frames[-1]:.0f} ms, "
                f"{sum(t < 100 for t in frames) / len(frames):.1%} under 100 ms; script tasks "
                f"over 50 ms: {[round(t) for t in seen['tasks']]}"
            )
        browser.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
