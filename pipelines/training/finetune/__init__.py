"""Fine-tuning: a language model learns a person's questions and answers, or lines.

table, dataset: what may be learned, masked; split: what is held out; settings, examples, loop,
checkpoint: how it is learned and how it survives a kill; learner: the model and its LoRA; curve:
loss and perplexity by step; folder: what is left behind; verdict: what it was worth; run: all
of it. torch, transformers and peft are imported inside functions.
"""
