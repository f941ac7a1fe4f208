//! When the captcha is asked for, and which answers it takes.

use sale::{CaptchaStep, Letters, Outcome, Refusal, Rules, Standing, limits};

use crate::story::{JUNHO, MINA, Story, one_inside, plain, secs};

fn asking(step: CaptchaStep) -> Rules {
    let mut rules = plain();
    rules.captcha.step = step;
    rules
}

fn put_off_allowed() -> Rules {
    let mut rules = asking(CaptchaStep::BeforeMap);
    rules.captcha.put_off = true;
    rules
}

fn is_due(story: &Story) -> bool {
    matches!(story.sale.standing(MINA), Standing::Inside { captcha_due: true, .. })
}

#[test]
fn h13_the_captcha_is_asked_for_before_its_step_and_no_other() {
    let due = Err(Refusal::CaptchaDue);
    for (step, view, hold, pay) in [
        (CaptchaStep::Never, false, false, false),
        (CaptchaStep::BeforeMap, true, true, false),
        (CaptchaStep::BeforeHold, false, true, false),
        (CaptchaStep::BeforePay, false, false, true),
    ] {
        let mut story = Story::inside(asking(step), MINA);
        assert_eq!(is_due(&story), step != CaptchaStep::Never);
        assert_eq!(story.sale.challenge(MINA).is_some(), step != CaptchaStep::Never);
        assert_eq!(story.view(MINA, 0) == due, view, "{step:?}");
        assert_eq!(story.hold(MINA, &[0]) == due, hold, "{step:?}");
        if !hold {
            assert_eq!(story.pay(MINA) == due, pay, "{step:?}");
        }
    }
}

#[test]
fn h13_a_captcha_once_passed_stays_passed_for_the_visit() {
    for step in [CaptchaStep::BeforeMap, CaptchaStep::BeforeHold, CaptchaStep::BeforePay] {
        let mut story = Story::inside(asking(step), MINA);
        assert_eq!(story.solve(MINA), Ok(Outcome::CaptchaPassed));
        assert!(!is_due(&story));
        assert_eq!(story.sale.challenge(MINA), None);
        let letters = Letters::parse("ABC").unwrap();
        assert_eq!(story.answer(MINA, 1, letters), Err(Refusal::NoCaptcha));
        assert_eq!(story.renew(MINA), Err(Refusal::NoCaptcha));
        assert_eq!(story.put_off(MINA), Err(Refusal::NoCaptcha));
        story.view(MINA, 0).unwrap();
        story.hold(MINA, &[0]).unwrap();
        story.pay(MINA).unwrap();
        story.enter(MINA).unwrap();
        assert!(is_due(&story), "the next visit asks again");
    }
}

#[test]
fn h14_a_captcha_put_off_opens_the_map_but_no_seat() {
    let mut story = Story::inside(put_off_allowed(), MINA);
    assert_eq!(story.view(MINA, 0), Err(Refusal::CaptchaDue));
    assert_eq!(story.put_off(MINA), Ok(Outcome::CaptchaPutOff));
    assert_eq!(story.put_off(MINA), Err(Refusal::CannotPutOff));
    assert_eq!(story.view(MINA, 0), Ok(Outcome::Viewed));
    assert_eq!(story.hold(MINA, &[0]), Err(Refusal::CaptchaDue));
    assert!(is_due(&story));
    assert_eq!(story.solve(MINA), Ok(Outcome::CaptchaPassed));
    assert!(story.hold(MINA, &[0]).is_ok());
}

#[test]
fn h14_where_the_rules_do_not_allow_it_the_captcha_cannot_be_put_off() {
    for step in [CaptchaStep::BeforeMap, CaptchaStep::BeforeHold, CaptchaStep::BeforePay] {
        let mut story = Story::inside(asking(step), MINA);
        assert_eq!(story.put_off(MINA), Err(Refusal::CannotPutOff));
        assert!(is_due(&story));
    }
}

#[test]
fn h15_an_answer_may_come_in_the_last_moment_and_no_later() {
    for (at, answer) in
        [(secs(30), Ok(Outcome::CaptchaPassed)), (secs(30).next(), Err(Refusal::CaptchaOld))]
    {
        let mut story = Story::inside(asking(CaptchaStep::BeforeHold), MINA);
        story.until(at);
        assert_eq!(story.solve(MINA), answer);
    }
}

#[test]
fn h15_an_answer_to_another_image_is_old() {
    let mut story = Story::inside(asking(CaptchaStep::BeforeHold), MINA);
    let first = story.sale.challenge(MINA).unwrap();
    story.renew(MINA).unwrap();
    let second = story.sale.challenge(MINA).unwrap();
    assert_eq!(story.answer(MINA, first.number, first.letters), Err(Refusal::CaptchaOld));
    assert_eq!(story.answer(MINA, 3, second.letters), Err(Refusal::CaptchaOld));
    assert_eq!(story.solve(MINA), Ok(Outcome::CaptchaPassed));
}

#[test]
fn h16_a_renewed_captcha_is_another_image_and_valid_anew() {
    let mut story = Story::inside(asking(CaptchaStep::BeforeHold), MINA);
    let first = story.sale.challenge(MINA).unwrap();
    assert_eq!(first.number, 1);
    story.until(secs(45));
    assert_eq!(story.renew(MINA), Ok(Outcome::CaptchaRenewed(2)));
    let second = story.sale.challenge(MINA).unwrap();
    assert_eq!(second.number, 2);
    assert_ne!(second.letters, first.letters);
    story.until(secs(65));
    assert_eq!(story.solve(MINA), Ok(Outcome::CaptchaPassed));
}

#[test]
fn h16_there_is_a_limit_of_images_in_a_visit() {
    let mut story = Story::inside(asking(CaptchaStep::BeforeHold), MINA);
    for number in 2..=limits::CHALLENGES_MAX {
        assert_eq!(story.renew(MINA), Ok(Outcome::CaptchaRenewed(number)));
    }
    assert_eq!(story.renew(MINA), Err(Refusal::TooManyChallenges));
    assert_eq!(story.solve(MINA), Ok(Outcome::CaptchaPassed));
}

#[test]
fn h23_the_last_image_of_a_visit_stays_valid() {
    let mut story = Story::inside(asking(CaptchaStep::BeforeHold), MINA);
    for _ in 2..=limits::CHALLENGES_MAX {
        story.renew(MINA).unwrap();
    }
    // An image is valid for thirty seconds; no other can take the place of this one.
    story.until(secs(65));
    assert_eq!(story.renew(MINA), Err(Refusal::TooManyChallenges));
    assert_eq!(story.solve(MINA), Ok(Outcome::CaptchaPassed));
}

#[test]
fn h17_wrong_letters_leave_the_image_as_it_was() {
    let mut story = Story::inside(asking(CaptchaStep::BeforeHold), MINA);
    let shown = story.sale.challenge(MINA).unwrap();
    assert_eq!(shown.letters.as_str().len(), 6);
    assert_eq!(story.answer(MINA, 1, shown.letters.misread()), Ok(Outcome::CaptchaMissed));
    let short = Letters::parse(&shown.letters.as_str()[..5]).unwrap();
    assert_eq!(story.answer(MINA, 1, short), Ok(Outcome::CaptchaMissed));
    assert_eq!(story.sale.challenge(MINA), Some(shown));
    assert_eq!(story.hold(MINA, &[0]), Err(Refusal::CaptchaDue));
}

#[test]
fn h18_every_visit_and_every_visitor_gets_other_letters() {
    let mut rules = one_inside();
    rules.captcha.step = CaptchaStep::BeforeHold;
    let mut story = Story::inside(rules, MINA);
    let mut asked = vec![story.sale.challenge(MINA).unwrap().letters];
    for visitor in [MINA, JUNHO, MINA, JUNHO] {
        let out = if story.is_inside(MINA) { MINA } else { JUNHO };
        story.leave(out).unwrap();
        story.enter(visitor).unwrap();
        let letters = story.sale.challenge(visitor).unwrap().letters;
        assert!(!asked.contains(&letters), "{letters:?} was asked before");
        asked.push(letters);
    }
}

#[test]
fn h19_only_latin_letters_are_read() {
    for (typed, read) in
        [("abcdef", "ABCDEF"), ("  xY ", "XY"), ("A", "A"), ("ABCDEFGH", "ABCDEFGH")]
    {
        assert_eq!(Letters::parse(typed).unwrap().as_str(), read);
    }
    for typed in ["", "   ", "ABCDEFGHI", "ABC1", "A B", "가나다", "ÀBC", "ㅁㅠㅊ"] {
        assert_eq!(Letters::parse(typed), Err(Refusal::NotLatin), "{typed}");
    }
}
