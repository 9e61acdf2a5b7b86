"""Every act on meetings, notices and clauses, gathered from the files that hold them."""

from tracker.conclusions.assigning import Assigned, assign_work
from tracker.conclusions.clauses import read_clauses
from tracker.conclusions.drafts import drop_draft, keep_draft
from tracker.conclusions.meetings import (
    NewMeeting,
    NewParticipant,
    add_participant,
    change_meeting,
    link_finding,
    raise_matter,
    record_finding,
    record_meeting,
    remove_participant,
)
from tracker.conclusions.new_names import learn_name
from tracker.conclusions.notices import (
    SECRET_TEXT,
    NewNotice,
    attach_file,
    draft_notice,
    record_signature,
    replace_text,
    submit,
)
from tracker.conclusions.parts import (
    add_proposal,
    merge_proposals,
    merge_with_above,
    part_leads,
    remove_proposal,
    split_proposal,
)
from tracker.conclusions.review import accept_clear, save_clause
from tracker.conclusions.steps import undo
from tracker.conclusions.typed import ClauseEdit, ProposalEdit

__all__ = [
    "SECRET_TEXT",
    "Assigned",
    "ClauseEdit",
    "NewMeeting",
    "NewNotice",
    "NewParticipant",
    "ProposalEdit",
    "accept_clear",
    "add_participant",
    "add_proposal",
    "assign_work",
    "attach_file",
    "change_meeting",
    "draft_notice",
    "drop_draft",
    "keep_draft",
    "learn_name",
    "link_finding",
    "merge_proposals",
    "merge_with_above",
    "part_leads",
    "raise_matter",
    "read_clauses",
    "record_finding",
    "record_meeting",
    "record_signature",
    "remove_participant",
    "remove_proposal",
    "replace_text",
    "save_clause",
    "split_proposal",
    "submit",
    "undo",
]
