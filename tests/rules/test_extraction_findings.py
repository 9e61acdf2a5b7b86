"""Each field of a proposal says which rule read it from which words, and how sure that is."""

from datetime import date

import pytest

from tracker.extraction.directory import DirectoryUnit, UnitDirectory
from tracker.extraction.findings import Confidence, Field, Rule
from tracker.extraction.matches import MatchRule
from tracker.extraction.reading import read_notice
from tracker.words import label_of

ISSUED = date(2026, 3, 2)
TEXT = "1. Giao Sở Y tế chủ trì, phối hợp với Công an tỉnh lập kế hoạch trước ngày 20/4/2026."


def test_every_field_shows_its_words_and_its_rule() -> None:
    found = read_notice(TEXT, issued_on=ISSUED).proposals[0].findings
    read = {item.field: (item.rule, TEXT[item.start : item.end].strip()) for item in found}
    assert read[Field.LEAD] == (Rule.ASSIGNED, "Sở Y tế")
    assert read[Field.COORDINATE] == (Rule.COORDINATES, "Công an tỉnh")
    assert read[Field.DEADLINE] == (Rule.TIME_IN_SENTENCE, "trước ngày 20/4/2026")
    assert read[Field.KIND][0] is Rule.ORDER


def test_a_proposal_is_as_sure_as_its_least_sure_field() -> None:
    sure = read_notice(TEXT, issued_on=ISSUED).proposals[0]
    guessed = read_notice(TEXT.replace("/2026", ""), issued_on=ISSUED).proposals[0]
    assert (sure.confidence, guessed.confidence) == (Confidence.SURE, Confidence.LIKELY)
    assert guessed.found(Field.DEADLINE)[0].confidence is Confidence.LIKELY


def test_a_name_that_no_unit_has_makes_the_lead_doubtful() -> None:
    directory = UnitDirectory((DirectoryUnit("CAT", "Công an tỉnh", kind="sector"),))
    proposal = read_notice(TEXT, issued_on=ISSUED, directory=directory).proposals[0]
    assert proposal.found(Field.LEAD)[0].confidence is Confidence.DOUBTFUL
    assert proposal.found(Field.COORDINATE)[0].confidence is Confidence.SURE
    assert proposal.confidence is Confidence.DOUBTFUL


@pytest.mark.parametrize("rule", [*Rule, *MatchRule])
def test_every_rule_has_a_sentence(rule: Rule | MatchRule) -> None:
    assert label_of(rule).endswith(".")
