"""The data: irises, MNIST, a photo, and nine digits of our own."""
