"""Find the earlier cells and imports that a cell needs, by reading code and not by running it.

The page's worker asks, and so does the build (`which_cells_run`). Imports count by name: of a cell
full of them, only those that are used run. Whatever stores a name or may alter what the name stands
for counts, back to the cell that stores it anew.
"""

import ast
import builtins
import symtable
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache

#: Methods that leave alone what they are called on.
PURE = frozenset({
    "all", "any", "argmax", "argmin", "astype", "copy", "count", "count_params", "dot", "endswith",
    "flatten", "format", "index", "item", "items", "join", "keys", "max", "mean", "min", "nonzero",
    "ravel", "reshape", "round", "shape", "split", "startswith", "std", "strip", "sum", "take",
    "tolist", "transpose", "values",
})  # fmt: skip
#: Statements that may leave out a block of theirs, and the value that it gives to a name.
MAY_PASS_OVER = (ast.For, ast.If, ast.Match, ast.Try, ast.TryStar, ast.While)
#: What makes an object that alters itself whenever it is used.
GENERATORS = frozenset({"default_rng", "RandomState", "iter"})


@dataclass
class Cell:
    """A cell as the names that it takes, stores and alters."""

    #: name that an import binds -> the line that does
    imports: dict[str, str] = field(default_factory=dict)
    #: names that are used before the cell itself gives them a value
    uses: set[str] = field(default_factory=set)
    stores: set[str] = field(default_factory=set)
    #: those of them that it stores whatever happens
    sure: set[str] = field(default_factory=set)
    alters: set[str] = field(default_factory=set)
    generators: set[str] = field(default_factory=set)
    #: function or class that it defines -> the names that this looks up when it is called
    late: dict[str, set[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Needs:
    """What must have run before a cell: lines of imports, and other cells by their number."""

    imports: list[str]
    cells: list[int]


@cache
def read(source: str) -> Cell:
    """Read a cell; one that is not Python (yet) has no names."""
    cell = Cell()
    with suppress(SyntaxError):
        _read_block(ast.parse(source).body, cell)
    cell.uses -= set(dir(builtins))
    return cell


def needs(sources: Sequence[str], index: int) -> Needs:
    """Return what must have run before a cell, in the order of the page."""
    cells = [read(source) for source in sources]
    before = cells[:index]
    generators = set[str]().union(*(cell.generators for cell in cells))
    # A call on an imported name, such as plt.plot, does not count as altering it.
    modules = set[str]().union(*(cell.imports for cell in cells))
    wanted = _with_late(cells[index].uses, before)
    used, chosen = set(wanted), list[int]()
    for number in range(index - 1, -1, -1):
        cell = before[number]
        if wanted & (cell.stores | (cell.alters - modules) | (cell.uses & generators)):
            chosen.append(number)
            uses = _with_late(cell.uses, before[:number])
            wanted = (wanted - (cell.sure - cell.uses)) | uses
            used |= uses
    bound: dict[str, str] = {}
    for cell in before:
        bound |= cell.imports
        bound = {name: line for name, line in bound.items() if name not in cell.sure}
    lines = [line for name, line in bound.items() if name in used]
    return Needs(list(dict.fromkeys(lines)), chosen[::-1])


def _with_late(names: Iterable[str], cells: Sequence[Cell]) -> set[str]:
    """Return names with what the functions and classes among them look up when called."""
    late: dict[str, set[str]] = {}
    for cell in cells:
        late |= cell.late  # the last definition of a name counts
    reached, waiting = set[str](), set(names)
    while waiting:
        name = waiting.pop()
        reached.add(name)
        waiting |= late.get(name, set()) - reached
    return reached


def _read_block(body: Iterable[ast.stmt], cell: Cell) -> None:
    """Read statements in the order of the text."""
    for statement in body:
        if isinstance(statement, ast.Import | ast.ImportFrom):
            for name, line in _imports(statement):
                cell.imports[name] = line
            continue
        before = set(cell.sure)
        blocks = [
            part
            for name in ("body", "orelse", "finalbody")
            for part in getattr(statement, name, [])
        ]
        if blocks and not isinstance(statement, ast.FunctionDef | ast.ClassDef):
            _read_header(statement, cell)
            _read_block(blocks, cell)
            for handler in getattr(statement, "handlers", []):
                if handler.type:
                    _read_leaf(ast.Expr(handler.type), cell)
                cell.sure |= {handler.name} if handler.name else set()
                _read_block(handler.body, cell)
        else:
            _read_leaf(statement, cell)
        if isinstance(statement, MAY_PASS_OVER):
            cell.sure = before


def _read_header(statement: ast.stmt, cell: Cell) -> None:
    """Read the first line of a compound statement; what it counts through is stored."""
    match statement:
        case ast.For(target=target, iter=value):
            _read_leaf(ast.Assign([target], value, lineno=1), cell)
        case ast.If(test=value) | ast.While(test=value):
            _read_leaf(ast.Expr(value), cell)
        case ast.With(items=items):
            for item in items:
                bound, value = item.optional_vars, item.context_expr
                _read_leaf(ast.Assign([bound], value, lineno=1) if bound else ast.Expr(value), cell)


def _read_leaf(statement: ast.stmt, cell: Cell) -> None:
    """Read a statement that holds no block of its own, or defines a function or class."""
    statement = _AsGenerators().visit(statement)
    table = symtable.symtable(ast.unparse(ast.fix_missing_locations(statement)), "cell", "exec")
    names = {s.get_name() for s in table.get_symbols() if s.is_referenced()} | _globals(table)
    if isinstance(statement, ast.AugAssign) and isinstance(statement.target, ast.Name):
        names.add(statement.target.id)
    cell.uses |= names - cell.sure - set(cell.imports)
    stored = {s.get_name() for s in table.get_symbols() if s.is_assigned()}
    for node in ast.walk(statement):
        if isinstance(node, ast.Attribute | ast.Subscript) and not isinstance(node.ctx, ast.Load):
            cell.alters |= _root(node)
        elif isinstance(node, ast.Call):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if isinstance(node.func, ast.Attribute) and called not in PURE:
                cell.alters |= _root(node.func)
            if called in GENERATORS:
                cell.generators |= stored
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        cell.late[statement.name] = _globals(table)
    elif isinstance(getattr(statement, "value", None), ast.Lambda):
        cell.late |= dict.fromkeys(stored, _globals(table))
    cell.stores |= stored
    cell.sure |= stored


class _AsGenerators(ast.NodeTransformer):
    """Make generators of comprehensions, for their names are their own.

    From Python 3.12 on, `symtable` counts those of a list, set or dictionary among those around it.
    """

    def visit_ListComp(self, node: ast.ListComp | ast.SetComp) -> ast.AST:
        return self.generic_visit(ast.GeneratorExp(node.elt, node.generators))

    visit_SetComp = visit_ListComp

    def visit_DictComp(self, node: ast.DictComp) -> ast.AST:
        pair = ast.Tuple([node.key, node.value], ast.Load())
        return self.generic_visit(ast.GeneratorExp(pair, node.generators))


def _globals(table: symtable.SymbolTable) -> set[str]:
    """Return the names of the page that functions and comprehensions within a statement use."""
    names: set[str] = set()
    for child in table.get_children():
        names |= {s.get_name() for s in child.get_symbols() if s.is_global()} | _globals(child)
    return names


def _root(node: ast.expr) -> set[str]:
    """Return the name at the beginning of a dotted or indexed expression."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return {node.id} if isinstance(node, ast.Name) else set()


def _imports(statement: ast.Import | ast.ImportFrom) -> Iterable[tuple[str, str]]:
    """Yield each name that an import binds, with a line that binds it alone."""
    for alias in statement.names:
        name = alias.asname or alias.name.split(".")[0]
        if isinstance(statement, ast.Import):
            yield name, ast.unparse(ast.Import([alias]))
        else:
            yield name, ast.unparse(ast.ImportFrom(statement.module, [alias], statement.level))
