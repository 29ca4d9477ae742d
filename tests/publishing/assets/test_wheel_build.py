"""The wheel holds the package whole; it is built from the sources alone, when they have changed."""

import shutil
import zipfile

from _publishing.assets import wheel

import dlcourse


def test_it_holds_the_package_whole_and_needs_no_tensorflow(tmp_path):
    built = wheel.build_wheel(tmp_path)
    assert built.name == f"dlcourse-{dlcourse.__version__}-py3-none-any.whl"
    with zipfile.ZipFile(built) as archive:
        sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
        (about,) = (name for name in sizes if name.endswith(".dist-info/METADATA"))
        lines = archive.read(about).decode().splitlines()
    sources = wheel.PROJECT / "src"
    here = {
        path.relative_to(sources).as_posix(): path.stat().st_size
        for path in (sources / "dlcourse").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert "dlcourse/py.typed" in here
    assert {name: n for name, n in sizes.items() if ".dist-info/" not in name} == here
    needed = [line for line in lines if line.startswith("Requires-Dist") and "extra ==" not in line]
    assert needed
    assert not [line for line in needed if "tensorflow" in line or "keras" in line]
    assert "Requires-Python: >=3.11" in lines


def test_it_is_written_anew_only_when_the_sources_change(tmp_path):
    project = tmp_path / "project"
    shutil.copytree(wheel.PROJECT / "src", project / "src")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(wheel.PROJECT / name, project)
    place = (tmp_path / "dist", project)
    first = wheel.build_wheel(*place).stat()
    assert wheel.build_wheel(*place).stat().st_ino == first.st_ino
    (project / "src" / "dlcourse" / "errors.py").write_text("changed = True\n")
    assert wheel.build_wheel(*place).stat().st_ino != first.st_ino


def test_its_files_carry_the_day_of_the_sources(tmp_path, monkeypatch):
    """Also if another day's wheel is there already."""
    for seconds, year in (("1767225600", 2026), ("1577836800", 2020), ("1767225600", 2026)):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", seconds)
        infos = zipfile.ZipFile(wheel.build_wheel(tmp_path)).infolist()
        assert {info.date_time[0] for info in infos} == {year}


def test_the_sources_may_be_read_only(tmp_path):
    before = {path: path.stat().st_mtime_ns for path in wheel.PROJECT.iterdir()}
    wheel.build_wheel(tmp_path)
    assert {path: path.stat().st_mtime_ns for path in wheel.PROJECT.iterdir()} == before
