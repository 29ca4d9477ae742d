"""Files that pages load: style sheets, scripts, fonts, the wheel, what chapters publish."""
