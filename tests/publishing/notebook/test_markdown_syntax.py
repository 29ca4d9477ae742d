"""Text, links, code and formulas as Markdown."""

import pytest
from _publishing.notebook.markdown.blocks import Code, Heading, folded, quoted
from _publishing.notebook.markdown.formulas import display, inline
from _publishing.notebook.markdown.syntax import (
    code_span,
    escape,
    fence,
    link,
    paragraph,
    quote,
)
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def shown(markdown):
    """Return what a reader sees."""
    tokens = READER.parse(markdown)
    words = []
    for token in tokens:
        for child in token.children or []:
            if child.type in {"text", "code_inline"}:
                words.append(child.content)
            elif child.type == "softbreak":
                words.append("\n")
            elif child.type == "html_inline" and child.content not in {"<span>", "</span>"}:
                words.append(child.content)
    return "".join(words), [token.type for token in tokens]


@given(st.text(st.sampled_from("ab1 *_`~[](){}<>&;!#+-.|\\/$^=:'\"é漢🧠\n"), max_size=30))
def test_any_text_is_shown_as_it_is(text):
    """Markdown sees one paragraph, and in it the same characters."""
    lines = [" ".join(line.split()) for line in text.split("\n")]
    expected = "\n".join(line for line in lines if line)
    markdown = paragraph(escape(expected))
    seen, types = shown(markdown)
    assert seen == expected
    assert not types or types == ["paragraph_open", "inline", "paragraph_close"]


@given(st.text(st.sampled_from("ab `|\\$*"), min_size=1, max_size=12).filter(str.strip))
def test_any_code_is_shown_as_it_is(text):
    assert shown(f"x {code_span(text)} y")[0] == f"x {text} y"


@given(st.text(st.sampled_from("ab[]()!*_`<>\\"), min_size=1, max_size=12).filter(str.strip))
def test_any_words_can_be_a_link(text):
    tokens = READER.parseInline(
        link(paragraph(escape(text, in_link=True)), "https://e.org/(a b)|c$")
    )
    children = tokens[0].children
    assert children[0].type == "link_open"
    assert children[-1].type == "link_close"
    assert children[0].attrs["href"] == "https://e.org/%28a%20b%29%7Cc%24"


def test_several_dollar_signs_are_kept_from_being_mathematics():
    assert paragraph(escape("$5 and $6")) == r"<span>\$</span>5 and <span>\$</span>6"


def test_a_formula_in_a_quotation_is_one_line():
    assert quote("$$\na\nb\n$$\n\n- c\n\n  $$\n  d\n  $$") == "> $$a b$$\n>\n> - c\n>\n>   $$d$$"


def test_a_section_in_what_is_folded_keeps_its_title():
    (text,) = folded("More", [Heading("### Inside"), "Text."])
    assert "### Inside\n\nText." in text


def test_code_stays_between_its_words_in_a_quotation_and_comes_after_what_is_folded():
    blocks = ["a", Code(1), "b", Code(2)]
    assert quoted(blocks) == ["> a", Code(1), "> b", Code(2)]
    assert folded("More", blocks)[1:] == [Code(1), Code(2)]


def test_a_fence_is_longer_than_any_inside():
    assert fence("```\na\n```").startswith("````\n")


@pytest.mark.parametrize(
    ("tex", "markdown"),
    [
        ("a", "$$\na\n$$"),
        (r"a &= b \\ c &= d", "$$\n\\begin{aligned}\na &= b \\\\ c &= d\n\\end{aligned}\n$$"),
        (
            r"\begin{pmatrix} 1 \\ 2 \end{pmatrix}",
            "$$\n\\begin{pmatrix} 1 \\\\ 2 \\end{pmatrix}\n$$",
        ),
        (r"\begin{align*}a&=b\end{align*}", "$$\n\\begin{aligned}a&=b\\end{aligned}\n$$"),
        (r"\begin{equation}a\label{x}\end{equation}", "$$\na\n$$"),
        ("a % why\n% all\n+ 5\\% b", "$$\na\n+ 5\\% b\n$$"),
    ],
)
def test_a_displayed_formula_may_stand_between_dollar_signs(tex, markdown):
    assert display(tex) == markdown


def test_a_numbered_formula_carries_its_number():
    assert display("a", "1.2") == "$$\na \\tag{1.2}\n$$"


def test_a_comment_does_not_hide_what_follows_it():
    assert inline("a % why\n+ b") == "$a + b$"
