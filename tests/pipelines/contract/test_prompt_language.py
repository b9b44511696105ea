"""Whether a text encoder reads Korean is measured on its tokenizer."""

from __future__ import annotations

from models.tokenizer import read_merges, vocabulary
from pipelines.bridge.budget import SHIPPED
from pipelines.contract.prompt_language import SAMPLE, reads_korean


def test_clip_does_not_read_korean():
    from transformers import CLIPTokenizer

    merges = read_merges(SHIPPED)
    clip = CLIPTokenizer(vocab=vocabulary(merges), merges=merges)
    encode = lambda text: clip(text, add_special_tokens=False)["input_ids"]  # noqa: E731
    assert not reads_korean(encode, clip.decode)
    tokens = sum(len(encode(sentence)) for sentence in SAMPLE)
    syllables = sum("가" <= letter <= "힣" for sentence in SAMPLE for letter in sentence)
    assert tokens > 1.8 * syllables


def test_a_tokenizer_that_learnt_korean_does():
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

    made = Tokenizer(models.BPE(unk_token="<unk>"))  # noqa: S106
    made.pre_tokenizer = pre_tokenizers.Metaspace()
    made.decoder = decoders.Metaspace()
    made.train_from_iterator(SAMPLE, trainers.BpeTrainer(vocab_size=200, special_tokens=["<unk>"]))
    assert reads_korean(lambda text: made.encode(text).ids, made.decode)


def test_a_tokenizer_that_knows_no_hangul_does_not():
    assert not reads_korean(lambda text: [0, 0], lambda numbers: "<unk> <unk>")
    assert not reads_korean(lambda text: [], lambda numbers: "")
