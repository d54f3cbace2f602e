"""Data frames in, Plotly figures (or a small SVG) out: one look for all, one family of charts a file."""
