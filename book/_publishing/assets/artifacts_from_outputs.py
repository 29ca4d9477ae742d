"""Write the files that chapters publish: from a cell's output to ``artifacts/<name>``.

``dlcourse.book.figure_data.publish`` puts the bytes into the output of a cell, under a MIME
type of our own. Here that output becomes a node that holds the bytes, so they are stored with
the page's doctree, which comes from the execution cache. When the site is finished every
artefact that is missing or different is written from the doctree: page and file cannot
drift apart, whatever was cached or deleted in between.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from myst_nb.core.render import load_mime_renders
from sphinx.errors import ExtensionError
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

import dlcourse
from _publishing.connect_for_html_only import after_build
from _publishing.values_per_page import keep_per_page, per_page
from dlcourse.book.figure_data import MIME_TYPE
from dlcourse.safe_files import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_LOGGER = logging.getLogger(__name__)

#: Artefacts that no chapter makes: they ship with the package, and the build copies them.
SHIPPED = {
    name: Path(dlcourse.__file__).parent / "networks/weights" / name
    for name in ("finder.safetensors", "robust.safetensors")
}

#: The artefacts of each page, in the environment.
RECORDS = "dlcourse_artifacts"


@dataclass(frozen=True)
class Record:
    """An artefact as the environment knows it."""

    name: str
    sha256: str
    #: Bytes that a host sends: text is compressed on the way, weights and pictures are not.
    size: int
    docname: str

    @property
    def path(self) -> str:
        """Its address from the site's root; the hash makes an old copy in a cache harmless."""
        return f"artifacts/{self.name}?v={self.sha256[:12]}"


class artifact(nodes.Element):  # noqa: N801  (docutils' nodes are lower case)
    """Published bytes; invisible on every product."""


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
        sha256 = hashlib.sha256(content).hexdigest()
        if sha256 != data.content["sha256"]:
            raise ExtensionError(f"artefact {data.content['name']}: its bytes were damaged")
        return [artifact(name=data.content["name"], sha256=sha256, content=content)]


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


def records(env: BuildEnvironment) -> dict[str, list[Record]]:
    """Return the artefacts of each document, as the environment remembers them."""
    return per_page(env, RECORDS)


def find(env: BuildEnvironment, name: str) -> Record | None:
    """Find an artefact by name, among what chapters published and what the package ships."""
    for record in _all(env):
        if record.name == name:
            return record
    file = SHIPPED.get(name)
    if file is not None and file.is_file():
        data = file.read_bytes()
        return Record(name, hashlib.sha256(data).hexdigest(), sent(name, data), docname="")
    return None


def sent(name: str, data: bytes) -> int:
    """Count the bytes that a host sends for a file."""
    return len(gzip.compress(data, mtime=0)) if name.endswith(".json") else len(data)


def _all(env: BuildEnvironment) -> Iterator[Record]:
    for docname in sorted(records(env)):
        yield from records(env)[docname]


def collect(app: Sphinx, doctree: nodes.document) -> None:
    """Note what a page publishes; two pages may not publish the same name."""
    docname = app.env.docname
    published = [
        Record(node["name"], node["sha256"], sent(node["name"], node["content"]), docname)
        for node in doctree.findall(artifact)
    ]
    if published:
        records(app.env)[docname] = published


def check(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Complain of names that were published twice."""
    seen: dict[str, str] = {}
    for record in _all(env):
        if record.name in seen:
            _LOGGER.warning(
                "artefact %r is published twice, here and in %s",
                record.name,
                seen[record.name],
                location=record.docname,
            )
        seen[record.name] = record.docname
    return []


def write(app: Sphinx) -> None:
    """Write every artefact that is missing or different, and remove what is published no more."""
    folder = Path(app.outdir) / "artifacts"
    wanted: set[str] = set()
    for docname, published in sorted(records(app.env).items()):
        wanted.update(record.name for record in published)
        if not all(_is_current(folder, record) for record in published):
            for node in app.env.get_doctree(docname).findall(artifact):
                _store(folder, node["name"], node["content"])
    for name, file in SHIPPED.items():
        record = find(app.env, name)
        if record is not None and not record.docname:
            wanted.add(name)
            if not _is_current(folder, record):
                _store(folder, name, file.read_bytes())
    for path in folder.glob("*"):
        if path.name.removesuffix(".js") not in wanted:
            path.unlink()


def _is_current(folder: Path, record: Record) -> bool:
    """Whether the file, and its twin for ``file:``, hold what the record says."""
    path = folder / record.name
    return (
        path.is_file()
        and hashlib.sha256(path.read_bytes()).hexdigest() == record.sha256
        and (folder / f"{record.name}.js").is_file()
        and record.sha256 in (folder / f"{record.name}.js").read_text()[:200]
    )


def _store(folder: Path, name: str, data: bytes) -> None:
    """Write the file, and the same bytes as a classic script, which ``file:`` can load."""
    sha256 = hashlib.sha256(data).hexdigest()
    text = base64.b64encode(data).decode("ascii")
    script = f'/* {sha256} */\n(self.dlcourseArtifacts ??= {{}})["{name}"] = "{text}";\n'
    for path, content in ((folder / name, data), (folder / f"{name}.js", script.encode())):
        write_whole(path, content)


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
    app.connect("env-updated", check)
    keep_per_page(app, RECORDS)
    after_build(app, write)
