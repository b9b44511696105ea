"""A prompt becomes conditioning: chunks of tokens, prompt embeddings, a schedule over the steps."""
