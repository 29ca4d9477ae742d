"""The half day as a table: clock times, links, sums."""

from _publishing.directives.schedule_table import left_out, summary, table
from _publishing.source.schedule import read_schedule

FILE = """
half-day:
  - chapter: neurons
    start: "09:30"
    teach: 15
    exercise: 10
    skip_when_late: [tanh, the exercise]
  - break: Coffee
    minutes: 15
  - chapter: networks
    teach: 20
"""


def test_a_row_for_each_item(tmp_path):
    path = tmp_path / "schedule.yml"
    path.write_text(FILE, encoding="utf-8")
    items = read_schedule(path)
    assert table(items)[2:] == [
        "| 09:30 | 09:55 | {ref}`neurons` | 15 | 10 | tanh; the exercise |",
        "| 09:55 | 10:10 | *Coffee* | | | |",
        "| 10:10 | 10:30 | {ref}`networks` | 20 |  |  |",
    ]
    assert summary(items) == (
        "In all: 35 minutes of teaching, 10 of exercises, 15 of breaks; from 09:30 to 10:30."
    )
    assert left_out(items, ["neurons", "networks"]) == ""
    topics = ["kernels", "networks", "ethics"]
    assert left_out(items, topics) == "Not in this plan: *{ref}`kernels`*, *{ref}`ethics`*."
