"""Links within a page lead to its headings, and never astray."""

import pytest

OTHER = """# Other

```{eval-rst}
.. py:function:: fire()

   Not what is meant.

.. py:function:: smoke()

   Not what is meant either.
```

```{glossary}
water
: Wet.
```

(water)=
## Water

Words.
"""


@pytest.fixture(scope="module")
def built(build_book):
    """Build three pages, each with a link to what one of the three words could mean."""
    page = "# A page\n\nSee [the end](#{0}).\n\n## {1}\n\nWords.\n"
    pages = {"fire": "Fire", "smoke": "The end", "water": "The end"}
    files = {f"chapters/to-{word}.md": page.format(word, title) for word, title in pages.items()}
    return build_book({**files, "chapters/other.md": OTHER}, fails=True)


def test_a_heading_of_the_page_comes_first(built):
    assert 'href="#fire">' in built.read("chapters/to-fire.html")
    assert "fire.md" not in built.log


def test_a_link_to_nothing_but_a_function_s_name_fails_the_build(built):
    assert "smoke.md:3: WARNING: 'myst' cross-reference target not found: 'smoke'" in built.log


def test_a_link_that_could_mean_two_things_fails_the_build(built):
    assert "water.md:3: WARNING: more than one target found for 'myst' cross-ref" in built.log
