"""The ideas of an introduction to deep learning, each as a small, tested module.

Importing the package loads neither TensorFlow nor matplotlib; import the module
that holds the idea, for instance ``from dlcourse.neuron import fire``.
"""

__version__ = "0.1.0"
