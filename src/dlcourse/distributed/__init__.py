"""Train one Keras model on one device, on several, or on several machines.

TensorFlow's ``tf.distribute`` does the work. Here are the choice of a strategy (`strategy`); a
small loop (`epoch_loop`, `trainer_under_strategy`), because the ``fit`` of Keras 3 does not
run with several workers; who works together (`cluster`), and their check of each other before
they start (`handshake`); what is kept after each epoch (`checkpoints`); and several workers on
this machine (`launcher`).

Source: P. Goyal et al., *Accurate, large minibatch SGD: training ImageNet in 1 hour* (2017),
arXiv:1706.02677.
"""

from dlcourse.distributed.cluster import Cluster, from_environment
from dlcourse.distributed.epoch_loop import Run, train
from dlcourse.distributed.launcher import launch
from dlcourse.distributed.progress_and_time_left import Progress
from dlcourse.distributed.strategy import choose_strategy

__all__ = [
    "Cluster",
    "Progress",
    "Run",
    "choose_strategy",
    "from_environment",
    "launch",
    "train",
]
