"""Write what Binder installs when it opens the branch that holds the built site."""

from pathlib import Path

from sphinx.application import Sphinx

from _publishing.assets import wheel

FOLDER = ".binder"
#: A Python for which TensorFlow has wheels.
RUNTIME = "python-3.12\n"
#: What trains; without CUDA, as Binder has no graphics cards.
TRAINING = ("tensorflow-cpu>=2.16", "tensorflow-datasets>=4.9.4", "importlib_resources")


def write(app: Sphinx) -> None:
    """Write Binder's folder beside the notebooks."""
    folder = Path(app.outdir) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    package = f"./{wheel.FOLDER}/{wheel.wheel_name()}"
    (folder / "requirements.txt").write_text("\n".join([package, *TRAINING, ""]), encoding="utf-8")
    (folder / "runtime.txt").write_text(RUNTIME, encoding="utf-8")
