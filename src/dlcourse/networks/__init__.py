"""Networks in Keras, trained networks in files, and NumPy and a clock to run them."""
