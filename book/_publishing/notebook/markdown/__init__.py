"""The Markdown writer: docutils, Sphinx and our own nodes as text that Colab shows."""
