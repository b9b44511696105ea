"""A prompt becomes what a denoiser listens to: chunks of tokens, states, a plan over the steps."""
