"""What an executed chapter keeps of its outputs."""

import pytest
from _publishing.execution.clean_outputs import is_start_up_notice
from nbformat.v4 import new_output

NOTICE = """\
WARNING: All log messages before absl::InitializeLog() is called are written to STDERR
I0000 00:00:1795385574.204586   23064 cudart_stub.cc:31] Could not find cuda drivers
"""


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("stderr", NOTICE, True),
        ("stderr", NOTICE + "UserWarning: something is wrong\n", False),
        ("stderr", "E0000 00:00:1795385574.204586   23064 cudart_stub.cc:31] broken\n", False),
        ("stderr", "\n", False),
        ("stdout", NOTICE, False),
    ],
)
def test_only_what_tensorflow_says_on_import_is_dropped(name, text, expected):
    assert is_start_up_notice(new_output("stream", name=name, text=text)) is expected


def test_other_outputs_are_kept():
    assert not is_start_up_notice(new_output("display_data", data={"text/plain": NOTICE}))
