"""Links within a page lead to its headings, and never astray."""

FUNCTION = """
```{eval-rst}
.. py:function:: %s()

   Not what is meant.
```
"""
PAGE = "# A page\n\nSee [the end](#fire).\n\n## Fire\n\nWords.\n"


def test_a_heading_of_the_page_comes_first(build_book):
    built = build_book({"chapters/a.md": PAGE, "appendix/b.md": "# Other\n" + FUNCTION % "fire"})
    assert built.code == 0, built.log
    assert 'href="#fire">' in built.read("chapters/a.html")


def test_a_link_to_nothing_but_a_function_s_name_fails_the_build(build_book):
    pages = {"chapters/a.md": PAGE.replace("## Fire", "## Smoke")}
    built = build_book({**pages, "appendix/b.md": "# Other\n" + FUNCTION % "fire"})
    assert built.code != 0
    assert "a.md:3: WARNING: 'myst' cross-reference target not found: 'fire'" in built.log


def test_a_link_that_could_mean_two_things_fails_the_build(build_book):
    glossary = "# Other\n\n```{glossary}\nfire\n: Hot.\n```\n\n(fire)=\n## Fire\n\nWords.\n"
    pages = {"chapters/a.md": PAGE.replace("## Fire", "## Smoke"), "chapters/b.md": glossary}
    built = build_book(pages)
    assert built.code != 0
    assert "a.md:3: WARNING: more than one target found for 'myst' cross-reference" in built.log
