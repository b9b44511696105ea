"""One generation: a request's prompt and seeds become pictures.

generate.py reads from top to bottom; spec.py is what goes in and comes out, passes.py the sigmas of
each pass, cfg_denoiser.py classifier-free guidance, guards.py what is put right afterwards.
"""
