"""A built page marks the cells that can run, and the site carries what runs them."""

import json
import re

PAGE = """# Cells

```{code-cell} ipython3
import numpy as np
import scipy
```

```{code-cell} ipython3
:tags: [remove-cell]

a = 1
```

```{code-cell} ipython3
print(np.ones(a))
```

```{code-cell} ipython3
print(scipy.__name__)
```
"""


def marks(site):
    """The classes of the cells that have buttons."""
    return re.findall(r"run-cells-\d+", site.read("chapters/cells.html"))


def test_cells_that_can_run_are_marked_and_a_site_can_do_without(build_book, notebook_header):
    files = {"chapters/cells.md": notebook_header + PAGE}
    site = build_book(files, environment={"RUN_IN_PAGE": "1"})
    assert marks(site) == ["run-cells-2"]
    page = json.loads(site.read("run/pages/cells.json"))
    assert [cell["runs"] for cell in page["cells"]] == [False, True, True, False]
    assert page["sizes"]["page"] == page["sizes"]["python"] > 10_000_000  # NumPy alone
    there = {path.name for path in (site.html / "run" / "pyodide").iterdir()}
    lock = json.loads(site.read("run/pyodide/pyodide-lock.json"))["packages"]
    assert {entry["file_name"] for entry in lock.values()} < there
    assert {"pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"} < there
    assert "scipy" not in lock

    without = build_book(files, environment={"RUN_IN_PAGE": "0"}, before=site)
    assert marks(without) == []
    assert not (without.html / "run").exists()
