"""The half day: a core with few words, exercises that fit, one question a chapter."""

from types import SimpleNamespace

import pytest
from _publishing.deck.workshop_deck import check_schedule, chosen, qr_code
from bs4 import BeautifulSoup
from sphinx.errors import ExtensionError


def slide(slide_kind="text", section="Part", **more):
    return {
        "kind": slide_kind,
        "section": section,
        "optional": False,
        "hinge": False,
        "exercise_minutes": 0,
        "minutes": 0,
        "notes": "",
    } | more


LIST = slide(section="Exercises", minutes=6, notes="In pairs. ")
SLIDES = [
    slide(minutes=2),
    slide(optional=True),
    LIST,
    slide("exercise", "Exercises", exercise_minutes=3, notes="First."),
    slide("solution", "Exercises", notes="One"),
    slide("exercise", "Exercises", exercise_minutes=3),
    slide("solution", "Exercises", notes="Two"),
    slide("exercise", "Exercises", exercise_minutes=9),
    slide("solution", "Exercises", notes="Three"),
    slide("quiz", "Quiz"),
    slide("quiz", "Quiz", hinge=True),
    slide(section="Further reading"),
]


@pytest.mark.parametrize(("minutes", "exercises"), [(0, 0), (5, 1), (6, 2), (20, 3)])
def test_as_many_exercises_as_there_are_minutes_for(minutes, exercises):
    kinds = [one["kind"] for one in chosen(SLIDES, minutes)]
    assert kinds == ["text", *["exercise", "solution"] * exercises, "quiz"]


def test_the_list_of_exercises_goes_into_the_notes_of_the_first():
    first, second = (one for one in chosen(SLIDES, 6) if one["kind"] == "exercise")
    assert (first["minutes"], first["notes"]) == (6, "In pairs. First.")
    assert (second["minutes"], second["notes"]) == (0, "")


GLUED = """# First

```{code-cell} ipython3
import matplotlib.pyplot as plt
from dlcourse.book import glue
from dlcourse.figures import set_alt, use_style
use_style()
figure, axes = plt.subplots()
set_alt(figure, "Nothing but paper.")
glue("empty", figure)
plt.close(figure)
```

+++ {"slideshow": {"slide_type": "slide", "title": "A picture for the slide"}}

## Part

The page's words.

```{slide-only}
{glue}`empty`
```
"""


def test_a_picture_for_the_slide_alone_is_part_of_the_site(build_book, notebook_header):
    built = build_book({"chapters/first.md": notebook_header + GLUED})
    slide = BeautifulSoup(built.read("slides/first.html"), "html.parser").select("section")[-1]
    assert slide.h2.get_text() == "A picture for the slide"
    assert "words" not in slide.select_one(".slide-body").get_text()
    assert slide.img["alt"] == "Nothing but paper."
    assert (built.html / "slides" / slide.img["src"]).resolve().is_file()
    page = BeautifulSoup(built.read("chapters/first.html"), "html.parser")
    assert "The page" in page.article.get_text()
    assert page.article.select("figure img, .cell_output img, p img") == []


def test_the_qr_code_grows_with_its_slide():
    drawing = BeautifulSoup(qr_code("https://a.example/"), "html.parser").svg
    assert drawing.has_attr("viewbox")
    assert not drawing.has_attr("width")


def test_a_fault_in_any_plan_ends_the_build_at_once(tmp_path):
    (tmp_path / "schedule.yml").write_text("full-day: [{lunch: Soup}]", encoding="utf-8")
    with pytest.raises(ExtensionError, match="full-day, item 1: expected"):
        check_schedule(SimpleNamespace(srcdir=tmp_path), None)
