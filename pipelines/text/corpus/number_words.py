"""Tables of what numbers look like in Korea: area codes, banks, and the words around them.

Area codes and services: the numbering plan of the Ministry of Science and ICT. Shapes of accounts:
the lists that banks publish for transfers. Checks: ISO/IEC 7812 (Luhn), ISO 2108 (ISBN), and the
National Tax Service for business numbers.
"""

from __future__ import annotations

import re

AREA = re.compile(r"0(?:2|3[1-3]|4[1-4]|5[1-5]|6[1-4])")
NETWORK = re.compile(r"0(?:[678]0|[35]0\d|13\d)")  # internet, relay and toll-free numbers
SERVICE = frozenset(
    "1522 1533 1544 1551 1555 1566 1577 1588 1599 1600 1644 1660 1661 1666 1668 1670 1688 1800 "
    "1811 1833 1855 1877 1899".split()
)
# shapes of accounts that blanks alone hold together; one of six digits or more needs no entry here
ACCOUNT_SHAPES = frozenset({(3, 4, 4, 4, 1), (3, 4, 4, 4, 2), (3, 4, 4, 2), (3, 4, 4, 1)})

PHONE_WORDS = re.compile(
    r"전화|연락|핸드폰|휴대폰|폰번|폰 번|내선|팩스|고객센터|콜센터|상담|문의|대표번호|번호는|☎"
    r"|📞|📱"
    r"|\b(?:tel|fax|phone|call|mobile)\b",
    re.IGNORECASE,
)
RESIDENT_WORDS = re.compile(r"주민|주번|민증|외국인등록|등록번호|생년월일")
LICENCE_WORDS = re.compile(r"면허")
BUSINESS_WORDS = re.compile(r"사업자")
PASSPORT_WORDS = re.compile(r"여권|passport", re.IGNORECASE)
BANK_WORDS = re.compile(
    r"은행|뱅크|계좌|입금|송금|이체|예금|통장|농협|카뱅|케뱅|우체국|새마을|신협|수협|저축|증권"
    r"|(?:신한|국민|우리|하나|기업|토스|카카오|제일|씨티|대구|부산|광주|전북|경남|제주|산업"
    r"|SC|KB|NH|IBK|KEB|KDB)[^가-힣0-9]{0,4}$",
    re.IGNORECASE,
)
# numbers of things, not of people
THING_WORDS = re.compile(
    r"주문|운송장|송장|등기번호|예약|접수|일련|바코드|상품|제품|모델|시리얼|문서|조회|구독|좋아요"
    r"|관리번호|고유번호|원주율|파이|로또|쿠폰|버전|빌드|품번|승인번호|거래번호|티켓|도서"
    r"|π|\b(?:isbn|issn|ver|version|build|serial|order|pi|no)\b|v\.?\s?$",
    re.IGNORECASE,
)
# what is counted: "12345678901원" is a price
_UNIT = (
    "원|달러|엔|위안|유로|년|년대|년생|회|명|개|번째|뷰|톤|km|kg|cm|mm|ml|[kmgt]b|bytes?|%|퍼센트"
    "|바이트|초|분|시간|세기|광년|킬로|미터|그램|리터|비트|픽셀|자리|걸음|보"
)
UNIT_AFTER = re.compile(
    rf"\s?[만억조천백]{{0,2}}\s?(?:{_UNIT})(?=[은는이가을를도에과와짜으로씩]|[^가-힣A-Za-z]|$)"
    r"|\s?[억조](?![가-힣])",
    re.IGNORECASE,
)
MONEY_BEFORE = re.compile(r"(?:[₩￦$€£¥]|USD|KRW)\s?$")


def is_luhn(digits: str) -> bool:
    """Say whether the last digit is the check digit of a card number.

    >>> is_luhn("4000000000000002"), is_luhn("4000000000000003")
    (True, False)
    """
    total = 0
    for place, char in enumerate(reversed(digits)):
        value = int(char) * (1 + place % 2)
        total += value - 9 * (value > 9)
    return total % 10 == 0


def is_isbn(digits: str) -> bool:
    """Say whether these are 13 digits of a book.

    >>> is_isbn("9788937460449"), is_isbn("9788937460440")
    (True, False)
    """
    if len(digits) != 13 or digits[:3] not in ("978", "979"):
        return False
    return sum(int(char) * (1 + 2 * (place % 2)) for place, char in enumerate(digits)) % 10 == 0


def is_business(digits: str) -> bool:
    """Say whether ten digits carry the check digit of a business number.

    >>> is_business("1234567891"), is_business("1234567890")
    (True, False)
    """
    total = sum(int(char) * weight for char, weight in zip(digits, (1, 3, 7, 1, 3, 7, 1, 3, 5),
                                                           strict=False))  # fmt: skip
    total += int(digits[8]) * 5 // 10
    return (10 - total % 10) % 10 == int(digits[9])


def is_day(digits: str) -> bool:
    """Say whether YYMMDD can be a day.

    >>> is_day("900101"), is_day("901301")
    (True, False)
    """
    return digits.isdigit() and 1 <= int(digits[2:4]) <= 12 and 1 <= int(digits[4:6]) <= 31


def is_moment(digits: str) -> bool:
    """Say whether digits begin with a day of 1900 to 2099 and go on as a time, if they do.

    >>> is_moment("20240301130522"), is_moment("20240301"), is_moment("20240301996700")
    (True, True, False)
    """
    if digits[:2] not in ("19", "20") or len(digits) < 8 or not is_day(digits[2:8]):
        return False
    clock = digits[8:14]
    return all(int(clock[at : at + 2] or "0") < most for at, most in ((0, 24), (2, 60), (4, 60)))
