"""Size and time to paint: our page against GeoDataFrame.explore() of the same boundaries.

Both are opened in turn in one headless Chromium with the network cut off; explore() gets its
assets inlined from the same Leaflet, and is spared the libraries it does not need to draw. The
time runs, on the page's own clock, from the start of the navigation to the fourth animation frame
after the script has drawn everything: by then the browser has rastered what was drawn. Run:

    python benchmarks/bench_webmap.py [rounds]
"""

import gzip
import re
import shutil
import statistics
import sys
import tempfile
import warnings
from pathlib import Path

import geopandas as gpd
from playwright.sync_api import sync_playwright

import regionkit as rk
from regionkit.maps.web_page import _leaflet_script, _leaflet_style
from regionkit.maps.webmap import webmap

# Explore's script has drawn when the page is loaded; ours sets a mark two frames after it has.
PAINTED = """
const after = n => n ? requestAnimationFrame(() => after(n - 1)) : performance.mark('bench');
new PerformanceObserver(list => list.getEntriesByName('rk-painted').length && after(2))
  .observe({type: 'mark'});
addEventListener('load', () => window.regionkit || after(4));
"""


def save_explore(ln, path):
    """Write explore() of the boundaries with its assets inlined."""
    frame = gpd.GeoDataFrame(ln.counties[["name", "city"]], geometry=ln.counties.geometry)
    text = frame.explore(tiles=None).get_root().render()
    text = re.sub(r"<script src=[^>]+></script>", "", text)
    text = re.sub(r"<link rel=\"stylesheet\"[^>]+/>", "", text)
    shim = "window.$=window.$||(x=>typeof x==='string'?[x]:{ready:f=>f()})"
    head = (
        f"<style>{_leaflet_style(with_images=False)}</style>"
        f"<script>{_leaflet_script()}</script><script>{shim}</script>"
    )
    path.write_text(text.replace("<head>", f"<head>{head}", 1), encoding="utf-8")


def size(path):
    data = path.read_bytes()
    return f"{len(data) / 1000:.0f} KB, gzipped {len(gzip.compress(data, 6)) / 1000:.0f} KB"


def paint_ms(context, path):
    page = context.new_page()
    page.add_init_script(PAINTED)
    page.goto(path.as_uri())
    page.wait_for_function("performance.getEntriesByName('bench').length", polling=300)
    found = page.evaluate("performance.getEntriesByName('bench')[0].startTime")
    page.close()
    return found


def worst_frame_ms(context, path, script):
    page = context.new_page()
    page.goto(path.as_uri())
    page.wait_for_function("performance.getEntriesByName('rk-painted').length")
    found = page.evaluate(script)
    page.close()
    return found


# The pointer drags the map for two seconds; every frame's length is taken.
DRAG = """async () => {
  const map = regionkit.views[0].map; let worst = 0, last = performance.now(), n = 0;
  const frame = now => { worst = Math.max(worst, now - last); last = now; n++; };
  const end = performance.now() + 2000;
  while (performance.now() < end) {
    await new Promise(done => requestAnimationFrame(now => { frame(now); done(); }));
    map.panBy([Math.sin(n / 5) * 25, Math.cos(n / 7) * 18], {animate: false});
  }
  return [worst, n];
}"""


def main(rounds=15):
    ln = rk.load("liaoning")
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        ours, theirs = Path(folder) / "ours.html", Path(folder) / "explore.html"
        bare, many = Path(folder) / "bare.html", Path(folder) / "many.html"
        webmap(ln).save(ours)
        webmap(ln, layers=[], overlays=["counties"]).save(bare)
        save_explore(ln, theirs)
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
        print(f"explore()       : {size(theirs)}")
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
                f"{kept[-1]:.0f}"
            )
        medians = {name: statistics.median(found[1:]) for name, found in times.items()}
        for name in ("whole catalogue", "bare map"):
            print(f"{name} / explore() = {medians[name] / medians['explore()']:.2f}")
        worst = [worst_frame_ms(context, many, DRAG) for _ in range(3)]
        print(
            f"pan with 1000 markers: longest frame {max(w for w, _ in worst):.0f} ms of "
            f"{sum(n for _, n in worst)}"
        )
        browser.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
