"""Commands that serve: the web, the scheduler, or both in one process."""

import signal
from types import FrameType

import click
import waitress

from tracker import schedule
from tracker.app import alembic, create_app
from tracker.commands.base import log_to_stderr

THREADS = 8
address = click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
port = click.option("--port", default=8000, show_default=True, type=int, help="Port to listen at.")


@click.command("web")
@address
@port
def web(host: str, port: int) -> None:
    """Serve the pages."""
    app = create_app()
    click.echo(f"Serving at http://{host}:{port}/", err=True)
    waitress.serve(app, host=host, port=port, threads=THREADS, ident=None)


@click.command("scheduler")
def scheduler() -> None:
    """Run the timetable: plan reminders, send mail."""
    log_to_stderr()
    _end_on_termination()
    click.echo(schedule.timetable(), err=True)
    schedule.start(create_app(), blocking=True)


@click.command("run")
@address
@port
def run(host: str, port: int) -> None:
    """Bring the schema up to date, then serve the pages and run the timetable in one process."""
    log_to_stderr()
    _end_on_termination()
    app = create_app()
    with app.app_context():
        alembic.upgrade()
    running = schedule.start(app, blocking=False)
    click.echo(f"Serving at http://{host}:{port}/", err=True)
    try:
        waitress.serve(app, host=host, port=port, threads=THREADS, ident=None)
    finally:
        running.shutdown(wait=True)


def _end_on_termination() -> None:
    """Let SIGTERM end the process in order: what was claimed is noted, connections are closed."""

    def end(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, end)
