"""Why a field of a proposal reads as it does: the rule that found it, its words, how sure it is.

Rule ids are stable: reports count how often a rule was overruled, and screens show its sentence
(the label of the member) beside the marked words.
"""

from dataclasses import dataclass
from enum import StrEnum

from tracker.errors import N_
from tracker.words import name_words

Stretch = tuple[int, int]


class Field(StrEnum):
    """The parts of a proposal that are read from the text."""

    LEAD = "lead"
    COORDINATE = "coordinate"
    DEADLINE = "deadline"
    PRODUCT = "product"
    KIND = "kind"


class Confidence(StrEnum):
    """How far a reading can be trusted; the doubtful is shown first."""

    DOUBTFUL = "doubtful"
    LIKELY = "likely"
    SURE = "sure"


class Rule(StrEnum):
    """The rules of the grammar, by the field that they fill."""

    ASSIGNED = "lead.assigned"
    ORDERED = "lead.ordered"
    AFTER_TOPIC = "lead.after-topic"
    PASSIVE = "lead.passive"
    OPENED = "lead.opened"
    UNDER_HEADING = "lead.under-heading"
    UNDER_ITEM = "lead.under-item"
    SENTENCE_BEFORE = "lead.sentence-before"
    PARAGRAPH_BEFORE = "lead.paragraph-before"
    LEAD_COLUMN = "lead.column"
    LEAD_ROW_ABOVE = "lead.row-above"
    LEAD_LABEL = "lead.label"

    COORDINATES = "coordinate.with"
    COORDINATE_HEADING = "coordinate.heading"
    COORDINATE_COLUMN = "coordinate.column"
    COORDINATE_ROW_ABOVE = "coordinate.row-above"
    COORDINATE_LABEL = "coordinate.label"

    TIME_IN_SENTENCE = "deadline.sentence"
    TIME_AFTERWARDS = "deadline.afterwards"
    TIME_HEADING = "deadline.heading"
    TIME_COLUMN = "deadline.column"
    TIME_ROW_ABOVE = "deadline.row-above"
    TIME_LABEL = "deadline.label"

    PRODUCT_COLUMN = "product.column"
    PRODUCT_LABEL = "product.label"

    ORDER = "kind.order"
    ITEM = "kind.item"
    TARGET = "kind.target"
    ROW = "kind.row"
    LABELLED = "kind.labelled"


name_words(
    {
        Field.LEAD: N_("Lead"),
        Field.COORDINATE: N_("Coordinating"),
        Field.DEADLINE: N_("Deadline"),
        Field.PRODUCT: N_("Product"),
        Field.KIND: N_("Kind"),
    }
)
name_words(
    {
        Confidence.DOUBTFUL: N_("doubtful"),
        Confidence.LIKELY: N_("likely"),
        Confidence.SURE: N_("sure"),
    }
)
name_words(
    {
        Rule.ASSIGNED: N_("Named behind a verb that assigns."),
        Rule.ORDERED: N_("Subject of the sentence, followed by what it shall do."),
        Rule.AFTER_TOPIC: N_("Named behind the words that give the subject matter."),
        Rule.PASSIVE: N_("Named behind “do”: the work is done by this unit."),
        Rule.OPENED: N_("Named before the colon that opens the item."),
        Rule.UNDER_HEADING: N_("Named by the heading above."),
        Rule.UNDER_ITEM: N_("Named by the item that holds this one."),
        Rule.SENTENCE_BEFORE: N_("Addressed by the sentence before."),
        Rule.PARAGRAPH_BEFORE: N_("Addressed by a paragraph before."),
        Rule.LEAD_COLUMN: N_("In the column of the lead."),
        Rule.LEAD_ROW_ABOVE: N_("Taken from the row above: its cells are merged."),
        Rule.LEAD_LABEL: N_("On the line below that names the lead."),
        Rule.COORDINATES: N_("Named behind “phối hợp” or “cùng”."),
        Rule.COORDINATE_HEADING: N_("Named by the heading above."),
        Rule.COORDINATE_COLUMN: N_("In the column of those who coordinate."),
        Rule.COORDINATE_ROW_ABOVE: N_("Taken from the row above: its cells are merged."),
        Rule.COORDINATE_LABEL: N_("On the line below that names who coordinates."),
        Rule.TIME_IN_SENTENCE: N_("Said in the sentence of the task."),
        Rule.TIME_AFTERWARDS: N_("Said by a sentence or paragraph after it."),
        Rule.TIME_HEADING: N_("Said by the heading above."),
        Rule.TIME_COLUMN: N_("In the column of the time."),
        Rule.TIME_ROW_ABOVE: N_("Taken from the row above: its cells are merged."),
        Rule.TIME_LABEL: N_("On the line below that names the time."),
        Rule.PRODUCT_COLUMN: N_("In the column of the product."),
        Rule.PRODUCT_LABEL: N_("On the line below that names the product."),
        Rule.ORDER: N_("A unit is addressed and asked to act."),
        Rule.ITEM: N_("An item below a heading that names a unit."),
        Rule.TARGET: N_("A measure to reach, with a number."),
        Rule.ROW: N_("A row of a table that assigns work."),
        Rule.LABELLED: N_("An item that a line below assigns."),
    }
)

_LESS_SURE = {
    Rule.AFTER_TOPIC: Confidence.LIKELY,
    Rule.PASSIVE: Confidence.LIKELY,
    Rule.UNDER_ITEM: Confidence.LIKELY,
    Rule.SENTENCE_BEFORE: Confidence.LIKELY,
    Rule.PARAGRAPH_BEFORE: Confidence.DOUBTFUL,
    Rule.LEAD_ROW_ABOVE: Confidence.LIKELY,
    Rule.COORDINATE_HEADING: Confidence.LIKELY,
    Rule.COORDINATE_ROW_ABOVE: Confidence.LIKELY,
    Rule.TIME_AFTERWARDS: Confidence.LIKELY,
    Rule.TIME_HEADING: Confidence.LIKELY,
    Rule.TIME_ROW_ABOVE: Confidence.LIKELY,
    Rule.ITEM: Confidence.LIKELY,
}
_STEPS = tuple(Confidence)


def trust(rule: Rule) -> Confidence:
    """Return how sure a rule is of what it finds, before names are looked up."""
    return _LESS_SURE.get(rule, Confidence.SURE)


def least(steps: "list[Confidence]") -> Confidence:
    """Return the lowest of `steps`; of none, sure."""
    return min(steps, key=_STEPS.index, default=Confidence.SURE)


@dataclass(frozen=True)
class Finding:
    """One field of a proposal: `original[start:end]` are the words that it was read from.

    `rule` is the id of a rule, its sentence the label of that member; a kind may have no words of
    its own (`start == end`).
    """

    field: Field
    rule: Rule
    start: int
    end: int
    confidence: Confidence
