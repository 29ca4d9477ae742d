"""The oddest argument of all, for tests of what functions refuse."""


class Explosive:
    """An object that fails however it is touched."""

    def __array__(self, *args, **kwargs):
        raise RuntimeError

    def __len__(self):
        raise RuntimeError

    def __eq__(self, other):
        raise RuntimeError

    __hash__ = None
