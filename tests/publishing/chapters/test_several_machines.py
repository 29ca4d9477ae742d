"""The examples of the appendix do what they say: the job file is read, its shell is run."""

import json
import re
import subprocess

import pytest
import yaml
from tiny_book import BOOK

from dlcourse import distributed
from dlcourse.__main__ import build_parser

PAGE = (BOOK / "appendix" / "several-machines.md").read_text()
BLOCKS = {
    language: re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    for language in ("bash", "yaml")
}


def tf_config(shell, **variables):
    """Run the lines of a shell up to the training, and give the variable that they set."""
    lines = re.sub(r"^ *(?:exec )?python .*$", 'printf %s "$TF_CONFIG"', shell, flags=re.MULTILINE)
    done = subprocess.run(
        ["bash", "-ec", lines], env=variables, check=True, text=True, capture_output=True
    )
    return done.stdout


def test_by_hand():
    result = distributed.from_environment({"TF_CONFIG": tf_config(BLOCKS["bash"][0])})
    assert result == distributed.Cluster(("host-a:5000", "host-b:5000"), 0)


@pytest.mark.parametrize("index", [0, 1])
def test_kubernetes_numbers_its_pods(index):
    service, job = yaml.safe_load_all(BLOCKS["yaml"][0])
    pod = job["spec"]["template"]["spec"]
    assert service["metadata"]["name"] == pod["subdomain"]
    assert service["spec"]["selector"] == {"job-name": job["metadata"]["name"]}
    shell = pod["containers"][0]["args"][0]
    text = tf_config(shell, JOB_COMPLETION_INDEX=str(index))
    assert json.loads(text)["task"]["index"] == index
    result = distributed.from_environment({"TF_CONFIG": text})
    name = job["metadata"]["name"]
    assert result.addresses == tuple(
        f"{name}-{i}.{pod['subdomain']}:5000" for i in range(job["spec"]["completions"])
    )


def test_slurm_asks_for_what_srun_needs():
    script = BLOCKS["bash"][1]
    assert script.startswith("#!/bin/bash\n#SBATCH")
    subprocess.run(["bash", "-n", "-c", script], check=True)
    assert "srun python -m dlcourse train mnist" in script


def test_every_command_is_understood():
    commands = re.findall(r"python -m dlcourse (train mnist[^\n`]*)", PAGE)
    assert len(commands) >= 5
    for command in commands:
        build_parser().parse_args(command.replace('"', "").split())
