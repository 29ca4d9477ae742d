"""The modules of the figures in the site: those of the source, and none of an earlier build's."""

from _publishing.assets import widget_files


def test_a_module_that_is_gone_leaves_the_site(tmp_path):
    (tmp_path / "neuron").mkdir()
    old = [tmp_path / "gone.mjs", tmp_path / "neuron" / "gone.mjs"]
    for path in old:
        path.write_text("// An earlier build's.")
    widget_files.copy_files(tmp_path, ["neuron"])
    assert not [path for path in old if path.exists()]
    assert (tmp_path / "neuron" / "neuron.bundle.js").is_file()
    assert "\n//" not in (tmp_path / "neuron" / "neuron.mjs").read_text(encoding="utf-8")
