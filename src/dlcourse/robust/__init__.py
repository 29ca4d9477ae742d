"""How the robust digit network and the finder were made: their pictures, training and trials.

The robust network may also answer "none of these"; the finder says where a digit stands.
"""
