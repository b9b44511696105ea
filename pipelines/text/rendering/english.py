"""Just enough English: articles, plurals and verb forms for the glosses of the lexicon.

Knows spelling rules and the exceptions that a lexicon line carries. Does not know Korean.
"""

from __future__ import annotations

import re

from pipelines.text.lexicon import Category, Counter, Noun, Verb

# "pair of socks" is one thing made of socks; before another noun only "socks" is said
CONTAINERS = frozenset("pair set bowl cup glass slice loaf bar roll bunch pile".split())
# other places are "in"
ON_TOP = frozenset(
    ("rooftop", "desert island", "snowfield", "balcony", "motorway", "zebra crossing")
)
# written with a vowel, said with a consonant, and the other way round
SOUNDS_LIKE_CONSONANT = re.compile(r"(?:uni|use|eu|one\b|once|ukulele)", re.IGNORECASE)
SOUNDS_LIKE_VOWEL = re.compile(r"(?:hour|honest|honour|heir)", re.IGNORECASE)


def with_article(words: str) -> str:
    """Put "a" or "an" before the words.

    >>> with_article("octopus"), with_article("unicorn"), with_article("hourglass")
    ('an octopus', 'a unicorn', 'an hourglass')
    """
    is_vowel = words[:1].lower() in "aeiou" and not SOUNDS_LIKE_CONSONANT.match(words)
    return f"{'an' if is_vowel or SOUNDS_LIKE_VOWEL.match(words) else 'a'} {words}"


def pluralise(gloss: str) -> str:
    """Return the plural by rule, of the head noun of the gloss.

    >>> pluralise("sneeze"), pluralise("belly button"), pluralise("pair of socks")
    ('sneezes', 'belly buttons', 'pairs of socks')
    >>> pluralise("berry"), pluralise("fox"), pluralise("monkey")
    ('berries', 'foxes', 'monkeys')
    """
    head, of, rest = gloss.partition(" of ")
    if head.endswith("fish"):
        return gloss
    if re.search(r"[^aeiou]y$", head):
        head = head[:-1] + "ie"
    elif re.search(r"(?:s|x|z|ch|sh)$", head):
        head += "e"
    return f"{head}s{of}{rest}"


def short(noun: Noun) -> str:
    """Return the gloss as it stands before another noun: "socks" for "pair of socks"."""
    head, of, rest = noun.en.partition(" of ")
    return rest if of and head in CONTAINERS else noun.en


def singular(noun: Noun, *modifiers: str) -> str:
    """Return one of it with the article that the noun takes."""
    words = " ".join((*modifiers, noun.en))
    if noun.article == "a":
        return with_article(words)
    return f"{noun.article} {words}".strip()


def definite(noun: Noun, *modifiers: str) -> str:
    """Return it with "the", unless it is a name or a mass like Monday or love."""
    words = " ".join((*modifiers, noun.en))
    return words if noun.article == "" else f"the {words}"


def inside(noun: Noun) -> str:
    """Return where it happens: "in the kitchen", "on the rooftop", "in Antarctica"."""
    return f"{'on' if noun.en in ON_TOP else 'in'} {definite(noun)}"


def bare(noun: Noun, *modifiers: str) -> str:
    """Return it without an article, as it is called out."""
    return " ".join((*modifiers, short(noun)))


def several(noun: Noun, *modifiers: str) -> str:
    """Return many of it: the plural, or the word itself for a mass.

    >>> from pipelines.text.lexicon import Category
    >>> several(Noun("하마", "hippo", Category.ANIMAL), "shy")
    'shy hippos'
    """
    if noun.article == "the":
        return f"the {' '.join((*modifiers, noun.en))}"
    return " ".join((*modifiers, plural(noun) if noun.article == "a" else noun.en))


def stuff(noun: Noun, *modifiers: str) -> str:
    """Return it as something that can be measured out: three litres of sound, or of hippos."""
    if noun.cat is Category.SENSATION:
        return " ".join((*modifiers, noun.en))
    return several(noun, *modifiers)


def plural(noun: Noun) -> str:
    """Return the plural of the gloss; a portion becomes what it is a portion of."""
    return noun.plural or (short(noun) if short(noun) != noun.en else pluralise(noun.en))


def count(number: str, counter: Counter) -> str:
    """Return the number with its counter: "three spoonfuls"."""
    if number == "one":
        return f"one {counter.en}"
    return f"{number} {counter.plural or pluralise(counter.en)}"


def third(verb: Verb) -> str:
    """Return the form after she, he or it.

    >>> third(Verb("씻다", "wash its face", "i", ())), third(Verb("울다", "cry", "i", ()))
    ('washes its face', 'cries')
    """
    if verb.third:
        return verb.third
    first, space, rest = verb.en.partition(" ")
    if first in ("go", "do"):
        return f"{first}es{space}{rest}"
    return pluralise(first) + space + rest


def past(verb: Verb) -> str:
    """Return the past by rule unless the lexicon knows better.

    >>> past(Verb("굽다", "bake", "t", ())), past(Verb("울다", "cry", "i", ()))
    ('baked', 'cried')
    """
    if verb.past:
        return verb.past
    first, space, rest = verb.en.partition(" ")
    if re.search(r"[^aeiou]y$", first):
        first = first[:-1] + "i"
    return f"{first}{'d' if first.endswith('e') else 'ed'}{space}{rest}"


def ing(verb: Verb) -> str:
    """Return the -ing form by rule unless the lexicon knows better.

    >>> ing(Verb("춤추다", "dance", "i", ())), ing(Verb("눕다", "lie down", "i", ()))
    ('dancing', 'lying down')
    """
    if verb.ing:
        return verb.ing
    first, space, rest = verb.en.partition(" ")
    if first.endswith("ie"):
        first = first[:-2] + "y"
    elif first.endswith("e") and not first.endswith("ee"):
        first = first[:-1]
    return f"{first}ing{space}{rest}"


def sentence(text: str) -> str:
    """Begin each sentence with a capital when the text is punctuated as sentences.

    >>> sentence("freedom? a sticky hippo!"), sentence("love is a kind bone")
    ('Freedom? A sticky hippo!', 'love is a kind bone')
    """
    if not text.endswith((".", "!", "?")):
        return text
    return re.sub(r"(?:^|(?<=[.!?] ))[a-z]", lambda match: match[0].upper(), text)
