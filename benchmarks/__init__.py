"""How well the digit reader reads: by hand, when its networks have been trained anew."""
