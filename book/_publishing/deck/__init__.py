"""The decks: which blocks become slides, how they lie, and how long they take to speak."""
