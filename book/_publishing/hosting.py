"""Where repository and site are; so where Colab, Kaggle, Binder, edit, issue, canonical links lead.

One place says so: ``repository.url`` (and ``branch``) in ``_config.yml``. On a
continuous integration server the environment overrides it, so that a fork's
links are its own with nothing edited.
Without either, the site carries no address at all and works from any folder.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from sphinx.application import Sphinx
from sphinx.config import Config

#: What Jupyter Book answers when ``_config.yml`` names no repository.
NOBODY = "https://github.com/executablebooks/jupyter-book"
#: Begins links to the site if its address is not known; pages and notebooks are written with
#: relative ones in their place.
NOWHERE = "https://site.invalid/"
#: A chapter's notebook on GitHub, in the branch that holds the built site.
_NOTEBOOK = "{repository}/blob/gh-pages/notebooks/{topic}.ipynb"
#: The services that open it from there.
SERVICES = {
    "Colab": f"https://colab.research.google.com/github/{_NOTEBOOK}",
    "Kaggle": f"https://kaggle.com/kernels/welcome?src=https://github.com/{_NOTEBOOK}",
    "Binder": "https://mybinder.org/v2/gh/{repository}/gh-pages?labpath=notebooks%2F{topic}.ipynb",
}


@dataclass(frozen=True)
class Hosting:
    """Where repository and site are: every link that carries an address follows from it."""

    #: without a trailing slash; empty when nobody publishes
    repository_url: str
    #: the branch with the sources
    branch: str
    #: where the site is served, with a trailing slash; empty when unknown
    site_url: str
    #: the commit that the site is built from (`tools/make_site.py` says which); empty if unknown
    commit: str

    def notebook_in(self, service: str, topic: str) -> str:
        """Return the address that opens a chapter's notebook in a service; empty if none does."""
        if not self.repository_url.startswith("https://github.com/"):
            return ""
        repository = urlsplit(self.repository_url).path.strip("/")
        return SERVICES[service].format(repository=repository, topic=quote(topic))

    def page(self, name: str) -> str:
        """Return a page's one address; the not-found page, shown at any address, has none."""
        if not self.site_url or name == "404":
            return ""
        return self.site_url + ("" if name == "index" else f"{name}.html")

    def edit(self, path: str) -> str:
        """Return the address that edits one file; there must be a repository."""
        return f"{self.repository_url}/edit/{self.branch}/{path}"

    def issue(self, title: str) -> str:
        """Return the address that opens an issue; it needs a repository, and its title quoted."""
        return f"{self.repository_url}/issues/new?title={title}"


def hosting_of(config: Config, environment: Mapping[str, str] = os.environ) -> Hosting:
    """Return where repository and site are, by the configuration and what overrides it."""
    options: Mapping[str, Any] = config.html_theme_options
    configured = str(options.get("repository_url") or "").rstrip("/").removesuffix(".git")
    configured = "" if configured == NOBODY else configured
    slug = environment.get("GITHUB_REPOSITORY", "")
    server = environment.get("GITHUB_SERVER_URL", "https://github.com")
    repository = f"{server}/{slug}" if slug else configured
    # Of a proposal, the branch that it is meant for counts; a tag is none.
    branch = environment.get("GITHUB_BASE_REF") or environment.get("GITHUB_REF_NAME")
    if not branch or environment.get("GITHUB_REF_TYPE") == "tag":
        branch = str(options.get("repository_branch") or "main")
    base = config.html_baseurl if repository == configured else ""
    site = (base or _pages_address(repository)).rstrip("/")
    return Hosting(
        repository_url=repository,
        branch=branch,
        site_url=f"{site}/" if site else "",
        commit=environment.get("GITHUB_SHA", ""),
    )


def _pages_address(repository: str) -> str:
    """Return where GitHub Pages serves a repository's site."""
    parts = urlsplit(repository)
    owner, _, name = parts.path.strip("/").partition("/")
    if parts.hostname != "github.com" or not name:
        return ""
    host = f"{owner.lower()}.github.io"
    return f"https://{host}" if name.lower() == host else f"https://{host}/{name}"


def set_addresses(_app: Sphinx, config: Config) -> None:
    """Set everything in the configuration that carries an address."""
    hosting = hosting_of(config)
    options = config.html_theme_options
    options["repository_url"] = hosting.repository_url
    options["repository_branch"] = hosting.branch
    config["html_baseurl"] = hosting.site_url
    # In a page, [text](repository:issues) and [text](site:index.html) follow the fork.
    schemes = dict.fromkeys(config.myst_url_schemes)
    schemes["site"] = f"{hosting.site_url or NOWHERE}{{{{path}}}}"
    if hosting.repository_url:  # else such a link leads nowhere, and the build says so
        schemes["repository"] = f"{hosting.repository_url}/{{{{path}}}}"
    config["myst_url_schemes"] = schemes


def setup(app: Sphinx) -> None:
    """Set the addresses before anything reads them."""
    app.connect("config-inited", set_addresses, priority=100)
