//! The fields of a template and their form, there and back.

use crate::{Form, Page};
use conversations::{
    AccountId, MessageTemplate, TemplateButton, TemplateCategory, TemplateContent, TemplateError, Variable, WriteTemplate,
};
use kernel::Locale;

/// Gaps that the form holds while their numbers are not right.
const GAPS: usize = 10;
/// Gaps shown when nothing is written yet.
const AT_FIRST: usize = 3;
/// Buttons that answer with their words, on the form.
const ANSWERS: usize = 3;

/// Languages to choose from; one that came from the provider is added.
const LANGUAGES: [&str; 10] = ["es", "en", "es_ES", "en_US", "en_GB", "ca", "fr", "de", "it", "pt_PT"];

/// One gap as the form shows it.
pub(super) struct Gap {
    pub(super) number: usize,
    pub(super) example: String,
    pub(super) fills: String,
}

/// A template as the form holds it.
pub(super) fn form_of(template: &MessageTemplate) -> Form {
    let MessageTemplate { name, language, category, content, fills, .. } = template;
    let mut form = Form::of([
        ("name", name.clone()),
        ("language", language.clone()),
        ("category", category.to_string()),
        ("header", content.header.clone()),
        ("body", content.body.clone()),
        ("footer", content.footer.clone()),
    ]);
    for (index, example) in content.examples.iter().enumerate() {
        form = form.fill(&format!("example{}", index + 1), example.clone());
    }
    for (index, fill) in fills.iter().enumerate() {
        form = form.fill(&format!("fills{}", index + 1), fill.map_or_else(String::new, |variable| variable.to_string()));
    }
    let mut answers = 0;
    for button in &content.buttons {
        match button {
            TemplateButton::QuickReply { text } => {
                answers += 1;
                form = form.fill(&format!("answer{answers}"), text.clone());
            }
            TemplateButton::Url { text, url } => form = form.fill("link", text.clone()).fill("url", url.clone()),
            TemplateButton::Phone { text, phone_number } => form = form.fill("call", text.clone()).fill("number", phone_number.clone()),
        }
    }
    form
}

/// Whether the form holds all of a template, so that saving it loses nothing.
pub(super) fn is_whole(template: &MessageTemplate) -> bool {
    typed(template.account, &form_of(template)).content == template.content
}

/// The template that a form describes.
pub(super) fn typed(account: AccountId, form: &Form) -> WriteTemplate {
    let text = |name: &str| form.value(name).trim().replace("\r\n", "\n");
    let mut content = TemplateContent { header: text("header"), body: text("body"), footer: text("footer"), ..TemplateContent::default() };
    let gaps = content.gaps().unwrap_or(GAPS);
    content.examples = (1..=gaps).map(|number| text(&format!("example{number}"))).collect();
    content.buttons = buttons(form);
    WriteTemplate {
        account,
        name: text("name"),
        language: text("language"),
        category: form.value("category").parse().unwrap_or(TemplateCategory::Utility),
        content,
        fills: fills(form, gaps),
    }
}

/// What fills each of `gaps` gaps.
pub(super) fn fills(form: &Form, gaps: usize) -> Vec<Option<Variable>> {
    (1..=gaps).map(|number| form.value(&format!("fills{number}")).parse().ok()).collect()
}

fn buttons(form: &Form) -> Vec<TemplateButton> {
    let text = |name: &str| form.value(name).trim().to_owned();
    let answers = (1..=ANSWERS).map(|number| text(&format!("answer{number}"))).filter(|text| !text.is_empty());
    let mut buttons: Vec<_> = answers.map(|text| TemplateButton::QuickReply { text }).collect();
    if !text("link").is_empty() || !text("url").is_empty() {
        buttons.push(TemplateButton::Url { text: text("link"), url: text("url") });
    }
    if !text("call").is_empty() || !text("number").is_empty() {
        buttons.push(TemplateButton::Phone { text: text("call"), phone_number: text("number") });
    }
    buttons
}

/// The gaps of the words in a form, and some more where nothing is written yet.
pub(super) fn gaps(form: &Form, is_new: bool) -> Vec<Gap> {
    let content = TemplateContent { body: form.value("body").to_owned(), ..TemplateContent::default() };
    let found = content.gaps().unwrap_or(GAPS);
    let shown = if is_new { found.max(AT_FIRST) } else { found };
    let gap = |number: usize| Gap {
        number,
        example: form.value(&format!("example{number}")).to_owned(),
        fills: form.value(&format!("fills{number}")).to_owned(),
    };
    (1..=shown).map(gap).collect()
}

/// What may fill a gap: nothing (the agent writes it), or something that is known.
pub(super) fn variables(page: &Page) -> Vec<(String, String)> {
    let known = |variable: &Variable| (variable.to_string(), page.t(&format!("variable-{}", variable.as_str().replace('_', "-"))));
    std::iter::once((String::new(), page.t("template-by-agent"))).chain(Variable::ALL.iter().map(known)).collect()
}

/// Languages with their names where there is one.
pub(super) fn languages(page: &Page, form: &Form) -> Vec<(String, String)> {
    let chosen = form.value("language");
    let other = (!chosen.is_empty() && !LANGUAGES.contains(&chosen)).then_some(chosen);
    let named = |code: &str| {
        let key = format!("language-{}", code.replace('_', "-").to_ascii_lowercase());
        if crate::has_text(&key) { page.t(&key) } else { code.to_owned() }
    };
    LANGUAGES.into_iter().chain(other).map(|code| (code.to_owned(), named(code))).collect()
}

pub(super) fn categories(page: &Page) -> Vec<(String, String)> {
    let all = [TemplateCategory::Utility, TemplateCategory::Marketing];
    all.map(|category| (category.to_string(), page.t(&format!("template-{category}")))).into()
}

/// The language that a new template begins with.
pub(super) fn empty(locale: Locale) -> Form {
    Form::of([("language", locale.as_str()), ("category", "utility")])
}

/// The field beside which a refusal is said.
pub(super) fn field_of(error: &TemplateError) -> Option<&'static str> {
    use TemplateError::*;
    Some(match error {
        BadName | NameTaken | TooMany | NoTemplates | NotNow(_) => "name",
        BadLanguage => "language",
        TooLong { field: "header", .. } | GapElsewhere => "header",
        TooLong { field: "footer", .. } => "footer",
        TooLong { field: "button", .. } | TooManyButtons(_) | BadButton => "answer1",
        Missing(_) | TooLong { .. } | Gaps | GapAtEnd | MissingExample(_) => "body",
        Unknown | Denied(_) | Fault(_) => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use conversations::{TemplateId, TemplateState};
    use kernel::Timestamp;

    fn with(body: &str, buttons: Vec<TemplateButton>) -> MessageTemplate {
        let content = TemplateContent { body: body.into(), buttons, ..TemplateContent::default() };
        let examples = (1..=content.gaps().unwrap_or(0)).map(|number| number.to_string()).collect();
        MessageTemplate {
            id: TemplateId::nil(),
            account: AccountId::nil(),
            name: "pedido".into(),
            language: "es".into(),
            category: TemplateCategory::Utility,
            fills: Vec::new(),
            content: TemplateContent { examples, ..content },
            state: TemplateState::Rejected,
            reason: String::new(),
            quality: String::new(),
            provider_id: None,
            changed_at: Timestamp::from_micros(0),
        }
    }

    #[test]
    fn a_template_is_changed_here_only_when_the_form_holds_all_of_it() {
        let answer = |words: &str| TemplateButton::QuickReply { text: words.into() };
        let link = |words: &str| TemplateButton::Url { text: words.into(), url: "https://x.es".into() };
        let call = TemplateButton::Phone { text: "Llamar".into(), phone_number: "+34600000000".into() };
        let many = "Hola {{1}} {{2}} {{3}} {{4}} {{5}} {{6}} {{7}} {{8}} {{9}} {{10}} {{11}} {{12}}, hasta luego";
        assert!(is_whole(&with(many, vec![answer("Sí"), answer("No"), answer("Luego"), link("Ver"), call])));
        assert!(!is_whole(&with("Hola", vec![answer("1"), answer("2"), answer("3"), answer("4")])));
        assert!(!is_whole(&with("Hola", vec![link("Ver"), link("Ver más")])));
    }
}
