//! A rule as lines of words and fields.

use crate::{App, Form, Page};
use catalogue::Category;
use catalogue::collections::{CollectionOrder, Condition, Rule};

/// Kinds of line, in the order of the menu.
pub(super) const KINDS: [&str; 4] = ["tag", "category", "vendor", "new"];

/// Categories by their names for this reader.
pub(super) struct Known {
    categories: Vec<(String, String)>,
}

impl Known {
    pub(super) fn new(app: &App, page: &Page, categories: &[Category]) -> Self {
        let name = |known: &Category| app.pictures.word(&known.name, page.locale).unwrap_or(&known.name).to_owned();
        Known { categories: categories.iter().map(|known| (known.key.clone(), name(known))).collect() }
    }

    fn category<'a>(&'a self, key: &'a str) -> &'a str {
        self.categories.iter().find(|(known, _)| known == key).map_or(key, |(_, name)| name)
    }

    /// To choose from, with the one that is chosen even when nothing on sale is of it.
    fn choices(&self, chosen: &str) -> Vec<(String, String)> {
        let is_known = chosen.is_empty() || self.categories.iter().any(|(known, _)| known == chosen);
        let other = (!is_known).then(|| (chosen.to_owned(), chosen.to_owned()));
        self.categories.iter().cloned().chain(other).collect()
    }
}

/// One condition as one line.
pub(super) struct Row {
    pub n: usize,
    pub kind: &'static str,
    pub title: String,
    pub value: String,
    /// Of a line that is chosen from a list.
    pub choices: Vec<(String, String)>,
    pub error: String,
}

/// Line `n` of the form; `None` when it is of no kind.
pub(super) fn row(page: &Page, known: &Known, form: &Form, n: usize) -> Option<Row> {
    let kind = KINDS.into_iter().find(|kind| form.is(&format!("kind-{n}"), kind))?;
    let value = form.value(&format!("value-{n}")).to_owned();
    Some(Row {
        n,
        kind,
        title: page.t(&format!("collection-kind-{kind}")),
        choices: if kind == "category" { known.choices(&value) } else { Vec::new() },
        error: form.error(&format!("line-{n}")).unwrap_or_default().to_owned(),
        value,
    })
}

/// A rule in words.
pub(super) fn says(page: &Page, known: &Known, rule: &Rule) -> String {
    let words = |condition: &Condition| match condition {
        Condition::Category { key } => page.tv("collection-says-category", known.category(key)),
        Condition::Tag { tag } => page.tv("collection-says-tag", tag),
        Condition::Vendor { name } => page.tv("collection-says-vendor", name),
        Condition::New { days } => page.tn("collection-says-new", *days),
    };
    if rule.conditions.is_empty() {
        return page.t("collection-says-hand");
    }
    rule.conditions.iter().map(words).collect::<Vec<_>>().join(" · ")
}

/// Orders to choose from.
pub(super) fn orders(page: &Page) -> Vec<(&'static str, String)> {
    CollectionOrder::ALL.iter().map(|order| (order.as_str(), page.t(&format!("collection-order-{}", order.as_str())))).collect()
}
