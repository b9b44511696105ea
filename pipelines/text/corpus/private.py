"""The kinds of private things that are masked."""

from __future__ import annotations

from enum import StrEnum


class Private(StrEnum):
    """What is masked; the value stands in its place."""

    EMAIL = "[이메일]"
    RESIDENT = "[주민번호]"
    PHONE = "[전화번호]"
    CARD = "[카드번호]"
    ACCOUNT = "[계좌번호]"
    LINK = "[링크]"
    PASSPORT = "[여권번호]"
    LICENCE = "[면허번호]"
    BUSINESS = "[사업자번호]"
    HANDLE = "[아이디]"
