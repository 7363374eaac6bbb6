"""The board: which entries are listed, in which order, what was decided about them, and the site that shows it."""
