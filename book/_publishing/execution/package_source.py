"""Read the package's source: its modules, what each defines, and the files beside them.

A `Module` has a `names_used.Fragment`, code with the names, imports and strings in it, for each
definition, and one for the loose statements, which run on import. `package_reach` follows these.
"""

import ast
from functools import cache, cached_property
from pathlib import Path

from _publishing.execution.names_used import fragment_of
from _publishing.execution.short_hashes import file_fingerprint

#: How names begin or end of files that editors and systems leave; `.gitignore` knows them too.
LEFT_BEHIND = (".", "~", "#", ".bak", ".orig", ".swp", ".tmp")
#: Such files, and folders, that these beginnings and ends do not catch.
LITTER = frozenset({"4913", "Thumbs.db", "__pycache__", "desktop.ini"})
#: Decorators that do nothing but change what stands below them; any other may register it.
PLAIN_DECORATORS = {"cache", "contextmanager", "dataclass", "styled"}


class Module:
    """A module of the package: its definitions, and its loose statements, which run on import.

    `bindings` says what each imported name stands for: the module and the name in it. `imported`
    has what the imports at the top level import, without those inside `if`, `try` and the like.
    """

    def __init__(self, name: str, source: str) -> None:
        self.name = name
        tree = _without_docstrings_and_annotations(ast.parse(source, name))
        bodies: dict[str, list[ast.stmt]] = {}
        loose: list[ast.stmt] = []
        for node in tree.body:
            names, runs = _names_of(node)
            for bound in names:
                bodies.setdefault(bound, []).append(node)
            if runs:
                loose.append(node)
        self.loose = fragment_of(loose)
        self.definitions = {bound: fragment_of(nodes) for bound, nodes in bodies.items()}
        imports = [n for n in tree.body if isinstance(n, ast.Import | ast.ImportFrom)]
        top = fragment_of(imports)
        self.bindings = {**self.loose.bindings, **top.bindings}
        self.imported = top.imported


def _without_docstrings_and_annotations(tree: ast.Module) -> ast.Module:
    """Take out docstrings, and annotations of arguments and results: they change no output."""
    documented = ast.FunctionDef | ast.ClassDef | ast.Module
    for node in ast.walk(tree):
        if isinstance(node, documented) and ast.get_docstring(node, clean=False) is not None:
            node.body = node.body[1:] or [ast.Pass()]
        if isinstance(node, ast.FunctionDef):
            node.returns = None
        if isinstance(node, ast.arg):
            node.annotation = None
    return tree


def _names_of(node: ast.stmt) -> tuple[list[str], bool]:
    """Return the names that a top-level statement defines, and whether it does more than that."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        called = [d.func if isinstance(d, ast.Call) else d for d in node.decorator_list]
        return [node.name], any(
            ast.unparse(d).split(".")[-1] not in PLAIN_DECORATORS for d in called
        )
    if isinstance(node, ast.Import | ast.ImportFrom | ast.Pass):
        return [], False
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return [node.target.id], False
    if isinstance(node, ast.Assign):
        targets = [t for target in node.targets for t in getattr(target, "elts", [target])]
        names = [t.id for t in targets if isinstance(t, ast.Name)]
        return ([] if names == ["__all__"] else names), len(names) < len(targets)
    # if, try, for, with and so on: they run, and may define.
    stored = [n for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
    inner = [n for n in ast.walk(node) if isinstance(n, ast.FunctionDef | ast.ClassDef)]
    return [*(n.id for n in stored), *(n.name for n in inner)], True


class Package:
    """The package's source, each module read when it is first asked for."""

    name = "dlcourse"

    def __init__(self, root: Path) -> None:
        self.root = root / self.name
        self._modules: dict[str, Module] = {}

    @cached_property
    def _files(self) -> list[Path]:
        """Every file that the wheel ships: none that an editor or the system has left."""
        return [
            path
            for path in sorted(self.root.rglob("*"))
            if path.is_file() and not any(map(_left_behind, path.relative_to(self.root).parts))
        ]

    @cached_property
    def paths(self) -> dict[str, Path]:
        """Every module's name and file."""
        modules = {}
        for path in self._files:
            if path.suffix == ".py":
                names = [self.name, *path.relative_to(self.root).with_suffix("").parts]
                modules[".".join(names[:-1] if names[-1] == "__init__" else names)] = path
        return modules

    @cached_property
    def data_files(self) -> dict[str, str]:
        """Every file that is not code, with its fingerprint."""
        return {
            path.relative_to(self.root).as_posix(): file_fingerprint(path)
            for path in self._files
            if path.suffix != ".py" and path.name != "py.typed"
        }

    def module(self, name: str) -> Module:
        """Return a module, read when it is first asked for."""
        if name not in self._modules:
            self._modules[name] = module_of(name, self.paths[name].read_text(encoding="utf-8"))
        return self._modules[name]

    def is_submodule(self, name: str, attribute: str) -> bool:
        """Whether an attribute of a module is the module below it, and not something imported."""
        if f"{name}.{attribute}" not in self.paths:
            return False
        module = self.module(name)
        imported = module.bindings.get(attribute, (name, attribute))
        return imported == (name, attribute) and attribute not in module.definitions


def _left_behind(name: str) -> bool:
    """Whether a file or folder of this name comes from an editor, the system or Python."""
    return name in LITTER or name.startswith(LEFT_BEHIND) or name.endswith(LEFT_BEHIND)


#: A module; what a source says is worked out once.
module_of = cache(Module)
