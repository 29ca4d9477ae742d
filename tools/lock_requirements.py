"""Resolve requirements.lock anew from pyproject.toml, for every platform, naming no host."""

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Resolve with uv, from a virtual environment that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        uv = Path(folder) / "bin" / "uv"
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([uv.with_name("pip"), "install", "-q", "uv"], check=True)
        resolve = [uv, "pip", "compile", "pyproject.toml", "--universal", "--upgrade"]
        what = ["--extra", "tensorflow", "--group", "site", "--group", "test"]
        how = ["--generate-hashes", "--no-emit-index-url", "--no-header", "--quiet"]
        oldest = ["--python-version", "3.11"]
        command = [*resolve, *oldest, *what, *how, "-o", "requirements.lock"]
        code = subprocess.run(command, cwd=ROOT, check=False, stdout=subprocess.DEVNULL).returncode
    print("make lock:", "requirements.lock is new" if not code else "could not resolve")
    return code


if __name__ == "__main__":
    sys.exit(main())
