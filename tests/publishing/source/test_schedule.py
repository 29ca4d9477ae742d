"""The plans: each its list, each day its clock, and what is wrong with a file."""

import re

import pytest
import yaml
from _publishing.source.schedule import read_schedule
from sphinx.errors import ExtensionError


@pytest.mark.parametrize(
    ("entries", "fault"),
    [
        (
            [{"lunch": "Soup", "start": 9}],
            "item 1: expected chapter, break, talk, spare, day; got lunch, start",
        ),
        ([{"break": "Soup", "teach": 3}], "item 1: expected break with minutes, start; got break"),
        (
            [{"chapter": "a", "teach": 30}, {"break": "b", "start": "09:10", "minutes": 5}],
            "item 2: starts at 09:10, before 09:30",
        ),
        ([{"chapter": "a", "teach": -5}], "item 1: expected whole numbers of minutes"),
        ([{"chapter": "a", "start": 630}], 'item 1: expected a start such as "09:30", in quotes'),
        ([{"chapter": "a", "skip_when_late": "b"}], "item 1: expected skip_when_late with a list"),
    ],
)
def test_schedule_says_what_is_wrong(tmp_path, entries, fault):
    path = tmp_path / "schedule.yml"
    path.write_text(yaml.safe_dump({"half-day": entries}), encoding="utf-8")
    with pytest.raises(ExtensionError, match=re.escape(fault)):
        read_schedule(path)


def test_each_plan_has_a_list_of_its_own_and_each_day_its_clock(tmp_path):
    path = tmp_path / "schedule.yml"
    days = [{"day": "One"}, {"chapter": "a", "teach": 60}, {"day": "Two", "start": "10:00"}]
    path.write_text(yaml.safe_dump({"two-days": [*days, {"break": "Tea", "minutes": 5}]}), "utf-8")
    assert read_schedule(path) == []
    starts = [item.start for item in read_schedule(path, "two-days")]
    assert starts == ["09:00", "09:00", "10:00", "10:00"]
    early = [{"talk": "a", "start": "08:30"}, {"day": "Two", "start": "08:00"}, {"day": "Three"}]
    path.write_text(yaml.safe_dump({"two-days": early}), "utf-8")
    assert [item.start for item in read_schedule(path, "two-days")] == ["08:30", "08:00", "09:00"]
    path.write_text(yaml.safe_dump({"week": []}), encoding="utf-8")
    with pytest.raises(ExtensionError, match="expected lists named half-day"):
        read_schedule(path)
