"""One digit, and the copies that augmentation makes of it."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from dlcourse import argument_checks
from dlcourse.figures.alt_text import described
from dlcourse.figures.axes_and_panels import bare_frame, panels
from dlcourse.figures.style import styled
from dlcourse.figures.wording import listing


@styled
def augmentation_chain(image: ArrayLike) -> Axes:
    """Draw one digit and the copies that augmentation makes of it.

    `image` is a grey picture, shape (height, width), values from 0 to 1.

    >>> import numpy as np
    >>> [panel.get_title() for panel in augmentation_chain(np.eye(28)).child_axes]
    ['original', 'rotated', 'scaled', 'blurred', 'noisy', 'inverted']
    """
    from scipy import ndimage  # noqa: PLC0415

    digit = argument_checks.brightness(image, "image", "height width")
    noise = np.random.default_rng(0).normal(0, 0.18, digit.shape)
    smaller = ndimage.zoom(digit, 0.7, order=1)
    spare = [n - m for n, m in zip(digit.shape, smaller.shape, strict=True)]
    copies = {
        "original": digit,
        "rotated": ndimage.rotate(digit, 15, reshape=False, order=1),
        "scaled": np.pad(smaller, [(s // 2, s - s // 2) for s in spare]),
        "blurred": ndimage.gaussian_filter(digit, 1.2),
        "noisy": digit + noise,
        "inverted": 1 - digit,
    }
    axes, grid = panels(3.95, 6, columns=3, gap=(0.1, 0.18))
    for panel, (name, copy) in zip(grid, copies.items(), strict=True):
        panel.imshow(np.clip(copy, 0, 1), vmin=0, vmax=1)
        panel.set_title(name, pad=4)
        bare_frame(panel)
    return described(
        axes,
        f"One picture and {len(copies) - 1} copies of it by augmentation: "
        f"{listing(list(copies)[1:])}. Each shows the same thing, so the label stays.",
    )
