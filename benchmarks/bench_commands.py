"""CPU of loading and of the commands, against `import geopandas`, in one interleaved run.

Every round starts each process once, in turn, so that a busy machine slows all of them alike. What
counts is the user CPU of the whole process; the ratio is that of the medians. The first round
fills the cache and does not count.

Run from the root of the repository, with another checkout beside it to compare with:

    python benchmarks/bench_commands.py [rounds] [--against CHECKOUT] [--all]
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
REFERENCE = "import geopandas"
LOADS = {
    "import regionkit": "import regionkit",
    "rk.load": "import regionkit as rk; rk.load()",
    "rk.load, counties": "import regionkit as rk; rk.load().counties",
    "rk.load, projects": "import regionkit as rk; rk.load().projects",
}
QUESTIONS = {
    "--help": ["--help"],
    "sources": ["sources"],
    "history": ["history", "xudapu-nuclear-1-4"],
    "history --stalled": ["history", "--stalled", "4"],
    "targets --scope": ["targets", "--scope", "辽西"],
    "targets, all": ["targets"],
    "query --zone --domain": ["query", "--zone", "辽西", "--domain", "能源"],
    "query --zone": ["query", "--zone", "辽西"],
    "query --count-by": ["query", "--domain", "能源", "--count-by", "city"],
    "query --sum-by": ["query", "--domain", "能源", "--sum-by", "city"],
    "query --near": ["query", "--near", "锦州港", "--km", "50"],
    "query --within": ["query", "--within", "辽西+沈阳都市圈"],
    "query --along": ["query", "--along", "沈大经济走廊", "--km", "10"],
    "profile, county": ["profile", "喀左"],
    "profile, zone": ["profile", "辽西"],
    "profile, port": ["profile", "锦州港"],
    "locate LON,LAT": ["locate", "123.43,41.81"],
}
FILES = {
    "join": ["join", "{folder}/join.csv"],
    "join --map": ["join", "{folder}/join.csv", "--value", "数值", "--map", "{folder}/join.png"],
    "export projects": ["export", "projects", "-o", "{folder}/projects.gpkg"],
}


def arguments(name, folder):
    """Return the arguments of Python that run a thing by its name."""
    if name == REFERENCE:
        return ["-c", REFERENCE]
    if name in LOADS:
        return ["-c", LOADS[name]]
    words = [word.format(folder=folder) for word in (QUESTIONS | FILES)[name]]
    return ["-c", "from regionkit.cli import main; main()", *words]


def user_seconds(command, environment, folder):
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    # Not from a checkout, whose modules would come before those of the path.
    done = subprocess.run(
        command, env=environment, cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{' '.join(command)}:\n{done.stderr}")
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rounds", nargs="?", type=int, default=7)
    parser.add_argument("--against", type=Path, help="another checkout, measured beside this one")
    parser.add_argument("--all", action="store_true", help="also commands on files and maps")
    options = parser.parse_args()
    checkouts = {"here": ROOT}
    if options.against is not None:
        checkouts["against"] = options.against.resolve()
    names = [*LOADS, *QUESTIONS, *(FILES if options.all else {})]
    seconds = {}
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder, "join.csv")
        table.write_text("县（市）,数值\n喀左,1\n海城市,2\n康平,3\n", encoding="utf-8")
        for number in range(options.rounds + 1):
            for name in [REFERENCE, *names]:
                for label, root in checkouts.items():
                    if name == REFERENCE and label != "here":
                        continue
                    environment = {
                        **os.environ,
                        "PYTHONPATH": str(root),
                        "REGIONKIT_CACHE": str(Path(folder, f"cache-{label}")),
                    }
                    command = [sys.executable, *arguments(name, folder)]
                    taken = user_seconds(command, environment, folder)
                    if number:
                        seconds.setdefault((name, label), []).append(taken)
    report(names, list(checkouts), seconds, options.rounds)


def report(names, labels, seconds, rounds):
    middle = {key: statistics.median(taken) for key, taken in seconds.items()}
    reference = middle[REFERENCE, "here"]
    spread = seconds[REFERENCE, "here"]
    print(
        f"{rounds} rounds; {REFERENCE}: {reference:.2f} s user CPU ({min(spread):.2f} to "
        f"{max(spread):.2f})\n"
    )
    heads = [part for label in labels for part in (f"{label}, s", f"{label}, ratio")]
    print(f"| what | {' | '.join(heads)} |")
    print(f"|---|{'---|' * len(heads)}")
    for name in names:
        cells = [
            part
            for label in labels
            for part in (
                f"{middle[name, label]:.2f}",
                f"{middle[name, label] / reference:.2f}",
            )
        ]
        print(f"| {name} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
