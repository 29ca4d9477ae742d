"""Build the executed site into book/_build/html."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "book" / "_build" / "html"

command = [
    sys.executable,
    "-m",
    "sphinx",
    "-b",
    "html",
    "-n",
    "-W",
    "--keep-going",
    "-j",
    "2",
    str(ROOT / "book"),
    str(OUT),
    "-d",
    str(ROOT / "book" / "_build" / ".doctrees"),
]
sys.exit(subprocess.run(command, check=False).returncode)
