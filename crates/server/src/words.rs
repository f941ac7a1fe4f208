//! The table of problems: for each code its status and its words in both languages.
//!
//! The match is exhaustive: a code that is added to the protocol does not compile until it has a row here.

use axum::http::StatusCode;
use protocol::ProblemCode;

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wording {
    pub(crate) status: StatusCode,
    pub(crate) ko: Words,
    pub(crate) en: Words,
}

/// The texts in one language.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words {
    pub(crate) title: &'static str,
    pub(crate) detail: &'static str,
    pub(crate) hint: &'static str,
}

macro_rules! wording {
    ($status:ident
     ko $ko_title:literal $ko_detail:literal $ko_hint:literal
     en $en_title:literal $en_detail:literal $en_hint:literal) => {
        Wording {
            status: StatusCode::$status,
            ko: Words { title: $ko_title, detail: $ko_detail, hint: $ko_hint },
            en: Words { title: $en_title, detail: $en_detail, hint: $en_hint },
        }
    };
}

/// The status and the words of a code.
#[expect(clippy::too_many_lines, reason = "a table, one row for each code")]
pub(crate) fn wording(code: ProblemCode) -> Wording {
    match code {
        ProblemCode::IdempotencyKeyMissing => wording!(BAD_REQUEST
            ko "요청 키 없음" "Idempotency-Key 헤더가 필요해요." "요청마다 새 키를, 재시도에는 같은 키를 보내 주세요."
            en "Idempotency key missing" "Commands need an Idempotency-Key header." "Send a new key with each command, the same one with a retry."),
        ProblemCode::IdempotencyKeyInvalid => wording!(BAD_REQUEST
            ko "요청 키 오류" "Idempotency-Key는 공백 없는 ASCII 1~64자예요." "UUID 같은 짧은 값을 보내 주세요."
            en "Idempotency key invalid" "An idempotency key is 1 to 64 visible ASCII characters." "Send something short, such as a UUID."),
        ProblemCode::JsonMalformed => wording!(BAD_REQUEST
            ko "JSON 오류" "본문이 올바른 JSON이 아니에요." "본문을 확인해 주세요."
            en "Malformed JSON" "The body is not JSON." "Check the body."),
        ProblemCode::ForeignOrigin => wording!(FORBIDDEN
            ko "다른 사이트의 요청" "다른 사이트의 페이지가 보낸 요청이라 받지 않았어요." "팅팅 주소를 직접 열어 주세요. 프록시를 쓴다면 Host 헤더를 그대로 전달해야 해요."
            en "Foreign origin" "A page of another site sent this request." "Open TingTing at its own address. A proxy must pass the Host header on."),
        ProblemCode::PassInvalid => wording!(FORBIDDEN
            ko "입장권 오류" "입장권이 없거나, 내 것이 아니거나, 만료됐어요." "화면을 새로 받아 지금의 입장권으로 요청해 주세요."
            en "Pass invalid" "The pass is missing, belongs to another visitor, or has ended." "Send the pass of the current state in the Pass header."),
        ProblemCode::RoomClosed => wording!(FORBIDDEN
            ko "닫힌 방" "이 방에는 지금 들어갈 수 없어요." "방장에게 문을 열어 달라고 하거나, 새 방을 만들어 주세요."
            en "Room closed" "This room lets you in no more." "Ask the host to open the door, or open a room of your own."),
        ProblemCode::NotHost => wording!(FORBIDDEN
            ko "방장만 가능" "방장만 할 수 있는 일이에요." "방장에게 부탁해 주세요."
            en "Not the host" "Only the host of the room may do this." "Ask the host."),
        ProblemCode::NotInRoom => wording!(FORBIDDEN
            ko "방 밖" "이 방에 들어와 있지 않아요." "이름을 적고 먼저 들어와 주세요."
            en "Not in the room" "You are not in this room." "Join it with a name first."),
        ProblemCode::NotInside => wording!(FORBIDDEN
            ko "입장 전" "예매 화면에 들어와 있지 않아요." "입장 순서를 기다리거나, 시간이 지났다면 다시 줄을 서 주세요."
            en "Not inside" "You are not inside the sale: not admitted yet, or your pass has ended." "Wait to be admitted, or queue again."),
        ProblemCode::NotAdmitted => wording!(FORBIDDEN
            ko "입장 전" "좌석 현황은 입장한 뒤에 볼 수 있어요." "입장 순서를 기다려 주세요."
            en "Not admitted" "The seat map is not shown before you are admitted, nor before a captcha that comes first." "Wait to be admitted."),
        ProblemCode::StillRacing => wording!(FORBIDDEN
            ko "아직 진행 중" "내 연습이 진행되는 동안에는 전체 좌석을 볼 수 없어요." "내 연습을 마친 뒤 다시 열어 주세요."
            en "Still racing" "You cannot watch the hall while your own run goes on." "Finish your run first."),
        ProblemCode::ReportNotShared => wording!(FORBIDDEN
            ko "공개하지 않은 분석" "이 참가자는 결과 분석을 공개하지 않았어요." "참가자에게 공개를 부탁해 보세요."
            en "Report not shared" "This member does not share the report." "Ask the member to share it."),
        ProblemCode::LoginNeeded => wording!(FORBIDDEN
            ko "로그인 필요" "로그인한 사람만 할 수 있어요." "로그인한 뒤 다시 시도해 주세요."
            en "Log in first" "Only people who have logged in may do this." "Log in, then try again."),
        ProblemCode::NoSuchRace => wording!(NOT_FOUND
            ko "없는 연습" "그런 연습이 없거나 내 연습이 아니에요." "목록에서 다시 골라 주세요."
            en "No such race" "There is no such race of yours." "Choose one from your list."),
        ProblemCode::NoSuchRoom => wording!(NOT_FOUND
            ko "없는 방" "그런 방이 없거나 이미 끝난 방이에요." "링크를 다시 확인하거나, 새 방을 만들어 주세요."
            en "No such room" "There is no room at this link, or it has ended." "Check the link, or open a room of your own."),
        ProblemCode::HandoverInvalid => wording!(NOT_FOUND
            ko "쓸 수 없는 이동 코드" "코드가 다르거나, 이미 썼거나, 2분이 지났어요." "처음 화면에서 새 코드를 받아 주세요."
            en "Hand-over code invalid" "The code is wrong, was used, or is older than two minutes." "Ask for a new code in the first browser."),
        ProblemCode::NoSuchPlan => wording!(NOT_FOUND
            ko "없는 배치도" "그런 이름의 배치도가 없어요." "/api/catalogue의 이름을 사용해 주세요."
            en "No such plan" "There is no plan of that name." "Use a name from /api/catalogue."),
        ProblemCode::NoSuchCaptcha => wording!(NOT_FOUND
            ko "없는 보안문자" "지금 물어보는 보안문자가 아니에요." "현재 번호의 이미지를 받아 주세요."
            en "No such captcha" "The race does not ask for this captcha at the moment." "Ask for the number in the current state."),
        ProblemCode::NoSuchTicket => wording!(NOT_FOUND
            ko "없는 입장권" "이런 코드의 입장권은 없어요." "QR 코드를 다시 찍어 주세요."
            en "No such ticket" "No ticket has this code." "Scan the code again."),
        ProblemCode::NoSuchBooking => wording!(NOT_FOUND
            ko "없는 예매" "그런 예매 내역이 없어요." "예매 번호를 확인해 주세요."
            en "No such booking" "There is no such booking of yours." "Check its number."),
        ProblemCode::NoSuchConcert => wording!(NOT_FOUND
            ko "없는 공연" "이 번호의 공연이 없어요." "공연 목록에서 다시 골라 주세요."
            en "No such concert" "There is no concert with this number." "Choose one from the lists."),
        ProblemCode::NoSuchPerformance => wording!(NOT_FOUND
            ko "없는 회차" "이 번호의 회차가 없어요." "공연 화면에서 회차를 다시 골라 주세요."
            en "No such performance" "There is no performance with this number." "Choose one from the page of its concert."),
        ProblemCode::UnknownScenario => wording!(NOT_FOUND
            ko "없는 시나리오" "그런 이름의 시나리오나 구성이 없어요." "/api/catalogue의 이름을 사용해 주세요."
            en "Unknown scenario" "There is no scenario, plan, demand or style of that name." "Use a name from /api/catalogue."),
        ProblemCode::NotFound => wording!(NOT_FOUND
            ko "없는 주소" "그런 주소가 없어요." "/docs에서 주소를 확인해 주세요."
            en "Not found" "Nothing is served at this address." "See /docs for the addresses."),
        ProblemCode::MethodNotAllowed => wording!(METHOD_NOT_ALLOWED
            ko "허용되지 않는 방식" "이 주소에서는 그 방식을 쓸 수 없어요." "/docs에서 방식을 확인해 주세요."
            en "Method not allowed" "This address does not take that method." "See /docs for its methods."),
        ProblemCode::NotOpen => wording!(CONFLICT
            ko "오픈 전" "아직 티켓 오픈 전이에요." "오픈 시각까지 기다려 주세요."
            en "Not open" "The sale has not opened yet." "Wait for the opening."),
        ProblemCode::ButtonLocked => wording!(CONFLICT
            ko "버튼 잠김" "너무 일찍 눌러 버튼이 잠시 잠겼어요." "잠금이 풀린 뒤 다시 눌러 주세요."
            en "Button locked" "An early press locked the button for a moment." "Press again when the lock is over."),
        ProblemCode::SalePaused => wording!(CONFLICT
            ko "판매 일시 중지" "판매가 잠시 멈췄어요." "다시 열리면 계속할 수 있어요."
            en "Sale paused" "The sale is paused." "Try again when it goes on."),
        ProblemCode::SaleClosed => wording!(CONFLICT
            ko "판매 종료" "판매가 끝났어요." "새 연습을 시작해 주세요."
            en "Sale closed" "The sale is over." "Start another race."),
        ProblemCode::AlreadyOpen => wording!(CONFLICT
            ko "이미 오픈됨" "판매가 이미 열려 있어요." "그대로 진행하면 돼요."
            en "Already open" "The sale is open already." "Go on."),
        ProblemCode::NotInQueue => wording!(CONFLICT
            ko "대기 중 아님" "대기열에 있지 않아요." "예매하기를 눌러 대기열에 들어가 주세요."
            en "Not in the queue" "You are not in the queue." "Press the button to join it."),
        ProblemCode::LimitReached => wording!(CONFLICT
            ko "매수 제한" "1인 구매 한도만큼 이미 예매했어요." "이 공연은 더 예매할 수 없어요."
            en "Limit reached" "You have all the seats one person may have." "No more can be booked here."),
        ProblemCode::CaptchaDue => wording!(CONFLICT
            ko "보안문자 필요" "보안문자를 먼저 입력해야 해요." "보안문자를 입력한 뒤 계속해 주세요."
            en "Captcha first" "The captcha must be answered first." "Answer the captcha, then go on."),
        ProblemCode::CaptchaOld => wording!(CONFLICT
            ko "지난 보안문자" "이전 이미지의 답이거나 유효 시간이 지났어요." "새 이미지를 받아 다시 입력해 주세요."
            en "Old captcha" "That answer is for an older image, or came too late." "Answer the image shown, or ask for another."),
        ProblemCode::CaptchaNotAsked => wording!(CONFLICT
            ko "보안문자 없음" "지금은 보안문자를 입력하지 않아도 돼요." "다음 단계로 넘어가 주세요."
            en "No captcha asked" "No captcha is asked for, or it was passed already." "Go on to the next step."),
        ProblemCode::CaptchaCannotWait => wording!(CONFLICT
            ko "나중에 입력 불가" "보안문자를 나중으로 미룰 수 없어요." "지금 입력해 주세요."
            en "Captcha cannot wait" "The captcha cannot be put off, or was put off already." "Answer it now."),
        ProblemCode::SeatTaken => wording!(CONFLICT
            ko "이선좌" "이미 선택된 좌석입니다." "다른 좌석을 골라 주세요."
            en "Seat taken" "Somebody else has this seat." "Choose another one."),
        ProblemCode::NotHeld => wording!(CONFLICT
            ko "선점하지 않은 좌석" "내가 선점한 좌석이 아니에요." "선점한 좌석만 고를 수 있어요."
            en "Not held" "A seat named is not in your hold." "Name seats of your hold."),
        ProblemCode::NoHold => wording!(CONFLICT
            ko "선점 없음" "선점한 좌석이 없거나 선점 시간이 끝났어요." "좌석을 다시 골라 주세요."
            en "No hold" "There is no hold, or it has ended." "Choose seats again."),
        ProblemCode::HoldExists => wording!(CONFLICT
            ko "이미 선점함" "이미 선점한 좌석이 있어요." "좌석을 바꾸려면 먼저 내려놓아 주세요."
            en "Seats already held" "Seats are held already." "Release them to choose others."),
        ProblemCode::TotalDiffers => wording!(CONFLICT
            ko "금액 불일치" "화면의 금액과 결제할 금액이 달라요." "금액을 다시 확인해 주세요."
            en "Total differs" "The sum shown is not the sum of the hold." "Look at the sum again."),
        ProblemCode::RunOver => wording!(CONFLICT
            ko "연습 종료" "이 연습은 이미 끝났어요." "결과를 보거나 새 연습을 시작해 주세요."
            en "Run over" "Your run of this race is over." "See the report, or start another race."),
        ProblemCode::RunNotOver => wording!(CONFLICT
            ko "아직 진행 중" "결과 분석은 연습이 끝난 뒤에 볼 수 있어요." "연습을 마친 뒤 다시 열어 주세요."
            en "Run not over" "The report exists only after your run is over." "Finish the race first."),
        ProblemCode::RaceFull => wording!(CONFLICT
            ko "참가 인원 한도" "이 연습에는 더 들어갈 수 없어요." "다른 연습을 시작해 주세요."
            en "Race full" "This race takes no more members." "Start another race."),
        ProblemCode::RoomFull => wording!(CONFLICT
            ko "방 인원 한도" "이 방에는 더 들어갈 수 없어요." "다른 방이나 공개 연습에 들어가 주세요."
            en "Room full" "This room takes no more people." "Enter another room or an open race."),
        ProblemCode::RoomStarted => wording!(CONFLICT
            ko "이미 시작한 방" "이 방의 연습은 이미 시작했어요." "연습이 끝난 뒤 다시 시작할 때 바꿀 수 있어요."
            en "Room started" "The race of this room has started." "Wait until it is over, and call a rematch."),
        ProblemCode::CannotForward => wording!(CONFLICT
            ko "건너뛸 수 없음" "다른 사람과 함께하는 연습이거나 이미 오픈했어요." "오픈 시각까지 기다려 주세요."
            en "Cannot skip ahead" "Others are in this race, or the sale is open already." "Wait for the opening."),
        ProblemCode::SearchUnderWay => wording!(CONFLICT
            ko "이미 찾는 중" "건너뛸 시각을 이미 찾고 있어요." "잠시 뒤 다시 시도해 주세요."
            en "Search under way" "The moment to skip to is being looked for already." "Try again in a moment."),
        ProblemCode::Superseded => wording!(CONFLICT
            ko "더 새로운 질문이 있음" "나중에 물어본 것을 먼저 계산하느라 이 계산을 멈췄어요." "다시 물어봐 주세요."
            en "Superseded" "Later questions of yours took the place of this one." "Ask again."),
        ProblemCode::NotOver => wording!(CONFLICT
            ko "아직 진행 중" "아직 연습이 끝나지 않았어요." "연습이 끝난 뒤 다시 시도해 주세요."
            en "Not over" "The race is not over." "Try again when it is over."),
        ProblemCode::OpeningNotYet => wording!(CONFLICT
            ko "아직 입장 전" "이 티켓 오픈에는 아직 들어갈 수 없어요." "`from_ms`부터 들어갈 수 있어요."
            en "Opening not yet" "This opening lets nobody in yet." "Come back from `from_ms` on."),
        ProblemCode::OpeningClosed => wording!(CONFLICT
            ko "예매 마감" "이 회차의 예매가 끝났어요." "다른 회차나 공연을 골라 주세요."
            en "Opening closed" "The booking of this performance is over." "Choose another performance or concert."),
        ProblemCode::BookingCancelled => wording!(CONFLICT
            ko "이미 취소한 예매" "이 예매는 이미 취소했어요." "예매 목록을 새로 받아 주세요."
            en "Booking cancelled" "This booking was cancelled before." "Load the list of bookings again."),
        ProblemCode::PaymentUnderWay => wording!(CONFLICT
            ko "결제 진행 중" "결제가 진행되고 있어요." "결제가 끝난 뒤 다시 시도해 주세요."
            en "Payment under way" "You are paying for these seats." "Try again when the payment has ended."),
        ProblemCode::NoPayment => wording!(CONFLICT
            ko "끝난 결제" "진행 중인 결제가 아니에요." "좌석을 확인하고 다시 결제해 주세요."
            en "No payment" "No such payment is under way." "Look at your seats and pay again."),
        ProblemCode::PointsShort => wording!(CONFLICT
            ko "포인트 부족" "포인트가 결제 금액보다 적어요." "다른 예매를 취소해 포인트를 돌려받거나, 더 적은 좌석을 골라 주세요."
            en "Not enough points" "Your points do not cover this payment." "Cancel another booking to get points back, or choose fewer seats."),
        ProblemCode::TicketUsed => wording!(CONFLICT
            ko "이미 사용한 입장권" "이 입장권으로 이미 입장했어요." "입장 시각을 확인해 주세요."
            en "Ticket used" "Somebody came in with this ticket before." "Look when that was."),
        ProblemCode::TicketNotValid => wording!(CONFLICT
            ko "입장할 수 없는 입장권" "취소했거나 연습으로 예매한 입장권이에요." "다른 입장권을 보여 주세요."
            en "Ticket not valid" "The booking was cancelled, or it was practice." "Show another ticket."),
        ProblemCode::TooManyLikes => wording!(CONFLICT
            ko "찜 한도" "찜은 2,000개까지예요." "지난 공연의 찜을 취소한 뒤 다시 시도해 주세요."
            en "Too many likes" "One person may like at most 2,000 concerts." "Take likes of past concerts back first."),
        ProblemCode::NameTaken => wording!(CONFLICT
            ko "이미 있는 이름" "같은 이름이 이미 등록돼 있어요." "등록된 것을 쓰거나 다른 이름을 보내 주세요."
            en "Name taken" "Something of this name is in the catalogue already." "Use what is there, or send another name."),
        ProblemCode::ConcertOnSale => wording!(CONFLICT
            ko "판매가 시작된 공연" "판매를 시작한 회차가 있어 바꾸거나 지울 수 없어요." "새 공연을 만들어 주세요."
            en "Concert on sale" "A sale of this concert has begun, so it cannot be changed or removed." "Make another concert."),
        ProblemCode::ClientOutdated => wording!(CONFLICT
            ko "이전 버전의 화면" "지금 보고 있는 화면은 서버와 버전이 달라요." "화면을 새로고침해 주세요."
            en "Outdated page" "This page is of another version than the server." "Load the page again."),
        ProblemCode::BodyTooLarge => wording!(PAYLOAD_TOO_LARGE
            ko "본문이 너무 큼" "요청 본문은 16 KiB까지예요. 공연을 등록하는 본문은 256 KiB까지예요." "본문을 줄여 주세요."
            en "Body too large" "A body has at most 16 KiB, one that makes a concert 256 KiB." "Send less."),
        ProblemCode::MediaType => wording!(UNSUPPORTED_MEDIA_TYPE
            ko "본문 형식 오류" "본문은 application/json이어야 해요." "Content-Type을 확인해 주세요."
            en "Media type" "The body must be application/json." "Check the Content-Type header."),
        ProblemCode::RangeOutside => wording!(RANGE_NOT_SATISFIABLE
            ko "범위 밖 요청" "파일이 그만큼 길지 않아요." "Content-Range 헤더에 있는 길이 안에서 요청해 주세요."
            en "Range outside" "The file is not that long." "Ask for a range within the length in the Content-Range header."),
        ProblemCode::JsonInvalid => wording!(UNPROCESSABLE_ENTITY
            ko "형식 오류" "본문의 항목이 이 요청에 맞지 않아요." "API 문서의 형식을 확인해 주세요."
            en "Invalid body" "The body is JSON, but does not have the form of this request." "See /docs for its form."),
        ProblemCode::QueryInvalid => wording!(UNPROCESSABLE_ENTITY
            ko "주소 항목 오류" "주소 뒤의 항목이 이 요청에 맞지 않아요." "API 문서에서 쓸 수 있는 이름과 범위를 확인해 주세요."
            en "Invalid query" "A parameter of the address is unknown, given twice, or out of its range." "See /docs for the parameters of this request."),
        ProblemCode::CursorInvalid => wording!(UNPROCESSABLE_ENTITY
            ko "목록 위치 오류" "`after`가 이 목록의 값이 아니에요." "`after` 없이 처음부터 다시 받아 주세요."
            en "Cursor invalid" "`after` is no cursor of this list." "Begin again without `after`."),
        ProblemCode::ChoiceIncomplete => wording!(UNPROCESSABLE_ENTITY
            ko "구성 부족" "scenario 하나, 또는 plan·demand·style 셋을 모두 보내야 해요." "빠진 항목을 채워 주세요."
            en "Choice incomplete" "Name a scenario, or a plan, a demand and a style." "Name what is missing."),
        ProblemCode::TooManyRivals => wording!(UNPROCESSABLE_ENTITY
            ko "경쟁자 한도" "경쟁자는 1,000,000명까지예요." "수를 줄여 주세요."
            en "Too many rivals" "A race has at most 1,000,000 rivals." "Ask for fewer."),
        ProblemCode::SeedTooLarge => wording!(UNPROCESSABLE_ENTITY
            ko "시드 범위" "시드는 2^53−1까지예요." "더 작은 수를 보내 주세요."
            en "Seed too large" "A seed is at most 2^53 − 1." "Send a smaller number."),
        ProblemCode::Unplayable => wording!(UNPROCESSABLE_ENTITY
            ko "진행할 수 없는 구성" "이 구성으로는 연습을 만들 수 없어요." "다른 구성을 골라 주세요."
            en "Unplayable" "This choice does not make a race." "Choose something else."),
        ProblemCode::ConcertInvalid => wording!(UNPROCESSABLE_ENTITY
            ko "등록할 수 없는 내용" "공연, 공연장 또는 출연자의 내용이 올바르지 않아요." "`reason`을 확인해 주세요."
            en "Concert invalid" "The concert, venue or performer cannot be kept as it is described." "See `reason`."),
        ProblemCode::NameInvalid => wording!(UNPROCESSABLE_ENTITY
            ko "쓸 수 없는 이름" "이름은 눈에 보이는 글자 1~20자예요." "보이지 않는 글자나 줄바꿈을 빼고 적어 주세요."
            en "Name invalid" "A name is 1 to 20 characters that can be seen." "Leave out line breaks and characters that nobody can see."),
        ProblemCode::CaptchaNotLatin => wording!(UNPROCESSABLE_ENTITY
            ko "영문만 입력" "보안문자는 영문자 1~8자예요." "한글 입력 상태인지 확인해 주세요."
            en "Latin letters only" "A captcha is one to eight letters A to Z." "Check the keyboard's language."),
        ProblemCode::NoSuchSection => wording!(UNPROCESSABLE_ENTITY
            ko "없는 구역" "이 공연장에 없는 구역이에요." "배치도의 구역 번호를 확인해 주세요."
            en "No such section" "The plan has no such section." "Sections are numbered from 0 in the plan."),
        ProblemCode::NoSuchSeat => wording!(UNPROCESSABLE_ENTITY
            ko "없는 좌석" "이 공연장에 없는 좌석이에요." "배치도의 좌석 번호를 확인해 주세요."
            en "No such seat" "The plan has no such seat." "Seats are numbered from 0 in the plan."),
        ProblemCode::NoSuchPrice => wording!(UNPROCESSABLE_ENTITY
            ko "없는 할인" "이 예매에 없는 할인이에요." "예매 방식의 할인 목록을 확인해 주세요."
            en "No such price" "This style offers no such discount." "See `discounts` of the race's style; 0 is the regular price."),
        ProblemCode::NoSeats => wording!(UNPROCESSABLE_ENTITY
            ko "좌석 없음" "선택한 좌석이 없어요." "좌석을 하나 이상 골라 주세요."
            en "No seats" "No seat was named." "Name at least one seat."),
        ProblemCode::SeatTwice => wording!(UNPROCESSABLE_ENTITY
            ko "중복 좌석" "같은 좌석을 두 번 골랐거나 이미 선점한 좌석이에요." "좌석을 한 번씩만 골라 주세요."
            en "Seat named twice" "A seat was named twice, or is in your hold already." "Name each seat once."),
        ProblemCode::TooManySeats => wording!(UNPROCESSABLE_ENTITY
            ko "매수 초과" "1인 구매 한도보다 많이 골랐어요." "좌석 수를 줄여 주세요."
            en "Too many seats" "That is more than one person may have." "Choose fewer seats."),
        ProblemCode::IdempotencyKeyReused => wording!(UNPROCESSABLE_ENTITY
            ko "요청 키 재사용" "이미 다른 요청에 쓴 키예요. 이번 요청은 처리하지 않았어요." "새 요청에는 새 키를 보내 주세요."
            en "Idempotency key reused" "This key belongs to another request. Nothing was done." "Send a new key with a new request."),
        ProblemCode::MarkInvalid => wording!(UNPROCESSABLE_ENTITY
            ko "기록 오류" "기록의 이름이나 시각이 올바르지 않아요." "API 문서의 이름을 사용해 주세요."
            en "Mark invalid" "A mark has an unknown name or an impossible time." "See /docs for the names."),
        ProblemCode::TooManyMarks => wording!(UNPROCESSABLE_ENTITY
            ko "기록 한도" "기록은 연습마다 200개까지예요." "더 보내지 않아도 돼요."
            en "Too many marks" "A race keeps at most 200 marks." "Send no more."),
        ProblemCode::HostInvalid => wording!(BAD_REQUEST
            ko "Host 헤더 오류" "Host 헤더가 여러 개예요." "Host 헤더를 하나만 보내 주세요."
            en "Host invalid" "The request has several Host headers." "Send one Host header."),
        ProblemCode::Misdirected => wording!(MISDIRECTED_REQUEST
            ko "다른 주소의 요청" "이 서버가 쓰는 주소가 아니에요." "팅팅을 안내받은 주소로 열어 주세요. 운영자는 `--host`로 주소를 더할 수 있어요."
            en "Misdirected" "This server does not serve that host name." "Open TingTing at its own address. An operator adds names with `--host`."),
        ProblemCode::WebsocketNeeded => wording!(UPGRADE_REQUIRED
            ko "웹소켓 필요" "이 주소는 웹소켓으로만 연결할 수 있어요." "ws:// 또는 wss://로 연결해 주세요."
            en "WebSocket needed" "This address serves WebSocket connections only." "Connect with ws:// or wss://."),
        ProblemCode::TooManyRequests => wording!(TOO_MANY_REQUESTS
            ko "요청이 너무 잦음" "잠시 동안 너무 많은 요청을 보냈어요." "조금 뒤에 다시 시도해 주세요."
            en "Too many requests" "Too many requests came in a short time." "Wait a moment."),
        ProblemCode::TooMuchWork => wording!(TOO_MANY_REQUESTS
            ko "작업 대기 중" "앞서 요청한 작업이 아직 기다리고 있어요." "앞선 요청의 응답을 받은 뒤에 다시 시도해 주세요."
            en "Too much work" "Work that you or others at your address asked for is still waiting." "Wait for the answers to the requests before this one."),
        ProblemCode::TooManyCommands => wording!(TOO_MANY_REQUESTS
            ko "요청 한도" "이 연습에서 너무 많은 요청을 보냈어요." "새 연습을 시작해 주세요."
            en "Too many commands" "This race had too many commands." "Start another race."),
        ProblemCode::TooManyViewers => wording!(TOO_MANY_REQUESTS
            ko "연결 한도" "한 연습에 연결할 수 있는 탭 수를 넘었어요." "다른 탭을 닫아 주세요."
            en "Too many viewers" "A race has at most eight live connections." "Close another tab."),
        ProblemCode::CaptchaTooMany => wording!(TOO_MANY_REQUESTS
            ko "이미지 요청 한도" "보안문자를 너무 많이 바꿨어요." "지금 보이는 이미지를 입력해 주세요."
            en "Too many captchas" "You asked for too many other images during this visit." "Answer the image shown."),
        ProblemCode::Internal => wording!(INTERNAL_SERVER_ERROR
            ko "서버 오류" "서버에 문제가 생겼어요." "다시 시도해 주세요. 계속되면 알려 주세요."
            en "Internal error" "The server has a fault." "Try again, and tell us if it happens again."),
        ProblemCode::ReportOutdated => wording!(GONE
            ko "만들 수 없는 결과 분석" "예전 버전의 규칙으로 진행한 연습이라 결과 분석을 새로 만들 수 없어요." "새 연습을 시작해 주세요."
            en "Report outdated" "The race ran under the rules of another version, so its report cannot be made any more." "Start another race."),
        ProblemCode::RaceDamaged => wording!(INTERNAL_SERVER_ERROR
            ko "연습 복구 실패" "이 연습의 기록을 다시 읽을 수 없어요." "새 연습을 시작해 주세요."
            en "Race damaged" "The record of this race cannot be read back." "Start another race."),
        ProblemCode::Overloaded => wording!(SERVICE_UNAVAILABLE
            ko "접속 폭주" "요청이 몰려 처리하지 못했어요." "잠시 뒤에 다시 시도해 주세요."
            en "Overloaded" "Too many requests are waiting." "Try again in a moment."),
        ProblemCode::CatalogueAway => wording!(SERVICE_UNAVAILABLE
            ko "공연 정보 점검 중" "지금은 공연 정보를 불러올 수 없어요. 연습은 그대로 할 수 있어요." "잠시 뒤에 다시 시도해 주세요."
            en "Catalogue away" "The database of the shows is away. Practising goes on." "Try again in a moment."),
        ProblemCode::ServerFull => wording!(SERVICE_UNAVAILABLE
            ko "서버 한도" "동시에 진행할 수 있는 연습 수를 넘었어요." "조금 뒤에 다시 시도해 주세요."
            en "Server full" "The server runs as many races as it can hold." "Try again in a while."),
        ProblemCode::SaleFull => wording!(SERVICE_UNAVAILABLE
            ko "접속 한도" "이 판매는 더 이상 접속자를 받지 않아요." "새 연습을 시작해 주세요."
            en "Sale full" "This sale serves no more visitors." "Start another race."),
        ProblemCode::QueueFull => wording!(SERVICE_UNAVAILABLE
            ko "대기열 한도" "대기열이 가득 찼어요." "새 연습을 시작해 주세요."
            en "Queue full" "No more places can be given." "Start another race."),
        ProblemCode::TimedOut => wording!(SERVICE_UNAVAILABLE
            ko "시간 초과" "제때 처리하지 못했어요." "같은 키로 다시 보내 주세요."
            en "Timed out" "This took too long." "Send it again with the same key."),
        ProblemCode::Stopping => wording!(SERVICE_UNAVAILABLE
            ko "서버 종료 중" "서버가 종료되는 중이에요." "잠시 뒤에 다시 연결해 주세요."
            en "Stopping" "The server is stopping." "Connect again in a moment."),
        ProblemCode::JournalFailed => wording!(SERVICE_UNAVAILABLE
            ko "기록 실패" "요청을 안전하게 기록하지 못했어요. 처리되었는지 알 수 없어요." "다시 연결되면 같은 키로 다시 보내 주세요."
            en "Journal failed" "The command could not be written to disk; it may or may not count." "Connect again, then send it again with the same key."),
        ProblemCode::DiskFull => wording!(SERVICE_UNAVAILABLE
            ko "저장 공간 부족" "서버의 저장 공간이 가득 차서 요청을 기록하지 못했어요. 처리되었는지 알 수 없어요." "잠시 뒤 같은 키로 다시 보내 주세요."
            en "Disk full" "The server's disk is full, so the command could not be written; it may or may not count." "Wait a moment, then send it again with the same key."),
    }
}

#[cfg(test)]
mod tests;
