"""The folded source of a picture stands below it; a cell without outputs stays as it is."""

from _publishing.page.code_below_output import move_sources
from docutils import nodes
from docutils.utils import new_document
from myst_nb.sphinx_ import HideCodeCellNode


def moved(*parts):
    document = new_document("page")
    cell = nodes.container("", *parts, nb_element="cell_code")
    document += cell
    move_sources(document)
    return cell


def folded(place):
    return HideCodeCellNode("", nodes.container(), classes=[place])


def test_a_source_moves_behind_its_outputs():
    output = nodes.container(nb_element="cell_code_output")
    cell = moved(folded("above-input"), output)
    assert cell[0] is output
    assert cell[1]["classes"] == ["source-below"]


def test_what_has_no_outputs_or_folds_these_stays():
    assert moved(folded("above-input"))[0]["classes"] == ["above-input"]
    code = nodes.container(nb_element="cell_code_source")
    cell = moved(code, folded("below-input"))
    assert cell[0] is code
    assert cell[1]["classes"] == ["below-input"]
