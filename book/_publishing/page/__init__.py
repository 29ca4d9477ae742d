"""What makes a page: alt text, formulas, header buttons, search, tags, repairs of the theme."""
