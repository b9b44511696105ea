"""What the code is like as a building: rooms, arrows, circles, names, and how long things are.

`source.py` reads a checkout, `graph.py` knows graphs, `measure.py` counts, `report.py` prints.
Nothing is imported from the code that is measured, so that any checkout can be: see `--root`.
"""
