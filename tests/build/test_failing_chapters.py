"""What is wrong in a chapter fails the build, is named, and fails it again until mended."""

from __future__ import annotations

import pytest
from small_book import CHAPTERS, SmallBook


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """A small book that builds."""
    small = SmallBook(tmp_path_factory.mktemp("failing"))
    small.ran()
    return small


def fails_until_mended(book, *words):
    """Two builds in a row fail with these words; the chapter mended, the third succeeds."""
    for _ in range(2):
        result = book.build()
        assert result.returncode != 0
        for word in words:
            assert word in result.stderr, result.stderr
    book.chapter("plain", CHAPTERS["plain"])
    assert book.ran() == set()


def test_a_cell_that_raises_is_named(book):
    """Chapter, number of the cell, line in the file, its first line, and the error."""
    book.chapter("plain", "numbers = [1]\nnumbers[3]")
    fails_until_mended(
        book,
        "chapters/plain, code cell 2, line 22 (`numbers = [1]`): IndexError: list index out",
    )


def test_all_chapters_that_raise_are_named(book):
    """Not only the first."""
    book.chapter("kernels", "1 / 0")
    book.chapter("plain", "int('x')")
    result = book.build()
    book.chapter("kernels", CHAPTERS["kernels"])
    assert "chapters/kernels, code cell 2" in result.stderr
    fails_until_mended(book, "chapters/plain, code cell 2", "ValueError: invalid literal")


def test_a_kernel_that_dies_is_named(book):
    """A cell that takes its kernel down, as running out of memory does."""
    book.chapter("plain", "import signal\nos.kill(os.getpid(), signal.SIGKILL)")
    fails_until_mended(book, "chapters/plain, code cell 2", "killed its kernel")


def test_a_cell_without_end_is_named(book):
    """A cell that takes longer than the limit."""
    book.chapter("plain", "import time\ntime.sleep(30)")
    result = book.build("-D", "nb_execution_timeout=2")
    assert "chapters/plain, code cell 2" in result.stderr
    assert "took longer than 2 s" in result.stderr
    book.chapter("plain", CHAPTERS["plain"])
    assert book.ran() == set()


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (":tags: [raises-exception]\n", "1 / 0", "one of them is missing"),
        (
            ":tags: [raises-exception]\n:raises: ValueError\n",
            "1 / 0",
            "raised ['ZeroDivisionError']",
        ),
        (":tags: [raises-exception]\n:raises: ValueError\n", "1", "should raise ValueError"),
    ],
)
def test_an_error_may_only_pass_if_it_is_named(book, options, code, words):
    """The tag alone would let any error pass unseen."""
    book.chapter("plain", code, options=options)
    fails_until_mended(book, "chapters/plain, code cell 2", words)


def test_a_declared_error_is_shown(book):
    """An error that the chapter means to show."""
    book.chapter(
        "plain", "1 / 0", options=":tags: [raises-exception]\n:raises: ZeroDivisionError\n"
    )
    assert book.ran() == {"plain"}
    assert "ZeroDivisionError" in book.page("plain")
    book.chapter("plain", CHAPTERS["plain"])
    assert book.ran() == set()


@pytest.mark.parametrize(
    ("prose", "words"),
    [
        ("[a link](#nowhere)", "nowhere"),
        ("{ref}`nothing`", "nothing"),
        ("![](missing.png)", "missing.png"),
        ("```{nonsense}\n```", "nonsense"),
    ],
)
def test_broken_references_fail_again_and_again(book, prose, words):
    """Sphinx alone is green at the second run, since it does not read the page again."""
    book.chapter("plain", CHAPTERS["plain"], prose=prose)
    fails_until_mended(book, "chapters/plain.md", words)


def test_an_unreadable_chapter_is_named(book):
    """A file that is not UTF-8."""
    path = book.root / "book" / "chapters" / "plain.md"
    path.write_bytes(path.read_bytes() + b"\xff\xfe")
    fails_until_mended(book, "chapters/plain", "cannot be read")


def test_addresses_in_memory_are_not_published(book):
    """They differ from run to run."""
    book.chapter("plain", "object()")
    book.ran()
    assert "&lt;object&gt;" in book.page("plain")
    book.chapter("plain", CHAPTERS["plain"])
    assert book.ran() == set()
