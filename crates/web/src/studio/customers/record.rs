//! The record in words: each value, who said it, and why it is believed.

use super::field_name;
use crate::Page;
use crate::timeline::Names;
use crate::ui::{Badge, Moment, Tone};
use customers::{Basis, Field, FieldKind, FieldSource, Identifier, RecordField, Why, fold};

/// One kind of field.
pub(super) struct FieldRow {
    pub name: String,
    pub best: Saying,
    /// The rule, in a sentence.
    pub why: String,
    pub others: Vec<Saying>,
    /// How many of the others say something else.
    pub differing: usize,
}

/// What one source says.
pub(super) struct Saying {
    pub value: String,
    pub basis: Badge,
    /// `Desk · Ana`, `List Old shop · Luis`.
    pub from: String,
    pub when: Moment,
    pub agrees: bool,
}

/// The record of a person, row by row.
pub(super) fn rows(page: &Page, names: &Names, record: &[RecordField]) -> Vec<FieldRow> {
    record.iter().map(|field| row(page, names, field)).collect()
}

fn row(page: &Page, names: &Names, field: &RecordField) -> FieldRow {
    let others: Vec<Saying> = field.others.iter().map(|other| saying(page, names, other, &field.best)).collect();
    FieldRow {
        name: field_name(page, field.kind),
        best: saying(page, names, &field.best, &field.best),
        why: why(page, field),
        differing: others.iter().filter(|other| !other.agrees).count(),
        others,
    }
}

fn saying(page: &Page, names: &Names, said: &Field, best: &Field) -> Saying {
    let source = match &said.source {
        FieldSource::Channel(channel) => page.t(&format!("channel-{channel}")),
        FieldSource::Import(name) => page.tv("record-list", name),
    };
    let from = match names.of_actor(&said.actor) {
        Some(name) => format!("{source} · {name}"),
        None => source,
    };
    let tone = match said.basis {
        Basis::Code => Tone::Ok,
        Basis::Staff => Tone::Live,
        _ => Tone::Plain,
    };
    Saying {
        value: readable(said),
        basis: Badge::state(tone, page.t(&format!("basis-{}", said.basis))),
        from,
        when: Moment::when(said.at, page.now, page.locale),
        agrees: fold(&said.value) == fold(&best.value),
    }
}

/// Telephone numbers in groups; all else as it is kept.
fn readable(said: &Field) -> String {
    match said.kind {
        FieldKind::Phone => Identifier::phone(&said.value, customers::HOME_REGION).map_or(said.value.clone(), |p| p.display().to_owned()),
        _ => said.value.clone(),
    }
}

fn why(page: &Page, field: &RecordField) -> String {
    let words = |basis: Basis| page.t(&format!("basis-{basis}-words"));
    match field.why {
        Why::Only if field.others.is_empty() => page.t("record-why-only"),
        Why::Only => page.tn("record-why-agreed", field.others.len() + 1),
        Why::Basis { over } => page.tw("record-why-basis", &[("best", words(field.best.basis).into()), ("other", words(over).into())]),
        Why::Newest => page.t("record-why-newest"),
        Why::First => page.t("record-why-first"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Channel, Locale, ProfileId, Timestamp};

    #[test]
    fn a_choice_is_explained_in_one_sentence_in_both_languages() {
        let said = |value: &str, basis, source| Field {
            profile: ProfileId::nil(),
            kind: FieldKind::Place,
            value: value.into(),
            source,
            basis,
            at: Timestamp::from_seconds(1),
            actor: "system".into(),
        };
        let field = RecordField {
            kind: FieldKind::Place,
            best: said("Lugo", Basis::Staff, Channel::Desk.into()),
            why: Why::Basis { over: Basis::Import },
            others: vec![said("Vigo", Basis::Import, FieldSource::Import("Feria".into()))],
        };
        let told = |locale| {
            let mut rows = rows(&Page::sample(locale), &Names::new(), std::slice::from_ref(&field));
            let row = rows.remove(0);
            (row.name, row.why, row.others[0].from.clone(), row.differing)
        };
        let es = ("Población", "Vale más lo que dijo el equipo que lo que trae una lista u otro sistema.", "Lista Feria", 1);
        let en = ("Town", "What the team said counts for more than what a list or another system says.", "List Feria", 1);
        for (locale, (name, why, from, differing)) in [(Locale::Es, es), (Locale::En, en)] {
            assert_eq!(told(locale), (name.to_owned(), why.to_owned(), from.to_owned(), differing));
        }
    }
}
