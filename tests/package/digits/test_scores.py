"""The weights that ship were opened to the scoring sets once, and that is on record."""

import json

import pytest

from benchmarks import reading
from dlcourse.networks import pretrained


@pytest.mark.parametrize("network", pretrained.NAMES)
def test_the_shipped_weights_have_one_record(network):
    records = json.loads(reading.RECORD.read_text())
    ours = [record for record in records if record["weights"] == reading.weights(network)]
    assert len(ours) == 1
    assert set(ours[0]["scores"]) == {
        "made, digits", "made, others", "MNIST", "MNIST, inverted", "other hands", "own",
    }  # fmt: skip
