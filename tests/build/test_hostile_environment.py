"""What a user has set, and keeps in the home, changes no byte of the site."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from mounts import read_only
from small_book import CHAPTERS, SmallBook

if TYPE_CHECKING:
    from pathlib import Path

#: Each of these changes what a library computes, draws or prints, or stops it.
VARIABLES = {
    "CUDA_VISIBLE_DEVICES": "0", "DLCOURSE_BOOK": "", "IPYTHONDIR": "{home}/.ipython",
    "JUPYTER_CONFIG_DIR": "{home}/.jupyter", "JUPYTER_PATH": "{home}/.local/share/jupyter",
    "JUPYTER_PREFER_ENV_PATH": "0", "JUPYTER_PLATFORM_DIRS": "1",
    "JUPYTER_RUNTIME_DIR": "{home}/runtime", "KERAS_BACKEND": "nonsense",
    "KERAS_HOME": "{home}/.keras", "MATPLOTLIBRC": "{home}/.config/matplotlib",
    "MKL_NUM_THREADS": "1", "MPLBACKEND": "nonsense", "MPLCONFIGDIR": "{home}/.config/matplotlib",
    "NUMEXPR_NUM_THREADS": "1", "OMP_NUM_THREADS": "7", "OPENBLAS_NUM_THREADS": "1",
    "PYTHONBREAKPOINT": "0", "PYTHONHASHSEED": "11", "PYTHONINTMAXSTRDIGITS": "640",
    "PYTHONOPTIMIZE": "1", "PYTHONSTARTUP": "{home}/startup.py", "PYTHONWARNINGS": "error",
    "TF_CPP_MIN_LOG_LEVEL": "0", "TF_DETERMINISTIC_OPS": "0", "TF_ENABLE_ONEDNN_OPTS": "0",
    "TF_NUM_INTEROP_THREADS": "1", "TF_NUM_INTRAOP_THREADS": "7", "TF_USE_LEGACY_KERAS": "1",
    "TF_XLA_FLAGS": "--tf_xla_auto_jit=2", "TZ": "Asia/Tokyo", "XLA_FLAGS": "--nonsense",
}  # fmt: skip

#: A home in which every library finds settings of the user's.
HOME = {
    ".config/matplotlib/matplotlibrc": "figure.figsize: 1, 1\naxes.facecolor: red\n",
    ".ipython/profile_default/ipython_config.py": "get_config().InteractiveShell.xmode = 'Plain'\n",
    ".ipython/profile_default/startup/00.py": "import numpy; numpy.set_printoptions(precision=1)\n",
    ".jupyter/jupyter_client_config.py": "raise SystemExit('the user has a say')\n",
    ".keras/keras.json": json.dumps({
        "backend": "jax", "floatx": "float64", "epsilon": 0.1,
        "image_data_format": "channels_first",
    }),
    ".local/share/jupyter/kernels/python3/kernel.json": json.dumps({
        "argv": ["false"], "display_name": "Python 3", "language": "python",
    }),
    "startup.py": "raise SystemExit('the user has a say')\n",
}  # fmt: skip

ENVIRONMENT = (
    "print(sorted((k, v) for k, v in os.environ.items() if k.startswith("
    "('CUDA', 'DLCOURSE_BOOK', 'KERAS', 'MKL', 'MPL', 'NUMEXPR', 'OMP', 'OPENBLAS', 'PYTHON',"
    " 'TF_', 'TZ', 'XLA', 'HOME')) and k != 'PYTHONPATH'))"
)
NETWORK = f"""\
import keras, numpy as np
{ENVIRONMENT}
keras.utils.set_random_seed(1)
layers = [keras.layers.Conv2D(4, 3), keras.layers.Flatten(), keras.layers.Dense(3)]
network = keras.Sequential([keras.Input((8, 8, 1)), *layers])
network.compile("adam", "mse")
X = np.linspace(0, 1, 640).reshape(10, 8, 8, 1)
network.fit(X, np.eye(10)[:, :3], epochs=2, verbose=0)
print(keras.config.floatx(), keras.config.epsilon(), repr(network.predict(X, verbose=0)))"""
PLOT = """\
import datetime, matplotlib.pyplot as plt, numpy as np
print(np.array([np.pi]), datetime.datetime.fromtimestamp(0))
plt.plot([1, 3, 2]);"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home that is full of settings."""
    place = tmp_path / "home"
    for name, text in HOME.items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return place


def built(root: Path, **environment: str) -> dict[str, bytes]:
    """Build a book that trains a network and draws; return its files."""
    book = SmallBook(root)
    for name in set(CHAPTERS) - {"plain", "training"}:
        (book.book / "chapters" / f"{name}.md").unlink()
    book.chapter("training", NETWORK)
    book.chapter("plain", PLOT)
    assert book.ran(**environment) == {"plain", "training"}
    files = (path for path in sorted(book.out.rglob("*")) if path.is_file())
    return {
        path.relative_to(book.out).as_posix(): path.read_bytes().replace(bytes(root), b"")
        for path in files
        if path.name not in {".buildinfo", "environment.pickle", "index.json"}
    }


def test_no_setting_of_the_user_reaches_an_output(tmp_path, home, monkeypatch):
    """Neither a variable, nor a file in the home, nor that nothing can be written there."""
    for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    usual = built(tmp_path / "usual")
    hostile = {name: value.format(home=home) for name, value in VARIABLES.items()}
    with read_only(home):
        other = built(tmp_path / "hostile", HOME=str(home), **hostile)
    assert any(name.endswith(".png") for name in usual)
    assert sorted(usual) == sorted(other)
    assert [name for name in usual if usual[name] != other[name]] == []
