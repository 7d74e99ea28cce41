"""Size, time to paint and frames of a drag: our page against GeoDataFrame.explore().

Both pages hold the same boundaries, stand in one file, and are opened in turn in one headless
Chromium with the network cut off. **A page is painted when the first frame that holds all of its
units is presented**, by the browser's own clock: before each frame a small script looks whether
they are drawn, and if so puts a letter into the same frame, of which the browser tells when it was
shown (Element Timing). The time runs from the start of the navigation, and holds parsing, drawing
and rastering of both pages alike.

- Ours opens on the zones: units, zones, borders, sea and neighbours are in that frame. Left for
  after: names, the words of bar and panel, the facts that panel, search and filters read, the
  lists, the legend, the scale bar, and the margin drawn beyond the edges. The words and the small
  picture that stand in the page before its script do not count.
- explore() is that of the bare counties with their names: as it is called, and at the six decimals
  their source gives (the datum's conversion leaves sixteen digits, 7.0 MB instead of 4.4). Its
  first frame shows a part of them, at another scale; all are drawn when its map has moved to them,
  which it does by itself in a quarter of a second. When its first frame came is told beside.
- Leaflet is inlined, and jQuery where the package XStatic-jQuery is installed (else a line that
  does what the page asks of it). Bootstrap, Font Awesome and the marker icons are left out: the
  page draws without them, and they would only slow it.

A new window of the browser has work of its own for a while; the page is opened when it is done.

Run:

    python benchmarks/bench_webmap.py [rounds]
"""

import gzip
import math
import os
import re
import shutil
import statistics
import sys
import tempfile
import warnings
from pathlib import Path

import geopandas as gpd
import shapely
from playwright.sync_api import sync_playwright

import regionkit as rk
from regionkit.maps.page.leaflet import leaflet_script, leaflet_style
from regionkit.maps.page.webmap import webmap

# What a new window of the browser does by itself is done by then, ms.
SETTLE_MS = 1500
# Puts a letter into the first frame that has all units drawn, and one into the first that has any.
# Leaflet writes "M0 0" for a path that lies outside of what it has drawn.
WATCH_PAINT = """(() => {
  window.shown = {};
  const mark = name => {
    const letter = document.createElement('b');
    letter.setAttribute('elementtiming', name);
    letter.textContent = 'M';
    letter.style.cssText = 'position:fixed;left:0;top:0;z-index:99999;font:9px sans-serif';
    document.body.append(letter);
  };
  let isAny = false;
  const look = () => {
    const box = document.querySelector('.leaflet-container');
    const paths = box ? [...box.querySelectorAll('path.leaflet-interactive')] : [];
    const isAll = box && (box.querySelector('canvas') ||
      (paths.length > 0 && paths.every(path => path.getAttribute('d') !== 'M0 0')));
    if (!isAny && (isAll || paths.length)) { isAny = true; mark('any'); }
    if (isAll) mark('all'); else requestAnimationFrame(look);
  };
  new PerformanceObserver(list => list.getEntries().forEach(entry => {
    window.shown[entry.identifier] = entry.renderTime;
  })).observe({ type: 'element', buffered: true });
  requestAnimationFrame(look);
})()"""


def jquery():
    """Return jQuery from its package, or a line that does what explore() asks of it."""
    try:
        from xstatic.pkg import jquery as package
    except ImportError:
        return "", "window.$=window.$||(x=>typeof x==='string'?[x]:{ready:f=>f()})"
    path = Path(package.BASE_DIR) / "jquery.min.js"
    return f"jQuery {package.VERSION}", path.read_text(encoding="utf-8")


def save_explore(ln, path, *, decimals=None):
    """Write explore() of the bare counties with its assets inlined; return what they are."""
    shapes = ln.counties.geometry.to_numpy()
    if decimals is not None:
        shapes = shapely.transform(shapes, lambda xy: xy.round(decimals))
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


def paint_ms(context, path):
    """Return when the frames with all units and with any are presented, from the navigation."""
    page = context.new_page()
    page.wait_for_timeout(SETTLE_MS)
    page.goto(path.as_uri())
    shown = {}
    while "all" not in shown:
        page.wait_for_timeout(100)
        shown = page.evaluate("shown")
    # All that is left for after has been done by then, and does not run into the next page's time.
    page.wait_for_timeout(500)
    page.close()
    return shown["all"], shown["any"]


WATCH = """() => {
  window.seen = { frames: [], tasks: [] };
  let last = performance.now();
  const tick = now => { seen.frames.push(now - last); last = now; requestAnimationFrame(tick); };
  requestAnimationFrame(tick);
  new PerformanceObserver(l => l.getEntries().forEach(e => seen.tasks.push(e.duration)))
    .observe({ entryTypes: ['longtask'] });
}"""


def drag(context, path, view=""):
    """Return the lengths of the frames, and of long tasks, while a mouse drags the map."""
    page = context.new_page()
    page.goto(path.as_uri())
    # The page's policy lets no one evaluate text in it, which wait_for_function would.
    while not page.evaluate("performance.getEntriesByName('rk-ready').length > 0"):
        page.wait_for_timeout(50)
    page.wait_for_timeout(500)
    if view:
        page.evaluate("view => regionkit.show(view)", view)
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
        rounded = Path(folder) / "rounded.html"
        save_explore(ln, rounded, decimals=6)
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
        print(f"explore()       : {size(theirs)}, rounded {size(rounded)}, with {inlined} inlined")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 1366, "height": 768}, offline=True)
        context.add_init_script(WATCH_PAINT)
        pages = {
            "whole catalogue": ours,
            "bare map": bare,
            "explore()": theirs,
            "explore(), rounded": rounded,
        }
        times = {name: [] for name in pages}
        for turn in range(rounds + 1):
            # Each is now first, now last: none always follows the heaviest.
            for name in [*pages, *pages][turn % len(pages) :][: len(pages)]:
                times[name].append(paint_ms(context, pages[name]))
        # The first round warms the browser up.
        whole = {name: [found[0] for found in rows[1:]] for name, rows in times.items()}
        for name, found in whole.items():
            print(
                f"{name:18}: median {statistics.median(found):.0f} ms, from {min(found):.0f} to "
                f"{max(found):.0f}, lower quarter {sorted(found)[len(found) // 4]:.0f}"
            )
        print(f"load of the machine: {', '.join(f'{load:.1f}' for load in os.getloadavg())}")
        for other in ("explore()", "explore(), rounded"):
            first = statistics.median(found[1] for found in times[other][1:])
            print(f"first frame of {other} with any unit: median {first:.0f} ms")
            for name in ("whole catalogue", "bare map"):
                ratio = statistics.median(whole[name]) / statistics.median(whole[other])
                pairs = zip(whole[name], whole[other], strict=True)
                paired = statistics.median(mine / its for mine, its in pairs)
                print(f"{name} / {other} = {ratio:.2f}; median of the rounds {paired:.2f}")
        for what, path, view in (
            ("all domains", ours, "all"),
            ("1000 markers", many, ""),
        ):
            for run in range(5):
                seen = drag(context, path, view)
                frames = sorted(seen["frames"])
                print(
                    f"drag with {what}, run {run + 1}: {len(frames)} frames, median "
                    f"{statistics.median(frames):.0f} ms, longest {frames[-1]:.0f} ms, "
                    f"{sum(t < 100 for t in frames) / len(frames):.1%} under 100 ms; script tasks "
                    f"over 50 ms: {[round(t) for t in seen['tasks']]}"
                )
        browser.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
