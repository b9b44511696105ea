"""Find addresses of people in a line: links, e-mails, names in services, passports.

Knows how they are written in Korea, dodges included. Every repetition has a bound, so that no line
makes a pattern go back and forth for ever.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.text.corpus.private import Private

LONGEST = 20_000  # characters of one link, a whole line: half a link may hold the secret half
# endings that make a link of bare words; others need a path behind them
_TLD = (
    "com|net|org|kr|jp|cn|us|uk|de|fr|eu|info|biz|app|dev|shop|store|xyz|site|online|blog|page"
    "|link|live|club|edu|gov|mil|asia|mobi|name|pro|tech|top|wiki|cafe|studio|games?"
)
_ANY_TLD = rf"(?:{_TLD}|[a-z]{{2,6}})"
_LABEL = r"[a-z0-9](?:[a-z0-9_-]{0,61})"
_DOT = r"(?: ?\. ?| ?[(\[{](?:dot|닷|점|쩜|\.)[)\]}] ?| ?(?:닷|쩜|점) ?| dot )"
_AT = r" ?(?:@|[(\[{<] ?(?:at|@|앳|골뱅이) ?[)\]}>]|골뱅이|앳)(?! ?무침) ?| at (?=\S{1,60} dot )"
_PROVIDER = (
    "네이버|지메일|쥐메일|구글|다음|한메일|네이트|카카오|핫메일|야후|아웃룩|아이클라우드|라이코스"
    "|naver|gmail|daum|hanmail|nate|kakao|hotmail|outlook|icloud|yahoo"
)
_COM = "컴|com|넷|net|코|co|케이알|kr"
_DOMAIN = (
    rf"(?:{_LABEL}(?:(?:\.|(?!\.){_DOT}){_LABEL}){{0,3}}(?:\.{_LABEL}|{_DOT}(?:{_TLD}|{_COM}))"
    rf"(?:\.{_LABEL}){{0,2}}|(?:{_PROVIDER})(?:{_DOT}(?:{_COM})(?:{_DOT}(?:{_COM}))?)?|{_LABEL}"
    rf"(?![a-z0-9가-힣]))"
)
_LOCAL = r"(?<![a-z0-9._%+-])[a-z0-9._%+-]{1,64}"
_SERVICE = (
    "카카오톡|카톡|오픈채팅|오픈톡|인스타그램|인스타|텔레그램|텔레|라인|트위터|디스코드|디코"
    "|스냅챗|위챗"
    "|페이스북|페북|틱톡|스레드|kakao(?:talk)?|insta(?:gram)?|telegram|line|discord|wechat|snapchat"
)

# in this order: an e-mail has a bare link in it
ADDRESSES: tuple[tuple[Private, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (Private.LINK, rf"(?:(?:h(?:tt|xx)ps?|ftp) ?: ?//|www\.)\S{{1,{LONGEST}}}"),
        (Private.EMAIL, rf"{_LOCAL}(?:{_AT}){_DOMAIN}"),
        (
            Private.EMAIL,  # a name in Hangul, at a provider or an address that is one for certain
            rf"[가-힣][가-힣0-9a-z._-]{{0,30}}(?:@ ?(?:{_LABEL}\.(?:{_TLD})(?![a-z])"
            rf"|(?:{_PROVIDER}))"
            rf"| ?골뱅이 ?(?:{_PROVIDER}){_DOT}(?:{_COM}))",
        ),
        (
            Private.LINK,
            rf"(?<![a-z0-9@._-]){_LABEL}(?:\.{_LABEL}){{0,4}}"
            rf"(?:\.(?:{_TLD})(?![a-z0-9_.-]{{0,1}}[a-z0-9])(?:[/?#:]\S{{0,{LONGEST}}})?"
            rf"|\.{_ANY_TLD}/(?=\S)\S{{1,{LONGEST}}})",
        ),
        (
            Private.LINK,
            rf"(?<![a-z0-9@._-])(?:{_LABEL} ?\\. ?){{0,3}}(?:{_LABEL}|네이버|다음"
            rf"|구글)(?: ?(?:쩜|닷) ?"
            rf"|[(\[](?:dot|닷|점|쩜)[)\]]"
            rf"|점| \. ?| dot )(?:com|net|org|co[. ]kr|kr|ly|me|컴"
            rf"|넷)(?![a-z가-힣])(?:/\S{{1,{LONGEST}}})?",
        ),
        (
            Private.HANDLE,
            rf"(?:{_SERVICE})(?: ?(?:아이디|계정|주소|id|ID))?(?:는|은|가)? ?[:=@]{{0,1}} ?@?"
            r"(?P<value>(?=[a-z0-9._-]{0,40}[a-z])(?=[a-z_.-]{0,40}[0-9_])[a-z0-9][a-z0-9._-]{3,40})"
            r"(?![a-z0-9])",
        ),
        (
            Private.HANDLE,  # a name with its number, as Discord had them
            rf"(?:{_SERVICE})(?: ?(?:아이디|계정|id))?(?:는|은)?[ :=]{{0,3}}"
            r"(?P<value>[가-힣a-z0-9][가-힣a-z0-9._-]{1,30}#\d{4})(?!\d)",
        ),
        (
            Private.HANDLE,
            rf"(?:(?:{_SERVICE}) ?(?:아이디|계정|id)|아이디)(?:는|은|가)? ?[:=]{{0,1}} ?@?"
            r"(?P<value>[a-z0-9][a-z0-9._-]{3,40})(?![a-z0-9])",
        ),
        (Private.HANDLE, r"(?<![a-z0-9._%+@-])(?P<value>@[a-z0-9][a-z0-9._]{2,40})(?![a-z0-9@])"),
        (
            Private.PASSPORT,
            r"(?<![a-z0-9])(?:[MSROGD] ?\d{3} ?[A-Z] ?\d{4}|(?:M|S|PM|PS) ?-?\d{8})(?![a-z0-9])",
        ),
        (
            Private.PASSPORT,
            r"(?:여권|passport)[^0-9a-z]{0,16}(?:no\.? ?)?(?P<value>[A-Z]{1,2} ?-?\d[0-9A-Z]{6,8})"
            r"(?![a-z0-9])",
        ),
    )
)


def spans(kind_of: re.Pattern[str], line: str) -> Iterator[tuple[int, int]]:
    """Yield where a pattern holds; its group `value`, where it has one, is what goes."""
    group = "value" if "value" in kind_of.groupindex else 0
    for found in kind_of.finditer(line):
        yield found.span(group)
