"""Every chapter follows the template, and computes what it says."""

import ast
import re
from functools import cache

import pytest
import yaml
from _publishing.in_page.worker.needed_cells import needs, read
from _publishing.notebook.code_for_notebook import without_glue
from myst_nb.core.read import read_myst_markdown_notebook
from tiny_book import BOOK, CHAPTERS

LIMIT = 15
#: Longer lines would have to be scrolled beside the page's contents.
WIDEST = 76
#: Tags that say why a cell may be long: it is folded away, or its length is meant.
MAY_BE_LONG = {"hide-input", "hide-cell", "remove-input", "remove-cell", "long"}
PLOTTING = re.compile(r"\bplt\.(?:show|subplots)\(|\b(?:plotting|drawing)\.\w+\(")
CELL = re.compile(r"^```\{code-cell\}[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)

pytestmark = pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)


def text_of(path):
    return path.read_text(encoding="utf-8")


def front_matter(path):
    return yaml.safe_load(text_of(path).split("---\n")[1])


@cache
def cells(path):
    """The code cells: (tags, options, code); those of solutions have that tag."""
    code, around = [], ""
    for cell in read_myst_markdown_notebook(text_of(path)).cells:
        if cell.cell_type == "code":
            solution = around.rfind("{solution-start}") > around.rfind("{solution-end}")
            tags = {*cell.metadata.get("tags", []), *["solution"] * solution}
            code.append((tags, cell.metadata, cell.source))
        else:
            around += cell.source
    return code


def prose(path):
    """The page without front matter, fenced blocks, formulas, inline code and roles."""
    text = text_of(path).split("---\n", 2)[2]
    text = re.sub(r"(?ms)^(`{3,})\{(?:code-cell|speaker-notes)\}.*?^\1$", "", text)
    text = re.sub(r"(?s)\$\$.*?\$\$", "", text)
    text = re.sub(r"\$[^$\n]*\$", "", text)
    text = re.sub(r"\{[\w:]+\}`[^`]*`", "«glued»", text)
    return re.sub(r"`[^`\n]*`", "", text)


def test_says_what_it_takes_and_gives(path):
    text = text_of(path)
    minutes = front_matter(path)["dlcourse"]["minutes"]
    assert minutes["read"] > 0
    assert minutes["do"] > 0
    assert f"({path.stem})=" in text, "the label of the chapter is its file's name"
    assert re.search(r"^# \S", text, re.MULTILINE)
    start = text.split("## ", 1)[0]
    objectives = start.split("**You will learn**", 1)[1].split("**You need**")[0]
    assert 3 <= len(re.findall(r"^- ", objectives, re.MULTILINE)) <= 5
    assert "**You need**" in start
    assert f"{minutes['read']} minutes to read, {minutes['do']} to do" in start


def test_exercises_have_executed_solutions(path):
    text = text_of(path)
    exercises = re.findall(r"(?m)^`{3,}\{exercise(?:-start)?\}[^\n]*\n:label: (\S+)", text)
    solution = r"(?m)^`{3,}\{solution(?:-start)?\} (\S+)"
    solutions = re.findall(solution, text)
    assert 2 <= len(exercises) <= 5
    assert sorted(exercises) == sorted(solutions)
    folded = re.findall(solution + r"\n(?::\w+: .*\n)*:class: dropdown", text)
    assert folded == solutions, "a solution is folded"
    gated = re.findall(r"\{solution-start\} (\S+)(.*?)\{solution-end\}", text, re.DOTALL)
    executed = [label for label, body in gated if "{code-cell}" in body]
    assert executed, "no solution is executed"


def test_has_quiz_summary_and_further_reading(path):
    text = text_of(path)
    quiz = re.search(r"^`{3,}\{quiz\}.*?\n(.*?)^`{3,}$", text, re.MULTILINE | re.DOTALL)
    assert quiz
    assert 3 <= len(re.findall(r"^\? ", quiz[1], re.MULTILINE)) <= 5
    parts = re.split(r"(?m)^## (.+)$", CELL.sub("", text))
    bodies = dict(zip(parts[1::2], parts[2::2], strict=True))
    summary = re.split(r"\+\+\+|`{3,}", bodies["Summary"])[0]
    assert 3 <= len(re.findall(r"[.?!](?:\s|$)", summary)) <= 7
    assert "{cite" in bodies["Further reading"], "references are cited in full"


def test_slides_have_notes_for_the_speaker(path):
    text = text_of(path)
    n_notes = len(re.findall(r"(?m)^(?:`{3,}|:{3,})\{speaker-notes\}", text))
    assert n_notes >= text.count('"slide_type": "slide"')


def test_visible_cells_are_short(path):
    for tags, _, code in cells(path):
        lines = re.findall(r"(?m)^(?!import |from ).*\S.*$", code)
        if not tags & MAY_BE_LONG:
            assert len(lines) <= LIMIT, f"{len(lines)} lines: {code[:60]!r}"
            wide = [line for line in lines if len(line) > WIDEST]
            assert not wide, f"{len(wide[0])} characters: {wide[0]!r}"


def test_visible_cells_need_no_hidden_one(path):
    """Else a reader who types a chapter along, and a notebook, lack what it makes or changes.

    Hidden is what the page leaves out, and what solves an exercise.
    """
    sources = [without_glue(code) for _, _, code in cells(path)]
    solved = {n for n, (tags, _, _) in enumerate(cells(path)) if "solution" in tags}
    removed = {
        n for n, (tags, _, _) in enumerate(cells(path)) if tags & {"remove-cell", "remove-input"}
    }
    for number in sorted({*range(len(sources))} - removed):
        hidden = removed - solved if number in solved else removed | solved
        needed = needs(sources, number)
        assert not hidden & {*needed.cells}
        shown = {*range(number)} - hidden
        assert {*needed.imports} <= {
            line for n in shown for line in read(sources[n]).imports.values()
        }


def test_no_cell_may_fail(path):
    for tags, _, _ in cells(path):
        assert "raises-exception" not in tags


def test_pictures_have_captions_and_names(path):
    for _, options, code in cells(path):
        if "plt.show()" not in code and not PLOTTING.search(code):
            continue
        if "glue(" in code and "plt.show()" not in code:
            continue  # handed to the page elsewhere
        figure = (options.get("mystnb") or {}).get("figure") or {}
        assert figure.get("caption"), f"no caption: {code[:60]!r}"
        assert re.fullmatch(r"fig-[\w-]+", figure.get("name", "")), f"no name: {code[:60]!r}"


def test_numbers_in_the_prose_come_from_the_run(path):
    typed = re.compile(
        r"(?:accura\w+|loss\w*)[^.\n«]{0,40}?\b\d+[.,]\d+\b"
        r"|\b\d+[.,]\d+ ?(?:%|per cent)",
        re.IGNORECASE,
    )
    allowed = front_matter(path)["dlcourse"].get("quoted", [])
    for match in typed.finditer(prose(path)):
        line = match[0]
        assert any(quote in line for quote in allowed), f"typed, not glued: {line!r}"


def test_what_is_glued_has_no_markup(path):
    """A glued text is shown as it is: an asterisk would be seen."""
    for _, _, code in cells(path):
        if "glue(" in code:
            nodes = ast.walk(ast.parse(code))
            texts = [n.value for n in nodes if isinstance(n, ast.Constant)]
            assert [t for t in texts if isinstance(t, str) and re.search(r"[*`]|\]\(", t)] == []


def test_no_more_steps_at_a_go_than_the_oldest_tensorflow_takes(path):
    """With more, TensorFlow 2.16 takes a training for a loop without an end, and refuses."""
    steps = re.findall(r"steps_per_execution=(\d+)", text_of(path))
    assert all(int(n) <= 32 for n in steps), steps


def test_no_assertion_about_luck_from_one_seed(path):
    """Where networks are trained with random starts, more than one seed is tried."""
    code = "\n".join(code for _, _, code in cells(path))
    if re.search(r"\bfit\(|\.fit\(", code) and "accuracy" in code:
        assert re.search(r"for seed in", code)


def test_the_welcome_page_tells_its_minutes(path):
    minutes = front_matter(path)["dlcourse"]["minutes"]
    row = rf"(?m)^\| \{{ref\}}`{path.stem}` \|.*\| {minutes['read']} \| {minutes['do']} \|$"
    assert re.search(row, text_of(BOOK / "index.md"))


def test_the_books_machinery_is_folded_away(path):
    for tags, _, code in cells(path):
        if not tags & {"hide-input", "hide-cell", "remove-input", "remove-cell"}:
            assert not re.search(r"\b(?:glue|publish\w*|set_alt)\b", code), code[:80]
