"""Repair the HTML that the theme and the extensions write, where none of their settings reaches it.

A repair that every page needs fails the build where its fault is gone: either the theme has
mended it, and the repair can go, or the theme has changed, and it no longer works.
"""

from bs4 import BeautifulSoup, Tag
from sphinx.errors import ExtensionError

from _publishing.html_tree import classes


def repair(page: BeautifulSoup) -> None:
    """Repair a page of the theme's; `postprocess` calls this, and not for a deck."""
    begin_light(page)
    name_sidebar(page)
    repair_head(page)
    name_summaries(page)
    drop_old_roles(page)


def repair_content(page: BeautifulSoup) -> None:
    """Repair what extensions write on a page or on a slide."""
    label_tasks(page)
    space_solutions(page)
    drop_repeated_ids(page)
    drop_thebe(page)
    hide_icons(page)


def first(element: Tag, selector: str) -> Tag:
    """Return the first part of an element that a repair is about to change; fail without one."""
    tag = element.select_one(selector)
    if tag is None:
        raise missing_markup(f"{selector} in {str(element)[:120]}")
    return tag


def drop(tag: Tag, attribute: str, value: str | None = None) -> None:
    """Drop an attribute; fail if an element does not have it."""
    actual = tag.attrs.pop(attribute, None)
    if actual is None or (value is not None and actual != value):
        raise missing_markup(f'{attribute}="{value or "…"}" on {str(tag)[:120]}')


def missing_markup(expected: str) -> ExtensionError:
    """Return the error that says what was expected of a page."""
    return ExtensionError(
        f"Expected {expected}: the theme or an extension writes something else now. "
        "See whether the repair in _publishing/page/markup_repairs.py is still needed."
    )


def begin_light(page: BeautifulSoup) -> None:
    """Begin light, not "auto", so that a page without scripts has colours."""
    html = first(page, 'html[data-theme="auto"]')
    html["data-theme"] = "light"
    html["data-mode"] = "auto"


def name_sidebar(page: BeautifulSoup) -> None:
    """Make the sidebar a landmark with a name."""
    sidebar = first(page, "#pst-primary-sidebar:not([role])")
    sidebar["role"], sidebar["aria-label"] = "complementary", "Book"


def repair_head(page: BeautifulSoup) -> None:
    """Keep one viewport; defer scripts, so that the site's joined one is first; no fetch ahead.

    Firefox takes `rel=next` for a wish to fetch the next page, and the policy forbids that.
    """
    viewport = first(page, 'head > meta[name="viewport"]')
    viewport["content"] = "width=device-width, initial-scale=1"
    unused = 'meta[name="viewport"] ~ meta[name="viewport"], meta[name^="docsearch:"]'
    for tag in page.select(f'{unused}, head > link[rel="next"], head > link[rel="prev"]'):
        tag.decompose()
    for script in page.select("head > script[src]"):
        if not str(script["src"]).endswith("dark-or-light.js"):  # which runs before all is drawn
            script["defer"] = ""


def name_summaries(page: BeautifulSoup) -> None:
    """Call what unfolds by the words that are seen, or by what it unfolds if there are none."""
    for summary in page.select("details.hide > summary"):
        drop(summary, "aria-label")
    for details in page.select("nav details"):
        first(details, "summary:not([aria-label])")["aria-label"] = "Pages of this part"


def drop_old_roles(page: BeautifulSoup) -> None:
    """Drop a role that is no longer used, and a list that has no items."""
    for citation in page.select("div.citation"):
        drop(citation, "role", "doc-biblioentry")
    for citations in page.select("div.citation-list"):
        drop(citations, "role", "list")


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


def space_solutions(page: BeautifulSoup) -> None:
    """Move the space of "Solution to …" out of the link."""
    for link in page.select(".solution > .admonition-title > a"):
        text = link.find(string=True)
        if text is None or not text.startswith(" "):
            raise missing_markup(f"a space at the beginning of {link}")
        text.replace_with(text[1:])
        link.insert_before(" ")


def drop_repeated_ids(page: BeautifulSoup) -> None:
    """Drop the ids that the content of every exercise, and of every solution, has."""
    for section in page.find_all("section", id=["exercise-content", "solution-content"]):
        del section["id"]


def drop_thebe(page: BeautifulSoup) -> None:
    """Drop settings for computing services elsewhere, which the book does not use."""
    for script in page.find_all("script", type="text/x-thebe-config"):
        kernel = script.find_next_sibling("script")
        if kernel is None or "kernelName" not in str(kernel.string):
            raise missing_markup("the kernel's name after Thebe's settings")
        kernel.decompose()
        script.decompose()


def hide_icons(page: BeautifulSoup) -> None:
    """Let no screen reader read an icon out."""
    for icon in page.find_all(["i", "span"]):
        names = classes(icon)
        if {"fa", "fas", "far", "fab"}.intersection(names) or any(
            name.startswith("fa-") for name in names
        ):
            icon["aria-hidden"] = "true"
