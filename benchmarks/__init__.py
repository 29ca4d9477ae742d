"""Judge the digit reader by hand: `robust_learning_rate` before training, `reader_scores` after."""
