"""The addresses and numbers of a page that a notebook's Markdown needs."""

from urllib.parse import urljoin

from docutils import nodes
from sphinx.application import Sphinx

from _publishing.hosting import NOWHERE


class Page:
    """One page of the site, which is served at `site_url`, an address with a trailing slash.

    Where that is empty, links lead from ``notebooks/`` to the pages beside it.
    """

    def __init__(self, app: Sphinx, docname: str, site_url: str) -> None:
        self.app = app
        self.docname = docname
        uri = app.builder.get_target_uri(docname)
        self._address = urljoin(site_url or NOWHERE, uri)
        self._secnumbers = app.env.toc_secnumbers.get(docname, {})
        self._fignumbers = app.env.toc_fignumbers.get(docname, {})

    def url(self, address: str = "") -> str:
        """Return an address that works from anywhere, for one from the page, or for the page's."""
        return urljoin(self._address, address).replace(NOWHERE, "../")

    def picture(self, node: nodes.image) -> str:
        """Return the address of a picture.

        Colab shows no pictures that are attached to a cell, Jupyter none from a relative
        address once the notebook has moved: a link to the site works in both.
        """
        name = self.app.builder.images.get(str(node["uri"]))
        folder = "../" * self.docname.count("/") + "_images/"
        return self.url(folder + name if name else node["uri"])

    def section_number(self, section: nodes.Element) -> str:
        """Return a section's number as the page shows it, with its point."""
        anchors = [f"#{name}" for name in section["ids"]]
        if isinstance(section.parent, nodes.document):
            anchors.insert(0, "")
        number = next(filter(None, map(self._secnumbers.get, anchors)), None)
        suffix = str(self.app.config.html_secnumber_suffix).replace("\xa0", " ")
        return ".".join(map(str, number)) + suffix if number else ""

    def number(self, counter: str, node: nodes.Element) -> str:
        """Return the number of a figure, a table, a listing, a formula or an exercise."""
        numbers = self._fignumbers.get(counter, {})
        number = next(filter(None, map(numbers.get, node["ids"])), ())
        return ".".join(map(str, number))

    def label(self, counter: str, node: nodes.Element) -> str:
        """Return how a caption begins, as *Fig. 7.1*."""
        number = self.number(counter, node)
        return str(self.app.config.numfig_format[counter]).replace("%s", number) if number else ""
