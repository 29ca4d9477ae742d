"""From a photo of a digit to the digit: load, prepare, read."""
