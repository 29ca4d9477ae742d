"""A book of four short chapters, with a package, a lock and data of its own.

It is built by the real extension, with real kernels. Each execution of a chapter adds
the chapter's name to a file, so that what ran is known from the cells themselves.
"""

import os
import shutil
import signal
import subprocess
import sys
import time

import warm_sphinx
from tiny_book import NOTEBOOK_HEADER
from tiny_book import ROOT as REPOSITORY

#: Beside the sources, what a build of the book reads.
SHARED = (
    "src", "requirements.lock", "pyproject.toml", "package.json", "package-lock.json",
    "node_modules", "README.md", "LICENSE", "CHANGELOG.md", "CITATION.cff",
)  # fmt: skip

CHAPTERS = {
    "kernels": "from dlcourse.kernels import blur\nblur()",
    "training": "from dlcourse import training\ntraining.fit()",
    "reading": "from dlcourse import reader\nprint(reader.weights())",
    "plain": "1 + 1",
}

PACKAGE = {
    "__init__.py": '"""The package."""\n',
    "numbers.py": "SCALE = 2\n\ndef scaled(x):\n    return SCALE * x\n",
    "kernels.py": (
        "from dlcourse.numbers import scaled\n\n\ndef blur():\n    return scaled(3_000)\n"
    ),
    "training.py": (
        "from dlcourse.numbers import scaled\n\n\n"
        "def fit():\n    import tensorflow_datasets\n    return scaled(1)\n"
    ),
    "reader.py": (
        "from importlib import resources\n\nfrom dlcourse.numbers import scaled\n\n\n"
        "def weights():\n"
        '    folder = resources.files("dlcourse") / "networks" / "weights"\n'
        '    return scaled(len((folder / "small.bin").read_bytes()))\n'
    ),
    "networks/weights/small.bin": "abc",
}

# What the extension itself takes from the package.
for _name in (
    "safe_files.py", "errors.py", "argument_checks.py",
    "book/__init__.py", "book/figure_data.py", "book/glue_numbers.py",
):  # fmt: skip
    PACKAGE[_name] = (REPOSITORY / "src" / "dlcourse" / _name).read_text(encoding="utf-8")

LOCK = "ipykernel==7.4.0\ntensorflow-datasets==4.9.10\ntornado==6.6\n    # via ipykernel\n"

CONF = """\
import sys
from pathlib import Path
from myst_nb.sphinx_ext import add_global_html_resources
from _publishing import faster_builds, outdated_pages, unfinished_builds
from _publishing.checks import unreadable_page_sources
from _publishing.execution import provide_outputs
extensions = ["myst_nb"]
nb_execution_mode = "cache"
nb_execution_timeout = 60
nb_execution_raise_on_error = True
exclude_patterns = ["_build"]
html_theme = "basic"
def copy_early(app):  # so that a first build's pages have the checksum that the next one's would
    (Path(app.outdir) / "_static").mkdir(parents=True, exist_ok=True)
    add_global_html_resources(app, None)
def setup(app):
    app.connect("builder-inited", copy_early)
    unfinished_builds.setup(app)
    unreadable_page_sources.setup(app)
    for module in (faster_builds, outdated_pages, provide_outputs):
        module.setup(app)
"""


def borrow(checkout, *names):
    """Let a checkout use this one's environment, packages or data."""
    for name in names:
        if (REPOSITORY / name).exists():
            (checkout / name).symlink_to((REPOSITORY / name).resolve())


def wait_for(condition, seconds=60, words=lambda: "waited in vain"):
    """Wait until something is true; if in vain, say these words."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, words()
        time.sleep(0.02)


class SmallBook:
    """A book in a folder of its own, that can be edited and built."""

    def __init__(self, root):
        self.root = root
        self.book = root / "book"
        self.out = self.book / "_build" / "html"
        self.ran_file = root / "ran.txt"
        for name, text in PACKAGE.items():
            self.write(f"src/dlcourse/{name}", text)
        self.write("requirements.lock", LOCK)
        self.write("cache/tfds/mnist/3.0.1/train.tfrecord", "seven")
        self.write("book/conf.py", CONF)
        self.write("book/index.md", "# Book\n\n```{toctree}\n:glob:\n\nchapters/*\n```\n")
        # A library that is slow to import has a quick stand-in here: what counts is its name.
        self.write("src/tensorflow_datasets.py", "")
        for name, code in CHAPTERS.items():
            self.chapter(name, code)

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def chapter(self, name, code, *, prose="Words."):
        """Write a chapter with one cell that says it ran, and one of its own."""
        note = (
            "import os\n"  # a name in one piece would make the file the chapter's data
            'with open(os.path.join(os.pardir, os.pardir, "ran" + ".txt"), "a") as f:\n'
            f'    f.write("{name}\\n")'
        )
        self.write(
            f"book/chapters/{name}.md",
            f"{NOTEBOOK_HEADER}# The chapter {name}\n\n{prose}\n\n```{{code-cell}}\n{note}\n```\n\n"
            f"```{{code-cell}}\n{code}\n```\n",
        )

    def edit(self, name, old, new):
        """Replace a piece of a file."""
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def command(self, *options):
        """Return the command that builds the book."""
        fixed = ["-n", "-W", "--keep-going", "-j", "1"]
        where = ["-d", str(self.book / "_build" / ".doctrees"), str(self.book), str(self.out)]
        return [sys.executable, "-m", "sphinx", "-b", "html", *fixed, *options, *where]

    def environment(self, **extra):
        hidden = {"TFDS_DATA_DIR", "DLCOURSE_QUICK"}
        return {
            **{k: v for k, v in os.environ.items() if k not in hidden},
            "PYTHONPATH": os.pathsep.join(str(REPOSITORY / name) for name in ("src", "book")),
            "DLCOURSE_CACHE": str(self.root / "cache"),
            "DLCOURSE_STORE": "",
            **extra,
        }

    def build(self, *options, **extra):
        return warm_sphinx.build(self.command(*options)[3:], environment=self.environment(**extra))

    def run(self, command, **extra):
        """Run a command as a build is run, whatever comes of it."""
        environment = self.environment(**extra)
        return subprocess.run(
            command, env=environment, encoding="utf-8", capture_output=True, check=False
        )

    def start(self, **extra):
        """Start a build and leave it running.

        As from a terminal: a shell's background jobs ignore Ctrl-C, and so does all they start.
        """
        return subprocess.Popen(
            self.command(), env=self.environment(**extra), start_new_session=True, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
        )  # fmt: skip

    def ran(self, *options, **extra):
        """Build the book, which must succeed, and give the chapters that were executed."""
        self.ran_file.unlink(missing_ok=True)
        result = self.build(*options, **extra)
        assert result.returncode == 0, result.stderr
        if not self.ran_file.exists():
            return set()
        names = self.ran_file.read_text(encoding="utf-8").split()
        assert len(names) == len(set(names)), f"executed twice: {names}"
        return set(names)

    def page(self, name):
        return (self.out / "chapters" / f"{name}.html").read_text(encoding="utf-8")


class SmallSite(SmallBook):
    """A book of one chapter, built by the real `make_site`."""

    def __init__(self, root):
        super().__init__(root)
        for name in set(CHAPTERS) - {"plain"}:
            (self.book / "chapters" / f"{name}.md").unlink()
        self.maker = self.root / "tools" / "make_site.py"
        self.maker.parent.mkdir()
        for name in ("make_site.py", "shared_paths.py"):
            shutil.copy(REPOSITORY / "tools" / name, self.maker.parent)
        search_path = f"import sys\nsys.path.insert(0, {str(REPOSITORY / 'book')!r})"
        self.edit("book/conf.py", "import sys", search_path)

    def command(self, *options):
        return [sys.executable, str(self.maker), *options]

    def build(self, *options, **extra):
        """Build the book as a user does, from a new Python."""
        return self.run(self.command(*options), **extra)
