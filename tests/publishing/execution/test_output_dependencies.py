"""What the real chapters depend on: each edit reaches the chapters that it can affect, alone."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace

import pytest
from _publishing.execution import kernel_environment, output_dependencies
from _publishing.execution.chapter_job import chapter_of
from _publishing.execution.names_used import fragment_of, parse
from _publishing.execution.output_dependencies import Dependencies, spelling
from _publishing.execution.package_reach import reach
from _publishing.execution.package_source import Package
from _publishing.execution.short_hashes import key_of
from myst_nb.core.read import read_myst_markdown_notebook
from tiny_book import CHAPTERS, ROOT

TOPICS = [path.stem for path in CHAPTERS]
#: Topics that have checks; a chapter need not have any.
CHECKED = sorted(
    path.stem.replace("_", "-")
    for path in (ROOT / "src" / "dlcourse" / "exercises").glob("*.py")
    if path.stem not in {"__init__", "checking"}
)


def reached_by(code):
    """What a cell reaches in the real package."""
    return reach(Package(ROOT / "src"), fragment_of(parse(code)))


@pytest.fixture(scope="module")
def chapters():
    """Every chapter, as the build reads it."""
    return {
        path.stem: chapter_of(read_myst_markdown_notebook(path.read_text(encoding="utf-8")), path)
        for path in CHAPTERS
    }


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """A copy of the package's source, and of the lock beside it, to edit."""
    folder = tmp_path_factory.mktemp("copy")
    ignored = shutil.ignore_patterns("__pycache__", "*.safetensors")
    shutil.copytree(ROOT / "src" / "dlcourse", folder / "src" / "dlcourse", ignore=ignored)
    shutil.copy(ROOT / "requirements.lock", folder)
    return folder / "src"


@pytest.fixture(scope="module")
def changed_by(chapters, source):
    """Edit files of the copy, name the chapters whose keys differ, and take the edits back."""
    folder = source.parent

    def keys():
        known = Dependencies(source=source, lock=folder / "requirements.lock", data=folder)
        return {topic: key_of(known.parts(chapter)) for topic, chapter in chapters.items()}

    before = keys()

    def changed_by(edits):
        for path, text in edits.items():
            path.write_text(text, encoding="utf-8")
        after = keys()
        for path in edits:
            shutil.copy(ROOT / path.relative_to(folder), path)
        return {topic for topic in TOPICS if before[topic] != after[topic]}

    return changed_by


@pytest.mark.parametrize(("more", "concerned"), [("\n# A comment.", set()), ("\n1;", {"irises"})])
def test_code_in_a_cell_concerns_its_chapter_and_a_comment_nobody(
    changed_by, chapters, monkeypatch, more, concerned
):
    first, *others = chapters["irises"].cells
    edited = replace(chapters["irises"], cells=(first + more, *others))
    monkeypatch.setitem(chapters, "irises", edited)
    assert changed_by({}) == concerned


def test_what_no_chapter_uses_concerns_none(changed_by, source):
    modules = [p for p in (source / "dlcourse").rglob("*.py") if p.name != "__init__.py"]
    more = "\n\n# A comment.\ndef nobody_calls_this():\n    return 0\n"
    assert changed_by({path: path.read_text() + more for path in modules}) == set()


@pytest.mark.parametrize(
    ("name", "old", "new", "use"),
    [
        ("book/glue_numbers.py", "get_ipython() is not None:", "get_ipython():", "glue("),
        ("exercises/checking.py", "if answer is ...:", "if answer is Ellipsis:", "check("),
        ("exercises/irises.py", "shape=(2,)", "shape=(3,)", 'check("irises-'),
        ("clustering.py", "MOST_STEPS = 100", "MOST_STEPS = 101", "kmeans("),
        ("clustering.py", "import numpy as np", "import numpy.ma as np", "kmeans("),
        ("clustering.py", "\n\n#: When", "\n\nprint('loaded')\n\n#: When", "import kmeans"),
        ("clustering.py", ') -> Floats:\n    """Draw', ') -> int:\n    """Take', "what is no code"),
        ("data/mnist.py", "N_VALIDATION = 5_000", "N_VALIDATION = 5_001", "mnist."),
        ("cli/train.py", "float, 0.4", "float, 0.5", '"-m", "dlcourse", "train"'),
        ("cli/read.py", "import", "import os, ", "a command that no chapter runs"),
        ("digits/calibration.json", "{", "{ ", "benchmark_results."),
    ],
)
def test_an_edit_concerns_who_uses_it(chapters, changed_by, source, name, old, new, use):  # noqa: PLR0917
    path = source / "dlcourse" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    users = {t for t, chapter in chapters.items() if any(use in cell for cell in chapter.cells)}
    assert changed_by({path: text.replace(old, new)}) == users


def test_another_python_concerns_all(changed_by, monkeypatch):
    monkeypatch.setattr(output_dependencies, "PYTHON", "3.99")
    assert changed_by({}) == set(TOPICS)


def test_what_is_set_for_kernels_concerns_whom_it_is_set_for(changed_by, chapters, monkeypatch):
    timed = {topic for topic, chapter in chapters.items() if chapter.measures_time}
    assert timed
    monkeypatch.setitem(kernel_environment.SAME_SUMS, "TF_NUM_INTRAOP_THREADS", "3")
    assert changed_by({}) == set(TOPICS) - timed
    monkeypatch.undo()
    monkeypatch.setitem(kernel_environment.SETTINGS, "TZ", "Europe/Zurich")
    assert changed_by({}) == set(TOPICS)
    monkeypatch.undo()
    monkeypatch.setenv("OPENBLAS_CORETYPE", "Another")
    assert changed_by({}) == set(TOPICS)


def test_whether_a_chapter_measures_time_concerns_it(changed_by, chapters, monkeypatch):
    timed = replace(chapters["irises"], measures_time=True)
    monkeypatch.setitem(chapters, "irises", timed)
    assert changed_by({}) == {"irises"}


def test_the_lock_concerns_who_uses_the_library(changed_by, source):
    """Also who uses it unasked: protobuf comes with TensorFlow, tornado with every kernel."""
    path = source.parent / "requirements.lock"
    text = path.read_text(encoding="utf-8")

    def concerned(name):
        edited = re.sub(rf"^({name}==)", r"\g<1>9", text, count=1, flags=re.MULTILINE)
        assert edited != text
        return changed_by({path: edited})

    assert concerned("sphinx") == concerned("mypy") == set()
    assert concerned("numpy") == concerned("tornado") == set(TOPICS)
    assert set() < concerned("keras") == concerned("protobuf") < set(TOPICS)


@pytest.mark.parametrize(
    ("code", "reached"),
    [
        (
            "from dlcourse import losses as m\nm.Loss\nfrom dlcourse import neuron as m",
            "losses.Loss",
        ),
        ("from dlcourse.figures import *\nuse_style()", "figures.set_up_notebook.use_style"),
        (
            "from importlib import import_module\nimport_module('dlcourse.losses').Loss",
            "losses.Loss",
        ),
    ],
)
def test_a_roundabout_way_into_the_package_is_followed(code, reached):
    assert f"dlcourse.{reached}" in reached_by(code).texts


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('f"{x = }"', 'f"{x=}"'),
        ("!echo a#b", "!echo a#c"),
        ("a = !echo 'b'  c", "a = !echo 'b' c"),
        ("1 + 1", "1 + 1;"),
    ],
)
def test_spaces_comments_and_semicolons_count_where_they_are_seen(one, other):
    assert spelling(one) != spelling(other)


def test_spaces_and_comments_count_nowhere_else():
    assert spelling("f(6)") == spelling("f( 6 )  # soft")


@pytest.mark.parametrize(
    "code",
    [
        "import inspect\ninspect.getsourcelines(kernels)",
        "import pydoc\npydoc.render_doc(kernels)",
        "print(open(kernels.__file__).read())",
        "eval('kernels')",
        "import importlib\nimportlib.import_module('dlcourse.losses')",
        "kernels??",
        "%time f()",
        "!python -m dlcourse read x.png",
        'sys.argv[:] = ["-m", "dlcourse", command]',
    ],
)
def test_what_cannot_be_followed_is_noticed(code):
    assert reached_by(f"from dlcourse import kernels\n{code}").everything


def test_what_cannot_be_followed_depends_on_all_there_is(chapters, source):
    known = Dependencies(source=source, lock=source / "no lock", data=source)
    strange = replace(chapters["kernels"], cells=("%%time\nopen('kernels.md')",))
    parts = known.parts(strange)
    assert parts["the whole package"] == known.state
    assert {"MNIST", "file kernels.md"} <= parts.keys()


@pytest.mark.parametrize(
    ("code", "reached"),
    [
        ("from dlcourse.exercises.checking import check\ncheck('kernels-1', 0)", {"kernels"}),
        ("from dlcourse.exercises import check\ncheck('kernels-1', 0)", {"kernels"}),
        ("from dlcourse.exercises import check\ncheck(name, 0)", set(CHECKED)),
        ("import dlcourse.exercises.checking as c\nc.check('neurons-2', 0)", {"neurons"}),
        ("from dlcourse.exercises.checking import check\ncheck(name, 0)", set(CHECKED)),
        ("from dlcourse.exercises.checking import check\ncheck(f'kernels-{n}', 0)", {"kernels"}),
        ("from dlcourse.exercises.checking import check\nlist(map(check, names))", set(CHECKED)),
        ("from dlcourse.exercises.checking import check\ncheck('nowhere-1', 0)", set(CHECKED)),
        ("from dlcourse.exercises import check as verify\nverify('kernels-1', 0)", {"kernels"}),
        ("from dlcourse.exercises import checking\nchecking.known()", set(CHECKED)),
        (
            "from dlcourse.exercises import checking\n'kernels-1' in checking.known()",
            set(CHECKED),
        ),
        (
            "from dlcourse import exercises\nvars(exercises)['ch' + 'eck']('kernels-1', 0)",
            set(CHECKED),
        ),
        ("from dlcourse.exercises import check", set()),
        ("from dlcourse.exercises.checking import right\nright('')", set()),
    ],
)
def test_a_check_reaches_its_topic(code, reached):
    modules = reached_by(code).modules
    result = {m.rpartition(".")[2].replace("_", "-") for m in modules if ".exercises." in m}
    assert result - {"checking"} == reached


def test_a_data_file_is_reached_by_its_name():
    """Also where a word of the code is the name of another folder of data."""
    code = "from dlcourse.digits import benchmark_results\nbenchmark_results.calibration()"
    assert reached_by(code).data == {"digits/calibration.json", "digits/scores.json"}
