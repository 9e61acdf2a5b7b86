"""The plain baseline of ../shared/bench in the same run: bare Flask and psycopg, no sign-in."""

import importlib.util
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import psycopg

BENCH = Path(__file__).parents[2] / "shared" / "bench"
TABLES = """
create table unit(id int primary key, name text);
create table task(id int primary key, title text, body text, unit_id int, open boolean, due date,
                  made date, closed date);
"""


def load(dsn: str, tasks: int) -> Callable[[], int] | None:
    """Fill an empty database and return a function that asks for the page; None: no baseline."""
    if not (BENCH / "base_app.py").is_file():
        return None
    with tempfile.TemporaryDirectory() as folder, psycopg.connect(dsn, autocommit=True) as server:
        subprocess.run([sys.executable, BENCH / "gen.py", str(tasks), folder], check=True)
        server.execute(TABLES)
        for table, name in (("unit", "units.tsv"), ("task", f"data-{tasks}.tsv")):
            command = f"copy {table} from stdin with (null '')"
            with server.cursor().copy(command) as copy:
                copy.write((Path(folder) / name).read_bytes())
        server.execute("create index on task (due, id) where open")
        server.execute("vacuum analyze")
    os.environ["BENCH_DSN"] = dsn
    spec = importlib.util.spec_from_file_location("base_app", BENCH / "base_app.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    client = module.app.test_client()
    return lambda: client.get("/overdue?count=1").status_code
