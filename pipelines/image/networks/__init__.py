"""Networks applied to a loaded model: LoRAs, textual inversions, another VAE, TAESD previews."""
