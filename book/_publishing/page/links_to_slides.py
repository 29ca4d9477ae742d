"""Let a page's headings lead to their slides."""

import re
from collections.abc import Mapping
from html import escape, unescape

HEADERLINK = re.compile(r'<a class="headerlink" href="#(?P<anchor>[^"]+)".*?</a>(?=</h\d>)')


def with_links_to_slides(body: str, slides: Mapping[str, str]) -> str:
    """Return a page whose headings lead to the first slide of their section, in a new tab.

    `slides` has the addresses of these slides, by the sections' anchors.
    """

    def linked(match: re.Match[str]) -> str:
        address = slides.get(unescape(match["anchor"]))
        if not address:
            return match[0]
        return (
            f'{match[0]}<a class="headerlink to-slide" href="{escape(address)}" target="_blank"'
            ' title="The slide of this section">▷</a>'
        )

    return HEADERLINK.sub(linked, body)
