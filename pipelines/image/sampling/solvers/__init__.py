"""Solvers of the diffusion ODE and SDE: from noisy latents down a list of sigmas to x0.

Each file is a family of solvers written from its paper. Every solver is a function of the noisy
latents and a `SamplerRun` (denoiser, sigmas, noise, callback, options); they share solver.py only.
"""
