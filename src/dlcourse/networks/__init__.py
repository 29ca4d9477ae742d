"""Networks in Keras, trained networks in files, NumPy that runs them, and how fast they are."""
