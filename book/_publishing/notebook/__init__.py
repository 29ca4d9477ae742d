"""The notebook: a chapter's doctree written as Markdown and code cells."""
