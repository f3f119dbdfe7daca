//! The brand's signature below what a colleague writes.

use crate::ChannelAccount;
use conversations::Signed;
use kernel::Locale;

/// The account's signature in the customer's language, else in the one that there is; `None` when it has none. `{agent}` is who wrote,
/// `{brand}` the account's name.
pub fn signature(account: &ChannelAccount, signed: &Signed) -> Option<String> {
    let of = |language: Locale| account.optional(language.pick("signature_es", "signature_en"));
    let text = signed.language.and_then(of).or_else(|| of(Locale::Es)).or_else(|| of(Locale::En))?;
    let agent = if signed.by.is_empty() { &account.display_name } else { &signed.by };
    let text = text.replace("\r\n", "\n").replace("{brand}", &account.display_name).replace("{agent}", agent);
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_speaks_the_customers_language_where_it_can() {
        let account =
            ChannelAccount { display_name: "Almadeja".into(), ..ChannelAccount::new("mail", kernel::Channel::Email, "hola@marca.test") };
        let by = |language| Signed { by: "Lucía".into(), language };
        assert_eq!(signature(&account, &by(Some(Locale::Es))), None);
        let account = account.with("signature_es", "{agent}\r\nAtención al cliente, {brand}\r\n");
        assert_eq!(signature(&account, &by(Some(Locale::En))).as_deref(), Some("Lucía\nAtención al cliente, Almadeja"));
        let account = account.with("signature_en", "{agent}, {brand} care");
        assert_eq!(signature(&account, &by(Some(Locale::En))).as_deref(), Some("Lucía, Almadeja care"));
        assert_eq!(signature(&account, &by(None)).as_deref(), Some("Lucía\nAtención al cliente, Almadeja"));
        let nobody = Signed { by: String::new(), language: Some(Locale::En) };
        assert_eq!(signature(&account, &nobody).as_deref(), Some("Almadeja, Almadeja care"));
    }
}
