"""What KakaoTalk writes in the place of words: pictures, calls, polls, money, who came and went.

Such lines say nothing that can be learned, and many of them hold names.
"""

from __future__ import annotations

import re

LONGEST = 300  # characters; a notice is short
_WHO = r".{1,120}?"

_MEDIA = (
    r"사진|사진 \d+ ?장|(?:묶음|단체) ?사진.{0,20}|동영상|비디오|이모티콘|스티커|음성 ?메시지"
    r"|음성 ?파일"
    r"|라이브 ?포토|사진을 보냈습니다\.?|동영상을 보냈습니다\.?|이모티콘을 보냈습니다\.?"
    r"|<?(?:사진|동영상|파일)(?:을)? 읽지 않음>?|\(?(?:이모티콘|사진"
    r"|동영상)\)?(?: ?\(?이모티콘\)?)?"
    r"|(?:파일|지도|위치|연락처|프로필|카카오톡 프로필|음악|뮤직|멜론|샵검색|큰 ?파일"
    r"|대용량 ?파일|톡캘린더"
    r"|캘린더|실시간 위치|생일|앨범|메모|장소|쇼핑|영상) ?: ?.*|샵검색 ?: ?#.*|지도 공유.*"
    r"|실시간 위치.{0,40}"
    r"|(?:a )?photos?|\d+ photos?|photos? ?\(?\d*\)?|\d* ?(?:videos?|images?|pictures?)"
    r"|emoticons?|stickers?|gif|\(emoticon\)"
    r"|voice (?:message|note|memo)|audio|live photo|(?:file|map|location|contact|profile|music"
    r"|kakaotalk profile|live location|album|calendar|note) ?: ?.*"
    r"|[\w\-. ()]{1,120}\.(?:jpe?g|png|gif|heic|webp|mp4|mov|avi|m4a|mp3|wav|pdf|docx?|xlsx?|pptx?"
    r"|hwpx?|zip|txt|apk|psd|ai)"
)
_DELETED = (
    r"삭제된 ?메시지(?:입니다)?\.?|메시지가 삭제되었습니다\.?|.{0,60}메시지를 (?:가렸|삭제했"
    r"|숨겼)습니다\.?"
    r"|가려진 메시지입니다\.?|(?:this|the) message (?:was|has been|is) (?:deleted|hidden).{0,40}"
    r"|deleted message\.?|message (?:was )?deleted\.?|.{0,60} (?:hid|deleted|has hidden"
    r"|has deleted) a message.{0,40}"
)
_ROOM = (
    rf"{_WHO}님?이 (?:들어왔|나갔|입장했|퇴장했|참여했|초대되었|내보내졌)습니다\.?.*"
    rf"|{_WHO}님?이 {_WHO}님?[을를] (?:초대|내보)(?:했|하였|냈)습니다\.?.*"
    rf"|{_WHO}님?[을를] (?:초대|내보)(?:했|하였|냈)습니다\.?.*"
    rf"|{_WHO}님?[을를] 강퇴(?:했|하였)습니다\.?|{_WHO}님?이 (?:강퇴|추방)(?:됐|되었)습니다\.?"
    rf"|{_WHO}님?[이가께에]{{0,2}}.{{0,80}}(?:방장|부방장|관리자)(?:이|가|으로|로|에서|을|를"
    rf"|권한).{{0,60}}"
    r"(?:되었|됐|해제|위임|변경|임명|지정|넘).{0,30}니다\.?"
    rf"|{_WHO}님?이 .{{0,80}}(?:채팅방|프로필|배경|이름|사진|공지|커버|링크).{{0,80}}(?:변경"
    rf"|설정|바꾸|바꿨|등록|삭제|공유)"
    r".{0,20}습니다\.?"
    r"|운영정책을 위반한.*|.{0,40}카카오톡 이용에 제한이.*|채팅방 관리자가.{0,100}"
    r"|.{0,60}불법촬영물.{0,200}"
    r"|.{0,40}타인, 기관 등의 사칭.*|상대방이 나갔습니다\.?.*|대화상대가 (?:없습니다|나갔습니다)\.?"
    r"|채팅방을 나갔습니다\.?|채팅방에 참여.{0,20}|오픈채팅방.{0,60}습니다\.?"
    r"|.{0,60}스크린샷을 .{0,30}습니다\.?"
    rf"|{_WHO} (?:has )?(?:left|joined|entered)(?: (?:this|the) (?:group |open )?chat ?room"
    rf"| the (?:group|chat))\.?.*"
    rf"|{_WHO} (?:has )?invited {_WHO}\.?|{_WHO} (?:was|has been|were|have been) (?:invited"
    rf"|removed|kicked|added).*"
    rf"|{_WHO} (?:has )?(?:removed|kicked(?: out)?) {_WHO} from (?:this|the) .*|you (?:left"
    rf"|joined|were|have been) .*"
    rf"|{_WHO} (?:is now|has been (?:made|appointed)|became|was appointed) .{{0,30}}(?:host"
    rf"|manager|admin|owner).*"
    rf"|{_WHO} (?:has )?(?:changed|updated|set) (?:the|this) (?:chat|group|room|profile|cover).*"
    r"|messages? (?:that )?violat.*|.{0,60}use of kakaotalk may be (?:restricted|limited).*"
)
_CALL = (
    "(?:보이스톡|페이스톡|그룹콜|그룹 ?보이스톡|그룹 ?페이스톡"
    "|라이브톡|보이스룸|음성 ?통화|영상 ?통화|통화)"
)
_CALLS = (
    rf"{_CALL}(?: ?(?:해요|하기|취소|부재중|종료|거절|요청|응답 없음|시작|참여|연결됨"
    rf"|연결 안 ?됨|되었어요|했어요"
    r"|왔어요|못했어요|받지 않음|시작했어요|종료됐어요|종료되었습니다\.?|시작되었습니다\.?"
    r"|\d{1,2}:\d{2}(?::\d{2})?"
    r"|\d{1,3}[시분초]\S{0,10}|[,:·]))*"
    rf"|부재중 ?{_CALL}?.{{0,20}}|{_CALL}[을를이가]? .{{0,30}}(?:했|되었|됐|습)니다\.?"
    r"|(?:missed|cancell?ed|declined|no answer|group|start(?:ed)?|ended|unanswered|let'?s (?:do"
    r"|start|talk over)|outgoing|incoming)?"
    r" ?(?:a )?(?:(?:voice|video|face|group) ?(?:talk|call|room)s?|live ?talk|call)"
    r"(?: ?(?:started|ended|missed|cancell?ed|declined|no answer|unanswered|request(?:ed)?"
    r"|\d{1,2}:\d{2}(?::\d{2})?|[,.:·]))*"
)
_BOARD = (
    r"(?:투표|일정|공지|톡게시판|설문|할 ?일|모임) ?(?:글|올림|등록|종료|수정)? ?['‘\"]? ?: ?.*"
    r"|톡게시판.{0,80}|(?:투표|일정|공지)(?:가|이|를|을)? ?(?:올라왔|등록|종료|마감|시작|삭제"
    r"|수정|변경|생성|올렸).{0,60}"
    r"|(?:새로운 |새 )?(?:투표|일정|공지)[가이를을] .{0,40}(?:습니다|했어요|됐어요|왔어요)\.?"
    r"|(?:poll|vote|event|notice|schedule|announcement|board|post|survey|to-?do) ?(?:ended"
    r"|created|closed|added)? ?: ?.*"
    r"|(?:new )?(?:poll|event|notice|vote) (?:has been|was|is) .*|.{0,40}(?:created|closed"
    r"|posted|added) (?:a|an|the) (?:new )?(?:poll|event|notice|vote|post).*"
)
_MONEY = (
    r"(?:\[?카카오페이\]?|카카오톡 ?송금|송금|송금봉투|정산|정산하기|봉투|선물|선물하기"
    r"|기프티콘|더치페이)(?: ?(?:완료|요청|취소|받기|받기 ?완료"
    r"|도착|봉투|확인|알림|하기|자동 ?환불|[:,]|[\d,]+ ?원))*(?:을|를|이|가)?"
    r"(?: .{0,40}(?:했어요|했습니다|보냈어요|보냈습니다|받았어요|받았습니다|왔어요|도착했어요"
    r"|요청했어요|되었어요|됐어요|주세요))?[.!]?"
    r"|[\d,]+ ?원(?:을|이)? ?(?:보냈|받았|송금|정산|요청|환불).{0,30}|(?:송금|정산|카카오페이"
    r"|선물) ?[:\]].*"
    r"|.{0,60}(?:선물과 메시지|송금봉투|기프티콘|선물)[을를] (?:보냈|받았)(?:습니다|어요)[.!]?"
    r"|(?:kakao ?pay|money|transfer|payment|gift|remittance|split bill)(?: ?(?:sent|received"
    r"|request(?:ed)?|complete[d]?|cancell?ed"
    r"|refunded|transfer|arrived|[:,]|(?:krw|₩)? ?[\d,]+(?: ?(?:won|krw))?))*\.?"
    r"|sent (?:you )?(?:money|a gift|(?:krw|₩) ?[\d,]+).{0,60}"
    r"|.{0,60} sent (?:a gift|money|you money).{0,40}"
)
NOTICES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (_MEDIA, _DELETED, _ROOM, _CALLS, _BOARD, _MONEY)
)


def is_notice(text: str) -> bool:
    """Say whether a message is none: something that the program wrote.

    >>> is_notice("두더지님이 나갔습니다."), is_notice("투표: 저녁"), is_notice("투표하러 가자")
    (True, True, False)
    """
    text = text.strip()
    if len(text) > LONGEST:
        return text.startswith("운영정책을 위반한")
    return any(pattern.fullmatch(text) for pattern in NOTICES)
