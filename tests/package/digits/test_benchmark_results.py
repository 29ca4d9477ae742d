"""The reader that ships was opened to the scoring sets once, and that is on record."""

import numpy as np
import pytest

from benchmarks import reader_scores
from benchmarks.reader_pictures import validation_and_test as made
from dlcourse.digits import benchmark_results
from dlcourse.networks import pretrained


@pytest.mark.parametrize("network", pretrained.NAMES)
def test_the_shipped_reader_has_one_record(network):
    records = benchmark_results.scorings()
    ours = [record for record in records if reader_scores.shipped(record, network)]
    assert len(ours) == 1
    assert set(ours[0]["scores"]) == {
        "made, digits", "made, others", "MNIST", "MNIST, inverted", "other hands", "own",
    }  # fmt: skip


def test_the_page_compares_the_shipped_reader_on_pictures_to_choose_and_to_score_by():
    last = [one for one in benchmark_results.scorings() if "robust" in one["networks"]][-1]
    assert reader_scores.shipped(last)
    shares = benchmark_results.chosen_and_scored()
    assert set(shares) == set(last["scores"]) - {"own"}
    assert shares["MNIST"][1] == last["scores"]["MNIST"]["right"] / last["scores"]["MNIST"]["n"]
    assert all(0.9 < share <= 1 for pair in shares.values() for share in pair)


def test_the_recorded_reliability_is_of_thousands_of_answers_near_the_truth():
    measured = benchmark_results.calibration()
    assert measured.counts.sum() > 1_000
    assert measured.expected_error < 0.05
    filled = measured.counts > 0
    assert np.all(np.isfinite(measured.accuracy[filled]))


def test_the_halves_share_no_font_letter_sign_or_animal():
    for table in (made.LETTERS, made.SIGNS, made.ANIMALS):
        assert not set(table["validation"]) & set(table["test"])
    first, second = ({face.name for face in made.fonts(half)} for half in made.HALVES)
    assert first
    assert second
    assert not first & second
