"""Find the names, imports and strings that a piece of code uses.

So `output_dependencies` knows which parts of the package, libraries and data a chapter's outputs
depend on, and `which_cells_run` what a cell needs. The code is read and not run.
"""

import ast
from collections.abc import Sequence
from dataclasses import dataclass, field

#: A dotted name in parts, a chain: np.linalg.norm is ("np", "linalg", "norm"). "" stands first
#: where it is taken from what has no name, as in f(x).shape.
Name = tuple[str, ...]


@dataclass
class Fragment:
    """A piece of code: what it says, and the names it uses."""

    text: str = ""
    chains: set[Name] = field(default_factory=set)
    #: local name -> (module, name in it or None); and modules imported under any name
    bindings: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    imported: set[tuple[str, str | None]] = field(default_factory=set)
    strings: set[str] = field(default_factory=set)
    #: A first text may say which module is meant, as in import_module("a.b") or check("irises-1"):
    #: dotted name -> the texts it is called with first; "…*" if only a beginning is spelled
    #: out, None if nothing is, or if the name is used in another way than by calling it
    called_with: dict[Name, set[str | None]] = field(default_factory=dict)

    def mentions(self, names: set[str]) -> bool:
        """Whether one of the names is used, alone or as an attribute."""
        return any(not names.isdisjoint(chain) for chain in self.chains)


class Reader(ast.NodeVisitor):
    """Collects a fragment's names, imports and strings."""

    def __init__(self, module: str) -> None:
        self.module = module
        self.fragment = Fragment()

    def visit_Call(self, node: ast.Call) -> None:
        """Note what is called, and the text that is handed to it first."""
        if isinstance(node.func, ast.Name | ast.Attribute):
            self._note(node.func, _first_text(node))
        else:
            self.visit(node.func)
        for part in (*node.args, *node.keywords):
            self.visit(part)

    def _note(self, node: ast.expr, text: str | None = None) -> None:
        chain: Name = ()
        while isinstance(node, ast.Attribute):
            chain = (node.attr, *chain)
            node = node.value
        if isinstance(node, ast.Name):
            chain = (node.id, *chain)
        else:
            chain = ("", *chain)
            self.visit(node)
        self.fragment.chains.add(chain)
        self.fragment.called_with.setdefault(chain, set()).add(text)

    visit_Name = visit_Attribute = _note

    def visit_Constant(self, node: ast.Constant) -> None:
        """Note a string."""
        if isinstance(node.value, str):
            self.fragment.strings.add(node.value)

    def visit_Import(self, node: ast.Import) -> None:
        """Note `import a.b` and `import a.b as c`."""
        for alias in node.names:
            bound = alias.name if alias.asname else alias.name.split(".")[0]
            self._bind(alias.asname or bound, (bound, None))
            self.fragment.imported.add((alias.name, None))

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        """Note `from a import b as c`."""
        base = node.module or ""
        if node.level:
            base = ".".join([*self.module.split(".")[: -node.level], *filter(None, [node.module])])
        for alias in node.names:
            self._bind(alias.asname or alias.name, (base, alias.name))
            self.fragment.imported.add((base, alias.name))

    def _bind(self, name: str, origin: tuple[str, str | None]) -> None:
        """Note what a name stands for; all of what it stood for before counts as imported."""
        before = self.fragment.bindings.get(name, origin)
        if before != origin:
            self.fragment.imported.add((".".join(filter(None, before)), "*"))
        self.fragment.bindings[name] = origin

    def visit_If(self, node: ast.If) -> None:
        """Leave out what only the type checker sees."""
        if "TYPE_CHECKING" not in ast.unparse(node.test):
            self.generic_visit(node)


def _first_text(call: ast.Call) -> str | None:
    """Return the text that is handed to a call first, or as much of its beginning as is known."""
    match call.args:
        case [ast.Constant(value=str(text)), *_]:
            return text
        case [ast.JoinedStr(values=[ast.Constant(value=str(text)), *_]), *_]:
            return f"{text}*"
        case _:
            return None


def fragment_of(nodes: Sequence[ast.stmt], module: str = "") -> Fragment:
    """Read statements into a fragment."""
    reader = Reader(module)
    for node in nodes:
        reader.visit(node)
    reader.fragment.text = "\n".join(ast.dump(node) for node in nodes)
    return reader.fragment
