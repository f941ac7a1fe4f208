//! What a person can do in a race, and what is checked before the sale is asked.

use sale::{Command, Departure, Discount, Letters, Seats, Section, Visitor};

/// What a person can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Press the button: queue up, or refresh.
    Enter,
    /// Go away for good.
    Leave,
    /// Type the letters of a captcha.
    AnswerCaptcha {
        /// The number of the image.
        challenge: u16,
        /// What was typed.
        letters: Letters,
    },
    /// Ask for another image.
    RenewCaptcha,
    /// Look at the seats first and type the letters later.
    PutOffCaptcha,
    /// Open a section's map.
    ViewSection(Section),
    /// Take seats.
    HoldSeats(Seats),
    /// Give seats back.
    ReleaseSeats(Seats),
    /// Choose the price at which held seats will be bought.
    ChoosePrice {
        /// Which of the held seats.
        seats: Seats,
        /// At which discount.
        discount: Discount,
    },
    /// Pay for the held seats.
    Pay {
        /// The sum in won that the person was shown.
        expected_won: u64,
    },
}

/// Why an act does not reach the sale. It changes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Objection {
    /// The member's run has ended.
    #[error("the run is over")]
    RunOver,
    /// The member had as many commands accepted as a member may.
    #[error("too many commands")]
    TooManyCommands,
    /// The member's marks would be more than a member may have.
    #[error("too many marks")]
    TooManyMarks,
    /// The race has as many members as a race may have.
    #[error("the race is full")]
    RaceFull,
    /// The sum the person was shown is not what the seats cost.
    #[error("the seats cost {total_won} won")]
    TotalDiffers {
        /// What they cost, in won.
        total_won: u64,
    },
}

impl Act {
    /// The command by which `visitor` does it.
    pub fn command(self, visitor: Visitor) -> Command {
        match self {
            Self::Enter => Command::Enter { visitor },
            Self::Leave => Command::Leave { visitor, cause: Departure::Left },
            Self::AnswerCaptcha { challenge, letters } => {
                Command::AnswerCaptcha { visitor, challenge, letters }
            }
            Self::RenewCaptcha => Command::RenewCaptcha { visitor },
            Self::PutOffCaptcha => Command::PutOffCaptcha { visitor },
            Self::ViewSection(section) => Command::ViewSection { visitor, section },
            Self::HoldSeats(seats) => Command::HoldSeats { visitor, seats },
            Self::ReleaseSeats(seats) => Command::ReleaseSeats { visitor, seats },
            Self::ChoosePrice { seats, discount } => {
                Command::ChoosePrice { visitor, seats, discount }
            }
            Self::Pay { .. } => Command::Pay { visitor },
        }
    }

    /// Whether only somebody inside can do it, so that it takes a pass.
    pub fn needs_pass(self) -> bool {
        match self {
            Self::Enter | Self::Leave => false,
            Self::AnswerCaptcha { .. }
            | Self::RenewCaptcha
            | Self::PutOffCaptcha
            | Self::ViewSection(_)
            | Self::HoldSeats(_)
            | Self::ReleaseSeats(_)
            | Self::ChoosePrice { .. }
            | Self::Pay { .. } => true,
        }
    }

    /// Its name where acts are counted.
    pub fn name(self) -> &'static str {
        match self {
            Self::Enter => "enter",
            Self::Leave => "leave",
            Self::AnswerCaptcha { .. } => "captcha",
            Self::RenewCaptcha => "captcha-renew",
            Self::PutOffCaptcha => "captcha-put-off",
            Self::ViewSection(_) => "view",
            Self::HoldSeats(_) => "hold",
            Self::ReleaseSeats(_) => "release",
            Self::ChoosePrice { .. } => "price",
            Self::Pay { .. } => "pay",
        }
    }
}
