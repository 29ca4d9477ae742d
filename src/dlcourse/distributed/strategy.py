"""Meet the other workers, if any, and choose the strategy of ``tf.distribute`` that fits."""

import os
from collections.abc import Mapping
from typing import Any

from dlcourse import argument_checks
from dlcourse.distributed.cluster import from_environment
from dlcourse.distributed.handshake import LONGEST_WAIT, shake_hands
from dlcourse.errors import InputError


def choose_strategy(*, agreed: Mapping[str, Any] | None = None, wait: float = 300.0) -> Any:
    """Return the strategy that fits: several workers, several graphics cards, or one device.

    It is ``MultiWorkerMirroredStrategy`` if ``TF_CONFIG`` or Slurm name several workers,
    ``MirroredStrategy`` if this machine has several graphics cards, or the default one. Call it
    before anything else of TensorFlow, which must know all workers from the start. It waits `wait`
    seconds for them; the settings `agreed`, by name, must be the same for all.

    A worker that does not come, a port in use, and versions or `agreed` that differ raise
    `ClusterError`.
    """
    agreed = argument_checks.mapping({} if agreed is None else agreed, "agreed", of="settings")
    wait = argument_checks.number(wait, "wait", at_least=0, below=LONGEST_WAIT)
    cluster = from_environment()
    if cluster is not None and len(cluster.addresses) > 1:
        shake_hands(cluster, agreed, wait=wait)
        os.environ["TF_CONFIG"] = os.environ.get("TF_CONFIG") or cluster.tf_config
        import tensorflow as tf  # noqa: PLC0415  (seconds to import)

        try:
            return tf.distribute.MultiWorkerMirroredStrategy()
        except RuntimeError as error:
            raise InputError(
                f"`choose_strategy` must be called before all else of TensorFlow ({error})."
            ) from None
    import tensorflow as tf  # noqa: PLC0415

    several = len(tf.config.list_physical_devices("GPU")) > 1
    return tf.distribute.MirroredStrategy() if several else tf.distribute.get_strategy()
