//! Which commands are refused at which stage, and that a refusal changes nothing.

use sale::{
    BookingId, CaptchaStep, Command, Departure, Discount, Letters, Outcome, PaymentId, Refusal,
    Rules, Seats, Section, Visitor, limits,
};

use crate::story::{
    FREE, JUNHO, MINA, SORA, Story, one_inside, placed, plain, seats, secs, sold_to, span,
};

/// All commands of visitors inside, with numbers that exist and numbers that do not.
fn visitors_commands() -> Vec<Command> {
    let letters = Letters::parse("WRONG").unwrap();
    let mut commands = Vec::new();
    for number in [0, 1, 77, limits::VISITORS_MAX - 1, limits::VISITORS_MAX, u32::MAX] {
        let visitor = Visitor(number);
        for challenge in [0, 1, u16::MAX] {
            commands.push(Command::AnswerCaptcha { visitor, challenge, letters });
        }
        commands.push(Command::RenewCaptcha { visitor });
        commands.push(Command::PutOffCaptcha { visitor });
        for section in [0, 2, 3, u16::MAX] {
            commands.push(Command::ViewSection { visitor, section: Section(section) });
        }
        for list in [&[0][..], &[9, 10], &[u32::MAX], &[0, 1, 2, 3, 4, 5, 6, 7]] {
            commands.push(Command::HoldSeats { visitor, seats: seats(list) });
            commands.push(Command::ReleaseSeats { visitor, seats: seats(list) });
            for discount in [0, 1, u8::MAX].map(Discount) {
                commands.push(Command::ChoosePrice { visitor, seats: seats(list), discount });
            }
        }
        commands.push(Command::Pay { visitor });
        commands.push(Command::BeginPayment { visitor });
    }
    commands
}

fn other_commands() -> Vec<Command> {
    let mut commands = vec![Command::Open, Command::Pause, Command::Resume];
    for number in [0, 77, limits::VISITORS_MAX, u32::MAX] {
        let visitor = Visitor(number);
        commands.push(Command::Enter { visitor });
        commands.push(Command::Leave { visitor, cause: Departure::Lost });
        for number in [0, 1, u32::MAX] {
            commands.push(Command::CancelBooking { visitor, booking: BookingId(number) });
            commands.push(Command::EndPayment { visitor, payment: PaymentId(number) });
            commands.push(Command::ConfirmPayment { visitor, payment: PaymentId(number) });
        }
    }
    commands
}

#[test]
fn s13_what_needs_a_visit_is_refused_without_one() {
    let mut before = Story::of(plain());
    let mut open = Story::opened(plain());
    let mut paused = Story::opened(plain());
    paused.does(Command::Pause).unwrap();
    let mut closed = Story::opened(plain());
    closed.does(Command::Close).unwrap();
    for command in visitors_commands() {
        assert_eq!(before.does(command), Err(Refusal::NotOpen), "{command:?}");
        assert_eq!(open.does(command), Err(Refusal::NotInside), "{command:?}");
        assert_eq!(paused.does(command), Err(Refusal::NotInside), "{command:?}");
        assert_eq!(closed.does(command), Err(Refusal::Closed), "{command:?}");
    }
}

#[test]
fn s13_a_closed_sale_refuses_everything() {
    let mut story = Story::inside(plain(), MINA);
    story.hold(MINA, &[0]).unwrap();
    story.pay(MINA).unwrap();
    story.does(Command::Close).unwrap();
    story.news();
    for command in visitors_commands().into_iter().chain(other_commands()).chain([Command::Close]) {
        assert_eq!(story.does(command), Err(Refusal::Closed), "{command:?}");
    }
    assert_eq!(story.news(), []);
    assert_eq!(story.seat(0), sold_to(MINA));
}

#[test]
fn s13_nonsense_from_a_visitor_inside_is_answered() {
    let mut rules = Rules { hold_at: sale::HoldAt::Click, ..plain() };
    rules.captcha.step = CaptchaStep::BeforePay;
    let mut story = Story::inside(rules, Visitor(1));
    for command in visitors_commands() {
        let mine = matches!(
            command,
            Command::HoldSeats { visitor: Visitor(1), .. }
                | Command::ReleaseSeats { visitor: Visitor(1), .. }
        );
        let answer = story.does(command);
        if mine && let Command::HoldSeats { seats, .. } = command {
            let exists = seats.iter().all(|seat| seat.0 < 10);
            assert_eq!(answer.is_ok(), exists && seats.len() == 1, "{command:?}: {answer:?}");
        }
    }
    // The one hold that is possible was taken, and the command after it released it.
    assert_eq!(story.seat(0), FREE);
    assert!(story.is_inside(Visitor(1)));
}

#[test]
fn s13_the_order_of_reasons_is_fixed() {
    let mut rules = one_inside();
    rules.seats_max = 1;
    rules.captcha.step = CaptchaStep::BeforeHold;
    let mut story = Story::of(rules);
    story.until(secs(9));
    story.enter(JUNHO).unwrap();
    story.until(secs(10));
    story.enter(MINA).unwrap();
    story.does(Command::Pause).unwrap();
    assert_eq!(story.enter(Visitor(u32::MAX)), Err(Refusal::SaleFull));
    assert_eq!(story.enter(JUNHO), Err(Refusal::Locked));
    assert_eq!(story.enter(SORA), Err(Refusal::Paused));
    assert_eq!(story.hold(MINA, &[99]), Err(Refusal::Paused));
    story.does(Command::Resume).unwrap();
    assert_eq!(story.hold(MINA, &[99]), Err(Refusal::CaptchaDue));
    assert_eq!(story.view(MINA, 9), Err(Refusal::NoSuchSection));
    story.solve(MINA).unwrap();
    assert_eq!(story.hold(MINA, &[99, 0]), Err(Refusal::NoSuchSeat));
    story.hold(MINA, &[0]).unwrap();
    assert_eq!(story.hold(MINA, &[99]), Err(Refusal::NoSuchSeat));
    assert_eq!(story.hold(MINA, &[0]), Err(Refusal::HoldExists));
    story.pay(MINA).unwrap();
    story.does(Command::Pause).unwrap();
    assert_eq!(story.enter(MINA), Err(Refusal::LimitReached));
}

#[test]
fn s13_the_list_of_refusals_is_complete_and_in_order() {
    for (at, refusal) in Refusal::ALL.iter().enumerate() {
        let recorded = borsh::to_vec(refusal).unwrap();
        assert_eq!(recorded, [u8::try_from(at).unwrap()], "{refusal:?}");
        assert!(!refusal.to_string().is_empty());
    }
    let beyond = [u8::try_from(Refusal::ALL.len()).unwrap()];
    assert!(borsh::from_slice::<Refusal>(&beyond).is_err(), "a refusal is missing from ALL");
}

/// Compares a sale that refused a command, byte for byte, with one that never got it. Both then
/// refuse the same nonsense at a later moment.
#[test]
fn s5_a_refusal_changes_nothing() {
    let mut rules = one_inside();
    rules.refresh_waiting = sale::Refresh::GoesToEnd;
    rules.captcha.step = CaptchaStep::BeforePay;
    let mut story = Story::inside(rules, MINA);
    story.enter(JUNHO).unwrap();
    story.hold(MINA, &[0, 1]).unwrap();
    story.does(Command::Pause).unwrap();
    let mut refused = 0;
    for command in visitors_commands().into_iter().chain(other_commands()) {
        let (mut asked, mut spared) = (story.sale.clone(), story.sale.clone());
        if asked.handle(secs(15), command).is_ok() {
            continue;
        }
        refused += 1;
        spared.advance(secs(15));
        for sale in [&mut asked, &mut spared] {
            let nonsense = Command::Pay { visitor: Visitor(u32::MAX) };
            assert_eq!(sale.handle(secs(16), nonsense), Err(Refusal::NotInside));
            assert_eq!(sale.poll_event(), None);
        }
        assert_eq!(asked.snapshot(), spared.snapshot(), "{command:?}");
    }
    assert!(refused > 80, "{refused}");
}

#[test]
#[should_panic(expected = "strict order")]
fn s6_two_commands_at_one_moment_stop_the_program() {
    let mut story = Story::opened(plain());
    story.enter(MINA).unwrap();
    let at = story.sale.now();
    let _ = story.sale.handle(at, Command::Enter { visitor: JUNHO });
}

#[test]
#[should_panic(expected = "what already happened")]
fn s6_a_command_before_the_time_told_stops_the_program() {
    let mut story = Story::opened(plain());
    story.sale.advance(secs(20));
    let _ = story.sale.handle(secs(19), Command::Enter { visitor: JUNHO });
}

#[test]
fn s6_a_stamp_is_the_first_moment_that_may_be_used() {
    let mut story = Story::of(plain());
    assert_eq!(story.sale.stamp(secs(1)), secs(1));
    story.sale.advance(secs(20));
    assert_eq!(story.sale.stamp(secs(1)), secs(20));
    assert_eq!(story.sale.stamp(secs(21)), secs(21));
    story.sale.handle(story.sale.stamp(secs(20)), Command::Open).unwrap_err();
    assert_eq!(story.sale.stamp(secs(20)), secs(20), "a refused command leaves no stamp");
    assert!(story.sale.handle(story.sale.stamp(secs(20)), Command::Pause).is_ok());
    assert_eq!(story.sale.stamp(secs(20)), secs(20).next());
}

#[test]
fn s6_a_command_at_the_time_told_is_decided() {
    let mut story = Story::opened(plain());
    story.sale.advance(secs(20));
    assert_eq!(story.sale.handle(secs(20), Command::Enter { visitor: JUNHO }), placed(1));
}

/// Writes commands that a caller could make in their recorded form, and reads them back.
#[test]
fn s23_a_recorded_command_is_read_back_as_it_was() {
    let cases = visitors_commands().into_iter().chain(other_commands()).chain([Command::Close]);
    for command in cases {
        let bytes = borsh::to_vec(&command).unwrap();
        assert_eq!(borsh::from_slice::<Command>(&bytes).unwrap(), command);
        for shorter in 0..bytes.len() {
            assert!(borsh::from_slice::<Command>(&bytes[..shorter]).is_err());
        }
    }
}

#[test]
fn s23_seats_and_letters_that_no_caller_could_make_are_not_read() {
    let good = borsh::to_vec(&seats(&[5, 6])).unwrap();
    assert_eq!(good, [2, 5, 0, 0, 0, 6, 0, 0, 0]);
    assert_eq!(borsh::from_slice::<Seats>(&good).unwrap(), seats(&[5, 6]));
    let mut nine = vec![9];
    nine.extend((0..9_u32).flat_map(u32::to_le_bytes));
    for bad in [&[0][..], &[2, 5, 0, 0, 0, 5, 0, 0, 0], &nine, &[255]] {
        assert!(borsh::from_slice::<Seats>(bad).is_err(), "{bad:?}");
    }
    let good = borsh::to_vec(&Letters::parse("AB").unwrap()).unwrap();
    assert_eq!(good, [2, b'A', b'B', 0, 0, 0, 0, 0, 0]);
    assert!(borsh::from_slice::<Letters>(&good).is_ok());
    for (at, byte) in [(0, 0), (0, 9), (0, 255), (0, 1), (0, 3), (1, b'a'), (2, b'1'), (8, b'C')] {
        let mut bad = good.clone();
        bad[at] = byte;
        assert!(borsh::from_slice::<Letters>(&bad).is_err(), "{bad:?}");
    }
}

#[test]
fn s13_a_sale_that_never_asks_accepts_no_captcha() {
    let mut story = Story::inside(Rules { pass: span(50), ..plain() }, MINA);
    assert_eq!(story.renew(MINA), Err(Refusal::NoCaptcha));
    assert_eq!(story.put_off(MINA), Err(Refusal::NoCaptcha));
    let letters = Letters::parse("ABC").unwrap();
    assert_eq!(story.answer(MINA, 1, letters), Err(Refusal::NoCaptcha));
    assert_eq!(story.view(MINA, 0), Ok(Outcome::Viewed));
}
