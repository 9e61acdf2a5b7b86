"""Measure the reading of notices and write benchmarks/extraction.md.

    python -m benchmarks.extraction

Scored are the gold corpus (where `shared/corpus` lies beside the checkout, with its own scorer)
and the marked texts of the tests. What was measured once only, on texts then unseen, is kept in
extraction_history.md. Times are processor seconds, medians on this machine.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from tests.files.gold import FOLDER, Gold, Score, Task, load, names, score, wrap
from tests.paths import SHARED
from tracker.extraction.directory import DirectoryUnit, UnitDirectory
from tracker.extraction.output import as_json
from tracker.extraction.reading import read_notice

CORPUS = SHARED / "corpus"
HERE = Path(__file__).parent
FOLDERS = ("dev", "notices", "notices_flat")
FIGURES = ("task_f1", "lead_f1", "coordinate_f1", "deadline_acc_dated")
KINDS = ("missed", "extra", "lead", "coordinate", "date")
TITLES = "task F1 | lead F1 | coordinate F1 | dated right |"
IGNORED = 0.5
UNITS, ROUNDS = 5_000, 5
TWO_PAGES, MEGABYTE = 5_000, 1_000_000


def main() -> None:
    """Score, measure, and write the report."""
    marked = [load(path) for path in sorted(FOLDER.glob("*.txt"))]
    readings = {"marked texts, flat": marked}
    for width in (55, 75, 100):
        wrapped = [replace(gold, text=wrap(gold.text, width)) for gold in marked]
        readings[f"marked texts, wrapped at {width}"] = wrapped
    scores = {name: score(golds, read) for name, golds in readings.items()}
    parts = [
        "# Reading of notices, measured",
        "Written by `make bench-extraction`.",
        "\n".join(_corpus()),
        f"## Marked texts of the tests\n\n| texts | tasks | {TITLES}\n|---|---|---|---|---|---|\n"
        + "\n".join(_row(name, found) for name, found in scores.items()),
        (HERE / "extraction_history.md").read_text("utf-8").strip(),
        "\n".join(_errors(scores)),
        "## Speed\n\n| what | measured | limit |\n|---|---|---|\n" + "\n".join(_speed()),
    ]
    report = "\n\n".join(part for part in parts if part) + "\n"
    (HERE / "extraction.md").write_text(report, "utf-8")
    print(report)


def read(gold: Gold) -> list[Task]:
    """Return the tasks that the grammar reads in a text."""
    return [
        Task(p.start, p.end, names(p.lead), names(p.coordinate), p.deadline.due_on)
        for p in read_notice(gold.text, issued_on=gold.issued_on).proposals
    ]


# --- scores


def _corpus() -> Iterator[str]:
    """Yield the scorer's figures for every folder, and for the halves of its documents."""
    if not CORPUS.is_dir():
        return
    yield f"## Corpus, by its own scorer\n\n| folder | documents | {TITLES}"
    yield "|---|---|---|---|---|---|"
    for folder in FOLDERS:
        paths = sorted((CORPUS / folder).glob("*.txt"))
        halves = {"all": paths, "odd numbers": paths[::2], "even numbers": paths[1::2]}
        for name, some in halves.items():
            figures = _scored(some)
            row = " | ".join(f"{figures[figure]:.3f}" for figure in FIGURES)
            yield f"| {folder}, {name} | {len(some)} | {row} |"
    yield "\nA large gap between the halves would tell of rules made for single documents."


def _scored(paths: list[Path]) -> dict[str, float]:
    """Run the corpus's scorer on copies of some of its documents."""
    with tempfile.TemporaryDirectory() as gold, tempfile.TemporaryDirectory() as found:
        for path in paths:
            answer = path.with_suffix(".json").read_text("utf-8")
            Path(gold, f"{path.stem}.json").write_text(answer, "utf-8")
            issued = date.fromisoformat(json.loads(answer)["ref_date"])
            tasks = as_json(read_notice(path.read_bytes().decode("utf-8"), issued_on=issued))
            Path(found, f"{path.stem}.json").write_text(json.dumps(tasks), "utf-8")
        scorer = [sys.executable, str(CORPUS / "score.py"), gold, found]
        printed = subprocess.run(scorer, capture_output=True, check=True, text=True).stdout
    lines = (line.split("=") for line in printed.splitlines() if line.count("=") == 1)
    return {name: float(value) for name, value in lines}


def _row(name: str, found: Score) -> str:
    figures = (found.task_f1, found.lead_f1, found.coordinate_f1, found.dated_share)
    return f"| {name} | {found.gold} | " + " | ".join(f"{figure:.3f}" for figure in figures) + " |"


def _corpus_golds(folder: str) -> Iterator[Gold]:
    for path in sorted((CORPUS / folder).glob("*.txt")):
        told = json.loads(path.with_suffix(".json").read_text("utf-8"))
        tasks = tuple(
            Task(
                *task["span"],
                names(task["lead"]),
                names(task["coordinate"]),
                date.fromisoformat(task["deadline"]["date"]) if task["deadline"]["date"] else None,
            )
            for task in told["tasks"]
        )
        issued = date.fromisoformat(told["ref_date"])
        ignored = tuple((start, end) for start, end in told.get("ignore_spans", []))
        yield Gold(path.stem, issued, path.read_bytes().decode("utf-8"), tasks, ignored)


def _errors(scores: dict[str, Score]) -> Iterator[str]:
    """Yield how many errors of each kind remain."""
    yield "## Kinds of remaining error\n"
    yield "| texts | missed | extra | lead | coordinate | date |\n|---|---|---|---|---|---|"
    found = {name: result for name, result in scores.items() if name.endswith(("flat", "75"))}
    for folder in FOLDERS if CORPUS.is_dir() else ():
        found[f"corpus {folder}"] = score(_corpus_golds(folder), read)
    for name, result in found.items():
        kinds = Counter(kind for kind, _ in result.wrong)
        yield f"| {name} | " + " | ".join(str(kinds[kind]) for kind in KINDS) + " |"
    yield "\nIn the corpus a name counts as wrong also where its scorer takes the expanded form."


# --- speed


def _speed() -> Iterator[str]:
    page = _text(TWO_PAGES)
    directory = UnitDirectory(
        tuple(DirectoryUnit(f"X{n}", f"UBND xã Tân Lập {n}", kind="commune") for n in range(UNITS))
    )
    large = _seconds(lambda: read_notice(_text(MEGABYTE)), 1)
    small = _seconds(lambda: read_notice(_text(1_000)))
    plain = _seconds(lambda: read_notice(page))
    known = _seconds(lambda: read_notice(page, directory=directory))
    yield f"| two pages ({len(page):,} characters) | {plain * 1000:.0f} ms | 50 ms |"
    yield f"| 1 MB | {large:.1f} s | 5 s |"
    yield f"| 1 MB ÷ 1 KB | {large / small:,.0f} × | 1,000 × is linear |"
    yield f"| two pages, {UNITS:,} units known | {known / plain:.2f} × | 2 × |"
    yield f"| import of the package | {_importing():.2f} s | 0.3 s |"


def _text(length: int) -> str:
    body = "\n".join(load(path).text for path in sorted(FOLDER.glob("*.txt")))
    return (body * (length // len(body) + 1))[:length]


def _seconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


def _importing() -> float:
    """Return the seconds of processor time that importing the package takes."""
    code = (
        "import time; start = time.process_time(); import tracker.extraction.reading;"
        " print(time.process_time() - start)"
    )
    runs = (subprocess.check_output([sys.executable, "-c", code]) for _ in range(ROUNDS))
    return statistics.median(float(printed) for printed in runs)


if __name__ == "__main__":
    main()
