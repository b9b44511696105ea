"""Where the constants of the nonsense index come from: labelled sentences, and the fit to them."""
