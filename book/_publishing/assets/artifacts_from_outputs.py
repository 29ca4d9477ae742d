"""Write what chapters publish for the live figures: from a cell's output to ``artifacts/<name>``.

``dlcourse.book.figure_data.publish`` puts the bytes into the output of a cell, under a MIME type
of our own. Here that output becomes a node that holds the bytes, so they are stored with the page's
doctree. From that each artefact is written when the site is finished: page and file cannot drift
apart, whatever was cached or deleted in between.
"""

import base64
import gzip
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from docutils import nodes
from myst_nb.core.render import load_mime_renders
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

import dlcourse
from _publishing.connect_for_html_only import after_build
from _publishing.write_if_changed import write_folder
from dlcourse.book.figure_data import MIME_TYPE

_LOGGER = logging.getLogger(__name__)

#: Artefacts that no chapter makes: they ship with the package, and the build copies them.
SHIPPED = {
    name: Path(dlcourse.__file__).parent / "networks/weights" / name
    for name in ("finder.safetensors", "robust.safetensors")
}
#: The artefacts of a page by name, among its metadata.
RECORDS = "dlcourse_artifacts"


class Record(NamedTuple):
    """An artefact as the environment knows it."""

    #: Its address from the site's root; the hash in it makes an old copy in a cache harmless.
    path: str
    #: Bytes that a host sends: text is compressed on the way, weights and pictures are not.
    size: int


class artifact(nodes.Element):  # noqa: N801  (docutils' nodes are lower case)
    """Published bytes; shown on no page, deck or notebook."""


class ArtifactRenderer:
    """myst-nb's MIME renderer for published bytes."""

    mime_priority_overrides: ClassVar[Sequence[tuple[str, str, int | None]]] = (
        ("*", MIME_TYPE, 0),
    )

    @staticmethod
    def handle_mime(_renderer: Any, data: Any, inline: bool) -> list[nodes.Element] | None:  # noqa: FBT001
        """Turn an output of our type into an `artifact` node; leave others alone."""
        if data.mime_type != MIME_TYPE or inline:
            return None
        content = base64.b64decode(data.content["base64"])
        return [artifact(name=data.content["name"], content=content)]


class HideArtifacts(SphinxPostTransform):
    """Take artefacts, and the output boxes that they leave empty, out of what is written."""

    default_priority = 5  # after myst-nb's choice of MIME type

    def run(self, **_: Any) -> None:
        """Remove each node, then each ancestor that has nothing else in it."""
        for node in list(self.document.findall(artifact)):
            gone: nodes.Element = node
            while isinstance(gone.parent, nodes.container) and len(gone.parent) == 1:
                gone = gone.parent
            gone.parent.remove(gone)


def find(env: BuildEnvironment, name: str) -> Record | None:
    """Find an artefact by name, among what chapters published and what the package ships.

    `{interactive}` gives its `path` to the figure.
    """
    for page in env.metadata.values():
        published: dict[str, Record] = page.get(RECORDS, {})
        if name in published:
            return published[name]
    return _record(name, SHIPPED[name].read_bytes()) if name in SHIPPED else None


def _record(name: str, data: bytes) -> Record:
    digest = hashlib.sha256(data).hexdigest()
    sent = gzip.compress(data, mtime=0) if name.endswith(".json") else data
    return Record(f"artifacts/{name}?v={digest[:12]}", len(sent))


def collect(app: Sphinx, doctree: nodes.document) -> None:
    """Note what a page publishes."""
    app.env.metadata[app.env.docname][RECORDS] = {
        node["name"]: _record(node["name"], node["content"]) for node in doctree.findall(artifact)
    }


def check(_app: Sphinx, env: BuildEnvironment) -> None:
    """Complain of names that two pages have published."""
    first: dict[str, str] = {}
    for docname, page in sorted(env.metadata.items()):
        for name in page.get(RECORDS, ()):
            if first.setdefault(name, docname) != docname:
                _LOGGER.warning(
                    "artefact %r is published twice, here and in %s",
                    name,
                    first[name],
                    location=docname,
                )


def write(app: Sphinx) -> None:
    """Write every artefact that is missing or different, and remove what is published no more."""
    contents = {name: file.read_bytes() for name, file in SHIPPED.items()}
    for docname, page in app.env.metadata.items():
        if page.get(RECORDS):
            for node in app.env.get_doctree(docname).findall(artifact):
                contents[node["name"]] = node["content"]
    files: dict[str, str | bytes] = {}
    for name, data in contents.items():
        # The same bytes as a classic script, which ``file:`` can load.
        text = base64.b64encode(data).decode("ascii")
        files[name] = data
        files[f"{name}.js"] = f'(self.dlcourseArtifacts ??= {{}})["{name}"] = "{text}";\n'
    write_folder(Path(app.outdir) / "artifacts", files)


def setup(app: Sphinx) -> None:
    """Register the renderer with myst-nb, and the events that carry the bytes to the site."""
    # The list is cached by myst-nb and read at each use, so what is added here stays: the
    # documented way in, an entry point, would need this extension to be installed.
    renderers = load_mime_renders()
    if ArtifactRenderer not in renderers:
        renderers.append(ArtifactRenderer)
    app.add_node(artifact)
    app.add_post_transform(HideArtifacts)
    app.connect("doctree-read", collect)
    app.connect("env-check-consistency", check)
    after_build(app, write)
