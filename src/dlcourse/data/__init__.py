"""The data: irises, points, MNIST and other digits, a photo, and this course's own text."""
