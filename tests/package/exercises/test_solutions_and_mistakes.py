"""Each exercise: its solution, and mistakes that people make."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from scipy import ndimage

from dlcourse.activations import softmax
from dlcourse.clustering import kmeans
from dlcourse.data import irises
from dlcourse.data.photo import photo
from dlcourse.exercises.checking import check
from dlcourse.image_kernels import kernel
from dlcourse.networks import models

POWERS = np.exp([1.0, 0.0, 0.0])
LOSSES = -np.log([0.7, 0.1])
BLURRED = tuple(n - 6 for n in photo().shape)
UNFINISHED = kernel("gaussian blur") + np.array([[0.05, 0, 0], [0, -0.05, 0], [0, 0, 0]])
KEEPS = [True, False, True, False, True]
LOWEST = np.log(np.e + 999) - 1
ONLY = np.eye(9).reshape(9, 3, 3)  # kernels with a single 1
STRIPES = np.float32(np.arange(28) % 3 > 0)


def same(x1, x2):
    return int(x1 == x2)


def steep(f, w):
    return (f(w + 1e-5) - f(w - 1e-5)) / 2e-5


def normalise(z, *, axis=0, power=0.5):
    centred = z - z.mean(axis=axis, keepdims=True)
    return centred / (z.var(axis=axis, keepdims=True) + 1e-7) ** power


def cheapest(truth, p, miss, look):
    costs = [
        miss * np.sum(truth & (p < threshold)) + look * np.sum(~truth & (p >= threshold))
        for threshold in p
    ]
    return p[np.argmin(costs)]


def with_temperature(logits, temperature):
    if temperature == 0:
        return np.eye(len(logits))[np.argmax(logits)]
    return softmax(logits / temperature)


def reduced(gradients, sizes):
    mean = sum(n * g for n, g in zip(sizes, gradients, strict=True)) / sum(sizes)
    return [mean for _ in gradients]


def reduced_in_place(gradients, sizes):
    mean = reduced(gradients, sizes)
    gradients[0] *= 0
    return mean


RIGHT = ""
#: Of each chapter: the number of an exercise, an answer, and the hint that it gets. Some answers
#: are as far from the solution as rounding may take them, or a little further.
ANSWERS = {
    "machine-learning": [
        (1, ["supervised", "Unsupervised", "supervised"], RIGHT),
        (1, ["supervised"] * 3, "Task 2"),
        (1, ["unsupervised", "unsupervised", "supervised"], "Task 1"),
        (1, ["supervised", "unsupervised", "unsupervised"], "Task 3"),
        (2, (2, 2 / 3), RIGHT),
        (2, (2 / 3, 2), "wrong way round"),
        (2, (2, 1), "first point"),
        (2, (2.4, 0), "origin"),
        (2, (2, 5), "intercept"),
        (2, (1, 1), "means"),
        (3, 0.05004, RIGHT),
        (3, 0.1, "beyond all bounds"),
        (3, 0.03, "a larger one"),
        (3, 0.05006, "one of 0.01, 0.03, 0.05, 0.1"),
    ],
    "neurons": [
        (1, 0.2504, RIGHT),
        (1, 0.0, "without the bias"),
        (1, 0.562, "sigmoid"),
        (1, 4.25, "negative"),
        (1, 0.2506, "Multiply each input"),
        (2, (0.6, 0.3, -0.9), RIGHT),
        (2, (1, 1, -0.5), '"or"'),
        (2, (1, 1, -5), "never fires"),
        (2, (1, 1, 1), "always fires"),
        (2, (-1, -1, 1.5), "not both"),
        (2, (1, 0, -0.5), "(1, 0), (1, 1)"),
        (3, [0.58, 0.21, 0.21], RIGHT),
        (3, POWERS, "Divide"),
        (3, [1, 0, 0], "divided by their total"),
        (3, [0.731, 0.5, 0.5], "sigmoid"),
        (3, [0.5, 0.4, 0.3], "add up to 1"),
        (3, [0.5, 0.3, 0.2], "np.exp"),
        (4, (-5, -5, 7.5), RIGHT),
        (4, (5, 5, -7.5), '"both"'),
        (4, (5, 5, -2), '"or"'),
        (4, (0, 0, 0), "same answer"),
        (4, (-5, 0, 2), "some pairs"),
    ],
    "networks": [
        (1, 193, RIGHT),
        (1, 170, "bias as well"),
        (1, 23, "weight as well"),
        (1, 27, "circles"),
        (1, 197, "inputs are not neurons"),
        (1, 83, "one hidden layer"),
        (1, 4, "inputs x neurons"),
        (2, 3, RIGHT),
        (2, 1.5, "ReLU make of it"),
        (2, 4, "bias of -1"),
        (2, 0.0, "First both hidden sums"),
        (2, 2, "Rows are inputs"),
        (3, same, RIGHT),
        (3, lambda a, b: 1 - same(a, b), "opposite"),
        (3, lambda a, b: int(a and b), "(0, 0)"),
        (3, lambda a, b: int(not (a or b)), "(1, 1)"),
        (3, lambda a, b: a + b, "0 or 1"),
        (3, lambda a, b: 1, "it should return"),
    ],
    "backpropagation": [
        (1, ("validation", "training", "test"), RIGHT),
        (1, ["test", "training", "test"], "no longer tests"),
        (1, ["training", "training", "test"], "never says stop"),
        (1, ["validation", "test", "test"], "fitted to"),
        (1, ["validation", "training", "training"], "customer"),
        (2, -0.7504, RIGHT),
        (2, 0.75, "sign"),
        (2, -0.375, "factor of 2"),
        (2, -0.25, "bias"),
        (2, -3, "own slope"),
        (2, -0.7506, "Multiply"),
        (3, 0.7996, RIGHT),
        (3, 0.2, "Subtract"),
        (3, 1.25, "learning rate first"),
        (3, 0.3, "after it"),
        (3, 0.7994, "old weight"),
        (4, lambda f, w: steep(f, w) + 0.00049, RIGHT),
        (4, lambda f, w: 2 * steep(f, w), "Twice"),
        (4, lambda f, w: -steep(f, w), "sign"),
        (4, lambda f, w: f(w + 1e-5) - f(w), "nearly zero"),
        (4, lambda f, w: (f(w + 1e-5) - f(w)) / 2e-5, "Half"),
        (4, lambda f, w: steep(f, w) + 0.0006, "smaller h"),
        (4, lambda f, w: (f(w) - f(w - 0.9)) / 0.9, "smaller h"),
        (4, lambda f, w: 100.0, "Divide"),
        (4, lambda f: 0, "TypeError"),
    ],
    "libraries": [
        (1, ["gradient", "forward pass", "step", "loss"], RIGHT),
        (1, ["forward pass", "loss", "gradient", "step"], "shuffled"),
        (1, ["step", "forward pass", "gradient", "loss"], "Line 1"),
        (1, ["gradient", "loss", "step", "forward pass"], "Line 2"),
        (1, ["gradient", "forward pass", "step", "step"], "Line 4"),
        (2, 9.9996, RIGHT),
        (2, 4, "value of g"),
        (2, 12, "-2w is missing"),
        (2, 14, "sign"),
        (2, 9.9994, "GradientTape"),
    ],
    "irises": [
        (1, [0.36, 2.30], RIGHT),
        (1, LOSSES[::-1], "wrong way round"),
        (1, -LOSSES, "sign"),
        (1, LOSSES / np.log(10), "base 10"),
        (1, LOSSES / np.log(2), "base 2"),
        (1, [0.7, 0.1], "-np.log"),
        (2, 600, RIGHT),
        (2, 562.5, "takes a step"),
        (2, 9000, "share one step"),
        (2, 6, "one epoch"),
        (2, 43, "Batches in an epoch"),
        (3, "straight", "network itself"),
    ],
    "kernels": [
        (1, 20, RIGHT),
        (1, -20, "sign"),
        (1, 2, "horizontal edges"),
        (1, 15, "twice the others"),
        (1, 7, "Multiply each"),
        (2, BLURRED, RIGHT),
        (2, BLURRED[::-1], "wrong way round"),
        (2, tuple(n - 7 for n in photo().shape), "One too few"),
        (2, photo().shape, "size of the photo"),
        (2, (3, 4), "n - k"),
        (3, ONLY[5], RIGHT),
        (3, ONLY[3], "to the right"),
        (3, ONLY[4], "where it is"),
        (3, ONLY[7], "up or down"),
        (3, np.ones((3, 3)), "One of the nine"),
        (3, [[0, 0, 1 / 3]] * 3, "One of the nine"),
    ],
    "convolutional-networks": [
        (1, [[9, 5]], RIGHT),
        (1, [4.25, 2.0], "mean"),
        (1, [17, 8], "sum"),
        (1, [4, 9], "each row"),
        (1, [9], "two blocks"),
        (1, [9, 2], "Cut the grid"),
        (2, 12832, RIGHT),
        (2, 12800, "bias as well"),
        (2, 832, "all 16 maps"),
        (2, 416, "first convolution"),
        (2, 5, "How many numbers"),
        (3, kernel("gaussian blur").round(3), RIGHT),
        (3, kernel("sobel x"), "Sobel still"),
        (3, kernel("box blur"), "box blur"),
        (3, UNFINISHED, "more steps"),
        (3, np.zeros((3, 3)), "page's loop"),
    ],
    "handwriting": [
        (1, 896, RIGHT),
        (1, 864, "a bias as well"),
        (1, 320, "as deep as its input"),
        (1, 960, "One bias for a filter"),
        (1, 9, "How many numbers"),
        (2, 512.0, RIGHT),
        (2, 16, "one channel"),
        (2, 1568, "with padding"),
        (2, 12800, "left out the pooling"),
        (2, 28, "Follow one side"),
    ],
    "augmentation": [
        (1, KEEPS, RIGHT),
        (1, [not keeps for keeps in KEEPS], "other way round"),
        (1, [True, False, True, True, True], "(d)"),
        (1, [True, True, True, False, True], "(b)"),
        (1, [False, False, True, False, True], "slight turn"),
        (1, ["True"] * 5, "quotation marks"),
        (2, [2.25, 1.25], RIGHT),
        (2, [1.25, 2.25], "row comes first"),
        (2, [3.25, 2.25], "from 0"),
        (2, [2, 1.5], "box"),
        (2, [1.5, 1.5], "middle of the picture"),
        (2, [0, 0], "Add up"),
        (3, (0.41, 0.84), RIGHT),
        (3, np.array([0.234, 0.209]), RIGHT),
        (3, 0.605, "both accuracies"),
        (3, [54.7, 60.5], "per cent"),
        (3, [-0.1, 0.6], "between 0 and 1"),
        (3, [0.953, 0.932], "So good?"),
        (3, [0.55, 0.1135], "scaled"),
        (3, [0.842, 0.411], "clean comes first"),  # inverted, clean
        (3, [0.865, 0.074], "did they come last?"),  # the copies first
    ],
    "robust-reader": [
        (1, (11.1, 0.01), RIGHT),
        (1, [0.01, 11.1], "other way round"),
        (1, [0.111, 0.0001], "fractions"),
        (1, [11, 0.01], "two decimal places"),
        (1, [11.1, 0.1], "one in 10,000"),
        (2, lambda images: images * STRIPES, RIGHT),
        (2, lambda images: 1 - images, RIGHT),
        (2, lambda images: np.roll(images, (3, -4), axis=(1, 2)), RIGHT),
        (2, lambda images: ndimage.rotate(images, 20, (1, 2), reshape=False).clip(0, 1), RIGHT),
        (2, lambda images: np.pad(images[:, ::2, ::2], ((0, 0), (7, 7), (7, 7))), RIGHT),
        (2, lambda images: None, "returns nothing"),
        (2, lambda images: images[:, 1:], "Keep the shape"),
        (2, lambda images: images + 0.5, "np.clip"),
        (2, lambda images: 255 * images, "by 255"),
        (2, lambda images: np.multiply(images, STRIPES, out=images), "copy()"),
        (2, lambda images: images, "Nothing"),
        (2, np.zeros_like, "all one shade"),
        (2, "striped", "function"),
        (2, lambda images: images[:, :, ::-1], "come out mirrored. "),
        (2, lambda images: images[:, ::-1], "from top to bottom"),
        (2, lambda images: 1 - images[:, ::-1, ::-1], "upside down"),
        (2, lambda images: np.rot90(images, axes=(1, 2)), "to the left"),
        (2, lambda images: images[[1, 2, 0]], "the order of the pictures"),
        (2, lambda images: images.transpose(0, 2, 1), "exchanged"),
    ],
    "ethics": [
        (1, ["Promise", " recommendation", "recommendation", "LAW"], RIGHT),
        (1, ["promise"] + 3 * ["recommendation"], "binding"),
        (1, ["promise", "law", "law", "law"], "recommend to governments"),
        (1, ["promise", "advice", "advice", "law"], "Use only"),
        (1, ["law", "promise", "recommendation", "law"], "company"),
        (2, [0.96, 0.98, 0.60], RIGHT),
        (2, [96.1, 98, 60], "per cent"),
        (2, [0.79, 0.98, 0.6], "add up"),
        (2, [0.039, 0.02, 0.4], "mistakes"),
        (2, [0.961, 0.6, 0.98], "wrong way round"),
        (2, [0.5, 0.5, 0.5], "Divide"),
    ],
    "where-next": [
        (1, [100_000_000, 0.004], RIGHT),
        (1, [1_000_000, 0.00004], "one example"),
        (1, [200_000_000, 0.004], "multiplications alone"),
        (1, [100_000_000, 0.002], "twice as many"),
        (1, [100_000_000, 4], "milliseconds"),
        (1, [2_000, 1], "1,000 neurons"),
    ],
    "when-it-does-not-learn": [
        (1, [6.91, 5.91], RIGHT),
        (1, [LOWEST, np.log(1000)], "other way round"),
        (1, [3.0, 5.91], "natural logarithm"),
        (1, [6.91, 1.46], "ten classes"),
        (1, [6.91, 0.0], "first is right"),
        (1, [1000, 0], "1/1000"),
        (2, ["inputs not scaled", "Overfitting", "softmax twice"], RIGHT),
        (2, ["too hot", "overfitting", "softmax twice"], "none of the six"),
        (2, ["rate too high"] * 3, "(a)"),
        (2, ["inputs not scaled", "overfitting", "rate too low"], "(c)"),
        (3, [6, 3], RIGHT),
        (3, [5, 2], "from 1"),
        (3, [8, 8], "eighth"),
        (3, [6, 6], "restore_best_weights"),
        (3, [5, 3], "Three epochs"),
        (3, [7, 3], "best loss so far"),
        (4, normalise, RIGHT),
        (4, lambda z: normalise(z, axis=1), "each example"),
        (4, lambda z: normalise(z, power=1), "root"),
        (4, lambda z: z - z.mean(axis=0), "standard deviation"),
        (4, lambda z: z, "Subtract"),
        (4, lambda z: z[:3], "Keep the shape"),
        (4, lambda z: np.subtract(z, 1, out=z), "new array"),
    ],
    "standing-on-a-trained-network": [
        (1, 5124, RIGHT),
        (1, 5120, "a bias"),
        (1, 1284, "a weight for each"),
        (1, 7, "Inputs times neurons"),
        (2, [0.6, 0.9, 0.93], RIGHT),
        (2, [60, 90, 93], "fractions"),
        (2, [0.9, 0.6, 0.93], "other way round"),
        (2, [0.6, 0.9, 0.99], "false alarms are mistakes"),
        (2, [0.6, 0.9, 0.94], "missed nines are mistakes"),
        (2, [0.6, 0.9, 0.5], "all mistakes"),
        (2, [0.1, 0.2, 0.3], "of the 30 alarms"),
        (3, 0.1, RIGHT),
        (3, 0.11, "1 − p"),
        (3, 0.9, "false alarm that costs"),
        (3, 0.5, "equal costs"),
        (3, 0.3, "mean cost"),
        (4, cheapest, RIGHT),
        (4, lambda t, p, m, c: 0.55, "one of the probabilities"),
        (4, lambda t, p, m, c: cheapest(t, p, c, m), "exchanged the two costs"),
        (4, lambda t, p, m, c: 0.7, "is cheaper"),
    ],
    "from-digits-to-language": [
        (1, [2.25, 6], RIGHT),
        (1, [6, 2.25], "other order"),
        (1, [1.5596, 4.1589], "natural"),
        (1, [9, 6], "the sum"),
        (1, [2, 6], "logarithms first"),
        (1, [1.75, 6], "plain mean"),
        (1, [2.25, 64], "which power"),
        (1, [0, 6], "one bit"),
        (2, [0.25, 0.75, 5.0], RIGHT),
        (2, [0.75, 0.25, 7.0], "larger weight"),
        (2, [0.5, 0.5, 6.0], "equal parts"),
        (2, [0.25, 0.75, 7.0], "Multiply each value"),
        (2, [1, 3, 20], "sum to one"),
        (2, [0.1, 0.9, 4.4], "power of each fit"),
        (3, 96 * 12 * 12_288**2, RIGHT),
        (3, 12 * 12_288**2, "one block"),
        (3, 96 * 6 * 12_288**2, "four times as large"),
        (3, 96 * 9 * 12_288**2, "four matrices"),
        (3, 175, "times 96"),
        (4, lambda z, t: with_temperature(z, t).round(3), RIGHT),
        (4, lambda z, t: softmax(z * t), "do not multiply"),
        (4, lambda z, t: softmax(z), "changes nothing"),
        (4, lambda z, t: z, "sum to"),
        (4, lambda z, t: np.full(4, 0.25), "first, then"),
        (4, lambda z, t: softmax(z / t), "At temperature 0"),
        (4, lambda z, t: softmax(z / t) if t else np.full(4, 0.25), "At temperature 0"),
    ],
    "going-faster": [
        (1, 0.38, RIGHT),
        (1, 0.367, "each device the same"),
        (1, 3.8, "Divide by their number"),
        (1, 3.8 / 3, "number of devices"),
        (1, 0.3794, "a sum of 0.6"),
        (2, 44, RIGHT),
        (2, 43, "Nearly"),
        (2, 43.5, "whole number"),
        (2, 40, "left out"),
        (2, 41, "left out"),
        (2, 96, "2 operations"),
        (2, 1000, "Divide each"),
        (3, [2.22, 0.56], RIGHT),
        (3, [2.2, 0.55], "two decimal places"),
        (3, [4, 1], "leaves out the exchange"),
        (3, [60 / 22.5, 0.67], "nobody to exchange"),
        (3, [0.45, 0.1], "other way round"),
        (3, [2.22, 2], "The first is right"),
        (3, [1, 1], "50 / 4"),
        (4, lambda g, n: np.stack(reduced(g, n)), RIGHT),
        (4, lambda g, n: g[0], "one gradient for each device"),
        (4, lambda g, n: [1.0, 1.0, 1.0], "of the shape"),
        (4, lambda g, n: [sum(g) / 3] * 3, "each device the same"),
        (4, lambda g, n: [10 * reduced(g, n)[0]] * 3, "That is a sum"),
        (4, lambda g, n: g, "drift apart"),
        (4, lambda g, n: [np.zeros_like(g[0])] * 3, "Add up"),
        (4, reduced_in_place, "Make new ones"),
    ],
}


def assert_judged(name, answer, hint):
    verdict = check(name, answer)
    assert bool(verdict) == (hint == RIGHT)
    assert hint in verdict.message


@pytest.mark.parametrize(
    ("name", "answer", "hint"),
    [(f"{topic}-{n}", answer, hint) for topic, rows in ANSWERS.items() for n, answer, hint in rows],
)
def test_the_solution_is_right_and_a_mistake_gets_its_own_hint(name, answer, hint):
    assert_judged(name, answer, hint)


def petal_inertias(ks, choose=min):
    petals = irises.load().X[:, 2:]
    return [
        choose(kmeans(petals, n_clusters=k, seed=seed).inertia for seed in range(10)) for k in ks
    ]


def test_the_sums_of_k_means():
    for answer, hint in [
        (petal_inertias(range(1, 7)), RIGHT),
        (petal_inertias(range(2, 8)), "Begin with one"),
        (petal_inertias(range(1, 7))[::-1], "reversed"),
        (petal_inertias(range(1, 7), sum), "not the sum"),
        (petal_inertias(range(1, 7), max), "not the largest"),
        ([0] * 6, "For each k"),
    ]:
        assert_judged("machine-learning-4", answer, hint)


def keras_network(n_inputs, *sizes, activation="relu", output="softmax"):
    *hidden, n_classes = sizes
    layers = [keras.layers.Dense(n, activation=activation) for n in hidden]
    layers.append(keras.layers.Dense(n_classes, activation=output))
    return keras.Sequential([keras.Input((n_inputs,)), *layers] if n_inputs else layers)


def test_the_keras_network():
    dense, relu = keras.layers.Dense, keras.layers.ReLU
    separate = [dense(8), relu(), dense(8), relu(), dense(2), keras.layers.Softmax()]
    for network, hint in [
        (keras_network(2, 8, 8, 2), RIGHT),
        (keras_network(2, 8, 8, 2, output=tf.nn.softmax), RIGHT),
        (keras_network(2, 8, 2), "parameters"),
        (keras_network(None, 8, 8, 2), "no weights yet"),
        (keras_network(2, 8, 8, 2, activation=None), "no activation"),
        (keras_network(2, 8, 8, 2, output="sigmoid"), "softmax"),
        (keras_network(2, 8, 8, 2, output=None), "relu, relu, linear"),
        (keras_network(2, 8, 8, 2, activation=keras.layers.ReLU()), RIGHT),
        (keras.Sequential([keras.Input((2,)), *separate]), RIGHT),
    ]:
        assert_judged("libraries-3", network, hint)


def test_a_trained_network_without_hidden_layers_is_right():
    trained = keras_network(4, 3)
    trained.set_weights([np.ones((4, 3)), np.ones(3)])
    for network, hint in [
        (trained, RIGHT),
        (keras_network(4, 3), "not been trained"),
        (models.iris_network(), "Leave out the hidden"),
        (keras_network(None, 3), "no weights yet"),
    ]:
        assert_judged("irises-3", network, hint)


def test_the_network_of_dense_layers_is_looked_at():
    layers = keras.layers
    dense = keras.Sequential(
        [keras.Input((28, 28, 1)), layers.Flatten(), layers.Dense(128), layers.Dense(10)]
    )
    assert_judged("handwriting-3", dense, "not been trained")
    dense.layers[-1].set_weights([np.ones((128, 10)), np.ones(10)])
    with_convolutions = models.mnist_network()
    verdict = check("handwriting-3", dense)
    assert verdict
    assert f"{dense.count_params():,} weights, 47 %" in verdict.message
    assert f"{with_convolutions.count_params():,} with convolutions" in verdict.message
    assert_judged("handwriting-3", with_convolutions, "convolution")
    assert_judged("handwriting-3", models.iris_network(), "shapes")
