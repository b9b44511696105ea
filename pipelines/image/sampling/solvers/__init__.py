"""One step after the other from noise to picture: solvers of the diffusion equation.

Each file is a family of solvers written from its paper. Every solver is a function of a denoiser,
the noisy latents, the falling sigmas and a `Journey`; they share nothing but solver.py.
"""
