"""The first cell of every notebook.

It installs the package that the page was built with into the kernel that runs it, wherever
that is, and says so in a line. What else is there stays as it is: on Colab it installs that package
alone, in place of another version of it; elsewhere what the package needs and nobody has installed
yet, too.
"""

from _publishing.hosting import Hosting

#: Only addresses and the version differ between builds. ``DLCOURSE_SITE`` in the environment
#: names another site, for instance one that is served on this machine. NEEDS are what chapters use
#: besides TensorFlow: Colab has all of it, another place may not. PACKAGES are what the package
#: itself needs; the versions of these that are installed stay.
SOURCE = """\
#@title Set-up: run this cell first
SITE = "{site}"
WHEEL = "{wheel}"
REPOSITORY = "{repository}"
NEEDS = "tensorflow-datasets safetensors scikit-learn matplotlib".split()
PACKAGES = "matplotlib numpy pillow safetensors scikit-learn scipy".split()
TRAINING = ["tensorflow", "tensorflow-datasets", "importlib_resources"]

import os, platform, subprocess, sys
from importlib import invalidate_caches
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec


def has(module):
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def installed(package):
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def run(*command):
    try:
        done = subprocess.run(command, capture_output=True, text=True)
    except OSError as error:
        return None, [str(error)]
    return None if done.returncode else done.stdout.strip(), done.stderr.strip().splitlines()


on_colab = has("google.colab") and "KAGGLE_KERNEL_RUN_TYPE" not in os.environ
here = installed("dlcourse")
site = os.environ.get("DLCOURSE_SITE", SITE).rstrip("/")
places = ([f"{{site}}/dist/{{WHEEL}}"] if site else []) + ([REPOSITORY] if REPOSITORY else [])
reasons = [] if places else ["this notebook names no address to install from"]

if here != "{version}" and (on_colab or not has("dlcourse")):
    kept = [f"{{p}}=={{installed(p)}}" for p in (*PACKAGES, "tensorflow", "keras") if installed(p)]
    for place in places:
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install"]
        options = ["--quiet", "--retries=1", "--timeout=20"]
        done, why = run(*pip, *options, place, *(["--no-deps"] if on_colab else kept))
        if done is not None:
            invalidate_caches()
            break
        reasons += ([x for x in why if x.lower().startswith("error")] or why)[-1:]

if on_colab:
    tensorflow = installed("tensorflow") or installed("tensorflow-cpu") or "not installed"
    gpu, _ = run("nvidia-smi", "--query-gpu=name", "--format=csv,noheader")
    print("Python", platform.python_version())
    print("TensorFlow", tensorflow)
    print("GPU:", gpu or "none. To get one: Runtime > Change runtime type > T4 GPU")
    if tensorflow[0].isdigit() and [int(n) for n in tensorflow.split(".")[:2]] < {tensorflow}:
        print("That is too old. Run %pip install -U tensorflow, then Runtime > Restart session.")
    missing = [p for p in NEEDS if not installed(p)]
    if missing:
        print("Some chapters also need: %pip install", *missing)

if has("dlcourse"):
    import dlcourse

    now = dlcourse.__version__
    print("dlcourse", now, "is ready." if now == "{version}" else "was here, and stays.")
    if now != "{version}" == installed("dlcourse"):
        print("{version} waits for a restart: Runtime > Restart session, then run this again.")
    elif on_colab and now != "{version}":
        print("{version} could not be installed:", *reasons, sep="\\n  ")
    if not (has("tensorflow") or on_colab):
        print("TensorFlow is missing: what trains with Keras stops. %pip install", *TRAINING)
else:
    print("dlcourse could not be installed:", *reasons, sep="\\n  ")
    print("Mend that, or check the network, then run this cell again.")
"""

#: The oldest TensorFlow with the Keras that the chapters are written for.
TENSORFLOW = [2, 16]


def setup_cell(hosting: Hosting, version: str) -> str:
    """Return the code of the first cell, which installs this version from where it is published."""
    at = f"@{hosting.commit}" if hosting.commit else ""
    return SOURCE.format(
        site=hosting.site_url,
        wheel=f"dlcourse-{version}-py3-none-any.whl",
        repository=f"git+{hosting.repository_url}{at}" if hosting.repository_url else "",
        version=version,
        tensorflow=TENSORFLOW,
    ).rstrip("\n")
