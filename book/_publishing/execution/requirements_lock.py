"""The libraries that `requirements.lock` fixes: their versions, and what brings what along.

A chapter's outputs depend on the versions of the libraries that it imports, and of what those need:
`output_dependencies` makes each that `closure` gives a part of the chapter's key.
"""

import re
from collections.abc import Iterable, Iterator

#: Where a distribution's name is not its module's, and what a library loads unasked.
DISTRIBUTIONS = {
    "sklearn": "scikit-learn", "PIL": "pillow", "yaml": "pyyaml", "google": "protobuf",
}  # fmt: skip
LOADS_TOO = {"keras": ("tensorflow",), "tensorflow-datasets": ("tensorflow",)}
#: Of these a chapter uses a function that needs nothing of what the library brings along.
USED_ALONE = {"myst-nb"}


class Lock:
    """requirements.lock: each library's version, and what brings what along."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.versions: dict[str, list[str]] = {}
        self.needs: dict[str, set[str]] = {}
        name = ""
        for line in text.splitlines():
            if match := re.match(r"([A-Za-z0-9._-]+)==([^\\]+)", line):
                name = match[1]
                self.versions.setdefault(name, []).append(match[2].strip())
            elif match := re.match(r"\s+#\s+(?:via\s+)?([A-Za-z0-9._-]+)\s*$", line):
                self.needs.setdefault(match[1], set()).add(name)

    def closure(self, modules: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Return name and version of the libraries of these modules, and of all they need."""
        names = (DISTRIBUTIONS.get(m, m.replace("_", "-").lower()) for m in modules)
        waiting = ["ipykernel", *names]
        if any(name not in self.versions for name in waiting):
            # The lock does not name a module's library: the outputs may depend on any.
            waiting = list(self.versions)
        seen: set[str] = set()
        while waiting:
            name = waiting.pop()
            if name not in seen and name in self.versions:
                seen.add(name)
                needs = () if name in USED_ALONE else self.needs.get(name, ())
                waiting += [*needs, *LOADS_TOO.get(name, ())]
        for name in sorted(seen):
            yield name, " ".join(self.versions[name])
