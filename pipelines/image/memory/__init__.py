"""Detect the device, estimate a model's memory, plan its offloading and place it."""
