"""What one cell with several answers stands for."""

import pytest

from generator.tallying.choices import MEN, WOMEN, SeveralChoices, sex_choices

NAMED = {name: (name,) for name in ("ja, helt", "ja", "a/b")}


@pytest.mark.parametrize(
    "text",
    [
        "Ja, helt;A/B;",
        "Ja, helt, A/B",
        "Ja, helt / A/B",
        "Ja, helt\nA/B",
        "Ja, helt\tA/B",
        '["Ja, helt","A/B"]',
        "Ja, helt & A/B",
    ],
)
def test_answers_are_parted_as_survey_tools_part_them(text: str) -> None:
    assert SeveralChoices(NAMED)[text] == ("ja, helt", "a/b")


def test_a_part_that_is_no_answer_is_not_known() -> None:
    assert SeveralChoices(NAMED)["Ja / Kanske"] is None


@pytest.mark.parametrize(("text", "sex"), [("Female", WOMEN), ("woman", WOMEN), ("Male", MEN), ("Män", MEN)])
def test_sexes_may_be_said_in_english(text: str, sex: str) -> None:
    assert sex_choices()[text] == sex
