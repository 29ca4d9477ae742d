"""Join a figure's ES modules into one classic script.

Browsers refuse to load modules from ``file:``, but not classic scripts. The figures are
written in a small part of the language (named imports at the top of a line, named exports
of declarations), which a few lines can join; anything else is an error.
"""

import re
from pathlib import Path

from sphinx.errors import ExtensionError

_IMPORT = re.compile(r'^import \{([^}]*)\} from "(\.[^"]+)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (async function|function|const|class) (\w+)", re.MULTILINE)
_LEFT_OVER = re.compile(r"^(import|export)\b.*$|\bimport\(|\bimport\.meta\b", re.MULTILINE)


def bundle(entry: Path, root: Path) -> str:
    """Return one classic script that does what the module `entry` and its imports do.

    Names in it are relative to `root`, which holds all modules.
    """
    parts = modules(entry, root)
    return "(() => {\nconst modules = {};\n" + "\n".join(parts.values()) + "\n})();\n"


def modules(entry: Path, root: Path) -> dict[Path, str]:
    """Return the module `entry` and all that it imports, each as a part of the script."""
    parts: dict[Path, str] = {}
    _add(entry.resolve(), root.resolve(), parts)
    return parts


def _add(path: Path, root: Path, parts: dict[Path, str], on_the_way: tuple[Path, ...] = ()) -> None:
    """Add the modules that `path` imports, then `path` itself, each once."""
    if path in parts:
        return
    if path in on_the_way:
        way = " → ".join(step.name for step in (*on_the_way, path))
        raise ExtensionError(f"{way}: a classic script cannot hold modules that need each other")
    text = path.read_text(encoding="utf-8")
    for match in _IMPORT.finditer(text):
        _add((path.parent / match[2]).resolve(), root, parts, (*on_the_way, path))

    def taken(match: re.Match[str]) -> str:
        source = (path.parent / match[2]).resolve().relative_to(root).as_posix()
        return f'const {{{match[1].replace(" as ", ": ")}}} = modules["{source}"];'

    names = [match[2] for match in _EXPORT.finditer(text)]
    body = _EXPORT.sub(r"\1 \2", _IMPORT.sub(taken, text))
    if left := _LEFT_OVER.search(body):
        raise ExtensionError(f"{path}: cannot join {left[0]!r} into a classic script")
    parts[path] = (
        f'modules["{path.relative_to(root).as_posix()}"] = (() => {{\n{body}\n'
        f"return {{ {', '.join(names)} }};\n}})();"
    )
