"""The addresses in HTML that somebody has written by hand."""

from _publishing.notebook.markdown.addresses_and_numbers import with_addresses


def test_every_address_is_found_however_it_is_written():
    html = """<A\n HREF=a.html data-x='href="no"'>a</A> <img src='b c.png'> <p title='x src="no"'>
<!-- <a href="no"> --><video poster=d.webp src="">"""
    result = []
    changed = with_addresses(html, lambda address: result.append(address) or address.upper())
    assert result == ["a.html", "b c.png", "d.webp", ""]
    assert 'HREF="A.HTML" data-x=\'href="no"\'' in changed
    assert "src='B C.PNG'" in changed
    assert '<!-- <a href="no"> -->' in changed
