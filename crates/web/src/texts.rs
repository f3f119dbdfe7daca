//! Every word a person reads, in Spanish and English: `texts/{es,en}/*.ftl`, in the binary.

use fluent_templates::{LanguageIdentifier, Loader, static_loader};
use kernel::Locale;
use std::{borrow::Cow, collections::HashMap, sync::LazyLock};

/// What a text may be filled with: words or numbers.
pub type Value<'a> = fluent_templates::fluent_bundle::FluentValue<'a>;

static_loader! {
    static TEXTS = {
        locales: "./texts",
        fallback_language: "en",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

static ES: LazyLock<LanguageIdentifier> = LazyLock::new(|| "es".parse().expect("a language tag"));
static EN: LazyLock<LanguageIdentifier> = LazyLock::new(|| "en".parse().expect("a language tag"));

fn language(locale: Locale) -> &'static LanguageIdentifier {
    match locale {
        Locale::Es => &ES,
        Locale::En => &EN,
    }
}

/// The text of `key`; a missing key shows itself, and a test finds it first.
pub fn text(locale: Locale, key: &str) -> String {
    TEXTS.try_lookup(language(locale), key).unwrap_or_else(|| key.to_owned())
}

/// The text of `key` with its variables filled: `text_with(locale, "greeting", &[("name", name.into())])`.
pub fn text_with(locale: Locale, key: &str, values: &[(&'static str, Value<'_>)]) -> String {
    let values: HashMap<Cow<'static, str>, Value<'_>> = values.iter().map(|(name, value)| (Cow::Borrowed(*name), value.clone())).collect();
    TEXTS.try_lookup_with_args(language(locale), key, &values).unwrap_or_else(|| key.to_owned())
}

/// True when there is a text by this name, plain or with `$n` or `$value`.
pub fn has_text(key: &str) -> bool {
    let values = HashMap::from([(Cow::Borrowed("n"), Value::from(1)), (Cow::Borrowed("value"), Value::from(""))]);
    TEXTS.try_lookup_with_args(&EN, key, &values).is_some()
}
