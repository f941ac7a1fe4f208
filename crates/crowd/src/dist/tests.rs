//! Quantiles invert their distribution functions.

use super::*;

/// The standard normal distribution function by `libm`'s complementary error function.
fn normal_cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x / core::f64::consts::SQRT_2)
}

#[test]
fn c1_normal_quantile_inverts_the_distribution_function() {
    for u in [1e-300, 1e-20, 1e-9, 1e-4, 0.02, 0.075, 0.3, 0.5, 0.77, 0.98, 0.999_999] {
        let back = normal_cdf(normal_quantile(u));
        assert!((back / u - 1.0).abs() < 1e-9, "u = {u}, back = {back}");
    }
}

#[test]
fn c1_quantiles_rise_and_have_the_right_median() {
    let normal = Dist::Normal { mean: 2.0, sd: 3.0 };
    let lognormal = Dist::LogNormal { median: 4.0, sd: 0.35 };
    let exponential = Dist::Exponential { from: 5.0, mean: 150.0 };
    let uniform = Dist::Uniform { low: -1.0, high: 3.0 };
    assert!((normal.quantile(0.5) - 2.0).abs() < 1e-12);
    assert!((lognormal.quantile(0.5) - 4.0).abs() < 1e-12);
    let mean_share = 1.0 - libm::exp(-1.0);
    assert!((exponential.quantile(mean_share) - 155.0).abs() < 1e-9);
    assert!((uniform.quantile(0.25)).abs() < 1e-12);
    for dist in [normal, lognormal, exponential, uniform] {
        let mut last = f64::NEG_INFINITY;
        for step in 1..2000 {
            let at = dist.quantile(f64::from(step) / 2000.0);
            assert!(at > last, "{dist:?} at {step}");
            last = at;
        }
    }
}

#[test]
fn c1_distributions_that_cannot_be_drawn_from_are_refused() {
    for dist in [
        Dist::Fixed(f64::NAN),
        Dist::Uniform { low: 2.0, high: 1.0 },
        Dist::Normal { mean: 0.0, sd: -1.0 },
        Dist::LogNormal { median: 0.0, sd: 0.3 },
        Dist::LogNormal { median: 1.0, sd: -0.3 },
        Dist::Exponential { from: 0.0, mean: f64::INFINITY },
        Dist::Fixed(1e9),
    ] {
        assert!(dist.check().is_err(), "{dist:?}");
    }
    assert_eq!(Dist::Normal { mean: -0.5, sd: 0.1 }.check(), Ok(()));
}
