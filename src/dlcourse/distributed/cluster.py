"""Who works together: the workers' addresses, and which of them this process is.

TensorFlow reads them from the environment variable ``TF_CONFIG``. Under Slurm we write it from
Slurm's own variables.

Why not TensorFlow's own resolvers: ``TFConfigClusterResolver`` accepts an address without a port
or an index that is too large, and the mistake shows minutes later as a hang or an abort.
``SlurmClusterResolver`` sorts the nodes by name, so that n10 comes before n9 and no longer fits
Slurm's numbering, and it needs ``nvidia-smi``. Both load TensorFlow first, which takes seconds.
"""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

from dlcourse.errors import InputError

EXAMPLE = (
    '{"cluster": {"worker": ["host-a:5000", "host-b:5000"]}, '
    '"task": {"type": "worker", "index": 0}}'
)


@dataclass(frozen=True)
class Cluster:
    """The ``host:port`` of each worker, and the position of this process among them.

    The first worker is the chief, which reports and saves.
    """

    addresses: tuple[str, ...]
    index: int

    @property
    def is_chief(self) -> bool:
        """Whether this process reports and saves."""
        return self.index == 0

    @property
    def tf_config(self) -> str:
        """The value of ``TF_CONFIG`` for this process."""
        task = {"type": "worker", "index": self.index}
        return json.dumps({"cluster": {"worker": list(self.addresses)}, "task": task})

    def name(self, index: int) -> str:
        """Return how a message names a worker."""
        return f"worker {index} ({self.addresses[index]})"


def from_environment(environ: Mapping[str, str] | None = None) -> Cluster | None:
    """Return the cluster that ``TF_CONFIG`` or Slurm's variables describe; None if none does.

    >>> from_environment({"TF_CONFIG": EXAMPLE}).addresses
    ('host-a:5000', 'host-b:5000')
    >>> slurm = {"SLURM_PROCID": "3", "SLURM_STEP_NUM_TASKS": "5", "SLURM_JOB_ID": "57003",
    ...          "SLURM_STEP_NODELIST": "n[9-10],gpu", "SLURM_STEP_TASKS_PER_NODE": "2(x2),1"}
    >>> from_environment(slurm)
    Cluster(addresses=('n9:34016', 'n9:34017', 'n10:34016', 'n10:34017', 'gpu:34016'), index=3)
    """
    environ = os.environ if environ is None else environ
    if environ.get("TF_CONFIG"):
        return _from_tf_config(environ["TF_CONFIG"])
    if "SLURM_PROCID" in environ and environ.get("SLURM_STEP_NUM_TASKS", "1") != "1":
        return _from_slurm(environ)
    return None


def _from_tf_config(text: str) -> Cluster:
    wrong = InputError(f"`TF_CONFIG` must be JSON like {EXAMPLE}: got {text[:200]}")
    try:
        config = json.loads(text)
        jobs = config["cluster"]
        job, index = config["task"]["type"], int(config["task"]["index"])
        # A chief comes before the workers; TensorFlow counts in the same way.
        addresses = tuple(map(str, [*jobs.get("chief", ()), *jobs.get("worker", ())]))
        fits = job in {"chief", "worker"} and 0 <= index < len(jobs.get(job, ()))
        index += len(jobs.get("chief", ())) if job == "worker" else 0
        for address in addresses:
            host_and_port(address)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        raise wrong from None
    if not fits or len(set(addresses)) < len(addresses):
        raise wrong
    return Cluster(addresses, index)


def _from_slurm(environ: Mapping[str, str]) -> Cluster:
    """Return the tasks node by node, numbered as Slurm does."""
    try:
        nodes = expand_hosts(environ["SLURM_STEP_NODELIST"])
        counts = re.findall(r"(\d+)(?:\(x(\d+)\))?", environ["SLURM_STEP_TASKS_PER_NODE"])
        tasks = [int(n) for n, times in counts for _ in range(int(times or 1))]  # 2(x3),1
        index, n_tasks = int(environ["SLURM_PROCID"]), int(environ["SLURM_STEP_NUM_TASKS"])
        # Jobs that share a node must not share a port, so each of 312 in a row has 64 of its own.
        first = 20_000 + int(environ.get("SLURM_JOB_ID", "0")) % 312 * 64
    except (KeyError, ValueError) as error:
        raise InputError(
            f"Slurm's variables must name nodes and tasks: got {str(error)[:200]}. "
            "Start with `srun`."
        ) from None
    addresses = tuple(
        f"{node}:{first + k}" for node, n in zip(nodes, tasks, strict=False) for k in range(n)
    )
    if len(addresses) != n_tasks or not 0 <= index < n_tasks:
        raise InputError(
            f"Slurm's variables must agree: got {len(addresses)} tasks on {len(nodes)} nodes, "
            f"but {n_tasks} in all, this one being {index}. Start with `srun`."
        )
    here = str(nodes.index(addresses[index].rpartition(":")[0]))
    if environ.get("SLURM_NODEID", here) != here:
        raise InputError(
            f"Slurm must number the tasks node by node: got task {index} on node "
            f"{environ['SLURM_NODEID']}, not {here}. Start with `srun --distribution=block`."
        )
    return Cluster(addresses, index)


def expand_hosts(nodelist: str) -> list[str]:
    """Return the names of the nodes that Slurm abbreviates.

    >>> expand_hosts("login,n[09-11,20],r[1-2]c[1-2]")
    ['login', 'n09', 'n10', 'n11', 'n20', 'r1c1', 'r1c2', 'r2c1', 'r2c2']
    """
    if nodelist.count("[") != nodelist.count("]"):
        raise ValueError(nodelist)
    hosts: list[str] = []
    for name in re.findall(r"(?:\[[^\]]*\]|[^,\[])+", nodelist):
        pieces = [
            _expand_ranges(piece[1:-1]) if piece.startswith("[") else [piece]
            for piece in re.findall(r"\[[^\]]*\]|[^\[]+", name)
        ]
        hosts += map("".join, product(*pieces))
    return hosts


def _expand_ranges(ranges: str) -> list[str]:
    numbers = []
    for span in ranges.split(","):
        low, _, high = span.partition("-")
        numbers += [f"{n:0{len(low)}}" for n in range(int(low), int(high or low) + 1)]
    return numbers


def host_and_port(address: str) -> tuple[str, int]:
    """Return the parts of an address; raise ValueError if it cannot be one."""
    host, _, port = address.rpartition(":")
    host.encode("idna")  # as the socket will, which has no use for an empty or endless name
    if not host or not 0 < int(port) < 2**16:
        raise ValueError(address)
    return host, int(port)
