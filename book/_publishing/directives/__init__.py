"""Directives of the book's own: quiz, interactive figure, speaker notes, API, schedule."""
