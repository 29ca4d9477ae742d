"""The data: irises, points, MNIST and other digits, a photo, and the text of this book."""
