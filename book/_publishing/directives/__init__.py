"""Directives of our own: quiz, prediction, interactive figure, speaker notes, API, schedule."""
