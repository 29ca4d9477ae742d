"""List all pages and decks for search engines: ``sitemap.xml``, which ``robots.txt`` names.

sphinx-sitemap would leave out the decks.
"""

from pathlib import Path

from sphinx.application import Sphinx

from _publishing.connect_for_html_only import after_build
from _publishing.hosting import hosting_of


def write_sitemap(app: Sphinx) -> None:
    """Write the list; a site without an address has none."""
    who = hosting_of(app.config)
    site = who.site_url
    out = Path(app.outdir)
    path = out / "sitemap.xml"
    if not site:
        path.unlink(missing_ok=True)
        (out / "robots.txt").unlink(missing_ok=True)
        return
    names = (name for name in app.env.found_docs if (out / f"{name}.html").is_file())
    decks = (p.relative_to(out).with_suffix("").as_posix() for p in (out / "slides").glob("*.html"))
    addresses = [*sorted(map(who.page, names)), *sorted(map(who.page, decks))]
    lines = "".join(f"  <url><loc>{address}</loc></url>\n" for address in addresses)
    path.write_text(
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{lines}</urlset>\n',
        encoding="utf-8",
    )
    (out / "robots.txt").write_text(
        f"User-agent: *\nAllow: /\nSitemap: {site}sitemap.xml\n", encoding="utf-8"
    )


def setup(app: Sphinx) -> None:
    """Write it when all pages are there."""
    after_build(app, write_sitemap)
