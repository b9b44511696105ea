"""Samplers and schedules: A1111's names, what each needs, and the solvers themselves.

`table.py` is what a person chooses from, `schedules.py` how much noise is left after each step,
`solvers/` how one step is taken. Knows no prompts and no models: a denoiser is a function.
"""
