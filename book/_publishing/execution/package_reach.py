"""Follow a chapter's code into `dlcourse`: which definitions, libraries and data files it reaches.

That decides when a chapter must run again, and which cells can run in the page. A chain is a dotted
name in parts: `np.linalg.norm` is `("np", "linalg", "norm")`. Of the text that a call is given,
`irises-*` means that only its beginning is spelled out, and None that nothing is. A `Fragment` is a
piece of code with the names, imports and strings that it uses; a `Module` has one for each
definition, and one, `loose`, for its loose statements.

The package is followed per top-level definition: from the names in the cells to the
functions, classes and constants they mean, from those to the names they use, and so
on. What is imported runs, so the loose statements of a reached module count too. A name
that is spelled out for `import_module` means that module, and `check("irises-1", …)` the
checks of that topic (`DISPATCHERS`). When the code does what cannot be followed (`getattr`
on a module, `import_module` of a computed name) the whole module, or package, counts.
"""

import re
import sys

from _publishing.execution.names_used import Fragment, Name
from _publishing.execution.package_source import Module, Package

#: Names whose use shows source text or docstrings to the reader.
SHOWING = {"help", "getsource", "getdoc", "__doc__", "signature", "pinfo", "run_line_magic"}
#: Names whose use hides from us what is reached.
IMPORTING = {"import_module", "__import__"}
REFLECTING = {"globals", "eval", "exec"}
#: Function -> the package from which it imports the module that its first argument names (without
#: the last part, which stands behind a hyphen), or every module if it is given no argument.
DISPATCHERS = {
    "dlcourse.exercises.checking.check": "dlcourse.exercises",
    "dlcourse.exercises.checking.known": "dlcourse.exercises",
}
#: The modules in which these functions are defined, which stand beside what they import.
DISPATCHING = {label.rpartition(".")[0] for label in DISPATCHERS}
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
        self.shows_source = False

    def follow(self, code: Fragment, module: Module | None) -> None:
        """Follow every name of some code, which stands in a cell or in a module."""
        self.shows_source |= code.mentions(SHOWING)
        if self._runs_as_program(code, module):
            self._program(code)
        for chain in code.chains:
            if chain[-1] in IMPORTING:
                self._imports_by_name(code.called_with[chain], module)
        if module:
            if code.mentions(REFLECTING):
                self._whole_module(module.name)
            if _reads_data(code, module):
                self._data(module)
        for name, attribute in code.imported:
            self._import(name, attribute)
        for chain in code.chains:
            self._resolve(chain, code, module)

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
            self._symbol(f"{below}.{command}", "add_parser")

    def _imports_by_name(self, texts: set[str | None], module: Module | None) -> None:
        """Follow `import_module` as far as the names that it is given are spelled out."""
        dispatches = module is not None and module.name in DISPATCHING
        for text in texts:
            name = text or "*"
            top = name.partition(".")[0]
            if dispatches and name.removesuffix(".*") in DISPATCHERS.values():
                continue  # its callers name them
            if name in self.package.paths:
                self._whole_module(name)
            elif top in {"", self.package.name} or top.endswith("*"):
                self._whole_package()
            else:
                self._library(name)

    def _dispatch(self, label: str, texts: set[str | None]) -> None:
        """Reach the modules that a dispatcher imports when it is called with these texts."""
        for text in texts:
            topic = (text or "*").rpartition("-")[0].replace("-", "_")
            named = f"{DISPATCHERS[label]}.{topic}"
            if named in self.package.paths and not str(text).endswith("*"):
                self._runs(named)  # what is registered there runs
            else:
                below = f"{DISPATCHERS[label]}."
                for name in self.package.paths:
                    if name.startswith(below) and name not in DISPATCHING:
                        self._whole_module(name)

    def _resolve(self, chain: Name, code: Fragment, module: Module | None) -> None:
        """Find what a dotted name means, and follow it."""
        first, rest = chain[0], chain[1:]
        texts = code.called_with[chain]
        if first in code.bindings:
            self._bound(code.bindings[first], rest, texts)
        elif module and first in module.definitions:
            self._symbol(module.name, first)
        elif module and first in module.bindings:
            origin = module.bindings[first]
            self.texts[f"{module.name}:{first} means"] = str(origin)
            self._bound(origin, rest, texts)

    def _bound(
        self, origin: tuple[str, str | None], rest: Name, texts: set[str | None] | None
    ) -> None:
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
            self._symbol(current, path[0], texts)
            if f"{current}.{path[0]}" in DISPATCHERS:
                self._dispatch(f"{current}.{path[0]}", {None} if texts is None else texts)
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
                self._symbol(name, attribute, set())  # imported, and not called yet

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

    def _symbol(self, name: str, symbol: str, texts: set[str | None] | None = None) -> None:
        """Reach one definition of a module, called with `texts` if it is a dispatcher."""
        self._runs(name)
        label = f"{name}.{symbol}"
        module = self.package.module(name)
        # A dispatcher that a module only hands on is followed anew for the texts of each call.
        handed_on = symbol in module.bindings and symbol not in module.definitions
        if label in self.texts and not (texts and handed_on):
            return
        if symbol in module.definitions:
            code = module.definitions[symbol]
            self.texts[label] = code.text
            self.follow(code, module)
        elif symbol in module.bindings:
            self.texts[label] = str(module.bindings[symbol])
            self._bound(module.bindings[symbol], (), texts)
        elif label not in self.package.paths:
            self._whole_module(name)

    def _whole_module(self, name: str) -> None:
        self._runs(name)
        for symbol in self.package.module(name).definitions:
            self._symbol(name, symbol)
            if f"{name}.{symbol}" in DISPATCHERS:
                self._dispatch(f"{name}.{symbol}", {None})

    def _whole_package(self) -> None:
        for name in self.package.paths:
            self._whole_module(name)

    def _data(self, module: Module) -> None:
        """Reach the data files that a module names, or whose folder it names; or else all."""
        strings = module.loose.strings.union(*(d.strings for d in module.definitions.values()))
        files = self.package.data_files
        folders = {name.split("/")[-2] for name in files if "/" in name}
        named = {word for s in strings for word in re.split(r"[/.]", s)} & folders
        found = {f for f in files if f.split("/")[-1] in strings or f.split("/")[-2] in named}
        self.data |= found or set(files)


def reach(package: Package, code: Fragment) -> Reach:
    """Follow the names of `code` through the package."""
    reached = Reach(package)
    reached.follow(code, None)
    return reached


def _reads_data(code: Fragment, module: Module) -> bool:
    """Whether some code asks where the package's own files are."""
    bindings = {**module.bindings, **code.bindings}
    for chain in code.chains:
        origin = bindings.get(chain[0], ("", None))
        full_name = ".".join([*filter(None, origin), *chain[1:]])
        if "__file__" in chain or full_name.startswith("importlib.resources"):
            return True
    return False
