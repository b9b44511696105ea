"""The novel: a story that grows sentence by sentence, ten candidates a round.

story.py keeps it, rounds.py asks a LanguageModel for candidates, novelty.py and rank.py choose
among them, skeleton.py says which sentences are the same but for their words.
"""
