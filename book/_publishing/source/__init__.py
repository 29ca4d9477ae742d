"""Read what the sources say: order of pages, front matter, schedules, metadata of cells."""
