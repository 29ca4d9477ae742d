"""Repair the HTML that the theme and the extensions write, where none of their settings reaches it.

What every page of the theme has must be there: the build fails where the theme has mended a fault,
and its repair can go, or has changed, and the repair no longer works.
"""

from bs4 import BeautifulSoup, Tag
from sphinx.errors import ExtensionError

#: Attributes to drop: a name that hides the words that are seen, old roles, and ids that each
#: exercise and each solution has.
DROPPED = (
    ("details.hide > summary", "aria-label"),
    ("div.citation, div.citation-list", "role"),
    ("section:is(#exercise-content, #solution-content)", "id"),
)
#: Only one viewport is kept, and nothing is fetched ahead: Firefox takes `rel=next` for a wish to
#: fetch the next page, and the policy forbids that.
UNUSED = """\
meta[name="viewport"] ~ meta[name="viewport"], meta[name^="docsearch:"],
head > :is(link[rel="next"], link[rel="prev"])"""


def repair(page: BeautifulSoup) -> None:
    """Repair a page of the theme's; `postprocess` calls this, and not for a deck."""
    # Light, not "auto", so that a page without scripts has colours.
    first(page, 'html[data-theme="auto"]').attrs |= {"data-theme": "light", "data-mode": "auto"}
    sidebar = first(page, "#pst-primary-sidebar:not([role])")
    sidebar.attrs |= {"role": "complementary", "aria-label": "Book"}
    viewport = first(page, 'head > meta[name="viewport"]')
    viewport["content"] = "width=device-width, initial-scale=1"
    for tag in page.select(UNUSED):
        tag.decompose()
    # Deferred scripts run in the page's order: first ``site.js``, the bundle of all pages' scripts,
    # which `templates/layout.html` defers. One runs at once, before anything is drawn.
    for script in page.select("head > script[src]"):
        if not str(script["src"]).endswith("dark-or-light-at-start.js"):
            script["defer"] = ""
    for details in page.select("nav details"):
        first(details, "summary:not([aria-label])")["aria-label"] = "Pages of this part"


def repair_content(page: BeautifulSoup) -> None:
    """Repair what extensions write on a page or on a slide."""
    for selector, attribute in DROPPED:
        for tag in page.select(selector):
            tag.attrs.pop(attribute, None)
    label_tasks(page)
    # Move the space of "Solution to …" out of the link.
    for link in page.select(".solution > .admonition-title > a"):
        text = link.find(string=True)
        if text and text.startswith(" "):
            text.replace_with(text[1:])
            link.insert_before(" ")
    # Let no screen reader read an icon out.
    for icon in page.select(':is(i, span):is([class^="fa-"], [class*=" fa-"])'):
        icon["aria-hidden"] = "true"


def first(element: Tag, selector: str) -> Tag:
    """Return the first part of an element that a repair is about to change; fail without one."""
    tag = element.select_one(selector)
    if tag is None:
        raise ExtensionError(
            f"Expected {selector} in {str(element)[:120]}: the theme or an extension writes"
            " something else now. See whether the repair in _publishing/page/markup_repairs.py"
            " is still needed."
        )
    return tag


def label_tasks(page: BeautifulSoup) -> None:
    """Make the words of each task the label of its box, and let the box be ticked."""
    for item in page.select("li.task-list-item"):
        box = first(item, "input[disabled]")
        del box["disabled"]
        label = page.new_tag("label")
        box.insert_before(label)
        for node in [box, *box.next_siblings]:
            if getattr(node, "name", None) in {"ul", "ol"}:
                break
            label.append(node.extract())
