"""The list of interactive figures: the options, files and still picture of each."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Figure:
    """What the build knows of one kind of interactive figure."""

    title: str
    #: The function of `dlcourse.figures.stills` that draws what stands here without scripts, if
    #: the author does not.
    still: str = ""
    #: Options that become attributes of the element as they are.
    attributes: tuple[str, ...] = ()
    #: Options that name artefacts, the data files that figures load (several, separated by
    #: spaces) -> those that they name by default.
    artifacts: Mapping[str, str] = field(default_factory=dict)
    #: Whether it loads on a click, being heavy, and not when it comes near the view.
    opens: bool = False
    #: A few lines that do the same in a notebook, where that makes sense.
    python: str = ""


#: The option for networks that load at a second click, on a button that says how large they are.
LATER = "later"
#: The option for the photographs behind the samples: they load when a reader chooses one.
ORIGINALS = "originals"

#: Each by its name, which is what follows ``{interactive}`` in a chapter (that directive takes the
#: options) and the name of its folder in ``book/widgets``.
FIGURES: Mapping[str, Figure] = {
    "neuron": Figure(
        "a neuron",
        "neuron",
        ("inputs", "activation"),
        python="""
from dlcourse.neuron import fire, weighted_sum

x, w, b = [1, 0.5], [0.8, -1.2], 0.3      # change a number, run again
print(weighted_sum(x, w, b), fire(x, w, b, activation="sigmoid"))
""",
    ),
    "line-and-bowl": Figure(
        "a line and its bowl",
        "line_and_bowl",
        ("inputs", "rate"),
        {"points": "petals.json"},
        python="""
from dlcourse.data import irises
from dlcourse.regression import fit_line, fit_line_by_steps

flowers = irises.load()
x, t = flowers.X[:, 2], flowers.X[:, 3]
learning_rate, n_steps = 0.03, 100        # change them, run again
steps = fit_line_by_steps(x, t, learning_rate=learning_rate, n_steps=n_steps)
print(f"by steps: {steps.line}, loss {steps.losses[-1]:.4f}")
print(f"by the formula: {fit_line(x, t)}")
""",
    ),
    "trainer": Figure(
        "a network that trains",
        "trainer",
        ("settings",),
        python="""
import numpy as np
from dlcourse.data.point_sets import point_set
from dlcourse.dense_network import initialise
from dlcourse.optimisers import Adam
from dlcourse.training import fit

n_hidden, seed = 4, 0                     # change them, run again
rng = np.random.default_rng(seed)
X, y = point_set("crescents", 100, noise=0.25, rng=rng)
new = point_set("crescents", 400, noise=0.25, rng=rng)
start = initialise([2, n_hidden, 2], activations=["tanh", "softmax"], rng=rng)
trained = fit(start, X, y, loss="cross_entropy", optimiser=Adam(0.05), epochs=100,
              batch_size=10, validation=new, rng=rng)
print(f"right on new points: {trained.history.validation_accuracy[-1]:.1%}")
""",
    ),
    "backpropagation": Figure(
        "backpropagation, step by step",
        "backpropagation",
        artifacts={"numbers": "backpropagation.json"},
        python="""
import numpy as np
from dlcourse.backpropagation import backpropagate
from dlcourse.dense_network import Dense, Network, forward
from dlcourse.data.worked_example import DOG_OR_CAT as example

learning_rate = 0.5                       # change it, run again
W1, b1, W2, b2 = map(np.array, (example.W1, example.b1, example.W2, example.b2))
for step in range(10):
    network = Network([Dense(W1, b1, "sigmoid"), Dense(W2, b2, "sigmoid")])
    passed = forward(network, np.array([example.x]))
    slopes = backpropagate(network, passed, np.array([[example.t]]), loss="squared_error")
    print(f"step {step}: output {passed.output.item():.4f}, loss {slopes.loss:.4f}")
    W1, W2 = (W - learning_rate * dW for W, dW in zip((W1, W2), slopes.dW))
    b1, b2 = (b - learning_rate * db for b, db in zip((b1, b2), slopes.db))
""",
    ),
    "kernel": Figure(
        "a kernel over a photo",
        artifacts={"photo": "photo.png"},
        python="""
import matplotlib.pyplot as plt
import numpy as np
from dlcourse.data import photo
from dlcourse.convolution import correlate2d

yours = np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]])    # change a number, run again
plt.imshow(correlate2d(photo.photo(), yours, padding="mirror"), cmap="gray", vmin=0, vmax=1)
""",
    ),
    "cnn": Figure(
        "the convolutional network from inside",
        attributes=("start",),
        artifacts={"network": "plain.safetensors", "samples": "samples.json"},
        opens=True,
    ),
    "digit-pad": Figure(
        "the digit pad",
        "digit_pad",
        ("button",),
        artifacts={
            "networks": "plain.safetensors inverted.safetensors",
            LATER: "finder.safetensors robust.safetensors",
            "samples": "samples.json",
            ORIGINALS: "originals.json",
        },
        opens=True,
        python="""
from dlcourse.data import own_digits
from dlcourse.digits import reader

print(reader.read(own_digits.path("plate")))    # or the name of a file of your own
""",
    ),
    "cure": Figure("six sick trainings", artifacts={"trials": "cures.json"}),
    "language-model": Figure(
        "the small language model",
        "language",
        artifacts={"network": "language.safetensors"},
        opens=True,
        python="""
from dlcourse import ngrams
from dlcourse.data import course_text

book = course_text.load()
counts = ngrams.count(book.training, n_before=4, n_characters=len(book.alphabet))
p = ngrams.probabilities(counts, book.encode("The n").tolist())
for code in p.argsort()[:-6:-1]:          # the five likeliest by the table of counts
    print(repr(book.alphabet[code]), f"{p[code]:.2f}")
""",
    ),
    "iris-network": Figure(
        "the iris network",
        artifacts={"network": "irises.safetensors", "flowers": "flowers.json"},
    ),
}
