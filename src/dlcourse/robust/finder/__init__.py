"""How the finder is trained: scenes of digits on everyday ground, and windows cut out of them."""
