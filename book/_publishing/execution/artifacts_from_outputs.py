"""Write what chapters publish for the live figures: from a cell's output to ``artifacts/<name>``.

``dlcourse.book.figure_data.publish`` puts the bytes into the output of a cell, under a MIME type
of our own. When `provide_outputs` gives a chapter its outputs, these stay out, and the bytes are
kept among the page's metadata. From there each artefact is written when the site is finished: page
and file cannot drift apart, whatever was cached or deleted in between.
"""

import base64
import gzip
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
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
PUBLISHED = "dlcourse_artifacts"


class Artifact(NamedTuple):
    """An artefact as the environment knows it."""

    content: bytes
    #: The number of the code cell that publishes it, from 1; 0 if the package ships it.
    cell: int
    #: Its address from the site's root; the hash in it makes an old copy in a cache harmless.
    path: str
    #: Bytes that a host sends: text is compressed on the way, weights and pictures are not.
    size: int


def take_out(
    page: dict[str, Any], cell: int, outputs: Iterable[Mapping[str, Any]]
) -> Iterator[Mapping[str, Any]]:
    """Yield the outputs of a cell that a page shows; note in its metadata what others publish."""
    for output in outputs:
        if published := output.get("data", {}).get(MIME_TYPE):
            name, content = published["name"], base64.b64decode(published["base64"])
            page.setdefault(PUBLISHED, {})[name] = _artifact(name, content, cell)
        else:
            yield output


def every_artifact(env: BuildEnvironment) -> dict[str, Artifact]:
    """Return by name what the package ships and what chapters have published.

    `{interactive}` gives the `path` of each to its figure.
    """
    artifacts = {name: _artifact(name, file.read_bytes()) for name, file in SHIPPED.items()}
    for page in env.metadata.values():
        artifacts |= page.get(PUBLISHED, {})
    return artifacts


def _artifact(name: str, content: bytes, cell: int = 0) -> Artifact:
    digest = hashlib.sha256(content).hexdigest()
    sent = gzip.compress(content, mtime=0) if name.endswith(".json") else content
    return Artifact(content, cell, f"artifacts/{name}?v={digest[:12]}", len(sent))


def hide(app: Sphinx, doctree: nodes.document) -> None:
    """Take out the cells of which nothing is left to see, neither code nor outputs."""
    published: dict[str, Artifact] = app.env.metadata[app.env.docname].get(PUBLISHED, {})
    cells = {artifact.cell for artifact in published.values()}
    for node in list(doctree.findall(nodes.container)):
        # `provide_outputs` counts all code cells of a page from 1.
        if node.get("exec_count") in cells and not node.children:
            node.parent.remove(node)


def check(_app: Sphinx, env: BuildEnvironment) -> None:
    """Complain of names that two pages have published."""
    first: dict[str, str] = {}
    for docname, page in sorted(env.metadata.items()):
        for name in page.get(PUBLISHED, ()):
            if first.setdefault(name, docname) != docname:
                _LOGGER.warning(
                    "artefact %r is published twice, here and in %s",
                    name,
                    first[name],
                    location=docname,
                )


def write(app: Sphinx) -> None:
    """Write every artefact that is missing or different, and remove what is published no more."""
    files: dict[str, str | bytes] = {}
    for name, artifact in every_artifact(app.env).items():
        # The same bytes as a classic script, which ``file:`` can load.
        text = base64.b64encode(artifact.content).decode("ascii")
        files[name] = artifact.content
        files[f"{name}.js"] = f'(self.dlcourseArtifacts ??= {{}})["{name}"] = "{text}";\n'
    write_folder(Path(app.outdir) / "artifacts", files)


def setup(app: Sphinx) -> None:
    """Hide cells of a page that is read, check names when all are, and write at the end."""
    app.connect("doctree-read", hide)
    app.connect("env-check-consistency", check)
    after_build(app, write)
