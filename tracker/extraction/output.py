"""The reading as JSON, in the fixed shape of the command `tracker extract`."""

from typing import Any

from tracker.extraction.reading import Proposal, Reading


def as_json(reading: Reading) -> dict[str, Any]:
    """Return what `tracker extract` prints: the proposed tasks, spans in the file's characters."""
    return {"tasks": [_task(proposal) for proposal in reading.proposals]}


def _task(proposal: Proposal) -> dict[str, Any]:
    deadline = proposal.deadline
    return {
        "span": [proposal.start, proposal.end],
        "quote": proposal.quote,
        "lead": list(proposal.lead),
        "coordinate": list(proposal.coordinate),
        "deadline": deadline.due_on.isoformat() if deadline.due_on else None,
        "deadline_text": deadline.text or None,
        "deadline_kind": deadline.kind.value,
        "kind": proposal.kind.value,
        "clause": proposal.clause,
    }
