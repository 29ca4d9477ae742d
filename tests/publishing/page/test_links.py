"""Links within a page lead to its headings, and never astray."""

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


def test_a_heading_of_the_page_comes_first_and_else_the_build_fails(build_book):
    """Three pages, each with a link to what one of the three words could mean."""
    page = "# A page\n\nSee [the end](#{0}).\n\n## {1}\n\nWords.\n"
    pages = {"fire": "Fire", "smoke": "The end", "water": "The end"}
    files = {f"chapters/to-{word}.md": page.format(word, title) for word, title in pages.items()}
    built = build_book({**files, "chapters/other.md": OTHER}, fails=True)
    assert 'href="#fire">' in built.read("chapters/to-fire.html")
    assert "fire.md" not in built.log
    # The name of a function alone is no heading, and water could mean two things.
    assert "smoke.md:3: WARNING: 'myst' cross-reference target not found: 'smoke'" in built.log
    assert "water.md:3: WARNING: more than one target found for 'myst' cross-ref" in built.log
