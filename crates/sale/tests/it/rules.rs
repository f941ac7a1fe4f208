//! Rules and layouts that cannot be played, and the largest and smallest moments and spans.

use sale::{
    AdmissionRules, CaptchaRules, CaptchaStep, Layout, LayoutError, Moment, Rules, Sale, SaleError,
    Seat, Section, Span,
};

use crate::story::{hall, plain, span};

/// The rule that the error names when `change` is made to rules that can be played.
fn complaint(change: impl FnOnce(&mut Rules)) -> Option<&'static str> {
    let mut rules = plain();
    change(&mut rules);
    let checked = rules.check();
    let made = Sale::new(rules, hall(), 1);
    assert_eq!(made.err(), checked.err().map(SaleError::Rules));
    checked.err().map(|error| error.rule)
}

fn admission(change: impl FnOnce(&mut AdmissionRules)) -> Option<&'static str> {
    complaint(|rules| change(&mut rules.admission))
}

fn captcha(change: impl FnOnce(&mut CaptchaRules)) -> Option<&'static str> {
    complaint(|rules| {
        rules.captcha.step = CaptchaStep::BeforeMap;
        change(&mut rules.captcha);
    })
}

const DAY: Span = span(24 * 60 * 60);
const OVER_A_DAY: Span = Span::from_nanos(DAY.as_nanos() + 1);

#[test]
fn s20_rules_are_accepted_to_their_limits_and_refused_beyond() {
    assert_eq!(complaint(|_| ()), None);
    assert_eq!(complaint(|rules| rules.opens_at = Moment::START + DAY), None);
    assert_eq!(complaint(|rules| rules.opens_at = Moment::START + OVER_A_DAY), Some("opens_at"));
    assert_eq!(complaint(|rules| rules.closes_at = Some(rules.opens_at)), Some("closes_at"));
    assert_eq!(complaint(|rules| rules.closes_at = Some(rules.opens_at.next())), None);
    assert_eq!(complaint(|rules| rules.early_lock = DAY), None);
    assert_eq!(complaint(|rules| rules.early_lock = OVER_A_DAY), Some("early_lock"));
    assert_eq!(complaint(|rules| rules.early_lock = Span::ZERO), None);
    for (allowed, range) in [(true, [1, 16]), (false, [0, 17])] {
        for seats in range {
            let expected = (!allowed).then_some("seats_max");
            assert_eq!(complaint(|rules| rules.seats_max = seats), expected);
        }
    }
    for (length, allowed) in
        [(Span::ZERO, false), (Span::from_nanos(1), true), (DAY, true), (OVER_A_DAY, false)]
    {
        assert_eq!(complaint(|rules| rules.pass = length), (!allowed).then_some("pass"));
        assert_eq!(complaint(|rules| rules.hold = length), (!allowed).then_some("hold"));
        let valid_for = captcha(|captcha| captcha.valid_for = length);
        assert_eq!(valid_for, (!allowed).then_some("captcha.valid_for"));
    }
    assert_eq!(complaint(|rules| rules.fee_won = 100_000_000), None);
    assert_eq!(complaint(|rules| rules.fee_won = 100_000_001), Some("fee_won"));
}

#[test]
fn s20_admission_is_checked() {
    let burst = Some("admission.burst");
    assert_eq!(admission(|admission| admission.burst = 0), burst);
    assert_eq!(admission(|admission| admission.burst = 1_000_000), None);
    assert_eq!(admission(|admission| admission.burst = 1_000_001), burst);
    let rate = Some("admission.per_1000_s");
    assert_eq!(admission(|admission| admission.per_1000_s = 100_000_000), None);
    assert_eq!(admission(|admission| admission.per_1000_s = 100_000_001), rate);
    let noise = Some("admission.noise_permille");
    assert_eq!(admission(|admission| admission.noise_permille = 999), None);
    assert_eq!(admission(|admission| admission.noise_permille = 1_000), noise);
    let inside = Some("admission.inside_max");
    assert_eq!(admission(|admission| admission.inside_max = 0), inside);
    assert_eq!(admission(|admission| admission.inside_max = 1_000_000), None);
    assert_eq!(admission(|admission| admission.inside_max = 1_000_001), inside);
}

#[test]
fn s20_captchas_are_checked_where_there_is_one() {
    for letters in [0, 9, 255] {
        let wrong = Some("captcha.letters");
        assert_eq!(captcha(|captcha| captcha.letters = letters), wrong);
        let none = CaptchaStep::Never;
        assert_eq!(captcha(|captcha| (captcha.letters, captcha.step) = (letters, none)), None);
    }
    assert_eq!(captcha(|captcha| captcha.letters = 8), None);
    assert_eq!(captcha(|captcha| captcha.put_off = true), None);
    for step in [CaptchaStep::Never, CaptchaStep::BeforeHold, CaptchaStep::BeforePay] {
        let wrong = Some("captcha.put_off");
        assert_eq!(captcha(|captcha| (captcha.put_off, captcha.step) = (true, step)), wrong);
    }
}

#[test]
fn s20_rules_at_every_limit_can_be_played() {
    let mut rules = plain();
    rules.admission = AdmissionRules {
        per_1000_s: 100_000_000,
        burst: 1_000_000,
        noise_permille: 999,
        inside_max: 1_000_000,
    };
    rules.fee_won = 100_000_000;
    rules.seats_max = 8;
    let dear = Layout::new(&[8], vec![0; 8], vec![100_000_000]).unwrap();
    let mut sale = Sale::new(rules, dear, u64::MAX).unwrap();
    let visitor = sale::Visitor(0);
    sale.handle(Moment::from_millis(99_000), sale::Command::Enter { visitor }).unwrap();
    let seats = sale::Seats::new(&(0..8).map(Seat).collect::<Vec<_>>()).unwrap();
    sale.handle(Moment::from_millis(99_001), sale::Command::HoldSeats { visitor, seats }).unwrap();
    let paid = sale.handle(Moment::from_millis(99_002), sale::Command::Pay { visitor });
    assert_eq!(paid, crate::story::booked(0, 1_600_000_000));
}

#[test]
fn s21_a_layout_knows_section_grade_and_price_of_each_seat() {
    let layout = hall();
    assert_eq!((layout.seat_count(), layout.section_count()), (10, 3));
    assert_eq!(layout.seats_of(Section(1)), 4..8);
    let sections: Vec<u16> = (0..10).map(|seat| layout.section_of(Seat(seat)).0).collect();
    assert_eq!(sections, [0, 0, 0, 0, 1, 1, 1, 1, 2, 2]);
    assert!(layout.has_section(Section(2)) && !layout.has_section(Section(3)));
    assert_eq!((layout.grade_of(Seat(9)), layout.price_of(Seat(9))), (2, 50_000));
}

#[test]
fn s21_a_layout_that_does_not_fit_together_is_refused() {
    let new = |sizes: &[u32], seats: usize, prices: &[u64]| {
        Layout::new(sizes, vec![0; seats], prices.to_vec()).err()
    };
    assert_eq!(new(&[2, 1], 3, &[1]), None);
    assert_eq!(new(&[], 0, &[1]), Some(LayoutError::Empty));
    assert_eq!(new(&[2], 0, &[1]), Some(LayoutError::Empty));
    assert_eq!(new(&[2, 0], 2, &[1]), Some(LayoutError::EmptySection { section: 1 }));
    assert_eq!(new(&[2], 3, &[1]), Some(LayoutError::Uneven { sections: 2, grades: 3 }));
    let sections = 2 * u64::from(u32::MAX);
    let wrapped = LayoutError::Uneven { sections, grades: 3 };
    assert_eq!(new(&[u32::MAX, u32::MAX], 3, &[1]), Some(wrapped));
    assert_eq!(new(&[3], 3, &[]), Some(LayoutError::Price));
    assert_eq!(new(&[3], 3, &[100_000_001]), Some(LayoutError::Price));
    assert_eq!(new(&[3], 3, &[1; 17]), Some(LayoutError::Price));
    assert_eq!(new(&[100_000], 100_000, &[100_000_000; 16]), None);
    assert_eq!(new(&[100_001], 100_001, &[1]), Some(LayoutError::TooLarge));
    assert_eq!(new(&[1; 512], 512, &[1]), None);
    assert_eq!(new(&[1; 513], 513, &[1]), Some(LayoutError::TooLarge));
    assert_eq!(Layout::new(&[2], vec![0, 1], vec![1]).err(), Some(LayoutError::Price));
}

#[test]
fn s24_moments_and_spans_stay_at_their_ends() {
    let end = Moment::NEVER;
    assert_eq!(end.next(), end);
    assert_eq!(end + Span::SECOND, end);
    assert_eq!(Span::from_nanos(u64::MAX) + Span::SECOND, Span::from_nanos(u64::MAX));
    assert_eq!(Span::SECOND + Span::SECOND, Span::from_millis(2_000));
    assert_eq!(Moment::from_millis(u64::MAX), end);
    assert_eq!(Span::from_millis(u64::MAX), Span::from_nanos(u64::MAX));
    assert_eq!(Moment::START.since(end), Span::ZERO);
    assert_eq!(Span::from_secs_f64(-3.0), Span::ZERO);
    assert_eq!(Span::from_secs_f64(f64::NAN), Span::ZERO);
    assert_eq!(Span::from_secs_f64(f64::INFINITY), Span::from_nanos(u64::MAX));
    assert_eq!(Span::from_secs_f64(1.5), Span::from_millis(1_500));
    assert_eq!(Moment::from_millis(1_999).as_millis(), 1_999);
    assert_eq!(format!("{:?}", Moment::from_nanos(2_000_000_001)), "2.000000001s");
}
