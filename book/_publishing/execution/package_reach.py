"""Follow a chapter's code into `dlcourse`: which definitions, libraries and data files it reaches.

That decides when a chapter must run again, and which cells can run in the page. A chain is a dotted
name in parts: `np.linalg.norm` is `("np", "linalg", "norm")`. Of the text that a call is given,
`irises-*` means that only its beginning is spelled out, and None that nothing is. A `Fragment` is a
piece of code with the names, imports and strings that it uses; a `Module` has one for each
definition, and one, `loose`, for its loose statements; its imports are apart, in `imported`.

The package is followed per top-level definition: from the names in the cells to the
functions, classes and constants they mean, from those to the names they use, and so
on. What is imported runs, so the loose statements of a reached module count too. A name
that is spelled out for `import_module` means that module, and `check("irises-1", …)` the
checks of that topic (`CHECKS`). When the code does what cannot be followed (`getattr`
on a module, `import_module` of a computed name) the whole module, or package, counts.
"""

import re
import sys
from pathlib import Path

from _publishing.execution.names_used import Fragment, Name
from _publishing.execution.package_source import Module, Package

#: Names whose use shows source text or docstrings to the reader.
SHOWING = {
    "help", "getsource", "getsourcelines", "getdoc", "getcomments", "render_doc", "__doc__",
    "signature", "pinfo", "run_line_magic",
}  # fmt: skip
#: Names whose use hides from us what is reached.
IMPORTING = {"import_module", "__import__", "importlib.import_module"}
REFLECTING = {"globals", "eval", "exec"}
#: The package of checks, a module for each topic, and the module beside them that looks them up.
CHECKS = "dlcourse.exercises"
CHECKING = f"{CHECKS}.checking"
#: Its functions that import the module of the topic that their first argument names (without the
#: last part, which stands behind a hyphen), or every module if they are given none.
LOOKING_UP = {"check", "known"}
#: What runs of ``__main__``, whatever the command.
PROGRAM = {"COMMANDS", "build_parser", "main"}


class Reach:
    """What some code reaches: definitions, loose statements, libraries, data files."""

    def __init__(self, package: Package) -> None:
        self.package = package
        #: What is reached (a definition, a module's loose statements) -> its code. A chapter runs
        #: again when one of these has changed.
        self.texts: dict[str, str] = {}
        self.libraries: set[str] = set()
        self.modules: set[str] = set()
        self.data: set[str] = set()
        #: Whether source or docstrings are shown, which `texts` lacks: the outputs then depend on
        #: the whole source of each of `modules`.
        self.shows_source = False

    def follow(self, code: Fragment, module: Module | None) -> None:
        """Follow every name of some code, which stands in a cell or in a module."""
        self.shows_source |= code.mentions(SHOWING | ({"__file__"} if module is None else set()))
        if self._runs_as_program(code, module):
            self._program(code)
        if code.mentions(REFLECTING):
            if module:
                self._whole_module(module.name)
            for origin in code.bindings.values():
                self._bound(origin, ())
        for name, attribute in code.imported:
            self._import(name, attribute)
        for chain in code.chains:
            self._resolve(chain, code, module)
            full_name = _full_name(chain, code, module)
            if chain[-1] in IMPORTING or full_name in IMPORTING:
                self._imports_by_name(code.called_with[chain], module)
            if module and ("__file__" in chain or full_name.startswith("importlib.resources")):
                self._data(module)
            looks_up = full_name.startswith(CHECKS) and full_name.split(".")[-1] in LOOKING_UP
            if looks_up and (module is None or module.name != CHECKING):
                self._checks(code.called_with[chain])

    def _runs_as_program(self, code: Fragment, module: Module | None) -> bool:
        """Whether some code runs `python -m dlcourse`; in one text, a module only speaks of it."""
        if {"-m", self.package.name} <= code.strings:
            return True
        return module is None and any(f"-m {self.package.name}" in text for text in code.strings)

    def _program(self, code: Fragment) -> None:
        """Reach the commands that some code spells out; the whole package if it names none."""
        words = {word for text in code.strings for word in text.split()}
        below = f"{self.package.name}.cli"
        commands = [w for w in sorted(words) if f"{below}.{w}" in self.package.paths]
        if not commands:
            self._whole_package()
            return
        # The program itself, as text: following it would lead to every command there is.
        program = self.package.module(f"{self.package.name}.__main__")
        for symbol, definition in program.definitions.items():
            if symbol in PROGRAM:
                self.texts[f"{program.name}.{symbol}"] = definition.text
        for command in commands:
            for symbol in ("add_arguments", "run"):
                self._symbol(f"{below}.{command}", symbol)

    def _imports_by_name(self, texts: set[str | None], module: Module | None) -> None:
        """Follow `import_module` as far as the names that it is given are spelled out."""
        for text in texts:
            name = text or "*"
            top = name.partition(".")[0]
            if module and module.name == CHECKING and name == f"{CHECKS}.*":
                continue  # its callers name the topic
            if name in self.package.paths:
                self._whole_module(name)
            elif top in {"", self.package.name} or top.endswith("*"):
                self._whole_package()
            else:
                self._library(name)

    def _checks(self, texts: set[str | None]) -> None:
        """Reach the checks that are looked up with these texts."""
        for text in texts:
            topic = (text or "*").rpartition("-")[0].replace("-", "_")
            if f"{CHECKS}.{topic}" in self.package.paths and not str(text).endswith("*"):
                self._runs(f"{CHECKS}.{topic}")  # what is registered there runs
            else:
                for name in self.package.paths:
                    if name.startswith(f"{CHECKS}.") and name != CHECKING:
                        self._whole_module(name)

    def _resolve(self, chain: Name, code: Fragment, module: Module | None) -> None:
        """Find what a dotted name means, and follow it."""
        first, rest = chain[0], chain[1:]
        if first in code.bindings:
            self._bound(code.bindings[first], rest)
        elif module and first in module.definitions:
            self._symbol(module.name, first)
        elif module and first in module.bindings:
            origin = module.bindings[first]
            self.texts[f"{module.name}:{first} means"] = str(origin)
            self._bound(origin, rest)

    def _bound(self, origin: tuple[str, str | None], rest: Name) -> None:
        """Follow an imported name and the attributes that are taken from it."""
        current, attribute = origin
        path = [*([attribute] if attribute else []), *rest]
        if current not in self.package.paths:
            self._library(current)
            return
        while path and self.package.is_submodule(current, path[0]):
            current = f"{current}.{path.pop(0)}"
            self._runs(current)
        if path and path[0] != "*":
            self._symbol(current, path[0])
        else:  # the module itself is handed on, or all of it imported
            self._whole_module(current)

    def _library(self, name: str) -> None:
        top = name.split(".", maxsplit=1)[0]
        if top not in sys.stdlib_module_names and top != self.package.name:
            self.libraries.add(top)

    def _import(self, name: str, attribute: str | None) -> None:
        """Follow an import statement that runs."""
        if name not in self.package.paths:
            self._library(name)
            return
        self._runs(name)
        if attribute:
            submodule = f"{name}.{attribute}"
            if submodule in self.package.paths:
                self._runs(submodule)
            elif attribute == "*":
                self._whole_module(name)
            else:
                self._symbol(name, attribute)

    def _runs(self, name: str) -> None:
        """Note that a module is imported: its loose statements run, and its imports."""
        if name in self.modules:
            return
        self.modules.add(name)
        if "." in name:
            self._runs(name.rpartition(".")[0])
        module = self.package.module(name)
        if module.loose.text:
            self.texts[f"{name} on import"] = module.loose.text
            self.follow(module.loose, module)
        for imported, attribute in module.imported:
            if imported in self.package.paths:
                self._runs(imported)
                if f"{imported}.{attribute}" in self.package.paths:
                    self._runs(f"{imported}.{attribute}")

    def _symbol(self, name: str, symbol: str) -> None:
        """Reach one definition of a module."""
        self._runs(name)
        label = f"{name}.{symbol}"
        module = self.package.module(name)
        if label in self.texts:
            return
        if symbol in module.definitions:
            code = module.definitions[symbol]
            self.texts[label] = code.text
            self.follow(code, module)
        elif symbol in module.bindings:
            self.texts[label] = str(module.bindings[symbol])
            self._bound(module.bindings[symbol], ())
        elif label not in self.package.paths:
            self._whole_module(name)

    def _whole_module(self, name: str) -> None:
        self._runs(name)
        module = self.package.module(name)
        handed_on = module.bindings if self.package.paths[name].name == "__init__.py" else {}
        for symbol in {**module.definitions, **handed_on}:
            self._symbol(name, symbol)
        if name == CHECKING:
            self._checks({None})

    def _whole_package(self) -> None:
        for name in self.package.paths:
            self._whole_module(name)

    def _data(self, module: Module) -> None:
        """Reach the data files that a module names, or whose folder it names; or else all."""
        strings = module.loose.strings.union(*(d.strings for d in module.definitions.values()))
        files = self.package.data_files
        folders = {name: Path(name).parent.name for name in files}
        named = {word for s in strings for word in re.split(r"[/.]", s)} & set(folders.values())
        found = {f for f in files if f.split("/")[-1] in strings or folders[f] in named}
        self.data |= found or set(files)


def reach(package: Package, code: Fragment) -> Reach:
    """Follow the names of `code` through the package."""
    reached = Reach(package)
    reached.follow(code, None)
    return reached


def _full_name(chain: Name, code: Fragment, module: Module | None) -> str:
    """Return a dotted name as it is where it was imported from."""
    bound = code.bindings.get(chain[0]) or (module.bindings.get(chain[0]) if module else None)
    return ".".join([*filter(None, bound or chain[:1]), *chain[1:]])
