"""Measure how far a run has come and how long it will take; `dlcourse.cli.train` prints it."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Progress:
    """How far a run has come: epoch `epoch` of `epochs`, from 1, and batch `step` of its `steps`.

    `logs` are means over the epoch so far, at its end also those on the validation set; `rate` is
    examples a second, of all workers together, and `seconds_left` until all epochs are done, at
    this rate.
    """

    epoch: int
    epochs: int
    step: int
    steps: int
    logs: dict[str, float]
    rate: float
    seconds_left: float


class Watch:
    """Estimate the time left, and report; each epoch, counted from 0, has a watch of its own."""

    def __init__(self, epoch: int, epochs: int, report: Callable[[Progress], None] | None) -> None:
        self.epoch, self.epochs, self.report = epoch, epochs, report
        self.begin = time.perf_counter()
        self.warm: tuple[float, int, int] | None = None
        self.last: Progress

    def step(self, step: int, steps: int, n_examples: int, logs: dict[str, float]) -> None:
        """Note how far the epoch has come. The first call compiles, so its speed does not count."""
        now = time.perf_counter()
        since, steps_then, examples_then = self.warm or (self.begin, 0, 0)
        self.warm = self.warm or (now, step, n_examples)
        seconds = max(now - since, 1e-9)
        left = (steps - step) + steps * (self.epochs - self.epoch - 1)
        self.last = Progress(
            epoch=self.epoch + 1,
            epochs=self.epochs,
            step=step,
            steps=steps,
            logs=dict(logs),
            rate=(n_examples - examples_then) / seconds,
            seconds_left=left * seconds / (step - steps_then),
        )
        if self.report is not None and step < steps:
            self.report(self.last)

    def end(self, logs: dict[str, float]) -> None:
        """Report the whole epoch, validation included."""
        if self.report is not None:
            self.report(replace(self.last, step=self.last.steps, logs=dict(logs)))
