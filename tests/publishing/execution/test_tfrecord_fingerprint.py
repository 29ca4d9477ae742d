"""One data set has one fingerprint, on whichever machine it was prepared."""

from _publishing.execution.tfrecord_fingerprint import data_fingerprint


def written(path, *records):
    """A file with these records, each between checksums that depend on the order of its bytes."""
    path.write_bytes(b"".join(len(r).to_bytes(8, "little") + r[:4] + r + r[-4:] for r in records))
    return data_fingerprint(path)


def test_the_order_of_features_does_not_count_and_all_else_does(tmp_path):
    path = tmp_path / "mnist-test.tfrecord-00000-of-00001"
    before = written(path, b"image 7 label 7 ", b"image 2 label 2 ")
    assert written(path, b"label 7 image 7 ", b"image 2 label 2 ") == before
    assert written(path, b"image 2 label 2 ", b"image 7 label 7 ") != before
    assert written(path, b"image 8 label 7 ", b"image 2 label 2 ") != before
    assert written(path, b"image 7 label 7 ") != before
    path.write_bytes(path.read_bytes()[:-6])
    assert data_fingerprint(path) not in {before, written(path, b"image 7 label 7 ")}
    path.write_bytes(b"no record")
    one = data_fingerprint(path)
    path.write_bytes(b"another")
    assert data_fingerprint(path) != one
