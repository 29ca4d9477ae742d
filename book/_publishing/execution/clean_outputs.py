"""Remove from outputs what differs from run to run; recognise what TensorFlow says at its start."""

import re

from nbformat import NotebookNode

#: What TensorFlow's C++ part writes to the error stream while it is imported.
START_UP_NOTICE = re.compile(
    r"WARNING: All log messages before absl::InitializeLog\(\) is called are written to STDERR"
    r"|[IW]\d{4} [\d:.]+ +\d+ (?:cudart_stub|port|cpu_feature_guard|cuda_platform|cuda_executor)"
    r"\.cc:\d+\]"
    r"|To enable the following instructions: "
)


def is_start_up_notice(output: NotebookNode) -> bool:
    """Whether an output is only what TensorFlow says to itself when it is imported.

    Its C++ part writes these lines before it heeds ``TF_CPP_MIN_LOG_LEVEL``. Anything else
    on the error stream is kept, and fails the build.
    """
    if output.output_type != "stream" or output.name != "stderr":
        return False
    lines = [line for line in output.text.splitlines() if line.strip()]
    return bool(lines) and all(START_UP_NOTICE.match(line) for line in lines)


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
