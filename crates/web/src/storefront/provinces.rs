//! Where a Spanish postcode lies, roughly: its first two digits name the province. Good enough to sort shops by distance
//! without asking anybody else. Capitals of province, WGS 84, two decimals.

use inventory::Point;

/// Latitude and longitude of the capital of provinces 01 to 52.
const CAPITALS: [(f64, f64); 52] = [
    (42.85, -2.67),
    (38.99, -1.86),
    (38.35, -0.48),
    (36.84, -2.46),
    (40.66, -4.70),
    (38.88, -6.97),
    (39.57, 2.65),
    (41.39, 2.17),
    (42.34, -3.70),
    (39.48, -6.37),
    (36.53, -6.29),
    (39.99, -0.04),
    (38.99, -3.93),
    (37.89, -4.78),
    (43.37, -8.40),
    (40.07, -2.13),
    (41.98, 2.82),
    (37.18, -3.60),
    (40.63, -3.17),
    (43.32, -1.98),
    (37.26, -6.95),
    (42.14, -0.41),
    (37.77, -3.79),
    (42.60, -5.57),
    (41.62, 0.62),
    (42.47, -2.45),
    (43.01, -7.56),
    (40.42, -3.70),
    (36.72, -4.42),
    (37.99, -1.13),
    (42.82, -1.64),
    (42.34, -7.86),
    (43.36, -5.85),
    (42.01, -4.53),
    (28.12, -15.43),
    (42.43, -8.64),
    (40.97, -5.66),
    (28.47, -16.25),
    (43.46, -3.81),
    (40.95, -4.12),
    (37.39, -5.99),
    (41.76, -2.47),
    (41.12, 1.25),
    (40.34, -1.11),
    (39.86, -4.02),
    (39.47, -0.38),
    (41.65, -4.72),
    (43.26, -2.93),
    (41.50, -5.74),
    (41.65, -0.89),
    (35.89, -5.32),
    (35.29, -2.94),
];

/// The capital of the postcode's province.
pub(super) fn centre(postcode: &str) -> Option<Point> {
    let province: usize = postcode.get(..2)?.parse().ok()?;
    let (latitude, longitude) = *CAPITALS.get(province.checked_sub(1)?)?;
    Point::new(latitude, longitude)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_digits_name_the_province() {
        assert_eq!(centre("28004"), Point::new(40.42, -3.70));
        assert_eq!(centre("35001"), Point::new(28.12, -15.43));
        assert_eq!((centre("00123"), centre("53"), centre("é")), (None, None, None));
    }
}
