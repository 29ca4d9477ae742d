"""Leave sphinx-thebe out: Jupyter Book loads it, for kernels on other hosts, which no page uses."""

from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Take back what it has connected; it comes before this extension."""
    for listeners in app.events.listeners.values():
        for listener in [one for one in listeners if one.handler.__module__ == "sphinx_thebe"]:
            app.disconnect(listener.id)
    styles = app.registry.css_files
    styles[:] = [style for style in styles if style[0] != "sphinx-thebe.css"]
