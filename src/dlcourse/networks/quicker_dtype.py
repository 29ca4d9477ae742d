"""The numbers that this machine multiplies faster: of 32 bits, or of 16."""

from collections.abc import Callable
from functools import cache

from dlcourse.timing import take_turns


@cache
def quicker_dtype() -> str:
    """Measure which numbers this machine multiplies faster: "float32" or "mixed_bfloat16".

    Without instructions for 16-bit numbers a processor takes many times longer with them. The
    answer is a dtype policy of Keras; the networks that ship are trained with it.
    """
    import tensorflow as tf  # noqa: PLC0415  (seconds to import)

    def product(dtype: str) -> Callable[[], object]:
        a = tf.cast(tf.random.stateless_normal((1024, 1024), (1, 2)), dtype)
        return lambda: tf.cast(tf.linalg.matmul(a, a), tf.float32).numpy()

    seconds = take_turns({"float32": product("float32"), "mixed_bfloat16": product("bfloat16")})
    return min(seconds, key=seconds.__getitem__)
