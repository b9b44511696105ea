"""Opening language model folders: KoGPT2's layout loads, whatever would lose Korean does not."""

from __future__ import annotations

import json

import pytest

from models.errors import ModelFileError
from pipelines.contract.cancel import CancelToken
from pipelines.contract.errors import Cancelled, LanguageModelError
from pipelines.text.neural import load
from pipelines.text.neural.transcript import Marked, question_prompt
from pipelines.text.neural.vocabulary import read_vocabulary
from tests.tiny_language import SPECIAL, make_folder

README = "안녕하세요. 한국어 GPT-2 입니다.😤:)l^o"


def refusal(folder, **options):
    with pytest.raises((ModelFileError, LanguageModelError)) as caught:
        load(folder, folder.name, **options)
    return caught.value


def edit(folder, change):
    path = folder / "tokenizer.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(json.dumps(data), encoding="utf-8")


def rename(data, old, new):
    data["model"]["vocab"][new] = data["model"]["vocab"].pop(old)
    next(one for one in data["added_tokens"] if one["content"] == old)["content"] = new


def test_kogpt2_layout_keeps_hangul_and_its_vocabulary(tiny):
    words = tiny.vocabulary
    assert words.size == 51_200 == len(words.tokenizer)
    assert words.end_id == words.tokenizer.eos_token_id == words.tokenizer.bos_token_id == 1
    assert words.tokenizer.pad_token_id == SPECIAL.index("<pad>")
    assert words.decode(words.encode(README)).strip() == README
    assert tiny.licence == "CC-BY-NC-SA-4.0" and tiny.parameters > 800_000


def test_auto_tokenizer_would_lose_hangul(tiny_language):
    from transformers import AutoTokenizer

    found = AutoTokenizer.from_pretrained(str(tiny_language), local_files_only=True)
    assert len(found) == 51_201 and "사랑" not in found.decode(found("사랑은")["input_ids"])


def test_folder_that_drops_hangul_is_refused(tmp_path):
    error = refusal(make_folder(tmp_path / "deaf", drops_hangul=True))
    assert error.key == "language.drops_hangul"
    assert error.values["sentence"] == "안녕하세요." and "안녕" not in error.values["found"]


def test_vocabulary_larger_than_the_model_is_refused(tmp_path):
    error = refusal(make_folder(tmp_path / "mixed", rows=51_000))
    assert (error.key, error.values["tokens"], error.values["rows"]) == (
        "language.vocabulary",
        51_200,
        51_000,
    )


def test_rows_without_a_token_are_never_written(tmp_path):
    model = load(make_folder(tmp_path / "padded", vocab=600, rows=700), "padded", use_cpu=True)
    log_probs = model.next_log_probs([[1]])
    assert log_probs.shape == (1, 700) and bool(
        (log_probs[0, model.vocabulary.size :] < -1e9).all()
    )


def test_pickle_is_never_opened(tmp_path):
    folder = make_folder(tmp_path / "old", vocab=600)
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    error = refusal(folder)
    assert (error.key, error.values["file"]) == ("language.pickle", "pytorch_model.bin")


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (lambda data: data["model"].pop("vocab"), "language.tokenizer"),
        (lambda data: data["model"].update(vocab=[]), "language.tokenizer"),
        (lambda data: data["model"]["merges"].append(["▁", "없는글자"]), "language.tokenizer"),
        (
            lambda data: data["model"]["vocab"].pop("</s>") and data["added_tokens"].pop(1),
            "language.no_end",
        ),
    ],
)
def test_broken_tokenizer_is_refused(tmp_path, change, key):
    folder = make_folder(tmp_path / "broken", vocab=600)
    edit(folder, change)
    assert refusal(folder).key == key


@pytest.mark.parametrize("text", ["", "{", "[]", '{"model": null}', "\x00\xff"])
def test_file_that_is_no_tokenizer_is_refused(tmp_path, text):
    folder = make_folder(tmp_path / "broken", vocab=600)
    (folder / "tokenizer.json").write_text(text, encoding="utf-8")
    assert refusal(folder).key == "language.tokenizer"


def test_missing_tokenizer_is_refused(tmp_path):
    folder = make_folder(tmp_path / "broken", vocab=600)
    (folder / "tokenizer.json").unlink()
    assert refusal(folder).key == "language.no_tokenizer"


def test_numbers_that_do_not_fit_together_are_a_sentence(tmp_path):
    folder = make_folder(tmp_path / "odd", vocab=600, config={"n_head": 3})
    assert refusal(folder).key == "language.load"


def test_stop_is_heard_before_the_weights_are_read(tmp_path):
    with pytest.raises(Cancelled):
        load(make_folder(tmp_path / "slow", vocab=600), "slow", CancelToken(lambda: True))


def test_only_a_marked_text_has_marks(tiny):
    words = tiny.vocabulary
    typed = words.encode("<usr>안녕</s>")
    assert not {2, 4, words.end_id} & set(typed) and "안녕" in words.decode(typed)
    asked = words.encode(question_prompt("<sys>안녕", 2))
    assert [number for number in asked if number < 109] == [2, 10, 4]  # usr, unused1, sys
    assert words.decode(asked).startswith(" (sys)안녕")


def test_mark_that_the_vocabulary_lacks_is_a_sentence(tmp_path):
    folder = make_folder(tmp_path / "quiet", vocab=600)

    def drop(data):
        rename(data, "<unused1>", "<nothing>")

    edit(folder, drop)
    words = read_vocabulary(folder, "quiet")
    with pytest.raises(LanguageModelError) as caught:
        words.encode(Marked("<usr>안녕<unused1>0<sys>"))
    assert caught.value.values["mark"] == "<unused1>"


def byte_level(tmp_path, token=""):
    """Write a byte-level vocabulary, as GPT-2's own, with one token of two syllables' halves."""
    from tests.tiny import byte_vocabulary

    letters = [name for name in byte_vocabulary() if not name.endswith("</w>")][:256]
    names = ["<s>", "</s>", "<unk>", "<pad>", *letters]
    data = {
        "version": "1.0", "truncation": None, "padding": None,
        "added_tokens": [
            {"id": number, "content": names[number], "single_word": False, "lstrip": False,
             "rstrip": False, "normalized": False, "special": True}
            for number in range(4)
        ],
        "normalizer": None,
        "pre_tokenizer": {
            "type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True
        },
        "post_processor": None,
        "decoder": {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True,
                    "use_regex": True},
        "model": {"type": "BPE", "dropout": None, "unk_token": None,
                  "continuing_subword_prefix": None, "end_of_word_suffix": None, "fuse_unk": False,
                  "byte_fallback": False, "merges": [],
                  "vocab": {name: number for number, name in enumerate(names)}},
    }  # fmt: skip
    folder = make_folder(tmp_path / "bytes", vocab=600)
    (folder / "tokenizer.json").write_text(json.dumps(data), encoding="utf-8")
    return folder


def test_byte_level_vocabulary_never_shows_half_a_syllable(tmp_path):
    words = read_vocabulary(byte_level(tmp_path), "bytes")
    ids = words.encode("사랑 뼈")
    assert words.decode(ids) == "사랑 뼈"
    assert words.decode(ids[:4]) == "사" and words.decode(ids[1:3]) == ""
    assert words.begins_eojeol[ids[6]] and not words.begins_eojeol[ids[0]]


def test_weights_that_are_no_numbers_are_refused(tmp_path):
    from safetensors.torch import load_file, save_file

    folder = make_folder(tmp_path / "nan", vocab=600)
    path = folder / "model.safetensors"
    for value in (float("nan"), float("inf")):
        tensors = {name: tensor.clone() for name, tensor in load_file(path).items()}
        name = sorted(tensors)[3]
        tensors[name].view(-1)[0] = value
        save_file(tensors, path)
        error = refusal(folder)
        assert error.key == "language.not_finite"
        assert str(error.values["tensor"]).endswith(name.removeprefix("transformer."))


def test_what_a_config_asks_for_besides_sizes_is_not_there(tmp_path):
    folder = make_folder(
        tmp_path / "odd",
        vocab=600,
        config={
            "auto_map": {"AutoModelForCausalLM": "evil.Model"}, "_name_or_path": "/etc",
            "activation_function": "os.system", "attn_implementation": "evil", "n_head": 2,
            "layer_norm_epsilon": "x", "scale_attn_weights": 3, "eos_token_id": 1 << 40,
        },
    )  # fmt: skip
    (folder / "adapter_config.json").write_text('{"peft_type": "LORA"}', encoding="utf-8")
    (folder / "generation_config.json").write_text("{broken", encoding="utf-8")
    config = load(folder, "odd", use_cpu=True).network.config
    assert config.activation_function == "gelu_new" and config.eos_token_id is None
    assert not hasattr(config, "auto_map") and config.layer_norm_epsilon == 1e-5


def test_quantised_folder_is_a_sentence(tmp_path):
    folder = make_folder(
        tmp_path / "small", vocab=600, config={"quantization_config": {"quant_method": "bnb"}}
    )
    assert refusal(folder).key == "language.quantised"
