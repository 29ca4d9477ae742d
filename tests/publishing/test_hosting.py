"""One place says who publishes; a fork's links are its own."""

import re
from types import SimpleNamespace

import pytest
from _publishing.hosting import hosting_of

ORIGINAL = {"repository_url": "https://github.com/first/course", "repository_branch": "main"}
FORK = {
    "GITHUB_SERVER_URL": "https://github.com",
    "GITHUB_REPOSITORY": "Second/lessons",
    "GITHUB_REF_NAME": "spring",
    "GITHUB_SHA": "0123abc",
}


def config(options, baseurl=""):
    return SimpleNamespace(html_theme_options=options, html_baseurl=baseurl)


@pytest.mark.parametrize(
    ("baseurl", "repository", "site"),
    [
        ("", "first/course", "https://first.github.io/course/"),
        ("https://course.example", "first/course", "https://course.example/"),
        ("https://course.example", "Second/lessons", "https://second.github.io/lessons/"),
        ("", "Second/second.github.io", "https://second.github.io/"),  # lies at the root
    ],
)
def test_the_address_of_a_site_is_that_of_its_repository(baseurl, repository, site):
    who = hosting_of(config(ORIGINAL, baseurl), {"GITHUB_REPOSITORY": repository})
    assert who.site_url == site


@pytest.mark.parametrize(
    ("environment", "branch"),
    [
        ({"GITHUB_REF_NAME": "7/merge", "GITHUB_BASE_REF": "develop"}, "develop"),
        ({"GITHUB_REF_NAME": "v1.2", "GITHUB_REF_TYPE": "tag"}, "main"),
    ],
)
def test_edits_go_to_a_branch_that_stays(environment, branch):
    assert hosting_of(config(ORIGINAL), environment).branch == branch


CHAPTER = """\
# Sample

Sources are in the [repository](repository:issues), the site is [here](site:index.html).
"""


def test_no_link_of_the_original_remains_in_a_fork(build_book, notebook_header):
    built = build_book(
        {"chapters/sample.md": notebook_header + CHAPTER},
        repository={
            "url": "https://github.com/first/course",
            "branch": "trunk",
            "path_to_book": "book",
        },
        environment=FORK,
    )
    originals = re.compile(rb"first/course|first\.github\.io|/trunk/")
    paths = [p for p in built.html.rglob("*") if p.is_file() and ".doctrees" not in p.parts]
    assert [path for path in paths if originals.search(path.read_bytes())] == []
    page = built.read("chapters/sample.html")
    for part in (
        "colab.research.google.com/github/Second/lessons/blob/gh-pages/notebooks/sample.ipynb",
        'external" href="https://github.com/Second/lessons/issues" rel="noopener"',
        'rel="canonical" href="https://second.github.io/lessons/chapters/sample.html"',
        "https://github.com/Second/lessons/edit/spring/book/chapters/sample.md",
    ):
        assert part in page
    assert re.search(r'class="reference internal" href="\.\./index\.html">\s*(<span>)?here', page)


def test_site_without_a_publisher_carries_no_address(build_book, notebook_header):
    sample = "# Sample\n\nThe [site](site:slides/workshop.html).\n"
    built = build_book({"chapters/sample.md": notebook_header + sample}, repository={})
    page = built.read("chapters/sample.html")
    assert "colab.research" not in page
    assert "/issues/new" not in page
    assert "/edit/" not in page
    assert 'rel="canonical"' not in page
    assert 'href="../slides/sample.html"' in page
    assert 'class="reference internal" href="../slides/workshop.html"' in page
    assert "[site](../slides/workshop.html)" in built.read("notebooks/sample.ipynb")
