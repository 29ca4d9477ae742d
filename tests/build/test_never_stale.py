"""An edit executes exactly the chapters whose outputs can depend on it."""

import re

import pytest
from _publishing.execution.chapter_job import chapter_of
from _publishing.execution.output_dependencies import Dependencies
from _publishing.execution.short_hashes import key_of
from myst_nb.core.read import read_myst_markdown_notebook
from small_book import CHAPTERS, SmallBook

ALL = set(CHAPTERS)


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """A small book, built once."""
    small = SmallBook(tmp_path_factory.mktemp("never stale"))
    assert small.ran() == ALL
    return small


#: What is edited below `src/dlcourse`, and which chapters that can affect.
IN_THE_PACKAGE = {
    "a comment": ("kernels.py", "    return scaled", "    # Three.\n    return scaled", set()),
    "a docstring": ("kernels.py", "Blur.", "Blur it.", set()),
    "an annotation": ("kernels.py", "def blur():", "def blur() -> int:", set()),
    "a function no chapter uses": ("kernels.py", "return 0", "return 1", set()),
    "a function of one chapter": ("kernels.py", "scaled(3)", "scaled(4)", {"kernels"}),
    "a constant two calls away": ("training.py", "RATE = 0.1", "RATE = 0.2", {"training"}),
    "a constant of all that compute": ("numbers.py", "SCALE = 2", "SCALE = 3", ALL - {"plain"}),
    "a statement": ("kernels.py", "def unused", "print('loaded')\n\n\ndef unused", {"kernels"}),
    "an import": ("kernels.py", "import scaled", "import SCALE\nscaled = float", {"kernels"}),
    "a check": ("exercises/kernels.py", "answer ==", "answer >=", {"kernels"}),
    "a comment in a check": ("exercises/training.py", "return a", "# Less.\n    return a", set()),
    "all checks": ("exercises/checking.py", "S = {}", "S = dict()", {"kernels", "training"}),
    "data": ("networks/weights/small.bin", "abc", "abcd", {"reading"}),
}
FIGURE = "---\nmystnb:\n  figure:\n    caption: A sum\ntags: [slide, hide-input]\n---\n1 + 1"
EDITS = {
    **{what: (f"src/dlcourse/{name}", *edit) for what, (name, *edit) in IN_THE_PACKAGE.items()},
    "prose": ("book/chapters/kernels.md", "Words.", "Other words.", set()),
    "a comment in a cell": ("book/chapters/kernels.md", "6)\n", "6)  # soft\n", set()),
    "a caption and a tag": ("book/chapters/plain.md", "1 + 1", FIGURE, set()),
    "a cell": ("book/chapters/plain.md", "1 + 1", "1 + 2", {"plain"}),
    "a semicolon that silences": ("book/chapters/plain.md", "1 + 1", "1 + 1;", {"plain"}),
    "a library of no chapter": ("requirements.lock", "lib==3.11.2", "lib==4", set()),
    "a library of one chapter": ("requirements.lock", "protobuf==7.0", "protobuf==7", {"training"}),
    "what runs every cell": ("requirements.lock", "tornado==6.6", "tornado==6.7", ALL),
    "MNIST": ("cache/tfds/mnist/3.0.1/train.tfrecord", "seven", "eight", {"training"}),
}


def keys(book):
    """Return each chapter's key for the book as it stands, without building it."""
    dependencies = Dependencies(
        source=book.root / "src",
        lock=book.root / "requirements.lock",
        data=book.root / "cache" / "tfds",
    )
    result = {}
    for name in CHAPTERS:
        path = book.book / "chapters" / f"{name}.md"
        text = path.read_text(encoding="utf-8")
        chapter = chapter_of(read_myst_markdown_notebook(text), path)
        result[name] = key_of(dependencies.parts(chapter))
    return result


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_changes_the_keys_of_what_depends_on_it(book, edit):
    """Taken back, the edit has changed nothing."""
    name, old, new, expected = EDITS[edit]
    before = keys(book)
    book.edit(name, old, new)
    after = keys(book)
    book.edit(name, new, old)
    assert {chapter for chapter in CHAPTERS if before[chapter] != after[chapter]} == expected
    assert keys(book) == before


@pytest.mark.parametrize("edit", ["prose", "MNIST", "a constant of all that compute"])
def test_an_edit_executes_what_depends_on_it(book, edit):
    """Pages show what the edit computes; taking it back runs none, and gives the old pages."""
    name, old, new, expected = EDITS[edit]
    before = {chapter: book.page(chapter) for chapter in CHAPTERS}
    book.edit(name, old, new)
    assert book.ran() == expected
    text = re.sub(r"<[^>]*>", "", book.page("kernels"))
    assert ("(9, False)" in text) == ("kernels" in expected)
    book.edit(name, new, old)
    assert book.ran() == set()
    assert {chapter: book.page(chapter) for chapter in CHAPTERS} == before


def test_quick_training_is_kept_apart(book):
    """Shortened training never serves a full build, nor the other way round."""
    assert book.ran(DLCOURSE_QUICK="1") == ALL
    assert book.ran() == set()


def test_a_build_without_execution_executes_nothing(book):
    """Not even what has no stored outputs."""
    book.chapter("plain", "1 + 3")
    options = ["-D", "nb_execution_mode=off", "-D", "suppress_warnings=myst-nb.lexer"]
    assert book.ran(*options) == set()
    book.chapter("plain", CHAPTERS["plain"])
    assert book.ran() == set()


def test_a_file_that_a_cell_names_counts(book):
    """A file beside the chapter, named in a cell, is part of the key."""
    book.write("book/chapters/table.csv", "1\n")
    book.chapter("plain", 'print(open("table.csv").read())')
    assert book.ran() == {"plain"}
    book.write("book/chapters/table.csv", "2\n")
    assert book.ran() == {"plain"}
    book.chapter("plain", CHAPTERS["plain"])
    assert book.ran() == set()


def test_an_editors_files_execute_nothing(book):
    """A swap file in the package, or a dangling lock beside a chapter or a module, is not data."""
    before = keys(book)
    book.write("src/dlcourse/.kernels.py.swp", "half")
    book.write("src/dlcourse/networks/weights/small.bin~", "old")
    for name in ("Thumbs.db", ".ipynb_checkpoints/x.bin", "__pycache__/x.nbc", "4913"):
        book.write(f"src/dlcourse/networks/weights/{name}", "nobody's")
    locks = [book.book / "chapters" / ".#kernels.md", book.root / "src/dlcourse/.#kernels.py"]
    for lock in locks:
        lock.symlink_to("user@host.1234")
    assert keys(book) == before
    assert book.ran() == set()
    for lock in locks:
        lock.unlink()
