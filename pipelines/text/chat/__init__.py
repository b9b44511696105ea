"""Talking with a language model: the conversation, the reply, and whether it takes up the topic.

Knows LanguageModel and nothing of pages, files or how a model is found.
"""
