//! Exercises: the scripted self brings the person to the step, and the person's own commands reach the goal.

use practice::{
    Act, Ending, Exercise, Ground, MemberId, Note, PersonId, Practice, Unready, prelude,
};
use sale::{
    CaptchaStep, Command, Letters, Machine, Moment, Outcome, Seat, Seats, Section, Span, Standing,
};
use scenario::{Choice, Course, Library, Recipe};

use crate::scene::act;

const ME: MemberId = MemberId(0);
const STYLES: [&str; 2] = ["n-style", "m-style"];

/// A race that stands at the step of an exercise.
struct Begun {
    practice: Practice,
    from: Moment,
}

fn course_of(exercise: Exercise, style: &str) -> Course {
    let Ground { plan, demand, rivals, lobby_s } = exercise.ground();
    let (plan, demand, style) = (plan.to_owned(), demand.to_owned(), style.to_owned());
    let choice = Choice { plan, demand, style };
    let recipe = Recipe::compose(&Library::built_in(), &choice, Some(rivals)).unwrap();
    Course::new(recipe.opening_after(lobby_s).unwrap()).unwrap()
}

fn begin(exercise: Exercise, style: &str, seed: u64) -> Begun {
    let course = course_of(exercise, style);
    let mut practice = Practice::new(course.scenario, seed, course.ends_at).unwrap();
    let from = prelude(&mut practice, exercise, PersonId(7)).unwrap();
    practice.set_end(from + Exercise::LENGTH);
    Begun { practice, from }
}

impl Begun {
    /// Has the person act after so many seconds of the exercise, as a server does it: the scripted rival comes first,
    /// and then it is asked whether the goal is reached.
    fn act(&mut self, exercise: Exercise, after_s: f64, what: Act) -> Outcome {
        let at = self.from + Span::from_secs_f64(after_s);
        self.practice.advance(at, crowd::ignore);
        if exercise == Exercise::Conflict {
            for command in self.practice.strike(ME, what) {
                let at = self.practice.sale().stamp(at);
                self.practice.handle(at, command, crowd::ignore).unwrap();
            }
        }
        let outcome = act(&mut self.practice, at, ME, what).unwrap();
        if self.practice.has_reached(ME, exercise) {
            let now = self.practice.sale().now();
            self.practice.keep(now, None, Note::GoalReached { member: ME }).unwrap();
        }
        outcome
    }

    fn ending(&self) -> Option<Ending> {
        self.practice.member(ME).run().ended().map(|ended| ended.ending)
    }

    fn standing(&self) -> Standing {
        self.practice.standing(ME)
    }

    fn letters(&self) -> (u16, Letters) {
        let me = self.practice.member(ME).visitor();
        let asked = self.practice.sale().challenge(me).unwrap();
        (asked.number, asked.letters)
    }

    /// Free seats of a section, the best first.
    fn free_in(&self, section: Section) -> Vec<Seat> {
        let (sale, hall) = (self.practice.sale(), self.practice.race().hall());
        let best_first = hall.best_first(sale.layout(), section).iter().copied();
        best_first.filter(|&seat| sale.is_free(seat)).collect()
    }

    /// The free seats of the section that is open.
    fn free_here(&self) -> Vec<Seat> {
        let Standing::Inside { viewed: Some((section, _)), .. } = self.standing() else {
            panic!("no section is open: {:?}", self.standing())
        };
        self.free_in(section)
    }

    fn sections(&self) -> impl Iterator<Item = Section> + use<> {
        let count = self.practice.sale().layout().section_count();
        (0..u16::try_from(count).unwrap()).map(Section)
    }
}

/// What a practised person does: each act, and after how many seconds.
fn solve(begun: &mut Begun, exercise: Exercise) {
    match exercise {
        Exercise::Press => {
            begun.act(exercise, 8.4, Act::Enter);
        }
        Exercise::Captcha => {
            let (challenge, letters) = begun.letters();
            begun.act(exercise, 4.0, Act::AnswerCaptcha { challenge, letters });
        }
        Exercise::Section => {
            let found = begun.sections().find(|&at| !begun.free_in(at).is_empty()).unwrap();
            begun.act(exercise, 4.0, Act::ViewSection(found));
        }
        Exercise::Seats => {
            let seat = *begun.free_here().last().unwrap();
            begun.act(exercise, 0.5, Act::HoldSeats(Seats::one(seat)));
        }
        Exercise::Conflict => {
            let free = begun.free_here();
            begun.act(exercise, 0.5, Act::HoldSeats(Seats::one(free[0])));
            let seat = *begun.free_here().last().unwrap();
            begun.act(exercise, 0.6, Act::HoldSeats(Seats::one(seat)));
        }
        Exercise::Pay => {
            let Standing::Inside { hold: Some(hold), .. } = begun.standing() else { panic!() };
            let expected_won = begun.practice.sale().total_of(&hold);
            begun.act(exercise, 12.0, Act::Pay { expected_won });
        }
    }
}

/// Whether the person stands at the step of the exercise and at none before or after it.
fn is_at_step(begun: &Begun, exercise: Exercise) -> bool {
    match begun.standing() {
        Standing::Away { .. } => exercise == Exercise::Press,
        Standing::Inside { captcha_due, viewed, hold, .. } => match exercise {
            Exercise::Press => false,
            Exercise::Captcha => captcha_due,
            Exercise::Section => !captcha_due && viewed.is_none(),
            Exercise::Seats | Exercise::Conflict => viewed.is_some() && hold.is_none(),
            Exercise::Pay => hold.is_some(),
        },
        Standing::Pooled | Standing::Waiting { .. } => false,
    }
}

#[test]
fn c53_an_exercise_begins_where_the_earlier_steps_are_done() {
    for (exercise, style) in
        Exercise::ALL.into_iter().flat_map(|one| STYLES.map(|style| (one, style)))
    {
        for seed in 0..3 {
            let begun = begin(exercise, style, seed);
            assert!(
                is_at_step(&begun, exercise),
                "{exercise:?} in {style}: {:?}",
                begun.standing()
            );
            assert_eq!(begun.practice.now(), begun.from, "{exercise:?}: race time is there");
            assert!(
                !begun.practice.has_reached(ME, exercise),
                "{exercise:?}: there is something to do"
            );
            assert_eq!(begun.ending(), None, "{exercise:?} in {style}");
        }
    }
}

#[test]
fn c53_the_hall_is_in_the_state_that_the_exercise_needs() {
    for seed in 0..5 {
        let hall = begin(Exercise::Section, "n-style", seed);
        let without = hall.sections().filter(|&at| hall.free_in(at).is_empty()).count();
        assert!(
            hall.sections().count() >= 30 && without >= 20,
            "a free seat has to be searched for"
        );
        let mut map = begin(Exercise::Seats, "n-style", seed);
        let before = map.free_here().len();
        assert!(before >= 40, "{before} seats to pick from");
        map.practice.advance(map.from + Exercise::LENGTH, crowd::ignore);
        assert!(map.free_here().len() * 3 < before * 2, "rivals empty the map");
    }
}

#[test]
fn c53_a_style_without_a_captcha_has_none_to_practise() {
    let mut course = course_of(Exercise::Captcha, "n-style");
    course.scenario.rules.captcha.step = CaptchaStep::Never;
    let mut practice = Practice::new(course.scenario.clone(), 7, course.ends_at).unwrap();
    assert_eq!(prelude(&mut practice, Exercise::Captcha, PersonId(7)), Err(Unready::NoCaptcha));
    let mut practice = Practice::new(course.scenario, 7, course.ends_at).unwrap();
    prelude(&mut practice, Exercise::Pay, PersonId(7)).unwrap();
}

#[test]
fn c54_the_goal_ends_the_run_and_the_time_to_it_counts() {
    for (exercise, style) in
        Exercise::ALL.into_iter().flat_map(|one| STYLES.map(|style| (one, style)))
    {
        let mut begun = begin(exercise, style, 7);
        solve(&mut begun, exercise);
        let (ending, took_s) = match exercise {
            Exercise::Press => (Ending::Done, 0.4),
            Exercise::Captcha | Exercise::Section => (Ending::Done, 4.0),
            Exercise::Seats => (Ending::Done, 0.5),
            Exercise::Conflict => (Ending::Done, 0.6),
            Exercise::Pay => (Ending::Paid, 12.0),
        };
        assert_eq!(begun.ending(), Some(ending), "{exercise:?} in {style}");
        let took = begun.practice.goal_took(ME, exercise).unwrap().as_secs_f64();
        assert!((took - took_s).abs() < 1e-6, "{exercise:?} in {style} took {took} s");
        assert!(begun.practice.is_over_for_all(), "nothing is left to do");
    }
}

#[test]
fn c54_without_the_goal_an_exercise_is_over_after_twenty_seconds() {
    for exercise in Exercise::ALL {
        let mut begun = begin(exercise, "n-style", 7);
        let ends_at = begun.practice.ends_at();
        assert_eq!(Exercise::goal(ends_at), [begun.from, begun.from + Exercise::LENGTH]);
        let at = begun.practice.sale().stamp(ends_at);
        begun.practice.handle(at, Command::Close, crowd::ignore).unwrap();
        assert_eq!(begun.ending(), Some(Ending::TimeOver), "{exercise:?}");
        assert_eq!(begun.practice.goal_took(ME, exercise), None, "{exercise:?}");
    }
}

#[test]
fn c54_a_section_without_a_free_seat_is_not_the_goal() {
    let mut begun = begin(Exercise::Section, "n-style", 7);
    let full = begun.sections().find(|&at| begun.free_in(at).is_empty()).unwrap();
    begun.act(Exercise::Section, 1.0, Act::ViewSection(full));
    assert_eq!(begun.ending(), None);
    solve(&mut begun, Exercise::Section);
    assert_eq!(begun.ending(), Some(Ending::Done));
}

#[test]
fn c55_the_scripted_rival_takes_the_first_seat_and_no_other() {
    for (style, seed) in STYLES.into_iter().flat_map(|style| (0..10).map(move |seed| (style, seed)))
    {
        let mut begun = begin(Exercise::Conflict, style, seed);
        begun.practice.advance(begun.from + Span::from_millis(500), crowd::ignore);
        let free = begun.free_here();
        let seats = Seats::new(&free[..2]).unwrap();
        let met = begun.act(Exercise::Conflict, 0.5, Act::HoldSeats(seats));
        assert!(matches!(met, Outcome::SeatTaken { seat, .. } if seat == free[0]), "{met:?}");
        let [conflict] = begun.practice.member(ME).run().conflicts() else {
            panic!("one conflict")
        };
        assert!(conflict.late_by < Span::MILLI, "right before the person");
        assert!(begun.practice.sale().is_free(free[1]), "the other seat was left alone");
        let met = begun.act(Exercise::Conflict, 0.5, Act::HoldSeats(Seats::one(free[1])));
        assert!(matches!(met, Outcome::Held { .. }), "the second try is the person's: {met:?}");
        assert_eq!(begun.ending(), Some(Ending::Done));
    }
}

#[test]
fn c55_a_try_that_cannot_succeed_does_not_call_the_scripted_rival() {
    let begun = begin(Exercise::Conflict, "n-style", 7);
    let free = begun.free_here();
    let many = Act::HoldSeats(Seats::new(&free[..3]).unwrap());
    assert_eq!(begun.practice.strike(ME, many), [], "more than the style allows");
    let nowhere = Act::HoldSeats(Seats::one(Seat(u32::MAX)));
    assert_eq!(begun.practice.strike(ME, nowhere), [], "no such seat");
    assert_eq!(begun.practice.strike(ME, Act::Enter), []);
    assert_eq!(begun.practice.strike(ME, Act::HoldSeats(Seats::one(free[0]))).len(), 1);
}
