"""A deck holds what the source has chosen, as the page shows it, and nothing else."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from _publishing.deck.chapter_deck import with_ids
from bs4 import BeautifulSoup

SAMPLE = (Path(__file__).parent / "samples" / "deck.md").read_text(encoding="utf-8")
SECRETS = ("Whispered", "projector")
SECOND = "# Q&A\n\nWords that say in more than forty letters what it is about.<!-- Is it? -->\n"
PLAN = """half-day:
- {chapter: first, teach: 20, exercise: 10}
- {break: Coffee, minutes: 15}
- {chapter: second, teach: 5}
"""


def slides_of(deck):
    """Return every slide of a deck."""
    every = BeautifulSoup(deck, "html.parser").select(".slides section")
    return [slide for slide in every if not slide.select_one("section")]


def headings(deck):
    return [slide.find(["h1", "h2", "h3"]).get_text().strip() for slide in slides_of(deck)]


def notes(slide):
    return "".join(aside.get_text() for aside in slide.select("aside"))


def shown(slide):
    """Return the text of a slide without the notes."""
    return "".join(text for text in slide.find_all(string=True) if not text.find_parent("aside"))


@pytest.fixture(scope="module")
def header(notebook_header):
    minutes = "dlcourse:\n  minutes: {read: 10, do: 15}\n"
    return notebook_header.replace("---\n\n", f"{minutes}---\n\n")


@pytest.fixture(scope="module")
def built(build_book, header):
    return build_book(
        {
            "chapters/first.md": header + SAMPLE,
            "chapters/second.md": header + SECOND,
            "schedule.yml": PLAN,
        }
    )


def test_deck_and_page_say_what_the_source_has_chosen(built):
    html = built.read("slides/first.html")
    assert headings(html) == [
        "A sample chapter",
        "A neuron adds and decides",
        "A picture beside the words",
        "Work it out",
        "Work it out",
        "Which is larger, π or e?",
        "Summary",
    ]
    slides = slides_of(html)
    title, neuron, picture, exercise, solution, quiz, summary = map(shown, slides)
    assert "chapter 1 of 2" in title
    assert "10 minutes to read, 15 to do" in title
    assert "x * w + b" in neuron.replace("\n", "")
    assert "1.1" in neuron
    assert "What happens if every weight is zero?" in neuron
    assert "stays on the page" not in html
    assert "matplotlib" not in picture
    assert "beside" in html
    assert "Exercise 1 · 5 minutes" in exercise
    assert "Twice three, and one? Ask dlcourse.github.io/dlcourse." in exercise
    assert "at length" not in exercise
    assert "Twice three" not in built.read("chapters/first.html")
    assert "Seven" not in exercise
    assert "Solution" in solution
    assert "Seven" in solution
    assert "Seven" in notes(slides[3])
    assert "✗ Not this one. about 2.72" in re.sub(r"\s+", " ", quiz)
    assert notes(slides[5]).startswith("1 minute. Everybody chooses a letter")
    assert "hidden_result = 41 + 1" in summary
    assert "42" not in summary


def test_a_link_to_a_slide_stays_right_when_slides_are_inserted(built):
    """Its name is the same in every deck, and changes only with its own section."""

    def ids(name):
        return re.findall(r'<section id="([^"]+)"', built.read(f"slides/{name}.html"))

    assert ids("first")[0].startswith("first-")
    assert len(ids("workshop")) == len(set(ids("workshop")))
    assert set(ids("first")) & set(ids("workshop"))
    slide, other = ({"address": f"first.html#{name}", "kind": ""} for name in ("bias", "inputs"))
    before = [one["id"] for one in with_ids("first", [other, slide, slide])]
    after = [one["id"] for one in with_ids("first", [other, other, slide, slide])]
    assert before == ["first-inputs", "first-bias", "first-bias-2"]
    assert set(before) < set(after)


def test_figures_are_the_pages_own_and_slides_and_sections_lead_to_each_other(built):
    page, deck = built.read("chapters/first.html"), built.read("slides/first.html")
    figures = re.findall(r'src="\.\./_images/[^"]+"', deck)
    assert figures
    assert all(figure in page for figure in figures)
    for slide in slides_of(deck):
        address = slide.select("a")[-1]["href"]
        assert address.startswith("../chapters/first.html")
        anchor = address.partition("#")[2]
        assert not anchor or f'id="{anchor}"' in page
    names = re.findall(r'to-slide" href="../slides/first.html#([^"]+)" target="_blank"', page)
    assert len(names) >= 3
    assert all(f'<section id="{name}"' in deck for name in names)


@pytest.mark.parametrize("folder", ["chapters", "slides"])
def test_a_head_has_the_title_and_the_words_as_a_reader_sees_them(built, folder):
    head = built.read(f"{folder}/second.html").partition("</head>")[0]
    assert "<title>Q&amp;A " in head
    assert 'property="og:title" content="Q&amp;A"' in head
    assert "amp;amp;" not in head
    assert "Is it?" not in head


def leading_nowhere(built, name):
    """Return the addresses of a deck at which the site has nothing."""
    every = re.findall(r'(?:(?:href|src)=|":)"([^"#?]+)', built.read(f"slides/{name}.html"))
    ours = [address for address in every if not address.startswith("https://")]
    return [one for one in ours if not (built.html / "slides" / unquote(one)).resolve().exists()]


def test_every_link_of_a_deck_leads_somewhere(built):
    assert leading_nowhere(built, "first") == leading_nowhere(built, "workshop") == []


def test_notes_are_in_the_speaker_view_alone(built):
    first, second, *_ = map(notes, slides_of(built.read("slides/first.html")))
    assert "Open with the projector on." in first
    assert "Whispered" in second
    assert "A picture beside the words" in second, "references in notes are resolved"
    for path in built.html.rglob("*"):
        kept = {"slides", "_sources", ".doctrees"} & set(path.relative_to(built.html).parts)
        if path.is_file() and not kept:
            text = path.read_bytes()
            assert not any(secret.encode() in text for secret in SECRETS), path


def test_workshop_joins_the_decks_and_keeps_the_breaks(built):
    assert 'href="slides/workshop.html"' in built.read("index.html")
    html = built.read("slides/workshop.html")
    order = headings(html)
    pause = order.index("Coffee")
    assert order.index("A sample chapter") < pause < order.index("Q&A")
    assert "09:30" in shown(slides_of(html)[pause])
    assert "15 minutes" in shown(slides_of(html)[pause])
    assert re.findall(r"<h1>(.*?)</h1>", html) == ["An introduction to deep learning"]


def test_a_chapter_in_a_folder_has_its_deck_and_notebook_too(build_book, header):
    options = ":network: finder.safetensors\n:samples: robust.safetensors\n"
    live = f"\n\n{MARKER % 'slide'}```{{interactive}} cnn\n{options}![Alt](a.svg)\n```\n"
    picture = '<svg xmlns="http://www.w3.org/2000/svg"/>'
    built = build_book(
        {"chapters/more/a page.md": header + SAMPLE + live, "chapters/more/a.svg": picture}
    )
    assert "artifacts" in built.read("slides/more-a page.html")
    assert leading_nowhere(built, "more-a page") == []
    page = built.read("chapters/more/a page.html")
    assert "blob/gh-pages/notebooks/more-a%20page.ipynb" in page
    assert (built.html / "notebooks" / "more-a page.ipynb").exists()


def test_a_deck_follows_its_notes_and_goes_with_its_chapter(build_book, header):
    chapters = {f"chapters/{name}.md": f"{header}# The {name}\n" for name in ("one", "two")}
    notes = {"instructors/notes.yml": "one: {wrong: Old, board: words, ask: why}\n"}
    built = build_book(chapters | notes)
    notes = {"instructors/notes.yml": "one: {wrong: New, board: words, ask: why}\n"}
    build_book(chapters | notes, before=built)
    assert "New" in built.read("slides/one.html")
    (built.html.parents[1] / "chapters" / "two.md").unlink()
    build_book({"chapters/one.md": chapters["chapters/one.md"]} | notes, before=built)
    left = [path for path in built.html.rglob("two*") if ".doctrees" not in path.parts]
    assert left == []
    assert "two" not in built.read("sitemap.xml")


ODD = ["text only", "[1, 2]", "{minutes: 10}", "{minutes: {read: ten, do: 5}}", "7"]
CELL = "```{code-cell}\n:slideshow: {slide_type: '%s'}\n:tags: [%s]\n1\n```\n\n"
MARKER = '+++ {"slideshow": {"slide_type": "%s"}}\n\n'


def test_what_is_wrong_with_a_chapter_or_a_plan_is_named_and_nothing_breaks(build_book, header):
    chosen = f"# Chosen\n\n{MARKER % 'slide'}## Shown\n\nWords.\n\n"
    files = {
        f"chapters/odd-{number}.md": re.sub(r"dlcourse:\n.*\n", f"dlcourse: {odd}\n", header)
        + chosen
        for number, odd in enumerate(ODD)
    }
    files["chapters/bare.md"] = f"{header}{chosen}+++\n\n## Forgotten\n\nNothing here.\n"
    files["schedule.yml"] = "full-day: [{chapter: absent, teach: 20}]"
    files["chapters/untitled.md"] = header + "Words alone.\n"
    files["chapters/unknown.md"] = f"{header}{chosen}{MARKER % 'fragmint'}More words.\n"
    idle = [("slide", "slide"), ("-", "hide-input"), ("fragment", "slide-code")]
    fine = [("-", "slide"), ("skip", ""), ("fragment", "slide-output")]
    files["chapters/idle.md"] = header + chosen + "".join(CELL % pair for pair in idle + fine)
    built = build_book(files, fails=True)
    assert "Traceback" not in built.log
    assert "threw an exception" not in built.log
    for number in range(len(ODD)):
        assert f"chapters/odd-{number}.md: WARNING: front matter, `dlcourse:" in built.log
        assert "Words." in built.read(f"slides/odd-{number}.html")
    line = files["chapters/bare.md"].splitlines().index("## Forgotten") + 1
    assert f"chapters/bare.md:{line}: WARNING: no slide for the section 'Forgotten'" in built.log
    assert "chapters/untitled.md: WARNING: a chapter needs a title" in built.log
    assert "unknown slide_type 'fragmint'" in built.log
    lines = files["chapters/idle.md"].splitlines()
    starts = [number for number, line in enumerate(lines, 1) if line.startswith(":tags")]
    warned = re.findall(r"idle\.md:(\d+): WARNING: slide_type '([^']+)' does nothing", built.log)
    assert warned == [(str(line), word) for line, (word, _) in zip(starts, idle, strict=False)]
    assert "schedule.yml: no chapter absent." in built.log
