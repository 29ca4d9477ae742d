"""Sentences that draw a conclusion from measurements draw another one from others."""

from types import SimpleNamespace

import numpy as np
from conclusions import concludes, sentence

from dlcourse import timing
from dlcourse.data import irises
from dlcourse.uncertainty import wilson_interval


@concludes(
    (4000, "2,000 in batches of 128", "was 2.0 times as fast."),
    (2000, "was about as fast."),
    (1000, "was 2.0 times as slow."),
)
def test_a_larger_batch_is_called_faster_only_where_it_was(last):
    rates = [100, 500, 1000, 2000, last]
    return sentence("going-faster", "fast-further", rates=rates, timing=timing)


@concludes(
    (0.57, "90 %. One right answer, that for “chalk”, has only 57 %."),
    (0.95, "lies anywhere from 90 to 90 %.  Why"),
)
def test_a_right_answer_is_called_unsure_only_if_a_wrong_one_was_surer(right):
    return sentence(
        "handwriting",
        "mnist-right-sure",
        names=["chalk", "dog"],
        truths=[0, None],
        own_probabilities=np.array([[right, 1 - right], [0.9, 0.1]]),
    )


@concludes(
    ([0.7, 0.8], "read 95.0 and 97.0 %", "(The three ranges do not overlap; but two seeds"),
    ([0.7, 0.91], "(Some of the ranges overlap; but two seeds"),
)
def test_pairs_of_seeds_lie_apart_only_where_they_do(few_steps):
    results = {"small": [0.95, 0.97], "large": few_steps, "scaled": [0.9, 0.92]}
    return sentence("going-faster", "fast-pairs", results=results, more_images=range(2048))


@concludes((1.6, "leaves “cached”, “batch first”."), (9, "leaves none."))
def test_a_change_of_the_pipeline_is_certain_only_beyond_what_chance_did(apart):
    alone = {"obvious": 4, "cached": 2, "prefetched": 1.8, "batch first": 3, "gathered": 2.5}
    return sentence(
        "going-faster",
        "fast-certain",
        names=list(alone),
        alone=alone,
        images=range(100),
        times={"32 steps at once": apart},
        whole={"prefetched, 1 step": 2, "gathered, 32 steps": 1},
        timing=timing,
    )


MANY = np.array([[1, 0.9, 0.9, 0.95], [1, 0.92, 0.9, 0.95]])


@concludes(
    ([0.9, 1.0], "gains in 1 of the five runs and loses in none"),
    ([0.5, 0.6], "loses in 2 of the five runs, too, and gains in none"),
    ([0.8, 1.0], "gains in 1 of the five runs and loses in 1: no clear change"),
)
def test_a_neighbour_gains_only_where_no_run_lost(after):
    few = np.array([[1, one, 0.3, 0.7] for one in after])
    line = sentence("ethics", "ethics-virginica-before", many=MANY, few=few)
    assert "from 90 % (90 to 90) to 30 % (30 to 30)" in line
    return sentence("ethics", "ethics-versicolor", many=MANY, few=few)


@concludes(
    ([0.5, 0.6], "got 10 wrong, the rule 90. So the network has a reason to exist"),
    ([1.0, 1.0], "got 10 wrong, the rule 0. So take the rule"),
    ([0.9, 0.98], "got 10 wrong, the rule 12. That is too close to say"),
)
def test_a_network_beats_a_rule_only_where_the_intervals_are_apart(of_rule):
    return sentence(
        "ethics",
        "ethics-rule-verdict",
        many=MANY,
        of_rule=np.array(of_rule),
        before=MANY.T,
        over_seeds=lambda _: "",
        part=SimpleNamespace(y_train=range(90), y_test=range(100)),
        wilson_interval=wilson_interval,
        irises=SimpleNamespace(SPECIES="abc"),
    )


@concludes(
    ([0.5, 0.6, 0.6], "better in 8 of the 12 draws and worse in 0: a gain, and never a loss."),
    ([0.5, 0.4, 0.4], "better in 0 of the 12 draws and worse in 8: it does harm here."),
    ([0.5, 0.6, 0.4], "better in 4 of the 12 draws and worse in 4: no clear gain."),
)
def test_fine_tuning_is_better_only_where_most_draws_were_and_none_was_worse(tuned):
    names = ("nearest neighbour", "from scratch", "new last layer")
    return sentence(
        "standing-on-a-trained-network",
        "labels-tuning",
        numbers=[10, 30, 100, 300],
        ways=dict.fromkeys((*names, "fine-tuned")),
        scores={**dict.fromkeys(names, [[0.5] * 3] * 4), "fine-tuned": [tuned] * 4},
        y_test=np.zeros(400),
    )


def optimisers(about, *, scheduled=(0.1, 0.2), sweep=((0.9,), (0.6,))):
    """Return the line about momentum: losses with a schedule; those of the sweep, rate by rate."""
    losses = {"plain": [0.9], "momentum": [0.4, 0.5], "schedule": scheduled, "Adam": [0.5]}
    return sentence("when-it-does-not-learn", about, losses=losses, ends=np.array(sweep))


@concludes(
    ([0.1, 0.2], "from 0.90 to 0.45", "the runs with the schedule are all better."),
    ([0.7, 0.8], "the runs without it are all better."),
    ([0.3, 0.8], "the runs overlap, so three seeds cannot tell"),
)
def test_a_schedule_is_better_only_where_all_runs_were(scheduled):
    return optimisers("momentum-verdict", scheduled=scheduled)


@concludes(
    ([[0.9], [0.6]], "a higher rate alone does much of that:"),
    ([[0.9], [0.4]], "a higher rate alone does as much:"),
)
def test_a_higher_rate_does_as_much_as_momentum_only_where_its_loss_is_no_higher(sweep):
    return optimisers("momentum-or-rate", sweep=sweep)


def treatments(about, dropout):
    """Return a line about patient B's treatments: losses and accuracies, seed by seed."""
    unchanged = [0.81, 0.83, 0.82]
    runs = {
        "untreated": ([1.1, 1.2, 1.3], [0.80, 0.84, 0.82]),
        "weight decay": ([0.6, 0.7, 0.8], unchanged),
        "dropout": dropout,
        "early stopping": ([0.7] * 3, unchanged),
        "300 digits": ([0.2] * 3, [0.93, 0.94, 0.95]),
    }
    treated = {name: np.transpose(pair) for name, pair in runs.items()}
    return sentence("when-it-does-not-learn", about, treated=treated, best_decay=1)


@concludes(
    ([0.7, 0.8, 0.9], "in every run with weight decay, with dropout and with early stopping."),
    ([0.7, 0.8, 1.2], "in every run with weight decay and with early stopping."),
)
def test_a_treatment_lowers_the_loss_only_where_every_run_ends_lower(losses):
    return treatments("treated-lower", (losses, [0.8, 0.84, 0.82]))


@concludes(
    # seed by seed 1 point more, though the seeds themselves differ by 4
    (
        [0.81, 0.851, 0.829],
        "dropout changes it most, by +1.0 points on average, with a standard error of 0.1 (",
        "only dropout changed it by more",
    ),
    (
        [0.77, 0.84, 0.80],
        "dropout changes it most, by −1.7 points on average, with a standard error of 0.9 (",
        "none of these changes is large",
    ),
)
def test_a_treatment_changes_the_accuracy_only_where_it_did_so_with_each_seed(accuracies):
    return treatments("treated-chance", ([0.7] * 3, accuracies))


@concludes(
    (0.86, "has hardly moved: 87.0 %"), (0.8, "has fallen, too: 87.0 %"), (0.95, "has risen")
)
def test_accuracy_is_said_to_stay_where_the_loss_turns_only_where_it_did(last):
    accuracy = {"validation_accuracy": [0.87, last]}
    history = SimpleNamespace(loss=[0.1], validation_loss=[0.3, 0.7], **accuracy)
    return sentence("backpropagation", "overfit-right", histories=[history], best_epochs=[1])


@concludes((2.0, "0.50 bits fewer"), (3.0, "0.50 bits more"))
def test_the_transformer_needs_fewer_bits_only_where_it_did(bits):
    return compared_with_counts("language-verdict", bits)


@concludes(
    (2.3, "That is no triumph."), (2.48, "next to nothing."), (2.6, "does not beat the table.")
)
def test_a_small_lead_of_the_transformer_is_called_small(bits):
    return compared_with_counts("language-triumph", bits)


def compared_with_counts(about, bits):
    """Return the line that compares the language network with the table of counts."""
    table = np.array([2.45, 2.55])
    return sentence(
        "from-digits-to-language",
        about,
        passages={"table of counts": table, "transformer": np.array([bits, bits])},
        better=np.array([bits, bits]) < table,
        n_passages=2,
        course=[2.1],
        network=None,
        context=48,
        losses_in_bits=lambda *_, **_k: np.ones(2),
        X=np.zeros((500, 48)),
        book=SimpleNamespace(training=np.zeros(1000), test=np.zeros(100)),
    )


@concludes(
    ([95.5, 100, 95.5], "the same, number by number"),
    ([95.5, 95.5, 95.5], "differ by less than the runs"),
    ([60, 60, 65], "the bent borders did better"),
)
def test_straight_borders_are_enough_only_where_they_were(without):
    return sentence("irises", "iris-borders", rows={2: [95.5, 100, 95.5], 0: without})


@concludes(
    (145, "got 145 of the 150", "put 144 with their species", "nearly as many"),
    (150, "got 150 of the 150", "worth 6"),
    (130, "got 130 of the 150", "is 14 more"),
)
def test_labels_gain_only_what_they_did(n_correct):
    flowers = irises.load()
    return sentence("irises", "iris-gain", flowers=flowers, y=flowers.y, n_correct=n_correct)


@concludes(
    ([1, 0.5, 0.3], "at its lowest in the last epoch"),
    ([1] * 18 + [0.2, 0.22], "in the last one it is 10 % higher"),
    ([1, 0.2] + [0.4] * 18, "ends 100 % above that"),
)
def test_a_rise_at_the_end_is_a_wobble_only_where_it_is_short(losses):
    return sentence("irises", "iris-ending", history={"val_loss": losses})
