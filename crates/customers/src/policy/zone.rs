//! Which clock is on somebody's wall: what they told, else what their phone and postcode say, else the brand's.

use jiff::tz::TimeZone;

/// Calling codes of countries that keep one time, or whose capital stands for them. Longer codes first where they share a beginning.
const COUNTRIES: &[(&str, &str)] = &[
    ("+34", "Europe/Madrid"),
    ("+351", "Europe/Lisbon"),
    ("+353", "Europe/Dublin"),
    ("+33", "Europe/Paris"),
    ("+39", "Europe/Rome"),
    ("+44", "Europe/London"),
    ("+49", "Europe/Berlin"),
    ("+51", "America/Lima"),
    ("+52", "America/Mexico_City"),
    ("+54", "America/Argentina/Buenos_Aires"),
    ("+56", "America/Santiago"),
    ("+57", "America/Bogota"),
    ("+58", "America/Caracas"),
    ("+593", "America/Guayaquil"),
    ("+598", "America/Montevideo"),
];

/// The name of the zone: `told` (an IANA name), else by a Canarian postcode or the first phone in E.164 that says it, else `brand`.
pub fn zone_name<'a>(told: &'a str, postcodes: &[&str], phones: &[&str], brand: &'a str) -> &'a str {
    if !told.is_empty() && TimeZone::get(told).is_ok() {
        return told;
    }
    let country = phones.iter().find_map(|phone| COUNTRIES.iter().find(|(code, _)| phone.starts_with(code)));
    let is_canarian = |code: &&str| code.len() == 5 && (code.starts_with("35") || code.starts_with("38"));
    if country.is_none_or(|(code, _)| *code == "+34") && brand == "Europe/Madrid" && postcodes.iter().any(is_canarian) {
        return "Atlantic/Canary";
    }
    country.map_or(brand, |(_, zone)| zone)
}

/// The zone of that name; an unknown one is UTC.
pub fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap_or(TimeZone::UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_told_comes_first_then_phone_and_postcode_then_the_brand() {
        let madrid = "Europe/Madrid";
        assert_eq!(zone_name("America/Lima", &["35001"], &["+34612345678"], madrid), "America/Lima");
        assert_eq!(zone_name("Nowhere/Such", &[], &["+351912345678"], madrid), "Europe/Lisbon");
        assert_eq!(zone_name("", &["35001"], &["+34612345678"], madrid), "Atlantic/Canary");
        assert_eq!(zone_name("", &["35001"], &["+525512345678"], madrid), "America/Mexico_City");
        assert_eq!(zone_name("", &["28013"], &["+999"], madrid), madrid);
        assert_eq!(zone_name("", &["35001"], &[], "America/Bogota"), "America/Bogota");
        for (_, name) in COUNTRIES {
            assert!(TimeZone::get(name).is_ok(), "{name}");
        }
    }
}
