"""What a figure is made of, as lines to read: no pixel and no letter's shape has a part in it."""

from itertools import starmap

import matplotlib as mpl
import numpy as np
from kept import MOST, number, numbers
from matplotlib.collections import Collection
from matplotlib.colors import to_hex
from matplotlib.image import AxesImage
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, Patch
from matplotlib.spines import Spine
from matplotlib.text import Annotation, Text
from matplotlib.transforms import IdentityTransform

from dlcourse.figure_style import alt_of

_CODES = {1: "M", 2: "", 3: "Q", 4: "C", 79: "Z"}


def record(figure):
    """Describe a figure in lines."""
    lines = [f"figure {numbers(figure.get_size_inches())} in, dpi {number(figure.dpi)}"]
    lines.append(f"alt {alt_of(figure)}")
    lines += [_artist(artist) for artist in (*figure.texts, *figure.legends)]
    for axes in figure.axes:
        lines += _axes(axes, "axes")
    return lines


def _colours(values):
    found = [to_hex(colour, keep_alpha=True) for colour in values]
    return " ".join(dict.fromkeys(found[:MOST])) if len(set(found)) == 1 else " ".join(found[:MOST])


def _axes(axes, name):
    scales = f"{axes.get_xscale()} {axes.get_yscale()}, aspect {axes.get_aspect()}"
    yield f"{name} at {numbers(axes.get_position(original=True).bounds)}, {scales}"
    yield f"  frame {'on' if axes.axison else 'off'}, spines " + " ".join(
        f"{side} {to_hex(spine.get_edgecolor(), keep_alpha=True)} {number(spine.get_linewidth())}"
        for side, spine in axes.spines.items()
        if spine.get_visible()
    )
    for letter, axis in (("x", axes.xaxis), ("y", axes.yaxis)):
        yield f"  {letter} from {numbers(axis.get_view_interval())}, ticks " + ", ".join(
            f"{number(place)} {label.get_text()!r} {to_hex(label.get_color())}"
            for place, label in zip(axis.get_ticklocs(), axis.get_ticklabels(), strict=True)
        )
        grid = [line for line in axis.get_gridlines()[:1] if line.get_visible()]
        look = [f"{to_hex(line.get_color())} width {number(line.get_linewidth())}" for line in grid]
        yield f"  {letter} grid {', '.join(look) or 'off'}, label {_text(axis.label)}"
    for title in (axes.title, axes._left_title, axes._right_title):
        if title.get_text():
            yield f"  title {_text(title)}"
    own = {axes.patch, axes.title, axes._left_title, axes._right_title, axes.xaxis, axes.yaxis}
    for artist in axes.get_children():
        if artist in axes.child_axes:
            yield from (f"  {line}" for line in _axes(artist, "panel"))
        elif artist not in own and not isinstance(artist, Spine):
            yield f"  {_artist(artist)}"


def _artist(artist):
    for kind, write in _WRITERS.items():
        if isinstance(artist, kind):
            hidden = "" if artist.get_visible() else ", hidden"
            return f"{write(artist)}, z {number(artist.get_zorder())}{hidden}"
    return type(artist).__name__


def _frame(artist, transform):
    """Name the coordinates of an artist; data's have no name."""
    axes = artist.axes
    known = {
        "": axes.transData,
        "in axes ": axes.transAxes,
        "x in data, y in axes ": axes.get_xaxis_transform(which="grid"),
        "x in axes, y in data ": axes.get_yaxis_transform(which="grid"),
        "in figure ": axes.figure.transFigure,
        "in dots ": IdentityTransform(),
    }
    return next((name for name, other in known.items() if transform == other), "elsewhere ")


def _line(line):
    return (
        f"line {_frame(line, line.get_transform())}{numbers(line.get_xydata(), 2)}; "
        f"{to_hex(line.get_color())} width {number(line.get_linewidth())}, "
        f"dashes {numbers(line._unscaled_dash_pattern[1])}, alpha {number(line.get_alpha())}, "
        f"marker {line.get_marker()} {number(line.get_markersize())} "
        f"{_colours([line.get_markerfacecolor(), line.get_markeredgecolor()])} "
        f"{number(line.get_markeredgewidth())}, label {line.get_label()!r}"
    )


def _path(path):
    points = numbers(path.vertices, 2)
    codes = [] if path.codes is None else path.codes[:MOST]
    return points + (" as " + "".join(_CODES[code] or "L" for code in codes) if len(codes) else "")


def _patch(patch):
    place = patch.get_path().transformed(patch.get_patch_transform())
    return (
        f"{type(patch).__name__} {_frame(patch, patch.get_data_transform())}{_path(place)}; "
        f"{_look(patch)}, hatch {patch.get_hatch()}"
    )


def _look(patch):
    return (
        f"face {_colours([patch.get_facecolor()])} edge {_colours([patch.get_edgecolor()])} "
        f"width {number(patch.get_linewidth())}, style {patch.get_linestyle()}"
    )


def _arrow(arrow):
    """An arrow by its ends: its path depends on where the axes lie in the figure."""
    ends = numbers(np.ravel(arrow._posA_posB), 2) if arrow._posA_posB else "?"
    style, bend = arrow.get_arrowstyle(), arrow.get_connectionstyle()
    return (
        f"arrow {ends}; {_look(arrow)}, head {_settings(style)}, bend {_settings(bend)}, "
        f"scale {number(arrow.get_mutation_scale())}, shrink {number(arrow.shrinkA)} "
        f"{number(arrow.shrinkB)}"
    )


def _settings(style):
    told = starmap("{}={}".format, sorted(vars(style).items()))
    return " ".join((type(style).__name__, *told))


def _collection(found):
    paths = found.get_paths()
    parts = [
        f"{type(found).__name__} of {len(paths)}: " + " | ".join(map(_path, paths[:MOST])),
        f"at {numbers(found.get_offsets(), 2)}",
        f"face {_colours(found.get_facecolor())} edge {_colours(found.get_edgecolor())}",
        f"widths {numbers(found.get_linewidth())}",
        "dashes " + " | ".join(numbers(dashes) for _, dashes in found.get_linestyle()),
        f"hatch {found.get_hatch()}, label {found.get_label()!r}",
    ]
    if hasattr(found, "get_sizes"):
        parts.append(f"sizes {numbers(found.get_sizes())}")
    if hasattr(found, "levels"):
        parts.append(f"levels {numbers(found.levels)}")
    if found.get_array() is not None:
        parts.append(f"values {numbers(found.get_array())}, {_map(found)}")
    return "; ".join(parts)


def _map(mappable):
    return f"{mappable.get_cmap().name} from {numbers(mappable.get_clim())}"


def _image(image):
    array = image.get_array()
    return (
        f"image {array.shape} over {numbers(image.get_extent())}; mean {number(array.mean())}, "
        f"values {numbers(array)}; {_map(image)}, {image.get_interpolation()}, "
        f"alpha {number(image.get_alpha())}"
    )


def _text(text):
    box = text.get_bbox_patch()
    return (
        f"{text.get_text()!r} {to_hex(text.get_color())} size {number(text.get_fontsize())} "
        f"{text.get_weight()} {text.get_style()} {text.get_ha()} {text.get_va()}, "
        f"turn {number(text.get_rotation())}"
        + (f", box {_look(box)}, {_settings(box.get_boxstyle())}" if box else "")
    )


def _placed_text(text):
    place = _frame(text, text.get_transform()) if text.axes else "in figure "
    return f"text {place}{numbers(text.get_position(), 2)} {_text(text)}"


def _annotation(note):
    told = f"note at {numbers(note.xy, 2)} {note.xycoords}, "
    told += f"text at {numbers(note.xyann, 2)} {note.anncoords} {_text(note)}"
    return told + (f", {_arrow(note.arrow_patch)}" if note.arrow_patch else "")


def _legend(legend):
    handles = [
        f"{_text(text)} {type(handle).__name__}"
        for text, handle in zip(legend.get_texts(), legend.legend_handles, strict=True)
    ]
    anchor = numbers(legend.get_bbox_to_anchor()._bbox.bounds) if legend._bbox_to_anchor else "-"
    return f"legend {legend._get_loc()}, {legend._ncols} columns, anchor {anchor}: " + "; ".join(
        handles
    )


_WRITERS = {
    Line2D: _line,
    FancyArrowPatch: _arrow,
    Patch: _patch,
    Collection: _collection,
    AxesImage: _image,
    Annotation: _annotation,
    Text: _placed_text,
    Legend: _legend,
}


def drawn(function):
    """Draw in matplotlib's own settings, whatever an earlier test has set; describe it."""
    with mpl.rc_context():
        mpl.rcdefaults()
        return record(function().figure)
