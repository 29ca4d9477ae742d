"""What makes a page: alt text, formulas, buttons, search, sharing, the theme's repairs."""
