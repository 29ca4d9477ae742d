"""Diagrams made by code, one module a picture; each comes with words for what is seen."""

from dlcourse.figures.drawing.cnn import convolutional_network
from dlcourse.figures.drawing.flower import iris_flower
from dlcourse.figures.drawing.kernels import kernel_at, max_pooling, padding_modes
from dlcourse.figures.drawing.network import network
from dlcourse.figures.drawing.neurons import artificial_neuron, biological_neuron
from dlcourse.figures.drawing.pipelines import data_parallelism, data_pipeline
from dlcourse.figures.drawing.scenes import (
    augmentation_chain,
    layers_of_abstraction,
    painting_styles,
)
from dlcourse.figures.drawing.scenes import segmentation as image_segmentation

__all__ = [
    "artificial_neuron",
    "augmentation_chain",
    "biological_neuron",
    "convolutional_network",
    "data_parallelism",
    "data_pipeline",
    "image_segmentation",
    "iris_flower",
    "kernel_at",
    "layers_of_abstraction",
    "max_pooling",
    "network",
    "padding_modes",
    "painting_styles",
]
