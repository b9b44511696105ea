"""Open a folder with a translation model: offline, safetensors only, on the CPU.

Weights were hashed and compared with their pins by models/library.py before; what the folder is
and what it lacks is found by models/translator_folder.py. Nothing is ever downloaded here.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from models.small_file import read_json_object
from models.text_folder import WEIGHTS
from models.translator_folder import (
    M2M100,
    VOCABULARY,
    TranslatorConfig,
    probe_translator_folder,
    read_translator_config,
)
from pipelines.contract.build_lock import building
from pipelines.contract.errors import LanguageModelError
from pipelines.contract.reasons import is_panic, reason_of
from pipelines.text.translation.neural import Marks, NeuralTranslator, TextCodec
from pipelines.text.translation.sentencepieces import read_pieces, tokenizer

MAX_VOCABULARY_BYTES = 40_000_000
# the order in which M2M100 numbers its languages, after its pieces (fairseq)
LANGUAGES = (
    "af am ar ast az ba be bg bn br bs ca ceb cs cy da de el en es et fa ff fi fr fy ga gd gl gu "
    "ha he hi hr ht hu hy id ig ilo is it ja jv ka kk km kn ko lb lg ln lo lt lv mg mk ml mn mr "
    "ms my ne nl no ns oc or pa pl ps pt ro ru sd si sk sl so sq sr ss su sv sw ta th tl tn tr uk "
    "ur uz vi wo xh yi yo zh zu"
).split()


def load(folder: Path, name: str) -> NeuralTranslator:
    """Return the translator of a folder.

    Raises:
        ModelFileError, LanguageModelError: it is none, or its parts do not fit; says why.
    """
    config = read_translator_config(folder)
    probe_translator_folder(folder)
    with building():
        try:
            vocabulary = _vocabulary(folder, config)
            network = _network(folder, name, config)
        except (OSError, ValueError, TypeError, KeyError, RuntimeError) as error:
            reason = reason_of(error, folder)
            raise LanguageModelError("translator.load", model=name, reason=reason) from error
        except BaseException as error:
            if not is_panic(error):
                raise
            raise LanguageModelError(
                "translator.load", model=name, reason=reason_of(error)
            ) from error
    return NeuralTranslator(name, network, vocabulary)


def _vocabulary(folder: Path, config: TranslatorConfig) -> TextCodec:
    table = read_json_object(folder / VOCABULARY, MAX_VOCABULARY_BYTES)
    rows = config.sizes["vocab_size"]
    if not all(isinstance(number, int) and 0 <= number < rows for number in table.values()):
        raise ValueError(f"{VOCABULARY}: numbers outside of 0..{rows - 1}")
    return TextCodec(tokenizer(read_pieces(folder / config.pieces)), table, _marks(table, config))


def _marks(table: dict[str, int], config: TranslatorConfig) -> Marks:
    """Return the tokens that begin and end: those of the vocabulary, and M2M100's languages."""
    end = table["</s>"]
    unknown = table["<unk>"]
    most = config.sizes["max_position_embeddings"]
    if config.kind != M2M100:
        return Marks((), (end,), None, unknown, end, most)
    korean, english = (len(table) + LANGUAGES.index(code) for code in ("ko", "en"))
    if max(korean, english) >= config.sizes["vocab_size"]:
        raise ValueError(f"no room for {len(LANGUAGES)} languages after {len(table)} pieces")
    return Marks((korean,), (end,), english, unknown, end, most)


def _network(folder: Path, name: str, config: TranslatorConfig) -> Any:
    """Return transformers' model in fp32."""
    import transformers

    from pipelines.text.network import build_network

    kind: Any = transformers.MarianMTModel
    made: Any = transformers.MarianConfig
    if config.kind == M2M100:
        kind, made = transformers.M2M100ForConditionalGeneration, transformers.M2M100Config
    files = sorted(folder.glob(WEIGHTS))
    network = build_network(kind, made(**config.sizes, **config.settings), files, name)
    network.generation_config.bad_words_ids = [list(row) for row in config.banned] or None
    return network
