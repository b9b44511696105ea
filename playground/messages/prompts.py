"""Sentences about the language of prompts: weights, tags, styles, wildcards."""

from __future__ import annotations

from playground.messages import Text

ROWS: dict[str, Text] = {
    "field.picture_prompt": Text("프롬프트", "prompt"),
    "prompt.weight": Text(
        "‘{text}’의 세기가 너무 커요({weight}). {limit}을(를) 넘으면 그림이 망가져요. "
        "괄호 수를 줄이거나 (낱말:1.2)처럼 작은 수를 써 주세요. "
        "괄호를 글자로 쓰려면 앞에 \\를 붙이면 돼요.",
        "“{text}” has a weight of {weight}. Beyond {limit} nothing is left of a picture. Use fewer "
        "brackets or a small number, as in (word:1.2); a \\ before a bracket makes it text.",
    ),
    "prompt.long": Text(
        "스타일과 뽑은 낱말을 더하니 ‘{field}’ 칸의 글이 {length}자가 돼요. {limit}자까지만 그릴 "
        "수 있으니 스타일을 덜 고르거나 낱말 파일의 긴 줄을 줄여 주세요.",
        "With its styles and drawn words the {field} becomes {length} characters long. {limit} is "
        "the most that is read: choose fewer styles or shorten long lines of the word lists.",
    ),
    "prompt.network.kind": Text(
        "프롬프트에 쓴 {tag}에서 ‘{kind}’은(는) 모르는 종류예요. 쓸 수 있는 종류는 "
        "{known}뿐이니 그렇게 고쳐 주세요. 글자 그대로 쓰고 싶다면 < 앞에 \\를 붙여 주세요.",
        "“{kind}” in {tag} is of no known kind. Write one of these kinds: {known}; or put a \\ "
        "before the < to keep the tag as text.",
    ),
    "prompt.network.nameless": Text(
        "프롬프트에 쓴 {tag}에 이름이 없어서 무엇을 불러올지 알 수 없어요. <lora:이름:0.8>처럼 "
        "써 주세요. 글자 그대로 쓰고 싶다면 < 앞에 \\를 붙여 주세요.",
        "{tag} has no name, so there is nothing to load. Write it like <lora:name:0.8>, or put a "
        "\\ before the < to keep it as text.",
    ),
    "prompt.network.weight": Text(
        "‘{name}’의 세기로 쓴 ‘{value}’은(는) 쓸 수 없어요. 세기는 -{limit}부터 {limit} 사이의 "
        "숫자여야 해요. <lora:{name}:0.8>처럼 고쳐 주세요.",
        "“{value}” cannot be the weight of “{name}”. A weight is a number from -{limit} to "
        "{limit}: write it like <lora:{name}:0.8>.",
    ),
    "prompt.network.negative": Text(
        "‘빼고 싶은 것’ 칸에 {tag} 꼬리표가 있어요. 꼬리표는 프롬프트에서만 일하고 여기서는 "
        "아무 일도 못 해요. 프롬프트로 옮기거나 지워 주세요.",
        "The negative prompt holds the tag {tag}. Tags work in the prompt only and would do "
        "nothing here: move it to the prompt or delete it.",
    ),
    "prompt.style.unknown": Text(
        "‘{style}’ 스타일을 찾을 수 없어요. 스타일 파일에 없는 이름이에요. "
        "혹시 ‘{nearest}’을(를) 찾으셨나요?",
        "There is no style “{style}” in the styles file. Did you mean “{nearest}”?",
    ),
    "prompt.style.far": Text(
        "‘{style}’ 스타일을 찾을 수 없어요. 스타일 파일에 없는 이름이에요. 있는 것: {known}",
        "There is no style “{style}” in the styles file. There are: {known}",
    ),
    "prompt.style.none": Text(
        "‘{style}’ 스타일을 찾을 수 없어요. 스타일이 아직 하나도 없어요. "
        "styles.csv 파일을 만들거나 스타일 없이 그려 주세요.",
        "There is no style “{style}”: there are no styles yet. Make a styles.csv file or draw "
        "without a style.",
    ),
    "prompt.styles.columns": Text(
        "{file}의 {line}번째 줄에 칸 이름이 없어요. 어느 칸이 무엇인지 알 수 없으니 "
        "첫 줄을 name,prompt,negative_prompt로 써 주세요.",
        "Line {line} of {file} does not name the columns. Without names nobody knows what is what: "
        "make the first line name,prompt,negative_prompt.",
    ),
    "prompt.styles.cells": Text(
        "{file}의 {line}번째 줄에 칸이 {cells}개예요. 칸은 {columns}개뿐이니 쉼표에서 글이 잘린 것 "
        '같아요. 쉼표가 든 글은 "a, b"처럼 큰따옴표로 감싸 주세요.',
        "Line {line} of {file} has {cells} cells for {columns} columns. A comma has probably cut a "
        'text: put texts with commas in double quotes, like "a, b".',
    ),
    "prompt.styles.nameless": Text(
        "{file}의 {line}번째 줄에 스타일 이름이 없어요. 이름이 없으면 고를 수 없으니 이름을 쓰거나 "
        "줄 맨 앞에 #을 붙여 주세요.",
        "Line {line} of {file} has no style name. What has no name cannot be chosen: give it one, "
        "or begin the line with #.",
    ),
    "prompt.styles.quotes": Text(
        "{file}의 {line}번째 줄은 큰따옴표 짝이 맞지 않아서 빼고 읽었어요. 어디서 칸이 끝나는지 "
        '알 수 없으니 따옴표를 닫고, 글 안의 따옴표는 ""처럼 두 번 써 주세요.',
        "The double quotes in line {line} of {file} do not pair up, so nobody knows where a cell "
        'ends, and the line was left out. Close them; a quote inside a text is written twice, "".',
    ),
    "prompt.file.large": Text(
        "{file} 파일이 {limit_kb}KB보다 커요. 실수로 다른 파일을 넣은 것 같아 읽지 않았어요. "
        "여러 파일로 나누어 주세요.",
        "The file {file} is larger than {limit_kb} KB. It is probably not what it should be and "
        "was not read: split it into several files.",
    ),
    "prompt.file.binary": Text(
        "{file}의 {line}번째 줄에 글자가 아닌 것이 있어요. 글 파일이 아니거나 알 수 없는 방식으로 "
        "저장됐어요. 메모장에서 UTF-8로 다시 저장해 주세요.",
        "Line {line} of {file} holds something that is no text. It is no text file, or its "
        "encoding is unknown: save it again as UTF-8.",
    ),
    "prompt.wildcard.unknown": Text(
        "낱말 파일 ‘{name}’을(를) 찾을 수 없어요. wildcards 폴더에 {name}.txt 파일이 없어요. "
        "혹시 ‘{nearest}’을(를) 찾으셨나요? 글자 그대로 쓰려면 __ 앞에 \\를 붙이면 돼요.",
        "There is no word list “{name}”: the wildcards folder has no {name}.txt. "
        "Did you mean “{nearest}”? A \\ before the __ keeps it as text.",
    ),
    "prompt.wildcard.far": Text(
        "낱말 파일 ‘{name}’을(를) 찾을 수 없어요. wildcards 폴더에 {name}.txt 파일이 없고 비슷한 "
        "이름도 없어요. 파일을 넣거나 이름을 고쳐 주세요. 글자 그대로 쓰려면 __ 앞에 \\를 붙이면 "
        "돼요.",
        "There is no word list “{name}”: the wildcards folder has no {name}.txt, nor a name like "
        "it. Put the file there or mend the name; a \\ before the __ keeps it as text.",
    ),
    "prompt.wildcard.none": Text(
        "낱말 파일 ‘{name}’을(를) 찾을 수 없어요. wildcards 폴더가 비어 있어요. {name}.txt 파일에 "
        "낱말을 한 줄에 하나씩 써서 넣어 주세요. 글자 그대로 쓰려면 __ 앞에 \\를 붙이면 돼요.",
        "There is no word list “{name}”: the wildcards folder is empty. Put a file {name}.txt "
        "there with a word a line; a \\ before the __ keeps it as text.",
    ),
    "prompt.wildcard.path": Text(
        "‘{name}’은(는) 낱말 파일 이름으로 쓸 수 없어요. wildcards 폴더 안에 있는 파일만 쓸 수 "
        "있어요. 점(..)이나 맨 앞의 / 없이 이름만 써 주세요.",
        "“{name}” cannot name a word list. Only files inside the wildcards folder can be used: "
        "write the name alone, without .. or a leading /.",
    ),
    "prompt.wildcard.empty": Text(
        "낱말 파일 ‘{name}’에 낱말이 없어요. 뽑을 것이 없으니 파일에 낱말을 한 줄에 하나씩 써 "
        "주세요.",
        "The word list “{name}” has no words, so there is nothing to draw. Write a word a line.",
    ),
    "prompt.wildcard.deep": Text(
        "‘{text}’에서 낱말을 {limit}번 뽑았는데도 뽑을 것이 남아 있어요. 낱말 파일이 서로를 끝없이 "
        "부르는 것 같아요. 파일 안의 __이름__을 확인해 주세요.",
        "After {limit} rounds “{text}” still holds words to draw. Word lists seem to call each "
        "other without end: look at the __names__ inside them.",
    ),
    "prompt.wildcard.many": Text(
        "wildcards 폴더에 파일이 {limit}개 넘게 있어요. 다른 폴더를 고른 것 같아 멈추었어요. "
        "낱말 파일만 든 폴더를 써 주세요.",
        "The wildcards folder has more than {limit} files. It is probably the wrong folder: use "
        "one that holds word lists only.",
    ),
    "prompt.wildcard.other": Text(
        "낱말 파일 ‘{name}’을(를) 찾을 수 없어요. {file} 같은 YAML·JSON 모음은 읽지 않고, "
        "한 줄에 하나씩 쓴 글 파일만 읽어요. 그 안의 낱말을 {name}.txt 파일에 옮겨 주세요.",
        "There is no word list “{name}”. Collections in YAML or JSON such as {file} are not read, "
        "only text files with a word a line: move the words into a file {name}.txt.",
    ),
    "prompt.wildcard.wide": Text(
        "‘{name}’에 맞는 낱말 파일을 다 합치면 {limit_mb}MB가 넘어요. 한꺼번에 읽기에는 많으니 "
        "별표 앞뒤에 글자를 더 써서 좁혀 주세요.",
        "The word lists that fit “{name}” are larger than {limit_mb} MB together, too much to read "
        "at once. Write more letters around the star.",
    ),
    "prompt.lots.sampler": Text(
        "‘{text}’의 {sign} 표시는 여러 장에 걸쳐 차례로(@) 또는 빠짐없이(!) 뽑으라는 뜻인데, "
        "여기서는 그림마다 따로 뽑아서 할 수 없어요. {sign} 없이 써 주세요. 글자 그대로 쓰려면 "
        "{sign} 앞에 \\를 붙이면 돼요.",
        "The {sign} in “{text}” asks to draw in turn (@) or all of them (!) over many pictures. "
        "Here each picture draws by itself: write it without the {sign}, or put a \\ before it "
        "to keep it as text.",
    ),
    "prompt.lots.unread": Text(
        "‘{text}’은(는) 여기서 읽지 못하는 뽑기 표시예요. {{2$$a|b}}, {{0.5::a|b}}, __이름__, "
        "${{이름=값}}처럼 써 주세요. 글자 그대로 쓰려면 \\를 $나 {{ 앞에 붙이면 돼요.",
        "“{text}” is a kind of lot that is not read here. Write it like {{2$$a|b}}, "
        "{{0.5::a|b}}, __name__ or ${{name=value}}; a \\ before the $ or the {{ keeps it as text.",
    ),
    "prompt.variable.unknown": Text(
        "${{{name}}}에 넣을 값이 없어요. 그보다 앞에 ${{{name}=값}}을 쓰거나, ${{{name}:값}}처럼 "
        "값이 없을 때 쓸 말을 적어 주세요.",
        "${{{name}}} has no value. Write ${{{name}=value}} before it, or ${{{name}:value}} with "
        "what stands there without one.",
    ),
    "prompt.variants.weight": Text(
        "‘{text}’의 무게를 쓸 수 없어요. :: 앞의 수는 0부터 {limit} 사이여야 해요. 2::파란처럼 써 "
        "주세요.",
        "The weight in “{text}” cannot be used. The number before :: is from 0 to {limit}: write "
        "it like 2::blue.",
    ),
    "prompt.variants.many": Text(
        "{{…}} 안에서 {wanted}개를 뽑으라고 했는데 {limit}개까지만 뽑을 수 있어요. $$ 앞의 수를 "
        "줄여 주세요.",
        "A pair of braces {{…}} asks for {wanted} options; {limit} is the most. Lower the number "
        "before $$.",
    ),
    "prompt.variants.few": Text(
        "{{…}} 안에서 {wanted}개를 뽑으라고 했는데 고를 것이 {options}개뿐이에요. "
        "$$ 앞의 수를 줄이거나 |로 나눈 것을 늘려 주세요.",
        "A pair of braces {{…}} asks for {wanted} options but has {options}. Lower the number "
        "before $$ or add options behind a |.",
    ),
}
