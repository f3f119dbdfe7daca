//! Records in, persons out, through the public list.

use identity::{Agreement, Engine, FieldKind, Matcher, Schema};
use proptest::prelude::*;

const KINDS: [FieldKind; 6] =
    [FieldKind::FullName, FieldKind::BirthDate, FieldKind::Street, FieldKind::Postcode, FieldKind::Phone, FieldKind::Email];

fn engine(rows: &[[&str; 6]]) -> Engine {
    let mut engine = Engine::new(Schema::new(&KINDS));
    for row in rows {
        engine.arrive(row);
    }
    engine
}

const KEYS: [u64; 2] = [13_427_023_400_856_043_551, 15_083_912_922_397_307_040];

/// Which records are of one person, as `a=b` for each pair.
fn pairs(engine: &Engine) -> Vec<(u32, u32)> {
    let count = engine.len() as u32;
    (0..count).flat_map(|a| (a + 1..count).map(move |b| (a, b))).filter(|(a, b)| engine.person(*a) == engine.person(*b)).collect()
}

#[test]
fn spanish_names_are_recognised_in_any_writing() {
    let engine = engine(&[
        ["María del Carmen Núñez Ortega", "14/03/1980", "Calle Mayor 12", "41001", "", ""],
        ["NUÑEZ ORTEGA, M.ª CARMEN", "1980-03-14", "c/ Mayor, 12", "41001", "", ""],
        ["José Luis Ferrán Vidal", "", "Avda. de la Constitución 5", "08002", "600 11 22 33", ""],
        ["Pepe Ferran", "", "Avenida Constitución 5", "08002", "+34 600112233", ""],
        ["Carmen Ortega Núñez", "02/09/1951", "Plaza Nueva 1", "28013", "", ""],
    ]);
    assert_eq!(pairs(&engine), [(0, 1), (2, 3)]);
}

#[test]
fn a_household_is_not_a_person() {
    let engine = engine(&[
        ["Lucía Barreiro Souto", "1975-05-01", "Rúa do Vilar 8", "15705", "981555010", "familia@barreiro.example"],
        ["Mateo Barreiro Lago", "2004-11-20", "Rúa do Vilar 8", "15705", "981555010", "familia@barreiro.example"],
    ]);
    assert_eq!(pairs(&engine), []);
}

#[test]
fn a_pair_says_why() {
    let mut matcher = Matcher::new(Schema::new(&KINDS));
    let a = matcher.read(&["Pepe Ferrán Vidal", "1980-03-14", "", "08002", "", ""]);
    let b = matcher.read(&["José Ferrán Vidal", "1980-03-15", "", "08003", "", ""]);
    let why: Vec<(FieldKind, Agreement, bool)> =
        matcher.explain(&a, &b).into_iter().map(|e| (e.field, e.agreement, e.weight > 0.0)).collect();
    assert_eq!(why.len(), 4);
    assert!(why.contains(&(FieldKind::FamilyName, Agreement::Exact, true)), "{why:?}");
    assert!(why.contains(&(FieldKind::GivenName, Agreement::Alias, true)), "{why:?}");
    assert!(why.contains(&(FieldKind::BirthDate, Agreement::Close, true)), "{why:?}");
    assert!(why.contains(&(FieldKind::Postcode, Agreement::Close, true)), "{why:?}");
}

#[test]
fn another_second_surname_is_another_person_and_a_missing_one_is_not() {
    let mut matcher = Matcher::new(Schema::new(&KINDS));
    let mut says = |one: [&str; 2], other: [&str; 2]| -> Vec<(FieldKind, Agreement)> {
        let row = |r: [&str; 2]| [r[0].to_owned(), String::new(), String::new(), String::new(), String::new(), r[1].to_owned()];
        let (a, b) = (matcher.read(&row(one)), matcher.read(&row(other)));
        let mut all: Vec<_> = matcher.explain(&a, &b).into_iter().map(|e| (e.field, e.agreement)).collect();
        all.sort_unstable();
        all
    };
    let (given, family) = (FieldKind::GivenName, FieldKind::FamilyName);
    // Addresses made of the name say no more than the name.
    let (garcia, ferrer) = (["María García Moreno", "maria.garcia@buzon.test"], ["María García Ferrer", "maria.garcia80@buzon.test"]);
    assert_eq!(says(garcia, ferrer), [(given, Agreement::Exact), (family, Agreement::Different)]);
    assert_eq!(says(["María García", ""], garcia), [(given, Agreement::Exact), (family, Agreement::Partial)]);
    assert_eq!(says(["María G. Moreno", ""], garcia), [(given, Agreement::Exact), (family, Agreement::Partial)]);
}

#[test]
fn more_columns_than_are_compared_are_told_and_do_no_harm() {
    let mut kinds = [FieldKind::Street; 40];
    kinds[0] = FieldKind::Email;
    let schema = Schema::new(&kinds);
    assert_eq!(schema.left_out(), 8);
    let mut engine = Engine::new(schema);
    let mut row: Vec<String> = (0..40).map(|n| format!("Calle Sol {n}")).collect();
    row[0] = "ana@buzon.test".into();
    engine.arrive(&row);
    engine.arrive(&row);
    assert_eq!(engine.person(0), engine.person(1));
}

#[test]
fn a_column_that_repeats_others_does_not_count_twice() {
    let kinds = [FieldKind::GivenName, FieldKind::FamilyName, FieldKind::Other, FieldKind::Other, FieldKind::Postcode];
    let row = |n: usize| {
        let (given, family) = (NAMES[n % 8], FAMILIES[n % 6]);
        [given.into(), family.into(), format!("{family}, {given}"), format!("asiento {n}"), format!("280{n:02}")]
    };
    let rows: Vec<[String; 5]> = (0..40).map(row).collect();
    let mut schema = Schema::new(&kinds);
    schema.learn_columns(rows.iter().map(|row| row.as_slice()));
    let mut matcher = Matcher::new(schema);
    let (a, b) = (matcher.read(&rows[0]), matcher.read(&rows[24]));
    let fields: Vec<FieldKind> = matcher.explain(&a, &b).iter().map(|e| e.field).collect();
    assert_eq!(fields.iter().filter(|field| **field == FieldKind::Other).count(), 1, "{fields:?}");
    assert_eq!(fields.len(), 4, "{fields:?}");
}

#[test]
fn what_a_later_record_shows_can_part_what_was_joined() {
    // Twins: alike until each is seen with a full date, e-mail and telephone.
    let mut engine =
        engine(&[["A. Quiroga Soto", "", "Calle Sol 3", "28013", "", ""], ["Ana Quiroga Soto", "", "Calle Sol 3", "28013", "", ""]]);
    assert_eq!(engine.person(0), engine.person(1));
    engine.arrive(&["Alba Quiroga Soto", "1999-01-02", "Calle Sol 3", "28013", "600000001", "alba@soto.example"]);
    engine.arrive(&["Ana Quiroga Soto", "1996-07-30", "Calle Sol 3", "28013", "600000002", "ana@soto.example"]);
    assert_eq!(engine.person(1), engine.person(3));
    assert_ne!(engine.person(2), engine.person(3));
}

#[test]
fn keys_are_the_same_for_ever() {
    let mut matcher = Matcher::new(Schema::new(&[FieldKind::Email]));
    let record = matcher.read(&["Ana@Example.com"]);
    let mut other = Matcher::new(Schema::new(&[FieldKind::Email]));
    other.read(&["somebody@else.example"]);
    let again = other.read(&["ana@example.com"]);
    assert_eq!(matcher.keys(&record), other.keys(&again));
    // Kept in databases: a change here needs every profile's keys written anew.
    assert_eq!(matcher.keys(&record), KEYS);
}

#[test]
fn what_was_learnt_weighs_the_same_after_it_was_kept() {
    let rows: Vec<[String; 6]> = (0..40)
        .map(|n| {
            [
                format!("{} Prado Gil", NAMES[n % 8]),
                format!("19{}-01-02", 50 + n % 20),
                String::new(),
                String::new(),
                String::new(),
                String::new(),
            ]
        })
        .collect();
    let mut engine = Engine::new(Schema::new(&KINDS));
    for row in &rows {
        engine.add(row);
    }
    engine.resolve_all();
    let learnt = engine.learnt();
    let kept = serde_json::to_string(&learnt).expect("as JSON");
    let mut matcher = Matcher::of(Schema::new(&KINDS), serde_json::from_str(&kept).expect("read again"));
    for (value, persons) in &learnt.counts {
        matcher.set_count(*value, *persons);
    }
    let (a, b) = (matcher.read(&rows[0]), matcher.read(&rows[8]));
    let before: Vec<(FieldKind, i32)> = engine.explain(0, 8).iter().map(|e| (e.field, (e.weight * 1e4) as i32)).collect();
    let after: Vec<(FieldKind, i32)> = matcher.explain(&a, &b).iter().map(|e| (e.field, (e.weight * 1e4) as i32)).collect();
    assert_eq!(before, after);
}

const NAMES: [&str; 8] = ["Irene", "Tomás", "Beatriz", "Gonzalo", "Lucía", "Hugo", "Yolanda", "Esteban"];
const FAMILIES: [&str; 6] = ["Salinas", "Quintero", "Berzosa", "Montoya", "Arce", "Vilches"];

/// Names in either column, initials, addresses made of a name or not.
fn any_person() -> impl Strategy<Value = [String; 6]> {
    let word = || prop::sample::select([&NAMES[..], &FAMILIES, &["", "A", "Lucia", "Berzossa"]].concat());
    let street = || prop::sample::select(vec!["", "Calle Mayor 3", "Mayor", "Avda. Sol 12"]);
    (word(), word(), word(), 1..28u32, street(), street(), word()).prop_map(|(given, family, second, day, one, two, mailbox)| {
        [
            given.into(),
            format!("{family} {second}"),
            format!("1980-02-{day:02}"),
            one.into(),
            two.into(),
            format!("{mailbox}{day}@buzon.test"),
        ]
    })
}

proptest! {
    /// Nobody's file breaks it, and every record has one person.
    #[test]
    fn any_text_is_a_record(rows in prop::collection::vec(prop::array::uniform6("\\PC{0,24}"), 0..12)) {
        let mut engine = Engine::new(Schema::new(&KINDS));
        for row in &rows {
            engine.resolve(row);
        }
        engine.resolve_all();
        prop_assert_eq!(engine.len(), rows.len());
    }

    /// Who is compared with whom does not matter.
    #[test]
    fn evidence_is_the_same_from_both_sides(a in any_person(), b in any_person()) {
        let mut matcher = Matcher::new(Schema::new(&[
            FieldKind::GivenName, FieldKind::FamilyName, FieldKind::BirthDate, FieldKind::Street, FieldKind::Street, FieldKind::Email,
        ]));
        let (a, b) = (matcher.read(&a), matcher.read(&b));
        prop_assert_eq!(matcher.weigh(&a, &b), matcher.weigh(&b, &a));
        prop_assert_eq!(matcher.explain(&a, &b), matcher.explain(&b, &a));
    }

    /// Equal records are one person in every order, whatever else is there.
    #[test]
    fn order_does_not_part_equal_records(order in Just((0..12usize).collect::<Vec<_>>()).prop_shuffle()) {
        let rows: Vec<[String; 6]> = (0..6)
            .map(|n| [format!("{} {}", NAMES[n], FAMILIES[n]), format!("19{}3-0{}-1{n}", n + 3, n + 1), String::new(), format!("{n}80{n}4"), format!("6{n}47{n}81{n}2"), String::new()])
            .collect();
        let mut engine = Engine::new(Schema::new(&KINDS));
        for at in &order {
            engine.resolve(&rows[at % 6]);
        }
        for (x, a) in order.iter().enumerate() {
            for (y, b) in order.iter().enumerate() {
                prop_assert_eq!(engine.person(x as u32) == engine.person(y as u32), a % 6 == b % 6);
            }
        }
    }
}
