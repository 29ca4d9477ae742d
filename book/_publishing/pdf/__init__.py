"""The PDF: the whole book on one page, and the link to what is printed from it."""
