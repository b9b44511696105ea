"""A1111's prompt language as pure functions of text: no model, no torch, standard library only.

What happens to a prompt, in order:

    comments.py      `# a note` goes away; `#ff0000` stays
    styles.py        named snippets of styles.csv are put around it
    wildcards.py     `__animal__` and `{red|blue}` are drawn by a seed     expand.py joins these
    networks.py      `<lora:name:0.8>` is taken out                        four, once per picture

    composition.py   `a AND b :1.2` becomes weighted parts
    editing.py       `[cat:dog:0.4]` and `[cat|dog]` become texts over the steps
    attention.py     `(word:1.2)` and BREAK become weighted_text.py, ready for the tokenizer

escape.py writes a text so that none of the
above finds anything in it.
"""
