"""`make site` says at once that nothing has changed, and only when nothing has."""

import os
import shutil

import pytest
from small_book import SmallSite

NOTHING, BUILT = "Nothing has changed", "built in"
PAGE = "book/_build/html/chapters/plain.html"


def make_site(book, *options, **extra):
    """Run it; return what it prints."""
    done = book.build(*options, **extra)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """A book that was built once; each test leaves it built, with nothing changed."""
    small = SmallSite(tmp_path_factory.mktemp("nothing changed"))
    assert BUILT in make_site(small)
    return small


def aged(path, change):
    """Change a file such that its length and the time of its last writing stay."""
    status = path.stat()
    data = bytearray(path.read_bytes())
    data[change] ^= 1
    path.write_bytes(bytes(data))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


CHANGES = {
    "a deleted page": lambda book: (book.root / PAGE).unlink(),
    "an altered page": lambda book: aged(book.root / PAGE, -3),
    "a stray page": lambda book: book.write("book/_build/html/stray.html", "?"),
    "the lock": lambda book: book.edit("requirements.lock", "tornado==6.6", "tornado==6.7"),
    "the data": lambda book: book.write("cache/tfds/mnist/3.0.1/train.tfrecord", "eight"),
    "a module of the package": lambda book: book.edit("src/dlcourse/numbers.py", "= 2", "= 3"),
    "Sphinx's memory": lambda book: shutil.rmtree(book.book / "_build" / ".doctrees"),
    "the note of the last build": lambda book: book.write("book/_build/site.json", "{"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_leads_to_a_build(book, change):
    page = (book.root / PAGE).read_text(encoding="utf-8")
    CHANGES[change](book)
    assert BUILT in make_site(book)
    assert NOTHING in make_site(book)
    assert (book.root / PAGE).read_text(encoding="utf-8") == page


def test_an_edited_style_sheet_is_published(book):
    """Sphinx alone copies such files only beside a page that it writes."""
    book.write("book/_static/own.css", "p { color: teal; }")
    book.edit("book/conf.py", "html_theme =", 'html_static_path = ["_static"]\nhtml_theme =')
    make_site(book)
    book.edit("book/_static/own.css", "teal", "navy")
    assert BUILT in make_site(book)
    assert "navy" in (book.out / "_static" / "own.css").read_text(encoding="utf-8")
    assert NOTHING in make_site(book)


def test_an_old_copy_put_back_is_noticed(book):
    """Sphinx alone goes by the file's time, and would not read it."""
    path = book.book / "chapters" / "plain.md"
    old = path.with_name("old copy")
    shutil.copy2(path, old)
    book.edit("book/chapters/plain.md", "Words.", "Other words.")
    make_site(book)
    assert "Other words." in (book.root / PAGE).read_text(encoding="utf-8")
    old.replace(path)
    assert BUILT in make_site(book)
    assert "Other words." not in (book.root / PAGE).read_text(encoding="utf-8")
    assert NOTHING in make_site(book)


def test_a_setting_of_the_environment_leads_to_a_build(book):
    assert BUILT in make_site(book, GITHUB_REPOSITORY="someone/fork")
    assert NOTHING in make_site(book, GITHUB_REPOSITORY="someone/fork")
    assert BUILT in make_site(book)
    assert NOTHING in make_site(book, TERM="dumb", COLUMNS="20")  # of the terminal only


def test_a_build_that_is_asked_for_is_made(book):
    assert BUILT in make_site(book, "-E")
    assert BUILT in make_site(book)
    assert NOTHING in make_site(book)


def test_a_failed_build_is_not_taken_for_a_good_one(book):
    book.edit("book/chapters/plain.md", "1 + 1", "1 / 0")
    assert book.build().returncode != 0
    assert book.build().returncode != 0
    book.edit("book/chapters/plain.md", "1 / 0", "1 + 1")
    assert BUILT in make_site(book)
    assert NOTHING in make_site(book)
