"""Remove from outputs what differs from run to run."""

import re

from nbformat import NotebookNode


def without_varying_parts(output: NotebookNode) -> NotebookNode:
    """Take from an output what differs from run to run: counts, and addresses in memory."""
    output.pop("execution_count", None)
    if output.output_type == "stream":
        output.text = without_addresses(output.text)
    for mime, value in output.get("data", {}).items():
        if mime.startswith("text/") and isinstance(value, str):
            output.data[mime] = without_addresses(value)
    return output


def without_addresses(text: str) -> str:
    """Remove ``at 0x7f…`` from the way Python shows an object.

    Examples
    --------
    >>> without_addresses("<function f at 0x7fdd8c0b>")
    '<function f>'
    """
    return re.sub(r" at 0x[0-9a-f]{6,16}\b", "", text)
