"""Fingerprint a file of TensorFlow's records by what they say.

tfds writes the features of an example, its image and its label, in another order on each machine.
So two machines that prepared the same data set have different files, and an output of the one
would not be found by the other.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from _publishing.execution.short_hashes import file_fingerprint


def data_fingerprint(path: Path) -> str:
    """Return the fingerprint of a file's records, or of its bytes if it holds none."""
    if ".tfrecord" not in path.name:
        return file_fingerprint(path)
    digest = hashlib.sha256()
    try:
        for record in _records(path.read_bytes()):
            [features] = _fields(record)
            digest.update(b"".join(sorted(_fields(features))))
    except (IndexError, ValueError):
        return file_fingerprint(path)
    return digest.hexdigest()[:24]


def _records(data: bytes) -> Iterator[bytes]:
    """Yield the records: each has its length in 8 bytes before it, and checksums of 4 around."""
    at = 0
    while at < len(data):
        length = int.from_bytes(data[at : at + 8], "little")
        if at + 16 + length > len(data):
            raise ValueError("A record is cut off.")
        yield data[at + 12 : at + 12 + length]
        at += 16 + length


def _fields(message: bytes) -> list[bytes]:
    """Return the fields of a protocol buffer: a tag, a length in groups of 7 bits, the bytes."""
    parts, at = [], 0
    while at < len(message):
        at += 1
        length = shift = 0
        while True:
            byte = message[at]
            at += 1
            length |= (byte & 127) << shift
            shift += 7
            if byte < 128:  # the highest bit says whether another byte follows
                break
        parts.append(message[at : at + length])
        at += length
    return parts
