"""Search leads to the page that explains a word."""

import pytest
from pages import AXE, AXE_CORE, DESKTOP, opened

#: Words, each with the page that explains it.
EXPLAINED = {
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


@pytest.mark.parametrize(("word", "right"), EXPLAINED.items())
def test_search_finds_the_right_page_first(page, site_url, trouble, word, right):
    page.goto(f"{site_url}/search.html?q={word}")
    page.wait_for_selector("#search-results li a")
    page.wait_for_function(
        "/finished|found/.test(document.querySelector('.search-summary').textContent)"
    )
    first = page.get_attribute("#search-results li a >> nth=0", "href")
    assert right in first
    assert trouble == []


def test_a_word_that_was_searched_for_is_legible_in_the_dark(new_page, site_url):
    page = new_page(viewport=DESKTOP, color_scheme="dark")
    page.goto(f"{site_url}/search.html?q=dropout")
    page.wait_for_selector("#search-results li a")
    opened(page, site_url, "genindex")
    assert page.locator("a span.highlighted").count()
    page.evaluate(AXE_CORE)
    assert page.evaluate(AXE) == []
