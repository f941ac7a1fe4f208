//! One rival inside the sale: who it is, what it wants and what it plans to do next. What it does
//! is in [`turn`](super::turn).

use borsh::{BorshDeserialize, BorshSerialize};
use sale::limits::SEATS_PER_HOLD_MAX;
use sale::{CaptchaStep, Moment, Rules, Seats, Section, Visitor};

use crate::draws::Draws;
use crate::persona::{CrowdRules, Groups};

/// A rival that was admitted.
#[derive(Clone, Debug, BorshSerialize, BorshDeserialize)]
pub(super) struct Rival {
    number: u32,
    /// Its kind, by index among the personas.
    pub(super) persona: u8,
    pub(super) draws: Draws,
    /// How many seats it wants.
    pub(super) want: u8,
    /// How many of them it holds.
    pub(super) got: u8,
    /// How often somebody else was faster.
    pub(super) conflicts: u32,
    /// Conflicts, and looks at a hall without a free seat.
    pub(super) fails: u32,
    /// The section it opened last.
    pub(super) section: Section,
    pub(super) intent: Intent,
    pub(super) captcha_passed: bool,
}

/// What a rival does in its next turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(super) enum Intent {
    /// Asks to see the seats before it types the captcha.
    PutOff,
    /// Types the captcha, and goes on with this step once it is right.
    Answer(Step),
    /// Takes a step towards a seat.
    Step(Step),
}

/// A step towards a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(super) enum Step {
    /// Chooses a section on the overview and opens it.
    Section,
    /// Looks at the section's map and chooses seats; clicks them at this moment.
    Look(Moment),
    /// The click on these seats arrives.
    Hold(Seats),
    /// Pays.
    Pay,
    /// Has let the hold run out.
    End,
}

impl Rival {
    /// A rival that was admitted at `at`, and the moment of its first turn.
    pub(super) fn admitted(
        number: u32,
        persona_index: u8,
        mut draws: Draws,
        crowd: &CrowdRules,
        sale: &Rules,
        at: Moment,
    ) -> (Self, Moment) {
        let persona = &crowd.personas[usize::from(persona_index)];
        let noticed_at = at + crowd.notice.span(&mut draws);
        // The rest of a large limit is for another booking, and a rival books once.
        let limit = usize::from(sale.seats_max).min(SEATS_PER_HOLD_MAX);
        let want = group_size(&crowd.groups, u8::try_from(limit).unwrap_or(u8::MAX), &mut draws);
        let puts_off = sale.captcha.put_off && draws.chance(persona.put_off);
        let (intent, delay) = if sale.captcha.step != CaptchaStep::BeforeMap {
            (Intent::Step(Step::Section), &persona.section)
        } else if puts_off {
            (Intent::PutOff, &persona.alert)
        } else {
            (Intent::Answer(Step::Section), &persona.captcha)
        };
        let begins_at = noticed_at + delay.span(&mut draws);
        let rival = Self {
            number,
            persona: persona_index,
            draws,
            want,
            got: 0,
            conflicts: 0,
            fails: 0,
            section: Section(0),
            intent,
            captcha_passed: sale.captcha.step == CaptchaStep::Never,
        };
        (rival, begins_at)
    }

    /// The rival as the sale knows it.
    pub(super) fn visitor(&self) -> Visitor {
        Visitor(self.number)
    }
}

/// How many seats a rival wants where one person may have `seats_max`.
fn group_size(groups: &Groups, seats_max: u8, draws: &mut Draws) -> u8 {
    let unit = draws.unit();
    match seats_max {
        2 if unit < groups.two_of_two => 2,
        1 | 2 => 1,
        _ if unit < groups.all => seats_max,
        _ if unit < groups.all + groups.one_less => seats_max - 1,
        _ => 1,
    }
}
