//! Distributions of human times, in seconds. A time is drawn by inverting the distribution
//! function: one uniform number gives one time, the same to the last bit on every machine.

use alloc::vec::Vec;

use borsh::BorshSerialize;
use sale::Span;

use crate::draws::Draws;

/// A distribution of a time in seconds.
#[derive(Clone, Copy, Debug, PartialEq, BorshSerialize)]
pub enum Dist {
    /// Always the same.
    Fixed(f64),
    /// Every time from `low` to `high` is equally likely.
    Uniform {
        /// The least.
        low: f64,
        /// The most.
        high: f64,
    },
    /// Gaussian.
    Normal {
        /// The mean.
        mean: f64,
        /// The standard deviation.
        sd: f64,
    },
    /// Its logarithm is Gaussian, as with human tasks: most take about as long as usual, some much
    /// longer.
    LogNormal {
        /// The median.
        median: f64,
        /// The standard deviation of the logarithm.
        sd: f64,
    },
    /// The wait for something that is equally likely to come at any moment.
    Exponential {
        /// The least.
        from: f64,
        /// The mean beyond it.
        mean: f64,
    },
}

/// A distribution that cannot be drawn from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct DistError(pub &'static str);

impl Dist {
    /// Checks the numbers.
    ///
    /// # Errors
    ///
    /// [`DistError`] names what is out of range.
    pub fn check(&self) -> Result<(), DistError> {
        let (numbers, spread) = match *self {
            Self::Fixed(at) => ([at, 0.0], 0.0),
            Self::Uniform { low, high } => ([low, high], high - low),
            Self::Normal { mean, sd } => ([mean, sd], sd),
            Self::LogNormal { median, sd } => ([median, sd], if median > 0.0 { sd } else { -1.0 }),
            Self::Exponential { from, mean } => ([from, mean], mean),
        };
        if numbers.iter().any(|number| !number.is_finite() || libm::fabs(*number) > 86_400.0) {
            return Err(DistError("times are finite and at most a day"));
        }
        if spread < 0.0 {
            return Err(DistError(
                "spreads and medians are not negative, and high is not below low",
            ));
        }
        Ok(())
    }

    /// The time below which the share `u` of all draws lies, 0 < `u` < 1.
    pub fn quantile(&self, u: f64) -> f64 {
        match *self {
            Self::Fixed(at) => at,
            Self::Uniform { low, high } => low + u * (high - low),
            Self::Normal { mean, sd } => mean + sd * normal_quantile(u),
            Self::LogNormal { median, sd } => median * libm::exp(sd * normal_quantile(u)),
            Self::Exponential { from, mean } => from - mean * libm::log1p(-u),
        }
    }
}

/// A time made of several independent parts, one after another.
#[derive(Clone, Debug, PartialEq, Default, BorshSerialize)]
pub struct Delay(pub Vec<Dist>);

impl Delay {
    /// No time at all.
    pub fn none() -> Self {
        Self(Vec::new())
    }

    /// Checks every part.
    ///
    /// # Errors
    ///
    /// The fault of the first part that has one.
    pub fn check(&self) -> Result<(), DistError> {
        self.0.iter().try_for_each(Dist::check)
    }

    /// Draws the sum of all parts in seconds, never below zero.
    pub(crate) fn secs(&self, draws: &mut Draws) -> f64 {
        let sum: f64 = self.0.iter().map(|part| part.quantile(draws.unit())).sum();
        sum.max(0.0)
    }

    /// Draws the sum of all parts, never below zero.
    pub(crate) fn span(&self, draws: &mut Draws) -> Span {
        Span::from_secs_f64(self.secs(draws))
    }
}

/// The quantile of the standard normal distribution, to about 16 digits: Wichura, "Algorithm AS
/// 241: The percentage points of the normal distribution", Applied Statistics 37 (1988), `PPND16`.
pub(crate) fn normal_quantile(u: f64) -> f64 {
    let q = u - 0.5;
    if libm::fabs(q) <= 0.425 {
        let r = 0.180_625 - q * q;
        return q * ratio(&CENTRE, r);
    }
    let tail = if q < 0.0 { u } else { 1.0 - u };
    let r = libm::sqrt(-libm::log(tail));
    let size = if r <= 5.0 { ratio(&MIDDLE, r - 1.6) } else { ratio(&FAR, r - 5.0) };
    if q < 0.0 { -size } else { size }
}

/// Numerator and denominator of a rational approximation, highest power first.
type Rational = ([f64; 8], [f64; 8]);

fn ratio((above, below): &Rational, r: f64) -> f64 {
    let horner = |terms: &[f64; 8]| terms.iter().fold(0.0, |sum, term| sum * r + term);
    horner(above) / horner(below)
}

/// Coefficients for the middle 85 %.
const CENTRE: Rational = (
    [
        2.509_080_928_730_122_7e3,
        3.343_057_558_358_813e4,
        6.726_577_092_700_87e4,
        4.592_195_393_154_987e4,
        1.373_169_376_550_946e4,
        1.971_590_950_306_551_4e3,
        1.331_416_678_917_843_8e2,
        3.387_132_872_796_366_6,
    ],
    [
        5.226_495_278_852_854e3,
        2.872_908_573_572_194_3e4,
        3.930_789_580_009_271e4,
        2.121_379_430_158_66e4,
        5.394_196_021_424_751e3,
        6.871_870_074_920_579e2,
        4.231_333_070_160_091e1,
        1.0,
    ],
);

/// Coefficients for the tails down to about 10⁻¹¹.
const MIDDLE: Rational = (
    [
        7.745_450_142_783_414e-4,
        2.272_384_498_926_918_5e-2,
        2.417_807_251_774_506e-1,
        1.270_458_252_452_368_4,
        3.647_848_324_763_204_6,
        5.769_497_221_460_691,
        4.630_337_846_156_546,
        1.423_437_110_749_683_6,
    ],
    [
        1.050_750_071_644_416_8e-9,
        5.475_938_084_995_345e-4,
        1.519_866_656_361_645_7e-2,
        1.481_039_764_274_800_8e-1,
        6.897_673_349_851e-1,
        1.676_384_830_183_803_8,
        2.053_191_626_637_759,
        1.0,
    ],
);

/// Coefficients for the tails beyond that.
const FAR: Rational = (
    [
        2.010_334_399_292_288_1e-7,
        2.711_555_568_743_487_6e-5,
        1.242_660_947_388_078_4e-3,
        2.653_218_952_657_612_4e-2,
        2.965_605_718_285_048_7e-1,
        1.784_826_539_917_291_3,
        5.463_784_911_164_114,
        6.657_904_643_501_103,
    ],
    [
        2.044_263_103_389_939_8e-15,
        1.421_511_758_316_446e-7,
        1.846_318_317_510_054_8e-5,
        7.868_691_311_456_133e-4,
        1.487_536_129_085_061_5e-2,
        1.369_298_809_227_358e-1,
        5.998_322_065_558_88e-1,
        1.0,
    ],
);

#[cfg(test)]
mod tests;
