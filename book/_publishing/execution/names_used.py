"""Find the names, imports and strings that a piece of code uses.

So `output_dependencies` knows which parts of the package, libraries and data a chapter's outputs
depend on, and `which_cells_run` what a cell needs. The code is read and not run.
"""

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

#: A dotted name in parts, a chain: np.linalg.norm is ("np", "linalg", "norm"). "" stands first
#: where it is taken from what has no name, as in f(x).shape.
Name = tuple[str, ...]
#: What is imported: a module, and the name in it, if one is taken from it.
Origin = tuple[str, str | None]


@dataclass
class Fragment:
    """A piece of code: what it says, and the names it uses."""

    text: str = ""
    chains: set[Name] = field(default_factory=set)
    #: local name -> what it stands for; and all that is imported under any name
    bindings: dict[str, Origin] = field(default_factory=dict)
    imported: set[Origin] = field(default_factory=set)
    strings: set[str] = field(default_factory=set)

    def mentions(self, names: set[str]) -> bool:
        """Whether one of the names is used, alone or as an attribute."""
        return any(not names.isdisjoint(chain) for chain in self.chains)


class Reader(ast.NodeVisitor):
    """Collects a fragment's names, imports and strings."""

    def __init__(self) -> None:
        self.fragment = Fragment()

    def _note(self, node: ast.expr) -> None:
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

    visit_Name = visit_Attribute = _note

    def visit_Call(self, node: ast.Call) -> None:
        """Note a call; `import_module("a.b")` imports all of a module."""
        match node:
            case ast.Call(ast.Name("import_module"), [ast.Constant(str(name))]):
                self.fragment.imported.add((name, "*"))
            case _:
                self.generic_visit(node)

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
        """Note `from a import b as c`; the package has no relative imports."""
        for alias in node.names:
            self._bind(alias.asname or alias.name, (str(node.module), alias.name))
            self.fragment.imported.add((str(node.module), alias.name))

    def _bind(self, name: str, origin: Origin) -> None:
        """Note what a name stands for; all of what it stood for before counts as imported."""
        before = self.fragment.bindings.get(name, origin)
        if before != origin:
            self.fragment.imported.add((".".join(filter(None, before)), "*"))
        self.fragment.bindings[name] = origin


def fragment_of(nodes: Sequence[ast.stmt]) -> Fragment:
    """Read statements into a fragment."""
    reader = Reader()
    for node in nodes:
        reader.visit(node)
    reader.fragment.text = "\n".join(ast.dump(node) for node in nodes)
    return reader.fragment


def parse(source: str) -> list[ast.stmt]:
    """Parse a cell; what is not plain Python may do anything with any of its words."""
    try:
        return ast.parse(source).body
    except SyntaxError:
        # `package_reach` takes code with an `exec` to need the whole package; to
        # `output_dependencies` each of the words may name a file.
        words = re.findall(r"[\w./-]+", source)
        return ast.parse(f"exec({words})").body
