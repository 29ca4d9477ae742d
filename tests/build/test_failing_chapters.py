"""What is wrong in a chapter fails the build, is named, and fails it again until mended."""

import re

import pytest
from small_book import CHAPTERS, SmallBook


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """A small book that builds."""
    small = SmallBook(tmp_path_factory.mktemp("failing"))
    small.ran()
    return small


def mended(book):
    """Put every chapter back."""
    for name, code in CHAPTERS.items():
        book.chapter(name, code)


def fails_twice(book, words, *options):
    """Two builds in a row fail with these words; the chapters mended, the third succeeds."""
    for _ in range(2):
        result = book.build(*options)
        assert result.returncode != 0
        for word in words:
            assert word in result.stderr, result.stderr
    mended(book)
    assert book.ran() == set()


def test_every_chapter_that_does_not_execute_is_named(book):
    """Chapter, number of the cell, line in the file, its first line, and what went wrong."""
    book.chapter("kernels", "numbers = [1]\nnumbers[3]")
    book.chapter("training", "import signal\nos.kill(os.getpid(), signal.SIGKILL)")
    book.chapter("reading", "int('x')")
    book.chapter("plain", "import time\ntime.sleep(30)")
    book.edit("book/chapters/plain.md", "}\nimport os", "}\n:tags: [skip-execution]\nimport os")
    fails_twice(
        book,
        [
            "chapters/kernels, code cell 2, line 17 (`numbers = [1]`): IndexError: list index out",
            "chapters/training, code cell 2",
            "killed its kernel",
            "ValueError: invalid literal",
            "chapters/plain, code cell 2",
            "took longer than 5 s",
        ],
        "-D",
        "nb_execution_timeout=5",
    )


def test_what_changes_while_a_chapter_runs_is_named(book):
    """Outputs of the new code must not lie under the key of the old."""
    book.chapter("plain", 'import time\nprint(time.time(), file=open("table.csv", "w"))')
    book.chapter(
        "kernels",
        "from dlcourse import numbers\n"
        'with open(numbers.__file__, "a") as file:\n    print("MORE = 1", file=file)',
    )
    book.chapter(
        "reading",
        "from dlcourse import reader\n"
        'with open(reader.__file__, "a") as file:\n    print("def half_typed", file=file)',
    )
    modules = [book.root / f"src/dlcourse/{name}.py" for name in ("numbers", "reader")]
    before = {path: path.read_text() for path in modules}
    result = book.build()
    for path, text in before.items():
        path.write_text(text)
    book.chapter("reading", CHAPTERS["reading"])
    fails_twice(book, ["chapters/plain: file table.csv changed while it ran: build again."])
    assert "chapters/kernels: dlcourse.numbers.MORE" in result.stderr
    assert re.search(
        r"chapters/reading: the package \(.*\(dlcourse.reader, line \d+\)\) changed", result.stderr
    )


def test_broken_references_fail_again_and_again(book):
    """Sphinx alone is green at the second run, since it does not read the page again."""
    faults = {
        "kernels": ("[a link](#nowhere)", "nowhere"),
        "training": ("{ref}`nothing`", "nothing"),
        "reading": ("![](missing.png)", "missing.png"),
        "plain": ("```{nonsense}\n```", "nonsense"),
    }
    for name, (prose, _) in faults.items():
        book.chapter(name, CHAPTERS[name], prose=prose)
    fails_twice(book, [f"chapters/{n}.md" for n in faults] + [word for _, word in faults.values()])


def test_a_link_to_a_page_that_has_been_deleted_is_named(book):
    """Nothing else has changed, so Sphinx alone would read and write nothing, and be green."""
    book.chapter("kernels", CHAPTERS["kernels"], prose="See {doc}`plain`.")
    assert book.ran() == set()
    (book.book / "chapters" / "plain.md").unlink()
    fails_twice(book, ["chapters/kernels.md", "unknown document", "plain"])


def test_a_kernel_that_is_not_there_is_named(book):
    """With its chapter, and the one that the book runs in."""
    book.edit("book/chapters/plain.md", "name: python3", "name: nokernel")
    fails_twice(book, ["chapters/plain: this machine has no kernel 'nokernel'", "python3"])


def test_an_unreadable_chapter_is_named(book):
    """A file that is not UTF-8."""
    path = book.root / "book" / "chapters" / "plain.md"
    path.write_bytes(path.read_bytes() + b"\xff\xfe")
    fails_twice(book, ["chapters/plain", "cannot be read"])


def test_a_cell_whose_settings_cannot_be_read_is_named(book):
    """MyST-NB knows the line, and not the page."""
    book.chapter("plain", CHAPTERS["plain"], prose='+++ {"slideshow":\n\nWords.')
    fails_twice(book, ["chapters/plain: Markdown cell 1 at line 8", "Expecting value"])


def test_addresses_in_memory_are_not_published(book):
    """They differ from run to run."""
    book.chapter("plain", "object()")
    book.ran()
    assert "&lt;object&gt;" in book.page("plain")
    mended(book)
    assert book.ran() == set()
