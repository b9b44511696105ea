"""What a model wears besides its own weights: LoRAs, embeddings, another VAE, TAESD previews."""
