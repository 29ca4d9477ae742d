"""Diagrams made by code; each comes with words for what is seen."""

from dlcourse.figures.drawing.abstraction import layers_of_abstraction
from dlcourse.figures.drawing.augmentation import augmentation_chain
from dlcourse.figures.drawing.cnn import convolutional_network
from dlcourse.figures.drawing.data_parallelism import data_parallelism
from dlcourse.figures.drawing.data_pipeline import data_pipeline
from dlcourse.figures.drawing.flower import iris_flower
from dlcourse.figures.drawing.kernel_over_picture import kernel_at
from dlcourse.figures.drawing.max_pooling import max_pooling
from dlcourse.figures.drawing.multichannel_filter import deep_filter
from dlcourse.figures.drawing.network import network
from dlcourse.figures.drawing.neurons import artificial_neuron, biological_neuron
from dlcourse.figures.drawing.padding_modes import padding_modes
from dlcourse.figures.drawing.segmentation_and_style import image_segmentation, painting_styles

__all__ = [
    "artificial_neuron",
    "augmentation_chain",
    "biological_neuron",
    "convolutional_network",
    "data_parallelism",
    "data_pipeline",
    "deep_filter",
    "image_segmentation",
    "iris_flower",
    "kernel_at",
    "layers_of_abstraction",
    "max_pooling",
    "network",
    "padding_modes",
    "painting_styles",
]
