//! Languages of interface and messages.

crate::db_enum! {
    /// A language Hilo speaks.
    pub enum Locale {
        /// Spanish.
        Es = "es",
        /// English.
        En = "en",
    }
}

impl Locale {
    /// The words of this language, of two that say the same.
    pub const fn pick<'a>(self, es: &'a str, en: &'a str) -> &'a str {
        match self {
            Locale::Es => es,
            Locale::En => en,
        }
    }
    /// The best of an `Accept-Language` header, or Spanish.
    pub fn from_accept_language(header: &str) -> Self {
        header
            .split(',')
            .filter_map(|part| {
                let mut pieces = part.trim().split(';');
                let tag = pieces.next()?.trim().get(..2)?.to_ascii_lowercase();
                let weight: f32 = pieces.next().and_then(|q| q.trim().strip_prefix("q=")?.parse().ok()).unwrap_or(1.0);
                Some((tag.parse::<Locale>().ok()?, weight))
            })
            .fold(None, |best: Option<(Locale, f32)>, next| match best {
                Some((_, weight)) if weight >= next.1 => best,
                _ => Some(next),
            })
            .map_or(Locale::Es, |(locale, _)| locale)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn picks_the_heaviest_known_language() {
        assert_eq!(Locale::from_accept_language("fr, en;q=0.8, es;q=0.9"), Locale::Es);
        assert_eq!(Locale::from_accept_language("en-GB,en;q=0.9"), Locale::En);
        assert_eq!(Locale::from_accept_language("\u{e9}\u{e9}"), Locale::Es);
    }
}
