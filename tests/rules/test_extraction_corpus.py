"""Measured quality on the gold corpus: floors a little below what the grammar reaches."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from tests.paths import SHARED
from tracker.extraction.output import as_json
from tracker.extraction.reading import read_notice

CORPUS = SHARED / "corpus"
FLOORS = {
    "dev": {"task_f1": 0.90, "lead_f1": 0.96, "coordinate_f1": 0.93, "deadline_acc_dated": 0.97},
    "notices": {
        "task_f1": 0.95,
        "lead_f1": 0.95,
        "coordinate_f1": 0.97,
        "deadline_acc_dated": 0.97,
    },
    "notices_flat": {
        "task_f1": 0.95,
        "lead_f1": 0.95,
        "coordinate_f1": 0.97,
        "deadline_acc_dated": 0.97,
    },
}


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus lies beside the checkout only")
@pytest.mark.parametrize("folder", FLOORS)
def test_the_grammar_keeps_its_figures(folder: str, tmp_path: Path) -> None:
    for path in sorted((CORPUS / folder).glob("*.txt")):
        issued = json.loads(path.with_suffix(".json").read_text("utf-8"))["ref_date"]
        text = path.read_bytes().decode("utf-8")
        found = as_json(read_notice(text, issued_on=date.fromisoformat(issued)))
        (tmp_path / f"{path.stem}.json").write_text(json.dumps(found), "utf-8")
    scored = subprocess.run(
        [sys.executable, CORPUS / "score.py", CORPUS / folder, tmp_path],
        capture_output=True,
        check=True,
        text=True,
    )
    lines = (line.split("=") for line in scored.stdout.splitlines())
    figures = {line[0]: float(line[1]) for line in lines if len(line) == 2}
    for name, floor in FLOORS[folder].items():
        assert figures[name] >= floor, f"{name} fell to {figures[name]}"
