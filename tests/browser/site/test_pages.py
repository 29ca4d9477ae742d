"""Every page of the built site, in a real browser: for all readers, light, and by itself."""

import gzip
import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[3]
REQUESTS, WEIGHT = 20, 400_000  # of a first load; bytes are compressed ones
PACKED = (".png", ".jpg", ".webp", ".woff2", ".safetensors")
#: A chapter's own plots, and figures that load when the reader comes to them.
OWN = ("/_images/", "/widgets/", "/artifacts/")
DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 740}
VARIANTS = [
    pytest.param((scheme, size), id=f"{scheme}-{size['width']}")
    for scheme in ("light", "dark")
    for size in (DESKTOP, PHONE)
]
AXE = """async () => (await axe.run(document, {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  resultTypes: ["violations"],
})).violations.map((v) => [v.id, v.nodes.map((n) => n.html.slice(0, 160))])"""
#: Opens what is folded or covered, and answers a quiz: wrong, right, and not at all.
UNFOLD = """() => {
  for (const part of document.querySelectorAll(".bd-article details")) part.open = true;
  for (const button of document.querySelectorAll(".bd-article .toggle-button-hidden")) {
    button.click();
  }
  for (const button of document.querySelectorAll(".predict-notice button")) button.click();
  document.querySelectorAll(".quiz-question").forEach((question, number) => {
    const { letter } = question.querySelector(".quiz-right").dataset;
    const choices = [...question.querySelectorAll("input")];
    choices.find(({ value }) => number < 2 && (value === letter) === (number === 1))?.click();
    question.querySelector(".quiz-check").click();
  });
}"""
#: Says of each element that has the focus whether anybody could see that it has.
WATCH_FOCUS = """() => {
  window.stops = 0;
  window.unseen = [];
  document.addEventListener("focusin", (event) => {
    const target = event.composedPath()[0]; // inside of a figure, if it is there
    window.stops += 1;
    const style = getComputedStyle(target);
    const box = target.getBoundingClientRect();
    const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    if (!ring || box.width < 2 || box.height < 2) {
      window.unseen.push(target.outerHTML.slice(0, 120));
    }
  });
}"""


def names_in(toc):
    """Pages that a table of contents names."""
    if isinstance(toc, dict):
        local = [toc[key] for key in ("root", "file") if key in toc]
        return local + [name for value in toc.values() for name in names_in(value)]
    if isinstance(toc, list):
        return [name for value in toc for name in names_in(value)]
    return []


TOC = names_in(yaml.safe_load((ROOT / "book" / "_toc.yml").read_text(encoding="utf-8")))
CHAPTERS = [name for name in TOC if name.startswith("chapters/")]
PAGES = [*TOC, "search", "genindex"]
#: One page of each type: a light chapter with figures, a long one, a table, an API page, a search.
TYPES = [
    "index", "chapters/neurons", "chapters/handwriting", "instructors/guide", "appendix/glossary",
    "appendix/api-ideas", "search",
]  # fmt: skip


def opened(page, site_url, name):
    """Open a page and let it come to rest."""
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{site_url}/{name}.html", wait_until="load")
    page.wait_for_function("document.readyState === 'complete'")
    return page


def test_there_are_pages(site):
    assert len(CHAPTERS) >= 5
    assert [name for name in PAGES if not (site / f"{name}.html").is_file()] == []


def everybody():
    """Every page light on a desktop, one of each type in all variants; the whole matrix is slow."""
    first, *others = VARIANTS
    matrix = [pytest.param(*first.values, PAGES, id=f"{first.id}, every page")]
    for variant in others:
        some, every = f"{variant.id}, a page of each type", f"{variant.id}, every page"
        matrix.append(pytest.param(*variant.values, TYPES, id=some))
        matrix.append(pytest.param(*variant.values, PAGES, id=every, marks=pytest.mark.slow))
    return matrix


def test_no_page_repeats_an_id(site):
    for path in [site / f"{name}.html" for name in PAGES]:
        ids = re.findall(r'\sid="([^"]+)"', path.read_text(encoding="utf-8"))
        assert len(ids) == len(set(ids)), path


@pytest.mark.parametrize(("variant", "names"), everybody())
def test_every_page_is_for_everybody(new_page, site_url, axe, variant, names):
    scheme, size = variant
    page = new_page(viewport=size, color_scheme=scheme)
    faults, wide = {}, {}
    for name in names:
        opened(page, site_url, name)
        assert page.evaluate("document.documentElement.dataset.theme") == scheme
        page.evaluate(UNFOLD)
        assert page.evaluate("document.getAnimations().length") == 0, name
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide[name] = page.evaluate(
                "[...document.querySelectorAll('body *')].filter((e) =>"
                " e.getBoundingClientRect().right > innerWidth + 1)"
                ".map((e) => e.outerHTML.slice(0, 100)).slice(0, 4)"
            )
        page.evaluate(axe)
        if violations := page.evaluate(AXE):
            faults[name] = violations
    assert faults == {}
    assert wide == {}


def test_nothing_goes_wrong_on_any_page(page, trouble, site_url):
    for name in PAGES:
        opened(page, site_url, name)
    assert trouble.none()


@pytest.mark.parametrize(
    ("size", "scheme", "name"),
    [
        *((DESKTOP, "light", name) for name in PAGES),
        *((DESKTOP, "dark", name) for name in [*CHAPTERS[:2], "index", "search"]),
        *((PHONE, "light", name) for name in [*CHAPTERS[:2], "index", "search"]),
    ],
    ids=lambda value: f"{value['width']} px" if isinstance(value, dict) else value,
)
def test_focus_is_seen_at_every_tab_stop(new_page, site_url, size, scheme, name):
    page = opened(new_page(viewport=size, color_scheme=scheme), site_url, name)
    page.evaluate(WATCH_FOCUS)
    before = -1
    while page.evaluate("stops") > before and before < 500:  # until Tab leaves the page
        before = page.evaluate("stops")
        for _ in range(20):
            page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
    assert page.evaluate("stops") >= 5
    assert page.evaluate("[...new Set(unseen)]") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_first_tab_stop_leads_to_the_text(new_page, site_url, axe, scheme):
    page = opened(new_page(viewport=DESKTOP, color_scheme=scheme), site_url, CHAPTERS[0])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Skip to main content"
    page.evaluate(axe)
    result = page.evaluate("axe.run('#pst-skip-link', { runOnly: ['color-contrast'] })")
    assert [len(result[outcome]) for outcome in ("passes", "violations", "incomplete")] == [1, 0, 0]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_a_solution_s_button_is_called_after_it(page, site_url):
    for name in CHAPTERS:
        opened(page, site_url, name)
        buttons = page.get_by_role("button", name=re.compile("^Solution to Exercise"))
        folded = page.locator(".solution .toggle-button").count()
        assert buttons.count() == folded > 0, name


def test_what_goes_on_beyond_the_edge_fades_there(new_page, site_url):
    page = opened(new_page(viewport=PHONE), site_url, CHAPTERS[0])
    part = page.locator(".bd-article pre[data-more]").first
    assert part.get_attribute("tabindex") == "0"
    assert "gradient" in part.evaluate("(e) => getComputedStyle(e).maskImage")
    part.focus()
    assert part.evaluate("(e) => getComputedStyle(e).maskImage") == "none"  # the ring is whole
    handle = part.element_handle()
    handle.evaluate("(e) => { e.scrollLeft = e.scrollWidth; }")
    page.wait_for_timeout(100)
    assert not handle.evaluate("(e) => e.hasAttribute('data-more')")
    stops = page.evaluate("""[...document.querySelectorAll(".bd-article pre")]
      .filter((e) => e.scrollWidth <= e.clientWidth).map((e) => e.tabIndex)""")
    assert set(stops) == {-1}  # what fits is no tab stop


def test_what_a_wide_table_is_about_is_read_without_scrolling(new_page, site_url):
    page = opened(new_page(viewport=PHONE), site_url, "chapters/robust-reader")
    wide = page.locator(".dlcourse-table[data-more]")
    assert wide.count() >= 1
    for table in wide.all():
        caption = table.locator("caption").bounding_box()
        assert caption["x"] + caption["width"] <= 360 - 40


def test_a_table_of_probabilities_is_read_down_on_a_phone(new_page, site_url):
    page = opened(new_page(viewport=PHONE), site_url, "chapters/augmentation")
    page.evaluate("document.querySelectorAll('.predict-notice button').forEach((b) => b.click())")
    tables = page.locator(".dlcourse-table:has(.shares)")
    assert tables.count() >= 3
    for table in tables.all():
        assert table.evaluate("(e) => e.scrollWidth <= e.clientWidth")
        assert "verdict" not in table.locator("tbody").inner_text()
        assert table.locator("tbody td.share:visible").count() >= 10


def test_no_line_ends_between_a_formula_and_its_comma(new_page, site_url):
    page = opened(new_page(viewport=PHONE), site_url, "chapters/networks")
    parts = page.locator(".bd-article p .together")
    assert parts.count() >= 5
    assert parts.evaluate_all("(all) => all.every((e) => e.getClientRects().length === 1)")


def test_first_load_is_light(new_page, site, site_url):
    heavy = {}
    for name in CHAPTERS:
        page = new_page(viewport=DESKTOP)  # a context of its own: nothing cached
        asked = []
        page.on("response", lambda r, asked=asked: asked.append(r.url.split("?")[0]))
        opened(page, site_url, name)
        page.wait_for_load_state("networkidle")
        local = [url for url in asked if not any(part in url for part in OWN)]
        bytes_ = sum(packed_size(site / url.removeprefix(f"{site_url}/")) for url in local)
        if len(local) > REQUESTS or bytes_ > WEIGHT:
            heavy[name] = (len(local), bytes_, local)
        page.close()
    assert heavy == {}


def packed_size(path):
    """Bytes of a file as a server sends it."""
    data = path.read_bytes()
    return len(data if path.suffix in PACKED else gzip.compress(data, mtime=0))


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
        assert not re.search(
            r'<(?:script|img|link)[^>]*(?:src|rel="stylesheet"[^>]*href)="https?:', text
        )


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


def test_pages_work_from_a_folder(new_page, site):
    page = new_page(viewport=DESKTOP, color_scheme="dark")
    errors = []
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: errors.append(str(e)))
    for name in (CHAPTERS[0], "index"):
        page.goto((site / f"{name}.html").as_uri())
        page.wait_for_function("document.documentElement.dataset.theme === 'dark'")
        assert (
            page.evaluate("getComputedStyle(document.querySelector('.bd-main')).display") == "flex"
        )
    assert errors == []


@pytest.mark.parametrize("name", PAGES)
def test_page_says_what_it_is(site, name):
    text = (site / f"{name}.html").read_text(encoding="utf-8")
    head = text.partition("</head>")[0]
    assert '<html lang="en"' in text
    assert head.count('name="viewport"') == 1
    title = re.search(r"<title>(.*?)</title>", head)[1]
    (about,) = re.findall(r'name="description" content="([^"]*)"', head)
    assert 20 <= len(about) <= 320
    for words in (title, about):
        assert not re.search(r"[$\\{}]|<", words), words
    assert 'property="og:title"' in head
    assert 'rel="icon"' in head
    assert text.count("<h1") == 1


def test_titles_and_descriptions_differ(site):
    heads = [(site / f"{n}.html").read_text(encoding="utf-8").partition("</head>")[0] for n in TOC]
    for pattern in (r"<title>(.*?)</title>", r'name="description" content="([^"]*)"'):
        faults = [re.search(pattern, head)[1] for head in heads]
        assert len(set(faults)) == len(faults), pattern


def test_links_that_leave_are_marked(site):
    for name in TOC:
        text = (site / f"{name}.html").read_text(encoding="utf-8")
        for link in re.findall(r'<a\b[^>]*href="https?://[^>]*>', text):
            assert "noopener" in link, (name, link)
            assert "external" in link, (name, link)


def test_no_link_leaves_for_the_site_s_own_address(site):
    """A copy of the site, or a folder of it, keeps its readers."""
    sitemap = (site / "sitemap.xml").read_text(encoding="utf-8")
    home = re.search(r"<loc>(.*?)</loc>", sitemap)[1]
    for path in [*(site / f"{name}.html" for name in TOC), *site.glob("slides/*.html")]:
        assert not re.search(rf'<a\b[^>]*href="{home}', path.read_text(encoding="utf-8")), path


def test_each_page_and_deck_has_one_address(site):
    listed = re.findall(r"<loc>(.*?)</loc>", (site / "sitemap.xml").read_text(encoding="utf-8"))
    names = [
        *(f"{name}.html" for name in TOC),
        *(f"slides/{p.name}" for p in site.glob("slides/*")),
    ]
    assert len(names) == len(listed)
    for name in names:
        head = (site / name).read_text(encoding="utf-8").partition("</head>")[0]
        (address,) = re.findall(r'rel="canonical" href="([^"]*)"', head)
        assert f'property="og:url" content="{address}"' in head
        assert address in listed, name
        (card,) = re.findall(r'property="og:image" content="([^"]*)"', head)
        assert (site / "_static/cards" / card.rpartition("/")[2]).is_file(), name


def test_the_whole_deck_is_one_click_away(site):
    for name in ("index", *(n for n in TOC if n.startswith("instructors/"))):
        text = (site / f"{name}.html").read_text(encoding="utf-8")
        assert re.search(r'class="btn[^"]*" href="[./]*slides/workshop.html"', text), name


def test_sitemap_lists_every_page(site):
    listed = re.findall(r"<loc>(.*?)</loc>", (site / "sitemap.xml").read_text(encoding="utf-8"))
    for name in CHAPTERS:
        assert any(address.endswith(f"/{name}.html") for address in listed), name
    assert len(set(listed)) == len(listed)


def test_lost_readers_find_back_from_any_depth(site):
    text = (site / "404.html").read_text(encoding="utf-8")
    links = re.findall(r'(?<![\w-])(?:href|src|action)="([^"]*)"', text)
    assert links
    assert [a for a in links if not a.startswith(("/", "#", "http", "data:"))] == []
    assert 'data-header-action="fullscreen"' in text
    assert 'rel="canonical"' not in text


def explained():
    """Return words, each with the chapter that explains it, of the pages that there are."""
    words = {
        "softmax": "chapters/neurons",
        "dropout": "chapters/when-it-does-not-learn",
        "overfitting": "chapters/when-it-does-not-learn",
        "backpropagation": "chapters/backpropagation",
        "kernel": "chapters/kernels",
        "kernels": "chapters/kernels",
        "MNIST": "chapters/handwriting",
        "augmentation": "chapters/augmentation",
        "Colab": "appendix/set-up",
    }
    return [(word, name) for word, name in words.items() if name in TOC]


@pytest.mark.parametrize(("word", "right"), explained())
def test_search_finds_the_right_page_first(page, site_url, trouble, word, right):
    page.goto(f"{site_url}/search.html?q={word}")
    page.wait_for_selector("#search-results li a")
    page.wait_for_function(
        "/finished|found/.test(document.querySelector('.search-summary').textContent)"
    )
    first = page.get_attribute("#search-results li a >> nth=0", "href")
    assert right in first
    assert trouble.none()


def test_a_word_that_was_searched_for_is_legible_in_the_dark(new_page, site_url, axe):
    page = new_page(viewport=DESKTOP, color_scheme="dark")
    page.goto(f"{site_url}/search.html?q=dropout")
    page.wait_for_selector("#search-results li a")
    opened(page, site_url, "genindex")
    assert page.locator("a span.highlighted").count()
    page.evaluate(axe)
    assert page.evaluate(AXE) == []
