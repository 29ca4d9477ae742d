"""The last touches on a page: what they change, and that they fail when there is nothing to."""

import pytest
from _publishing.html_tree import parse, write
from _publishing.page import content_security_policy, markup_repairs, not_found_page, postprocess
from sphinx.errors import ExtensionError


def done(touch, html, *arguments):
    page = parse(html)
    touch(page, *arguments)
    return write(page)


def test_a_page_goes_through_the_tree_as_it_is():
    html = (
        '<html lang="en"><p class="b a" hidden id="x">a &lt; b &amp; “c” é'
        '<br><img src="a.svg" alt=\'"b"\'><math><mspace></mspace></math></p>'
        "<script>if (a < b && c) {}</script></html>"
    )
    assert write(parse(html)) == html


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p><b>98</b> % of 28 × 28</p>", "<p><b>98</b>_% of 28_×_28</p>"),
        ("<p>28 × <b>28</b> px</p>", "<p>28_×_<b>28</b> px</p>"),
        ("<p>a × b, 5 percent</p>", "<p>a × b, 5 percent</p>"),
        ("<pre>98 %</pre><code>98 %</code>", "<pre>98 %</pre><code>98 %</code>"),
        (
            "<p>(<math></math>, then</p>",
            '<p><span class="together">(<math></math>,</span> then</p>',
        ),
        (
            "<p>the <math></math>th and <math></math> here</p>",
            '<p>the <span class="together"><math></math>th</span> and <math></math> here</p>',
        ),
        ("<!-- 98 % --><p><math></math><!--a--></p>", "<!-- 98 % --><p><math></math><!--a--></p>"),
        ('<p>(<math display="block"></math>).</p>', '<p>(<math display="block"></math>).</p>'),
    ],
)
def test_what_belongs_together_stays_on_one_line(before, after):
    assert done(postprocess.keep_together, before).replace("\xa0", "_") == after


def test_a_long_name_breaks_between_its_parts_and_not_in_a_word():
    page = (
        '<table><code><span class="pre">random_state=0.25</span></code></table>'
        '<dl class="py"><dt class="sig"><span class="pre">a.b.</span><span class="sig-paren">('
        '</span></dt></dl><p><code><span class="pre">a_b</span></code></p>'
    )
    assert done(postprocess.break_names, page) == page.replace("random_", "random_<wbr>").replace(
        "a.b.", "a.<wbr>b.<wbr>"
    ).replace("(<", "(<wbr><")


def test_links_that_leave_are_marked_and_those_to_the_site_stay():
    page = (
        '<html data-content_root="../"><a class="reference external" href="https://o.org/b/x.html">'
        '</a><a class="reference internal" href="https://a.org/">a</a><a href="y.html">b</a></html>'
    )
    assert done(postprocess.mark_links, page, "https://o.org/b/") == (
        '<html data-content_root="../"><a class="reference internal" href="../x.html">'
        '</a><a class="reference external" href="https://a.org/" rel="noopener">a</a>'
        '<a href="y.html">b</a></html>'
    )


def test_the_page_for_lost_readers_works_from_any_depth():
    page = '<a href="./a.html"></a><a href="#b"></a><a href="https://a.org"></a><img src="c.png">'
    assert done(not_found_page.start_at_root, page, "/book/") == (
        '<a href="/book/a.html"></a><a href="#b"></a><a href="https://a.org"></a>'
        '<img src="/book/c.png">'
    )


def test_a_policy_names_the_scripts_of_a_page():
    page = '<head><meta charset="utf-8"></head><script>go()</script><script src="a.js"></script>'
    policy = done(content_security_policy.set_policy, page)
    assert policy.count("'sha256-") == 1
    assert "default-src 'none'" in policy
    assert "frame-src" not in policy


PAGE = """<html data-theme="auto"><head><meta name="viewport" content="x">
<meta name="viewport" content="y"><link rel="next" href="b.html"><script src="a.js"></script></head>
<div id="pst-primary-sidebar"><nav><details><summary><i class="fa-solid fa-x"></i></summary>
</details></nav></div>
<details class="hide"><summary aria-label="Toggle hidden content">Show</summary></details>
<div role="list" class="citation-list"><div class="citation" role="doc-biblioentry"></div></div>
<ul><li class="task-list-item"><p><input type="checkbox" disabled="disabled"> Look</p></li></ul>
<div class="solution"><p class="admonition-title">Solution to<a href="#x"> Exercise 1</a></p>
<section id="solution-content"></section></div></html>"""


def repaired(html):
    page = parse(html)
    markup_repairs.repair(page)
    markup_repairs.repair_content(page)
    return write(page)


def test_repairs():
    text = repaired(PAGE)
    for part in (
        '<html data-theme="light" data-mode="auto">',
        '<div id="pst-primary-sidebar" role="complementary" aria-label="Book">',
        '<summary aria-label="Pages of this part"><i class="fa-solid fa-x" aria-hidden="true">',
        '<details class="hide"><summary>Show</summary>',
        '<div class="citation-list"><div class="citation"></div></div>',
        '<p><label><input type="checkbox"> Look</label></p>',
        'Solution to <a href="#x">Exercise 1</a>',
        '<script src="a.js" defer>',
        "<section></section>",
    ):
        assert part in text
    assert text.count("viewport") == 1
    assert "next" not in text, "Firefox would fetch the next page, and the policy forbids that"


@pytest.mark.parametrize(
    ("fault", "instead"),
    [
        (' data-theme="auto"', ""),
        (' id="pst-primary-sidebar"', ""),
        (' disabled="disabled"', ""),
        ("viewport", ""),
        ("<summary><i", '<summary aria-label="Named"><i'),
    ],
)
def test_a_repair_without_its_fault_fails_the_build(fault, instead):
    with pytest.raises(ExtensionError, match="See whether the repair"):
        repaired(PAGE.replace(fault, instead))
