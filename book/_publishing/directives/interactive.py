"""Interactive figures: the ``{interactive}`` directive and the custom element on the page.

```{interactive} neuron
:name: fig-neuron
:caption: A neuron that you can turn.

What stands here without scripts: a picture with alt text, and a few words.
```

If the body has no picture, the build draws one (`draw_stills`), or asks for one. The body stays in
the element's light DOM until the figure has loaded, and comes back if it cannot. An artefact is a
file of data that a chapter publishes or the package ships (`artifacts_from_outputs`).
`book/widgets/README.md` says what each figure takes.
"""

import json
from collections.abc import Callable, Iterable
from html import escape
from itertools import chain
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from _publishing.assets import widget_files
from _publishing.execution.artifacts_from_outputs import Artifact, every_artifact
from _publishing.execution.draw_stills import still
from _publishing.figure_registry import FIGURES, LATER, ORIGINALS

_LOGGER = logging.getLogger(__name__)
#: The figures of a page, among its metadata.
USED = "dlcourse_figures"
#: The hashes of the artefacts that each page's figures use, in the environment.
HASHES = "dlcourse_figure_hashes"
_OPTIONS = sorted({o for f in FIGURES.values() for o in (*f.attributes, *f.artifacts)})


class interactive(nodes.General, nodes.Element):  # noqa: N801  (docutils' nodes are lower case)
    """An interactive figure; its children are what stands there without it."""


class Interactive(SphinxDirective):
    """``{interactive} NAME``: a live figure around a static one."""

    required_arguments = 1
    has_content = True
    option_spec: ClassVar[dict[str, Callable[[str], Any]] | None] = {
        "name": directives.unchanged_required,
        "caption": directives.unchanged_required,
        **dict.fromkeys(_OPTIONS, directives.unchanged_required),
    }

    def run(self) -> list[nodes.Node]:
        """Make a figure of the element and its caption, so that it is numbered like others."""
        widget = self.arguments[0]
        figure = FIGURES.get(widget)
        if figure is None:
            raise self.error(f"no interactive figure {widget!r}: one of {', '.join(FIGURES)}.")
        taken = {*figure.attributes, *figure.artifacts, "name", "caption"}
        for option in sorted(set(self.options) - taken):
            raise self.error(f"the figure {widget!r} takes no option {option!r}.")
        self.assert_has_content()  # what stands there without scripts
        node = interactive(
            "",
            widget=widget,
            options={o: self.options[o] for o in figure.attributes if o in self.options},
            artifacts={
                option: self.options.get(option, default).split()
                for option, default in figure.artifacts.items()
            },
        )
        self.set_source_info(node)
        widgets = self.env.metadata[self.env.docname].setdefault(USED, {})
        widgets.setdefault(widget, []).extend(chain(*node["artifacts"].values()))
        body = self.parse_content_to_nodes()
        if not any(map(has_picture, body)):
            if not figure.still:
                raise self.error(f"the figure {widget!r} needs a picture of what it shows.")
            # One behind a button (opens) has the same still everywhere, whatever its options say.
            options = {} if figure.opens else node["options"]
            node += still(self.env, figure.still, options)
        node += body
        outer = nodes.figure("", node, classes=["interactive"])
        self.set_source_info(outer)
        if "caption" in self.options:
            text, messages = self.parse_inline(self.options["caption"])
            outer += [nodes.caption("", "", *text), *messages]
        self.add_name(outer)
        return [outer]


def has_picture(node: nodes.Node) -> bool:
    """Whether a picture stands in a node, now or when glued outputs have come in."""
    return any(
        isinstance(child, nodes.image) or "glue" in type(child).__module__
        for child in node.findall()
    )


def used(env: BuildEnvironment) -> dict[str, dict[str, list[str]]]:
    """Return the figures of each document: widget -> the artefacts that it uses."""
    return {name: page[USED] for name, page in env.metadata.items() if USED in page}


def outdated(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Name the pages to write again: those whose figures use an artefact that has changed."""
    before: dict[str, dict[str, str]] = vars(env).get(HASHES, {})
    now: dict[str, dict[str, str]] = {}
    for docname, widgets in used(env).items():
        artifacts = _artifacts(env, chain(*widgets.values()))
        now[docname] = {name: artifact.path for name, artifact in artifacts.items()}
    vars(env)[HASHES] = now
    return [docname for docname in now if now[docname] != before.get(docname)]


def check(_app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of figures without their artefacts, and of those that load at once and are heavy."""
    for docname, widgets in used(env).items():
        for widget, names in widgets.items():
            artifacts = _artifacts(env, names)
            for name in sorted(set(names) - set(artifacts)):
                fault = f"needs the artefact {name!r}, which no chapter publishes"
                _LOGGER.warning("the figure %r %s", widget, fault, location=docname)
            data = sum(artifact.size for artifact in artifacts.values())
            size, most = data + widget_files.code_size(widget), widget_files.BUDGET
            if size > most and not FIGURES[widget].opens:
                fault = f"loads {size} bytes, {data} of them data: at most {most} are allowed"
                _LOGGER.warning("the figure %r %s", widget, fault, location=docname)


def _artifacts(env: BuildEnvironment, names: Iterable[str]) -> dict[str, Artifact]:
    """Return the artefacts of these names that there are."""
    artifacts = every_artifact(env)
    return {name: artifacts[name] for name in names if name in artifacts}


def attributes_of(node: interactive, env: BuildEnvironment, root: str) -> dict[str, str]:
    """Return the attributes of a figure's element; `root` leads from the page to the site."""
    figure = FIGURES[node["widget"]]
    artifacts = _artifacts(env, chain(*node["artifacts"].values()))
    attributes = {"data-widget": node["widget"], **node["options"]}
    attributes |= {option: " ".join(several) for option, several in node["artifacts"].items()}
    if artifacts:
        addresses = {name: root + artifact.path for name, artifact in artifacts.items()}
        attributes["artifacts"] = json.dumps(addresses, separators=(",", ":"))
    if figure.opens:
        # Not loaded at once: LATER names networks, which load at a second click, ORIGINALS the
        # photographs behind the samples, which load when a reader chooses a sample.
        later = node["artifacts"].get(LATER, [])
        at_once = artifacts.keys() - {*later, *node["artifacts"].get(ORIGINALS, [])}
        size = sum(artifacts[name].size for name in at_once)
        words = attributes.pop("button", f"Open {figure.title}")
        attributes["data-open"] = f"{words} ({size / 1000:,.0f}\N{NO-BREAK SPACE}kB)"
        if later:
            size = sum(artifacts[name].size for name in later if name in artifacts)
            attributes["data-later-size"] = f"{size / 1000:,.0f} kB"
    return attributes


def visit_html(translator: Any, node: interactive) -> None:
    """Open the custom element, and ask for the loader beside the page's first one."""
    # Where the site's root is, seen from the page or deck that is being written.
    root = translator.builder.imgpath.removesuffix(translator.builder.imagedir)
    attributes = attributes_of(node, translator.builder.env, root)
    written = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    if not getattr(translator, "has_figure_loader", False):
        translator.has_figure_loader = True
        translator.body.append(f'<script defer src="{root}widgets/loader.js"></script>\n')
    translator.body.append(f"<dl-{node['widget']}{written} data-prevent-swipe>\n")


def depart_html(translator: Any, node: interactive) -> None:
    """Close the custom element."""
    translator.body.append(f"</dl-{node['widget']}>\n")


def setup(app: Sphinx) -> None:
    """Register directive, node and events."""
    app.add_node(interactive, html=(visit_html, depart_html))
    app.add_directive("interactive", Interactive)
    app.connect("env-updated", outdated)
    app.connect("env-check-consistency", check)
