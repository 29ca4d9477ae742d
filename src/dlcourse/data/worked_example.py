"""The one picture and the tiny network that the backpropagation chapter works through.

A picture is described by two numbers; a network of two hidden neurons and one output says how
sure it is that the picture shows a dog. It says 37 %, so 63 % cat, and the truth is 100 % dog.
All neurons are sigmoid neurons. The weights were chosen, not learned: one decimal each, and
small enough that no neuron is saturated.

The chapter, the interactive figure and the exercises all take their numbers from here.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class WorkedExample:
    """A 2-2-1 network of sigmoid neurons, one example and its truth.

    The inputs `x` are from 0 to 1; the truth `t` is 1.0 for "100 % dog". Rows of the weights
    `W1`, shape (2, 2), and `W2`, shape (2, 1), are what goes in, columns the neurons.

    >>> DOG_OR_CAT.x
    (0.9, 0.2)
    """

    x: tuple[float, float]
    t: float
    W1: tuple[tuple[float, float], tuple[float, float]]
    b1: tuple[float, float]
    W2: tuple[tuple[float], tuple[float]]
    b2: tuple[float]


#: Ears 0.9 floppy, snout 0.2 long: a dog with a cat's short snout.
DOG_OR_CAT: Final = WorkedExample(
    x=(0.9, 0.2),
    t=1.0,
    W1=((0.4, 1.3), (0.4, -0.6)),
    b1=(0.5, -0.7),
    W2=((-1.2,), (-0.8,)),
    b2=(0.8,),
)
