"""The modules of the figures in the site: those of the source, and none of an earlier build's."""

from _publishing.assets import widget_files


def test_only_comments_are_left_out(tmp_path):
    path = tmp_path / "a.mjs"
    path.write_text(
        "/* One\n * two. */\nlet a = 2\n  * 3;\n/** Three. */ a;\n  // Four.\n\t/** 5 */\n"
    )
    assert widget_files.as_sent(path) == "let a = 2\n  * 3;\n/** Three. */ a;\n"


def test_a_module_that_is_gone_leaves_the_site(tmp_path):
    (tmp_path / "neuron").mkdir()
    old = [tmp_path / "gone.mjs", tmp_path / "neuron" / "gone.mjs"]
    for path in old:
        path.write_text("// An earlier build's.")
    widget_files.copy_files(tmp_path, ["neuron"])
    assert not [path for path in old if path.exists()]
    assert (tmp_path / "neuron" / "neuron.bundle.js").is_file()
    assert "\n//" not in (tmp_path / "neuron" / "neuron.mjs").read_text(encoding="utf-8")
