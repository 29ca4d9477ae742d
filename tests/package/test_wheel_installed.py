"""The wheel as a stranger meets it: whole, installed with nothing else, run from elsewhere."""

import os
import subprocess
import sys
import zipfile

import pytest
from _publishing.assets import wheel

import dlcourse


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    return wheel.build_wheel(folder / "dist")


def test_it_holds_the_package_whole_and_nothing_else(built):
    assert built.name == f"dlcourse-{dlcourse.__version__}-py3-none-any.whl"
    sizes = {entry.filename: entry.file_size for entry in zipfile.ZipFile(built).infolist()}
    assert "dlcourse/py.typed" in sizes
    weights = [name for name in sizes if name.startswith("dlcourse/networks/weights/")]
    assert weights
    assert all(sizes[name] > 100_000 for name in weights)
    here = {
        path.relative_to(wheel.PROJECT / "src").as_posix()
        for path in (wheel.PROJECT / "src" / "dlcourse").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert here == {name for name in sizes if ".dist-info/" not in name}


def test_its_metadata_ask_for_no_tensorflow(built):
    with zipfile.ZipFile(built) as archive:
        name = next(n for n in archive.namelist() if n.endswith(".dist-info/METADATA"))
        lines = archive.read(name).decode().splitlines()
    needed = [line for line in lines if line.startswith("Requires-Dist") and "extra ==" not in line]
    assert needed
    assert not [line for line in needed if "tensorflow" in line or "keras" in line]
    assert "Requires-Python: >=3.11" in lines


def test_it_computes_from_where_it_was_installed(built, tmp_path):
    """Far from the sources, with the installed package in front."""
    target = tmp_path / "installed"
    command = [sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "--quiet"]
    subprocess.run([*command, "--target", target, built], check=True, capture_output=True)
    code = (
        "import dlcourse.__main__ as m; m.build_parser(); print(m.__file__); "
        "from dlcourse.convolution import correlate2d; "
        "print(correlate2d([[1.0, 2.0, 4.0]], [[-1.0, 1.0]]).tolist())"
    )
    environment = os.environ | {"PYTHONPATH": str(target), "PYTHONSAFEPATH": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path, env=environment, check=True, capture_output=True, text=True,
    )  # fmt: skip
    place, result = done.stdout.splitlines()
    assert place.startswith(str(target))
    assert result == "[[1.0, 2.0]]"
