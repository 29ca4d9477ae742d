"""An edit executes exactly the chapters whose outputs can depend on it."""

import pytest
from small_book import CHAPTERS, SmallBook

ALL = set(CHAPTERS)


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """A small book, built once."""
    small = SmallBook(tmp_path_factory.mktemp("never stale"))
    assert small.ran() == ALL
    return small


FIGURE = "---\nmystnb:\n  figure:\n    caption: A sum\ntags: [slide, hide-input]\n---\n1 + 1"
#: Edits of files, and which chapters all of them together can affect.
EDITS = {
    "words, a caption and a tag": (
        {
            "book/chapters/kernels.md": ("Words.", "Other words."),
            "book/chapters/plain.md": ("1 + 1", FIGURE),
        },
        set(),
    ),
    "MNIST": ({"cache/tfds/mnist/3.0.1/train.tfrecord": ("seven", "eight")}, {"training"}),
    "a constant": ({"src/dlcourse/numbers.py": ("SCALE = 2", "SCALE = 3")}, ALL - {"plain"}),
}


@pytest.mark.parametrize("what", EDITS)
def test_an_edit_executes_what_depends_on_it(book, what):
    """Pages show what the edit computes; taking it back runs none, and gives the old pages."""
    edits, expected = EDITS[what]
    before = {chapter: book.page(chapter) for chapter in CHAPTERS}
    for name, (old, new) in edits.items():
        book.edit(name, old, new)
    assert book.ran() == expected
    assert ("9000" in book.page("kernels")) == ("kernels" in expected)
    for name, (old, new) in edits.items():
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
    book.write("src/dlcourse/.kernels.py.swp", "half")
    book.write("src/dlcourse/networks/weights/small.bin~", "old")
    for name in ("Thumbs.db", ".ipynb_checkpoints/x.bin", "__pycache__/x.nbc", "4913"):
        book.write(f"src/dlcourse/networks/weights/{name}", "nobody's")
    locks = [book.book / "chapters" / ".#kernels.md", book.root / "src/dlcourse/.#kernels.py"]
    for lock in locks:
        lock.symlink_to("user@host.1234")
    assert book.ran() == set()
    for lock in locks:
        lock.unlink()
