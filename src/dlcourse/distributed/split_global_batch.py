"""Split a global batch: this worker's rows, one piece a replica; all workers read every batch.

So the weighted losses of all replicas sum to the true mean, even where a batch cannot be divided
evenly. `trainer_under_strategy` hands this to ``distribute_datasets_from_function``.
"""

from typing import Any

import tensorflow as tf


def rows_of_this_worker(dataset: Any, context: Any) -> Any:
    """Return the rows of each global batch that belong to this worker, one piece a replica.

    With the rows come the weight of each in the mean, 1 / (size of the global batch), and that
    size. Of 10 rows, 3 replicas get 3, 3 and 4. A replica without rows gets one of weight 0,
    because not every operation works on an empty batch. `context` is the worker's
    ``tf.distribute.InputContext``.
    """
    n_replicas = context.num_replicas_in_sync
    n_here = n_replicas // context.num_input_pipelines
    first = context.input_pipeline_id * n_here

    def cut(X: Any, y: Any, replica: Any) -> tuple[Any, Any, Any, Any]:
        n_rows = tf.shape(y, tf.int64)[0]
        replica = tf.cast(replica, tf.int64)
        start, stop = replica * n_rows // n_replicas, (replica + 1) * n_rows // n_replicas
        size = tf.cast(n_rows, tf.float32)
        weight = tf.where(stop > start, 1 / size, 0.0)
        rows = slice(start, tf.maximum(stop, start + 1))
        return X[rows], y[rows], weight, size

    if n_here == 1:
        pieces = dataset.map(lambda X, y: cut(X, y, first))
    else:
        pieces = dataset.flat_map(
            lambda X, y: tf.data.Dataset.range(first, first + n_here).map(lambda i: cut(X, y, i))
        )
    return pieces.prefetch(tf.data.AUTOTUNE)
