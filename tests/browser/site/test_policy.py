"""A page asks nobody else, obeys its policy, and works from a folder."""

import re

from pages import CHAPTERS, DESKTOP, opened


def test_every_page_and_deck_has_its_policy(site):
    files = [*site.glob("*.html"), *site.glob("chapters/*.html"), *site.glob("slides/*.html")]
    assert len(files) > len(CHAPTERS) * 2
    for path in files:
        if path.name.endswith(".part.html"):  # what another test is about to print
            continue
        text = path.read_text(encoding="utf-8")
        policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
        assert policy, path
        assert "default-src 'none'" in policy[1]
        assert "http" not in policy[1]
        (scripts,) = re.findall(r"script-src ([^;]*)", policy[1])
        assert "unsafe" not in scripts
        foreign = r'<(?:script|img|link)[^>]*(?:src|rel="stylesheet"[^>]*href)="https?:'
        assert not re.search(foreign, text)


def test_policy_stops_a_foreign_script(page, site_url):
    opened(page, site_url, "index")
    page.evaluate("""() => {
      window.stopped = [];
      const note = (event) => stopped.push(event.violatedDirective);
      document.addEventListener("securitypolicyviolation", note);
      const script = document.createElement("script");
      script.src = "https://example.org/x.js";
      document.head.append(script);
    }""")
    page.wait_for_function("stopped.length > 0")
    assert page.evaluate("stopped")[0].startswith("script-src")


def test_pages_work_from_a_folder(new_page, trouble, site):
    page = new_page(viewport=DESKTOP, color_scheme="dark")
    for name in (CHAPTERS[0], "index"):
        page.goto((site / f"{name}.html").as_uri())
        page.wait_for_function("document.documentElement.dataset.theme === 'dark'")
        display = "getComputedStyle(document.querySelector('.bd-main')).display"
        assert page.evaluate(display) == "flex"
    assert trouble == []
