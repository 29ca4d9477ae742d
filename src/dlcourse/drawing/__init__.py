"""Diagrams made by code, one module a picture; each comes with words for what is seen."""

from dlcourse.drawing.cnn import convolutional_network
from dlcourse.drawing.flower import iris_flower
from dlcourse.drawing.kernels import kernel_at, max_pooling, padding_modes
from dlcourse.drawing.network import network
from dlcourse.drawing.neurons import artificial_neuron, biological_neuron
from dlcourse.drawing.pipelines import data_parallelism, data_pipeline, data_split
from dlcourse.drawing.scenes import augmentation_chain, layers_of_abstraction, painting_styles
from dlcourse.drawing.scenes import segmentation as image_segmentation

__all__ = [
    "artificial_neuron",
    "augmentation_chain",
    "biological_neuron",
    "convolutional_network",
    "data_parallelism",
    "data_pipeline",
    "data_split",
    "image_segmentation",
    "iris_flower",
    "kernel_at",
    "layers_of_abstraction",
    "max_pooling",
    "network",
    "padding_modes",
    "painting_styles",
]
