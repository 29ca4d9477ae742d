"""A prediction is on a slide, and its answer a key away."""

from bs4 import BeautifulSoup

CHAPTER = """# First

+++ {"slideshow": {"slide_type": "slide"}}

## Part

Words.

+++

```{predict}
How many?

= 7 of nine
```

```{predict}
Which?

- [ ] this — too small
- [x] that — large enough
```
"""


def test_the_answer_comes_with_a_key(build_book, notebook_header):
    built = build_book({"chapters/first.md": notebook_header + CHAPTER})
    assert built.code == 0, built.log
    deck = BeautifulSoup(built.read("slides/first.html"), "html.parser")
    number, choice = deck.select(".predict-slide")
    assert number["id"] != choice["id"]
    assert number.select_one("p.fragment").get_text() == "7 of nine"
    waits = [part.get_text() for part in choice.select(".fragment")]
    assert waits == ["✗ Not this one. too small", "✓ Right. large enough"]
    assert not choice.select("input, button")
