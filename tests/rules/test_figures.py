"""The figures sum and every rate names its denominator."""

from tracker.reports.rules import Figure, Figures, Rate


def test_the_four_official_classes_are_the_total_and_the_others_stand_beside_it():
    figures = Figures(
        done_on_time=71, done_late=12, open_in_time=46, open_overdue=19, undated=9, standing=6
    )

    assert figures.total == 148
    assert figures[Figure.OPEN_OVERDUE] == 19


def test_rates_name_what_they_are_a_part_of():
    figures = Figures(done_on_time=71, done_late=12, open_in_time=46, open_overdue=19)

    assert figures.rates == {
        "done_of_due": Rate(83 / 102, 102),
        "done_of_all": Rate(83 / 148, 148),
        "on_time_of_done": Rate(71 / 83, 83),
        "overdue_of_all": Rate(19 / 148, 148),
    }


def test_a_rate_of_nothing_has_no_value():
    assert Figures(undated=3).rates["done_of_all"] == Rate(None, 0)
