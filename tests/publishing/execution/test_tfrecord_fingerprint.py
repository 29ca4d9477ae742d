"""One data set has one fingerprint, on whichever machine it was prepared."""

from _publishing.execution.tfrecord_fingerprint import data_fingerprint


def field(content):
    """A field of a protocol buffer that is shorter than 128 bytes."""
    return b"\x0a" + bytes([len(content)]) + content


def written(path, *examples):
    """A file with a record for each example, whose features come in the order given."""
    records = [field(b"".join(map(field, features))) for features in examples]
    path.write_bytes(
        b"".join(len(r).to_bytes(8, "little") + b"sum1" + r + b"sum2" for r in records)
    )
    return data_fingerprint(path)


def test_the_order_of_features_does_not_count_and_all_else_does(tmp_path):
    path = tmp_path / "mnist-test.tfrecord-00000-of-00001"
    before = written(path, [b"image 7", b"label 7"], [b"image 2", b"label 2"])
    assert written(path, [b"label 7", b"image 7"], [b"image 2", b"label 2"]) == before
    assert written(path, [b"image 2", b"label 2"], [b"image 7", b"label 7"]) != before
    assert written(path, [b"image 8", b"label 7"], [b"image 2", b"label 2"]) != before
    assert written(path, [b"image 7", b"label 7"]) != before


def test_what_is_cut_off_or_no_record_counts_by_its_bytes(tmp_path):
    path = tmp_path / "mnist-test.tfrecord-00000-of-00001"
    before = written(path, [b"image 7", b"label 7"])
    path.write_bytes(path.read_bytes()[:-6])
    assert data_fingerprint(path) != before
    path.write_bytes(b"no record")
    one = data_fingerprint(path)
    path.write_bytes(b"another")
    assert data_fingerprint(path) != one
