"""Print one line for each epoch of a training in Keras, the same in every run."""

from typing import Any

from dlcourse import argument_checks


def epoch_lines(*, every: int = 1) -> Any:
    """Make a Keras callback that prints a line for each `every`-th epoch: losses and accuracies.

    It is passed to ``fit(..., callbacks=[...])``. Keras's own lines also tell how long each step
    took. That differs from run to run, so a page that shows it could not be built twice the same.
    """
    every = argument_checks.count(every, "every")
    import keras  # noqa: PLC0415

    def print_line(epoch: int, logs: dict[str, float] | None) -> None:
        if (epoch + 1) % every == 0:
            metrics = "  ".join(f"{name} {value:.3f}" for name, value in (logs or {}).items())
            print(f"epoch {epoch + 1:3d}  {metrics}")  # noqa: T201  (that is what it is for)

    return keras.callbacks.LambdaCallback(on_epoch_end=print_line)
