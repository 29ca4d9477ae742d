"""Two cold builds give the same site, byte for byte, whatever a user has set and keeps at home.

Here for the welcome page, a light chapter, and one that trains a small network, in two folders
of different names. `DLCOURSE_WHOLE_BOOK=1 pytest tests/build/test_reproducible.py` compares the
whole book, and trains every network twice. Pages of chapters that measure time
(`measures_time: true` in their front matter) and the page of execution times differ, and
what carries their text with them.
"""

import json
import os
import shutil

import pytest
import warm_sphinx
from mounts import read_only
from small_book import REPOSITORY, SHARED, borrow
from tiny_book import NOTEBOOK_HEADER

WHOLE = bool(os.environ.get("DLCOURSE_WHOLE_BOOK"))
LIGHT = (
    "format: jb-book\nroot: index\nchapters:\n"
    "  - file: chapters/neurons\n  - file: chapters/settings\n  - file: appendix/glossary\n"
)

#: Each of these changes what a library computes, draws or prints, or stops it.
VARIABLES = """
    CUDA_VISIBLE_DEVICES=0 DLCOURSE_BOOK= IPYTHONDIR={home}/.ipython
    JUPYTER_CONFIG_DIR={home}/.jupyter JUPYTER_PATH={home}/.local/share/jupyter
    JUPYTER_PREFER_ENV_PATH=0 JUPYTER_PLATFORM_DIRS=1 JUPYTER_RUNTIME_DIR={home}/runtime
    KERAS_BACKEND=nonsense KERAS_HOME={home}/.keras MATPLOTLIBRC={home}/.config/matplotlib
    MKL_NUM_THREADS=1 MPLBACKEND=nonsense MPLCONFIGDIR={home}/.config/matplotlib
    NUMEXPR_NUM_THREADS=1 OMP_NUM_THREADS=7 OPENBLAS_NUM_THREADS=1 PYTHONBREAKPOINT=0
    PYTHONHASHSEED=11 PYTHONINTMAXSTRDIGITS=640 PYTHONOPTIMIZE=1 PYTHONSTARTUP={home}/startup.py
    PYTHONWARNINGS=error TF_CPP_MIN_LOG_LEVEL=0 TF_DETERMINISTIC_OPS=0 TF_ENABLE_ONEDNN_OPTS=0
    TF_NUM_INTEROP_THREADS=1 TF_NUM_INTRAOP_THREADS=7 TF_USE_LEGACY_KERAS=1
    TF_XLA_FLAGS=--tf_xla_auto_jit=2 TZ=Asia/Tokyo XLA_FLAGS=--nonsense
"""

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

#: Cells that say what they find of all that, train a network, and draw.
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
SETTINGS = f"{NOTEBOOK_HEADER}# Settings\n\n" + "".join(
    f"```{{code-cell}} ipython3\n{code}\n```\n\n" for code in (f"import os\n{NETWORK}", PLOT)
)


def copy_of_the_book(root):
    """Put the book into a folder of its own, with no outputs stored."""
    book = root / "book"
    shutil.copytree(REPOSITORY / "book", book, ignore=shutil.ignore_patterns("_build"))
    borrow(root, *SHARED)
    if not WHOLE:
        (book / "_toc.yml").write_text(LIGHT, encoding="utf-8")
        (book / "schedule.yml").unlink()  # it names chapters that are left out here
        (book / "chapters" / "settings.md").write_text(SETTINGS, encoding="utf-8")
    return book


def build(book, *more, **variables):
    """Build a book; give the site."""
    out = book / "_build" / "html"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("XDG_")},
        "PYTHONPATH": str(REPOSITORY / "src"),
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": "1767225600",
        "DLCOURSE_CACHE": str(book.parent / "cache"),  # nothing that another build has executed
        **variables,
    }
    options = ["-q", "-j", "2", "-b", "html", "-d", out.parent / ".doctrees"]
    arguments = [*options, *more, book, out]
    result = warm_sphinx.build(arguments, environment=environment, timeout=36_000)
    assert result.returncode == 0, result.stderr
    return out


def measures_time():
    """Return the pages that say of themselves that they measure time."""
    pages = (REPOSITORY / "book" / "chapters").glob("*.md")
    mark = "\n  measures_time: true\n"
    return {page.stem for page in pages if mark in page.read_text(encoding="utf-8")}


def comparable(site):
    """Return every file of a site that must not differ."""
    timed = measures_time() | {"execution-times"}
    # Sphinx's memory of its configuration, in which paths stand; the seconds.
    differ = {".buildinfo", "executions/index.json"}
    if WHOLE:
        differ |= {"searchindex.js", "course.pdf"}
    files = {p.relative_to(site).as_posix(): p for p in sorted(site.rglob("*")) if p.is_file()}
    return {
        name: path.read_bytes()
        for name, path in files.items()
        if name not in differ and not timed & {part.split(".")[0] for part in name.split("/")}
    }


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """A copy of the book, and a cold build of it."""
    made = copy_of_the_book(tmp_path_factory.mktemp("one"))
    build(made)
    return made


@pytest.fixture(scope="module")
def sites(book, tmp_path_factory):
    """A cold build, and one in another place with a home full of settings, which is read-only."""
    home = tmp_path_factory.mktemp("home")
    for name, text in HOME.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, encoding="utf-8")
    hostile = dict(pair.split("=", 1) for pair in VARIABLES.format(home=home).split())
    with read_only(home):
        another = copy_of_the_book(tmp_path_factory.mktemp("another"))
        other = build(another, HOME=str(home), **hostile)
    return comparable(book / "_build" / "html"), comparable(other)


def test_the_same_bytes(sites):
    first, second = sites
    assert "index.html" in first
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []
    # Both take the package from here.
    assert [name for name, text in first.items() if os.fsencode(REPOSITORY) in text] == []


def test_a_page_built_anew_alone_is_as_in_a_whole_build(sites, book):
    """What the other pages left behind serves the search, the style sheet and all the rest."""
    assert sites  # have been compared before the book is changed
    page = book / "chapters" / "neurons.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(text + "\nOne more xylophone.\n", encoding="utf-8")
    alone = comparable(build(book))
    assert b"xylophone" in alone["chapters/neurons.html"]
    whole = comparable(build(book, "-E", "-a"))
    assert [name for name in whole if whole[name] != alone.get(name)] == []
    assert sorted(whole) == sorted(alone)
