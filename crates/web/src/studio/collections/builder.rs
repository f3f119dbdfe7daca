//! The builder's form and the collection it stands for.

use super::rows::KINDS;
use crate::{Form, Page};
use catalogue::collections::{Collection, Condition, MAX_CONDITIONS, MAX_DAYS, MAX_PINNED, Rule};
use catalogue::{Localised, ProductId};

/// Fields that are neither lines nor products put first.
const PLAIN: [&str; 9] = ["key", "version", "name_es", "name_en", "slug", "text_es", "text_en", "order", "find"];

/// How many lines the form has.
pub(super) fn count(form: &Form) -> usize {
    (0..MAX_CONDITIONS).take_while(|n| !form.value(&format!("kind-{n}")).is_empty()).count()
}

/// The form with one more line of this kind.
pub(super) fn with_line(form: Form, kind: &str) -> Form {
    let n = count(&form);
    if n >= MAX_CONDITIONS || !KINDS.contains(&kind) {
        return form;
    }
    let first = if kind == "new" { "30" } else { "" };
    form.fill(&format!("kind-{n}"), kind).fill(&format!("value-{n}"), first)
}

/// The form without a line; those after it move up.
pub(super) fn without_line(form: &Form, gone: usize) -> Form {
    let mut left = lines(form);
    if gone < left.len() {
        left.remove(gone);
    }
    again(form, left, &pinned(form))
}

/// The form with exactly these products first.
pub(super) fn with_pinned(form: &Form, pinned: &[ProductId]) -> Form {
    again(form, lines(form), pinned)
}

fn lines(form: &Form) -> Vec<(String, String)> {
    let line = |n| (form.value(&format!("kind-{n}")).to_owned(), form.value(&format!("value-{n}")).to_owned());
    (0..count(form)).map(line).collect()
}

fn again(form: &Form, lines: Vec<(String, String)>, pinned: &[ProductId]) -> Form {
    let mut left = PLAIN.iter().fold(Form::new(), |left, name| left.fill(name, form.value(name)));
    for (n, (kind, value)) in lines.into_iter().enumerate() {
        left = left.fill(&format!("kind-{n}"), kind).fill(&format!("value-{n}"), value);
    }
    pinned.iter().fold(left, |left, product| left.and("pin", product.to_string()))
}

/// Products put first, in order, each once.
pub(super) fn pinned(form: &Form) -> Vec<ProductId> {
    let mut found = Vec::new();
    for id in form.values("pin").filter_map(|id| id.parse().ok()) {
        if !found.contains(&id) && found.len() < MAX_PINNED {
            found.push(id);
        }
    }
    found
}

/// The rule that the form says; what is wrong is refused beside its line.
pub(super) fn rule(page: &Page, form: &mut Form) -> Option<Rule> {
    let mut conditions = Vec::new();
    for n in 0..count(form) {
        match line(form, n) {
            Some(condition) => conditions.push(condition),
            None => form.refuse(&format!("line-{n}"), page.t("collection-line-wrong")),
        }
    }
    let order = form.value("order").parse().unwrap_or(catalogue::collections::CollectionOrder::Newest);
    form.is_fine().then_some(Rule { conditions, order })
}

fn line(form: &Form, n: usize) -> Option<Condition> {
    let value = Some(form.value(&format!("value-{n}")).trim().to_owned()).filter(|value| !value.is_empty())?;
    Some(match form.value(&format!("kind-{n}")) {
        "category" => Condition::Category { key: value },
        "tag" => Condition::Tag { tag: value },
        "vendor" => Condition::Vendor { name: value },
        "new" => Condition::New { days: value.parse().ok().filter(|days| (1..=MAX_DAYS).contains(days))? },
        _ => return None,
    })
}

/// Name and text in both languages.
pub(super) fn texts(form: &Form) -> (Localised, Localised) {
    let pair = |name: &str| Localised::new(form.value(&format!("{name}_es")), form.value(&format!("{name}_en")));
    (pair("name"), pair("text"))
}

/// The form of a collection.
pub(super) fn form_of(collection: &Collection, pinned: &[ProductId]) -> Form {
    let mut form = Form::new()
        .fill("version", collection.version.to_string())
        .fill("name_es", collection.name.es.clone())
        .fill("name_en", collection.name.en.clone())
        .fill("slug", collection.slug.clone())
        .fill("text_es", collection.text.es.clone())
        .fill("text_en", collection.text.en.clone())
        .fill("order", collection.rule.order.as_str());
    for (n, condition) in collection.rule.conditions.iter().enumerate() {
        let (kind, value) = match condition {
            Condition::Category { key } => ("category", key.clone()),
            Condition::Tag { tag } => ("tag", tag.clone()),
            Condition::Vendor { name } => ("vendor", name.clone()),
            Condition::New { days } => ("new", days.to_string()),
        };
        form = form.fill(&format!("kind-{n}"), kind).fill(&format!("value-{n}"), value);
    }
    pinned.iter().fold(form, |form, product| form.and("pin", product.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use catalogue::collections::CollectionOrder;
    use kernel::Locale;

    #[test]
    fn lines_and_products_put_first_survive_the_form() {
        let page = Page::sample(Locale::Es);
        let (first, second) = (ProductId::from_parts(1, 1), ProductId::from_parts(2, 2));
        let form = with_line(with_line(Form::new().fill("order", "title").fill("name_es", "Lino"), "tag"), "new");
        let mut form = with_pinned(&form.fill("value-0", "material:lino"), &[second, first]);
        let new = Condition::New { days: 30 };
        let whole = Rule { conditions: vec![Condition::Tag { tag: "material:lino".into() }, new.clone()], order: CollectionOrder::Title };
        assert_eq!(rule(&page, &mut form), Some(whole));
        assert_eq!(pinned(&form), [second, first]);
        let mut shorter = without_line(&form, 0);
        assert_eq!(rule(&page, &mut shorter).map(|rule| rule.conditions), Some(vec![new]));
        assert_eq!((pinned(&shorter), shorter.value("name_es")), (vec![second, first], "Lino"));
        let mut wrong = with_line(form, "vendor");
        assert_eq!(rule(&page, &mut wrong), None);
        assert!(wrong.error("line-2").is_some());
    }
}
