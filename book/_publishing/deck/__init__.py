"""The deck: which blocks of a chapter become slides, and how they are laid out."""
