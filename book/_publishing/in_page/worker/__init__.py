"""The Python that runs in the page's worker, beside Pyodide; the build uses `needed_cells`, too."""
