"""A model of SD 1.5's layout whose text encoder was taught Korean is spoken to in Korean."""

from __future__ import annotations

import dataclasses
import shutil

import pytest

from models.library import Library
from pipelines.bridge import prompt_for
from pipelines.contract.cancel import NEVER
from pipelines.contract.painter import Hooks
from pipelines.contract.phrase import Phrase
from pipelines.contract.prompt_language import SAMPLE
from pipelines.image.families import PromptLanguage
from pipelines.image.memory.device import DeviceOptions
from pipelines.painter.diffusers_painter import DiffusersPainter
from tests.pipelines.image.shelf import FROM_TEXT
from tests.tiny import byte_vocabulary

PHRASE = Phrase("고양이가 바다에서 춤을 춘다", "a cat dances in the sea", (), "typed")


def korean_tokenizer():
    """CLIP's kind of tokenizer with every syllable of the sample as one token."""
    from transformers import CLIPTokenizer

    names = byte_vocabulary()
    by_byte = {}
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in printable]
    by_byte = {byte: chr(byte) for byte in printable}
    by_byte |= {byte: chr(256 + number) for number, byte in enumerate(others)}
    merges: dict[tuple[str, str], None] = {}
    for syllable in sorted({one for text in SAMPLE for one in text if "가" <= one <= "힣"}):
        first, second, third = (by_byte[byte] for byte in syllable.encode())
        for pair in ((first, second), (first + second, third), (first + second, third + "</w>")):
            merges[pair] = None
    vocabulary = {name: number for name, number in names.items() if not name.startswith("<|")}
    for one, other in merges:
        vocabulary.setdefault(one + other, len(vocabulary))
    for special in ("<|startoftext|>", "<|endoftext|>"):
        vocabulary[special] = len(vocabulary)
    return CLIPTokenizer(vocab=vocabulary, merges=list(merges), model_max_length=77)


@pytest.fixture(scope="module")
def library(shelf, tmp_path_factory):
    from transformers import CLIPTextConfig, CLIPTextModel

    shelf.load("sd15-folder")
    folder = tmp_path_factory.mktemp("korean") / "hangul"
    shutil.copytree(shelf.folder / "sd15-folder", folder)
    tokenizer = korean_tokenizer()
    shutil.rmtree(folder / "tokenizer")
    tokenizer.save_pretrained(folder / "tokenizer")
    config = CLIPTextConfig.from_pretrained(folder / "text_encoder")
    config.vocab_size = len(tokenizer)
    config.bos_token_id, config.eos_token_id = tokenizer.bos_token_id, tokenizer.eos_token_id
    shutil.rmtree(folder / "text_encoder")
    CLIPTextModel(config).eval().save_pretrained(folder / "text_encoder")
    library = Library([shelf.folder, folder.parent])
    library.families, library.known = shelf.library.families, shelf.library.known
    return library


@pytest.mark.parametrize(
    ("model", "language", "prompt"),
    [
        ("hangul", PromptLanguage.KOREAN, PHRASE.ko),
        ("sd15-folder", PromptLanguage.ENGLISH, prompt_for(PHRASE, PromptLanguage.ENGLISH)),
    ],
)
def test_a_model_gets_the_language_it_reads(library, model, language, prompt):
    painter = DiffusersPainter(library, DeviceOptions(use_cpu=True))
    request = dataclasses.replace(FROM_TEXT, phrase=PHRASE, model=model)
    assert painter.known(model).reads is PromptLanguage.ENGLISH
    picture = painter.draw(request, Hooks(lambda _event: None, NEVER))
    assert picture.prompt == prompt
    assert painter.known(model).reads is language
    assert painter._model_cache.peek(model).family.language is language
