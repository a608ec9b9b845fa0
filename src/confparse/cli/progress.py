"""What a person sees of a batch: a bar while it runs, its counts when it ends. All on standard error."""

import sys
from typing import TYPE_CHECKING

from confparse.batch.plan import Outcome
from confparse.batch.run import Summary
from confparse.cli.output import complain, note
from confparse.diagnostics import messages

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress


class Progress:
    """A bar with rate and time left on a terminal; nothing if standard error is not a terminal, or if `quiet`."""

    def __init__(self, ui: str, quiet: bool, verbose: bool) -> None:
        self._bar: RichProgress | None = None
        self._wanted, self._verbose, self._ui = sys.stderr.isatty() and not quiet, verbose, ui

    def __enter__(self) -> "Progress":
        if self._wanted:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
            from rich.progress import Progress as RichProgress

            columns = (
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TaskProgressColumn(show_speed=True),
            )
            self._bar = RichProgress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True)
            self._bar.start()
            self._task = self._bar.add_task(messages()["batch_progress"].said(self._ui), total=None)
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def advance(self, outcome: Outcome, total: int) -> None:
        """Advance the bar by one file: its error, and if wanted its name."""
        if self._bar is not None:
            self._bar.update(self._task, advance=1, total=total)
        if outcome.error is not None:
            complain(outcome.error, self._ui)
        elif self._verbose:
            key = "batch_skipped" if outcome.skipped else "batch_done"
            note(
                messages()[key].said(
                    self._ui, name=outcome.source, paragraphs=outcome.paragraphs, records=outcome.records
                )
            )


def batch_summary(summary: Summary, ui: str) -> None:
    """What a batch did."""
    say = messages()
    rate = summary.size / 1e6 / summary.seconds if summary.seconds else 0.0
    note(say["batch_files"].said(ui, done=summary.parsed, failed=summary.failed, skipped=summary.skipped))
    if summary.parsed:
        counts = {"paragraphs": summary.paragraphs, "records": summary.records}
        speed = {"megabytes": summary.size / 1e6, "seconds": summary.seconds, "rate": rate}
        note(say["batch_found"].said(ui, **counts, **speed))
    if summary.codes:
        codes = ", ".join(f"{code} {count}" for code, count in sorted(summary.codes.items()))
        note(say["batch_codes"].said(ui, codes=codes))
    if summary.journal_error is not None:
        complain(summary.journal_error, ui)
