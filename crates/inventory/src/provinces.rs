//! Where a Spanish postcode or province lies, roughly: the first two digits of a postcode are the number of the province (01 to 52, as the
//! national institute of statistics numbers them), and its capital stands for all of it. Good enough to sort shops by distance, and to weigh
//! who sends a parcel, without asking anybody else. Capitals of province, WGS 84, two decimals, as any atlas has them.

use crate::Point;

/// Names of province and capital as [`catalogue::slug`] writes them, with the capital's latitude and longitude; provinces 01 to 52.
const CAPITALS: [(&str, f64, f64); 52] = [
    ("alava araba vitoria vitoria-gasteiz gasteiz", 42.85, -2.67),
    ("albacete", 38.99, -1.86),
    ("alicante alacant", 38.35, -0.48),
    ("almeria", 36.84, -2.46),
    ("avila", 40.66, -4.70),
    ("badajoz", 38.88, -6.97),
    ("baleares illes-balears islas-baleares mallorca palma palma-de-mallorca", 39.57, 2.65),
    ("barcelona", 41.39, 2.17),
    ("burgos", 42.34, -3.70),
    ("caceres", 39.48, -6.37),
    ("cadiz", 36.53, -6.29),
    ("castellon castello castellon-de-la-plana castello-de-la-plana", 39.99, -0.04),
    ("ciudad-real", 38.99, -3.93),
    ("cordoba", 37.89, -4.78),
    ("a-coruna coruna la-coruna", 43.37, -8.40),
    ("cuenca", 40.07, -2.13),
    ("girona gerona", 41.98, 2.82),
    ("granada", 37.18, -3.60),
    ("guadalajara", 40.63, -3.17),
    ("gipuzkoa guipuzcoa san-sebastian donostia donostia-san-sebastian", 43.32, -1.98),
    ("huelva", 37.26, -6.95),
    ("huesca", 42.14, -0.41),
    ("jaen", 37.77, -3.79),
    ("leon", 42.60, -5.57),
    ("lleida lerida", 41.62, 0.62),
    ("la-rioja rioja logrono", 42.47, -2.45),
    ("lugo", 43.01, -7.56),
    ("madrid", 40.42, -3.70),
    ("malaga", 36.72, -4.42),
    ("murcia", 37.99, -1.13),
    ("navarra nafarroa pamplona iruna", 42.82, -1.64),
    ("ourense orense", 42.34, -7.86),
    ("asturias oviedo", 43.36, -5.85),
    ("palencia", 42.01, -4.53),
    ("las-palmas las-palmas-de-gran-canaria gran-canaria", 28.12, -15.43),
    ("pontevedra", 42.43, -8.64),
    ("salamanca", 40.97, -5.66),
    ("santa-cruz-de-tenerife tenerife", 28.47, -16.25),
    ("cantabria santander", 43.46, -3.81),
    ("segovia", 40.95, -4.12),
    ("sevilla seville", 37.39, -5.99),
    ("soria", 41.76, -2.47),
    ("tarragona", 41.12, 1.25),
    ("teruel", 40.34, -1.11),
    ("toledo", 39.86, -4.02),
    ("valencia", 39.47, -0.38),
    ("valladolid", 41.65, -4.72),
    ("bizkaia vizcaya bilbao bilbo", 43.26, -2.93),
    ("zamora", 41.50, -5.74),
    ("zaragoza saragossa", 41.65, -0.89),
    ("ceuta", 35.89, -5.32),
    ("melilla", 35.29, -2.94),
];

/// The capital of the province that a Spanish postcode is of.
pub fn centre_of_postcode(postcode: &str) -> Option<Point> {
    let digits: String = postcode.chars().filter(|c| !c.is_whitespace()).collect();
    let province = digits.get(..2).filter(|start| start.bytes().all(|b| b.is_ascii_digit()))?;
    let (_, latitude, longitude) = *CAPITALS.get(province.parse::<usize>().ok()?.checked_sub(1)?)?;
    Point::new(latitude, longitude)
}

/// The capital of the Spanish province that has this name, or the capital that has it.
pub fn centre_of_province(name: &str) -> Option<Point> {
    let name = catalogue::slug(name);
    let is_it = |(names, ..): &&(&str, f64, f64)| names.split(' ').any(|known| known == name);
    let (_, latitude, longitude) = *CAPITALS.iter().find(is_it)?;
    Point::new(latitude, longitude)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_digits_name_the_province() {
        assert_eq!(centre_of_postcode("28004"), Point::new(40.42, -3.70));
        assert_eq!(centre_of_postcode(" 35 001"), Point::new(28.12, -15.43));
        for nowhere in ["00123", "53", "é", "", "+8004", "2"] {
            assert_eq!(centre_of_postcode(nowhere), None, "{nowhere}");
        }
    }

    #[test]
    fn a_province_has_its_name_and_that_of_its_capital() {
        assert_eq!(centre_of_province("  MÁLAGA "), centre_of_postcode("29001"));
        assert_eq!(centre_of_province("Bilbao"), centre_of_province("Vizcaya"));
        assert_eq!(centre_of_province("San Sebastián"), centre_of_postcode("20001"));
        assert_eq!((centre_of_province("Gijón"), centre_of_province("")), (None, None));
    }
}
