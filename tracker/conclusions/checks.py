"""The checks before work is assigned, on one list: what forbids it, and what is worth a look."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from tracker.conclusions.editing import leads_of
from tracker.conclusions.models import Clause, Notice, Proposal
from tracker.conclusions.review_queries import UnitName
from tracker.conclusions.review_rules import ClauseLack, Doubt, Lack
from tracker.conclusions.rules import WORKED, ClauseVerdict
from tracker.errors import N_
from tracker.words import name_words


class Check(StrEnum):
    """What is looked at beside what each clause lacks; only the signature forbids assigning."""

    SIGNATURE = "signature"
    PRODUCT = "product"
    EARLIER = "earlier"
    UNREACHED = "unreached"


name_words(
    {
        Check.SIGNATURE: N_("number and date of the signed notice are not recorded"),
        Check.PRODUCT: N_("no product is named"),
        Check.EARLIER: N_("an earlier task on the same matter is still open"),
        Check.UNREACHED: N_("no head with an account and no mail address"),
    }
)


@dataclass(frozen=True)
class Checked:
    """One line of the list: what it is about, where, which units; `forbids` assigning or not."""

    kind: Lack | Check
    forbids: bool
    places: tuple[ClauseLack, ...] = ()
    units: tuple[str, ...] = ()


def list_of(
    notice: Notice, lacks: list[ClauseLack], units: dict[int, UnitName], reached: set[int]
) -> list[Checked]:
    """Return what is not in order yet: first what forbids assigning, then what is worth a look."""
    found = [] if notice.signed_at else [Checked(Check.SIGNATURE, forbids=True)]
    groups: dict[Lack, list[ClauseLack]] = {}
    for lack in lacks:
        for kind in lack.kinds:
            groups.setdefault(kind, []).append(lack)
    found += [Checked(kind, forbids=True, places=tuple(where)) for kind, where in groups.items()]
    tasks = list(_tasks(notice))
    found += _worth_a_look(tasks)
    missed = {unit_id for _clause, proposal in tasks for unit_id in leads_of(proposal)} - reached
    names = sorted(units[unit_id].name for unit_id in missed if unit_id in units)
    return [*found, Checked(Check.UNREACHED, forbids=False, units=tuple(names))] if names else found


def _worth_a_look(tasks: list[tuple[Clause, Proposal]]) -> Iterable[Checked]:
    without = [clause for clause, proposal in tasks if not proposal.product.strip()]
    if without:
        yield Checked(Check.PRODUCT, forbids=False, places=_places(without))
    repeated = [
        clause for clause, proposal in tasks if Doubt.EARLIER_TASK in proposal.doubts.split()
    ]
    if repeated:
        yield Checked(Check.EARLIER, forbids=False, places=_places(repeated))


def _tasks(notice: Notice) -> Iterable[tuple[Clause, Proposal]]:
    for clause in notice.clauses:
        open_ = clause.verdict is ClauseVerdict.OPEN
        if (clause.suggested if open_ else clause.verdict) in WORKED and not clause.heading:
            yield from ((clause, item) for item in clause.proposals if not item.target)


def _places(clauses: Iterable[Clause]) -> tuple[ClauseLack, ...]:
    each = {clause.id: clause for clause in clauses}
    return tuple(ClauseLack(c.id, c.label, c.position, ()) for c in each.values())
