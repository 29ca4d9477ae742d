"""Read what the sources say: order of pages, front matter, schedules, cells, HTML, names."""
