"""Follow a chapter's code into `dlcourse`: which definitions, libraries and data files it reaches.

That decides when a chapter must run again, and which cells can run in the page.

The package is followed per top-level definition: from the names in the cells to the
functions, classes and constants they mean, from those to the names they use, and so
on. What is imported runs, so the loose statements of a reached module count too. Two modules import
others by a computed name, and the cells spell out which: `check("irises-1", …)` means the checks of
that topic, `-m dlcourse train` that command. Code that cannot be followed depends on everything.
"""

import sys
from pathlib import Path

from _publishing.execution.names_used import Fragment, Name, Origin
from _publishing.execution.package_source import Module, Package

#: Names that hide from us what is reached: they run text, import by a computed name, show source
#: or docstrings, or know which file a module is in.
HIDING = {
    "eval", "exec", "globals", "import_module", "__import__",
    "help", "getsource", "getsourcelines", "getdoc", "getcomments", "render_doc", "__doc__",
    "signature",
}  # fmt: skip
#: The package of checks, a module for each topic, and the module beside them that looks them up.
CHECKS = "dlcourse.exercises"
CHECKING = f"{CHECKS}.checking"
#: What looks up the check of the exercise that it is given, and what may look up any.
SOME_CHECK = {f"{CHECKS}.check", f"{CHECKING}.check"}
ANY_CHECK = {f"{CHECKING}.known", CHECKING, CHECKS}
#: What ``python -m dlcourse`` runs, and the package with a module for each command.
PROGRAM = "dlcourse.__main__"
COMMANDS = "dlcourse.cli"


class Reach:
    """What some code reaches: definitions, loose statements, libraries, data files."""

    def __init__(self, package: Package) -> None:
        self.package = package
        #: What is reached (a definition, a module's loose statements) -> its code. A chapter runs
        #: again when one of these has changed.
        self.texts: dict[str, str] = {}
        self.libraries: set[str] = set()
        #: what import statements on the way import: module, and name in it
        self.imports: set[Origin] = set()
        self.modules: set[str] = set()
        self.data: set[str] = set()
        #: Whether there is code that cannot be followed: it may reach all there is.
        self.everything = False

    def follow(self, code: Fragment, module: Module | None = None) -> None:
        """Follow every name of some code, which stands in a cell or in a module."""
        if module is None:
            self.everything |= code.mentions(HIDING | {"__file__"})
        elif module.name not in {CHECKING, PROGRAM}:
            self.everything |= code.mentions(HIDING)
        self.imports |= code.imported
        for origin in code.imported:
            self._bound(origin, handed_on=False)
        for chain in code.chains:
            self._resolve(chain, code, module)
            if module and ("__file__" in chain or "resources" in _origin(chain, code, module)):
                self._data(module)

    def spelled_out(self, code: Fragment) -> None:
        """Reach the checks and commands that cells name; all of them if they name none."""
        words = {word for text in code.strings for word in text.split()}
        meant = {_full_name(chain, code) for chain in code.chains}
        uses_any = not meant.isdisjoint(ANY_CHECK)
        uses_some = not meant.isdisjoint(SOME_CHECK) or code.mentions({"check"})
        if CHECKING in self.modules and (uses_any or uses_some):
            topics = {f"{CHECKS}.{w.rpartition('-')[0].replace('-', '_')}" for w in words}
            every = {name for name in self.package.paths if name.startswith(f"{CHECKS}.")}
            for name in sorted(every if uses_any else topics & every or every):
                self._runs(name)  # what is registered there runs
        if {"-m", self.package.name} <= words:
            self._runs(PROGRAM)
            program = self.package.module(PROGRAM).definitions.values()
            used = {part for code in program for chain in code.chains for part in chain}
            commands = {f"{COMMANDS}.{word}" for word in words} & self.package.paths.keys()
            for name in sorted(commands):
                for symbol in sorted(used & self.package.module(name).definitions.keys()):
                    self._symbol(name, symbol)
            self.everything |= not commands

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

    def _bound(self, origin: Origin, rest: Name = (), *, handed_on: bool = True) -> None:
        """Follow what is imported and the attributes that are taken from it.

        If that is a module which is handed on, all of it is reached; imported, it just runs.
        """
        current, attribute = origin
        path = [*([attribute] if attribute else []), *rest]
        if current not in self.package.paths:
            self._library(current)
            return
        self._runs(current)
        while path and self.package.is_submodule(current, path[0]):
            current = f"{current}.{path.pop(0)}"
            self._runs(current)
        if path and path[0] != "*":
            self._symbol(current, path[0])
        elif path or handed_on:
            self._whole_module(current)

    def _library(self, name: str) -> None:
        top = name.split(".", maxsplit=1)[0]
        if top not in sys.stdlib_module_names and top != self.package.name:
            self.libraries.add(top)

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
        self.imports |= module.imported
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
            self._bound(module.bindings[symbol])
        elif label not in self.package.paths:
            self._whole_module(name)

    def _whole_module(self, name: str) -> None:
        self._runs(name)
        module = self.package.module(name)
        handed_on = module.bindings if self.package.paths[name].name == "__init__.py" else {}
        for symbol in {**module.definitions, **handed_on}:
            self._symbol(name, symbol)

    def _data(self, module: Module) -> None:
        """Reach the data files in a module's folder and below."""
        folder = self.package.paths[module.name].parent.relative_to(self.package.root)
        self.data |= {name for name in self.package.data_files if Path(name).is_relative_to(folder)}


def reach(package: Package, code: Fragment) -> Reach:
    """Follow the names of `code`, which stands in cells, through the package."""
    reached = Reach(package)
    reached.follow(code)
    reached.spelled_out(code)
    return reached


def _full_name(chain: Name, code: Fragment) -> str:
    """Return a dotted name as it is where it was imported from."""
    return ".".join(filter(None, (*code.bindings.get(chain[0], chain[:1]), *chain[1:])))


def _origin(chain: Name, code: Fragment, module: Module) -> Origin | tuple[()]:
    """Return from where a dotted name was imported; nothing if it was not."""
    return code.bindings.get(chain[0]) or module.bindings.get(chain[0]) or ()
