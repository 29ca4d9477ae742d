"""What a chapter says of itself: its place in the book, its front matter, its cells' marks."""
