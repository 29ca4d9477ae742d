"""Files that pages load: style sheets, scripts, fonts, figures' modules, and the wheel."""
