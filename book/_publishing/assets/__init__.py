"""Files that pages load: style sheets, scripts, fonts, the wheel, and data for live figures."""
