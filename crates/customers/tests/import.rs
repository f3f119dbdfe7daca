//! Lists of customers: seen first, taken up whole, known again, taken back.

mod common;
use common::*;
use customers::import::*;
use customers::*;
use kernel::testing::{World, on_both, on_sqlite};
use kernel::{Actor, Channel, Denied, Event, Permission, ProfileId, Role, StaffId};
use std::time::Duration;

fn admin() -> Actor {
    Actor::staff(StaffId::from_parts(1, 2), &[Role::Administrator])
}
fn asked(name: &str) -> Asked {
    Asked { name: name.into(), mapping: None }
}
fn seen(world: &World, file: &str, name: &str) -> Preview {
    let (file, asked) = (file.to_owned(), asked(name));
    read(world, move |tx| preview(tx, &admin(), file.as_bytes(), &asked).expect("previewed"))
}
fn settle(world: &World, id: ImportId) -> Import {
    world.run_timers(TIMERS);
    read(world, move |tx| import(tx, &admin(), id).expect("read"))
}
/// As [`bring_alone`], with everybody being recognised.
fn bring(world: &World, file: &str, name: &str, key: &str) -> Import {
    let import = bring_alone(world, file, name, key);
    world.run_reactions(resolution::REACTIONS);
    import
}
fn bring_alone(world: &World, file: &str, name: &str, key: &str) -> Import {
    world.clock().advance(Duration::from_secs(1));
    let file_name = format!("{name}.csv");
    let cmd = BeginImport { key: key.into(), asked: asked(name), file_name, file: file.as_bytes().to_vec() };
    let begun = write(world, move |tx| begin(tx, &admin(), &cmd).expect("begun"));
    settle(world, begun.id)
}
/// As [`take_back_alone`], with everybody being recognised.
fn take_back(world: &World, id: ImportId) -> Import {
    let import = take_back_alone(world, id);
    world.run_reactions(resolution::REACTIONS);
    import
}
fn take_back_alone(world: &World, id: ImportId) -> Import {
    world.clock().advance(Duration::from_secs(1));
    write(world, move |tx| customers::import::undo(tx, &admin(), id).map(drop).expect("undone"));
    settle(world, id)
}
fn counts(import: &Import) -> (ImportState, [u64; 6]) {
    (import.state, [import.total, import.created, import.changed, import.unchanged, import.taken_back, import.kept])
}
fn names(world: &World) -> Vec<String> {
    let page = read(world, |tx| people(tx, &agent(), None, 50).expect("listed"));
    page.items.into_iter().map(|card| card.name.text).collect()
}
fn found(world: &World, text: &'static str) -> Vec<PersonId> {
    read(world, move |tx| find(tx, &agent(), text, None, 50).expect("found")).items.into_iter().map(|c| c.person).collect()
}
/// All that this room says of everybody, but for claims that were taken back.
fn everything(world: &World) -> String {
    read(world, |tx| {
        let known = known_after(tx, None, 500).expect("read");
        let of = |k: &Known| {
            let whole = person(tx, k.person).expect("read");
            let past: Vec<_> =
                FieldKind::ALL.iter().flat_map(|kind| past_fields(tx, &agent(), k.person, *kind, 100).expect("past")).collect();
            let found = find(tx, &agent(), &profile(tx, k.profile).expect("read").expect("there").name(), None, 50).expect("found");
            format!("{k:?}\n{whole:?}\n{past:?}\n{found:?}\n{:?}\n", possible_same(tx, k.person).expect("hints"))
        };
        known.iter().map(of).collect()
    })
}

const SHOP: &str = "\u{feff}Nº cliente;Nombre;Primer apellido;Segundo apellido;Móvil;Correo;CP;Población;Acepta email;Talla\r\n\
    17;Ana;Ruiz;Gil;612 345 678;ANA@x.es;28.001;Madrid;sí;M\r\n\
    18;José;Núñez;;699999999 / 915556677;;28002;Madrid;no;\r\n\
    \r\n\
    19;Marta;Sol;Vega;12;marta@x.es;;;;L\r\n";

#[test]
fn a_messy_list_is_shown_as_it_will_be_read() {
    on_both(&[MIGRATIONS], |world| {
        let shown = seen(world, SHOP, "Old shop");
        assert_eq!((shown.encoding, shown.separator), (Encoding::Utf8, ';'));
        let targets: Vec<String> = shown.columns.iter().map(|c| c.target.to_string()).collect();
        assert_eq!(
            targets,
            [
                "external_id",
                "given_name",
                "family_name",
                "family_name",
                "phone",
                "email",
                "postcode",
                "place",
                "consent:marketing:email",
                "skip"
            ]
        );
        assert_eq!(shown.columns[9].samples, ["M", "L"]);
        assert_eq!((shown.lines, shown.created, shown.changed, shown.unchanged), (3, 3, 0, 0));
        use FieldKind::{Email, FamilyName, GivenName, Other, Phone, Place, Postcode};
        let field = |kind, value: &str| (kind, value.to_owned());
        assert_eq!(
            shown.shown[0].fields,
            [
                field(GivenName, "Ana"),
                field(FamilyName, "Ruiz Gil"),
                field(Place, "Madrid"),
                field(Postcode, "28001"),
                field(Phone, "+34612345678"),
                field(Email, "ana@x.es"),
            ]
        );
        assert_eq!(shown.shown[0].consents, [(Purpose::Marketing, Channel::Email, ConsentState::Granted)]);
        assert_eq!(shown.shown[1].fields[4..], [field(Phone, "+34699999999"), field(Phone, "+34915556677")]);
        assert_eq!((shown.shown[2].line, shown.shown[2].outcome), (5, Outcome::Created));
        assert_eq!(shown.shown[2].fields.last(), Some(&field(Other, "Móvil: 12")));
        assert_eq!(shown.problems, []);
        let notes: Vec<_> = shown.notes.iter().map(|n| (n.line, n.column.as_str(), n.message.as_str())).collect();
        assert_eq!(
            notes,
            [(5, "Móvil", "`12` is not a phone number; write it with its country, like +34 612 34 56 78; kept as a free field")]
        );
        assert_eq!(names(world), Vec::<String>::new());
    });
}

#[test]
fn a_list_makes_customers_with_its_name_behind_every_field() {
    on_both(&[MIGRATIONS], |world| {
        let done = bring(world, SHOP, "Old shop", "k1");
        assert_eq!(counts(&done), (ImportState::Done, [3, 3, 0, 0, 0, 0]));
        let mut all = names(world);
        all.sort();
        assert_eq!(all, ["Ana Ruiz Gil", "José Núñez", "Marta Sol Vega"]);
        let ana = found(world, "612345678")[0];
        assert_eq!(found(world, "ana@x.es"), [ana]);
        let record = read(world, move |tx| record_of_person(tx, &agent(), ana).expect("read"));
        let family = record.iter().find(|f| f.kind == FieldKind::FamilyName).expect("there");
        assert_eq!(
            (family.best.value.as_str(), &family.best.source, family.best.basis, family.best.actor.clone()),
            ("Ruiz Gil", &FieldSource::Import("Old shop".into()), Basis::Import, admin().to_string())
        );
        let consent = read(world, move |tx| consent(tx, ana, Purpose::Marketing, Channel::Email).expect("read")).expect("given");
        assert_eq!((consent.state, consent.evidence.as_str()), (ConsentState::Granted, "Old shop.csv:2"));
        let kinds: Vec<String> =
            read(world, move |tx| timeline(tx, &agent(), ana, None, 20).expect("read")).into_iter().map(|e| e.kind).collect();
        assert_eq!(kinds, ["consent.changed", "identifier.added", "identifier.added", "customer.created"]);
    });
}

#[test]
fn the_same_list_again_changes_nothing_and_a_newer_one_only_what_differs() {
    on_both(&[MIGRATIONS], |world| {
        let first = bring(world, SHOP, "Old shop", "k1");
        let same_key = bring(world, SHOP, "Old shop", "k1");
        assert_eq!(same_key.id, first.id);
        let before = everything(world);
        assert_eq!((seen(world, SHOP, "Old shop").unchanged, seen(world, SHOP, "Old shop").earlier), (3, None));
        assert_eq!(seen(world, SHOP, "New name").earlier.map(|i| i.id), Some(first.id));
        assert_eq!(counts(&bring(world, SHOP, "Old shop", "k2")), (ImportState::Done, [3, 0, 0, 3, 0, 0]));
        assert_eq!(everything(world), before);
        let newer = SHOP.replace("Madrid;sí", "Getafe;no").replace("612 345 678", "611 111 111");
        let shown = seen(world, &newer, "Old shop");
        assert_eq!((shown.created, shown.changed, shown.unchanged), (0, 1, 2));
        let third = bring(world, &newer, "Old shop", "k3");
        assert_eq!(counts(&third), (ImportState::Done, [3, 0, 1, 2, 0, 0]));
        let ana = found(world, "ana@x.es")[0];
        assert_eq!(found(world, "611111111"), [ana]);
        let past = read(world, move |tx| past_fields(tx, &agent(), ana, FieldKind::Place, 10).expect("read"));
        assert_eq!(past.iter().map(|p| p.field.value.as_str()).collect::<Vec<_>>(), ["Madrid"]);
        assert_eq!(counts(&take_back(world, third.id)), (ImportState::Undone, [3, 0, 1, 2, 1, 0]));
        assert_eq!(everything(world), before);
    });
}

#[test]
fn taking_a_list_back_leaves_what_lives_on_and_says_why() {
    on_both(&[MIGRATIONS], |world| {
        let ben = somebody(world, &["email:ben@x.es"], "Ben Sol");
        let before = everything(world);
        let list = "id,name,email\n1,Ana Ruiz,ana@x.es\n2,Benito Sol,ben@x.es\n3,Cruz Mar,cruz@x.es\n4,Dora Paz,dora@x.es\n";
        let done = bring(world, list, "Fair", "k1");
        let of = |text| found(world, text)[0].oldest_profile();
        let (ana, cruz, dora) = (of("ana@x.es"), of("cruz@x.es"), of("dora@x.es"));
        let benito = found(world, "benito")[0].oldest_profile();
        joining(world, ben, benito, 90, "same e-mail").expect("joined");
        world.clock().advance(Duration::from_secs(1));
        // A message that the provider dates before the import.
        let early = kernel::testing::START;
        write(world, move |tx| tx.announce(Event::new("message.received", "m1").profile(ana).at(early)).expect("announced"));
        write(world, move |tx| {
            set_fields(tx, &agent(), cruz, vec![(FieldKind::Place, "Lugo".into())], Channel::Desk.into()).map(drop).expect("said")
        });
        let undone = take_back(world, done.id);
        assert_eq!(counts(&undone), (ImportState::Undone, [4, 4, 0, 0, 2, 2]));
        let kept = read(world, move |tx| rows(tx, &admin(), done.id, Outcome::Kept, None, 10).expect("read"));
        let kept: Vec<(u64, Option<ProfileId>, &str)> = kept.items.iter().map(|k| (k.line, k.profile, k.why.as_str())).collect();
        assert_eq!(kept, [(2, Some(ana), "message.received"), (4, Some(cruz), "customer.fields_changed")]);
        assert_eq!(read(world, move |tx| profile(tx, dora).expect("read")), None);
        assert_eq!(read(world, move |tx| profiles_of(tx, ben.into()).expect("read")), [ben]);
        assert!(everything(world).contains(&before[..200]));
        let again =
            world.db().write("undo", move |tx| customers::import::undo(tx, &admin(), done.id)).wait().map(drop).map_err(|e| e.to_string());
        assert_eq!(again, Err("this import was taken back already".into()));
        let log = read(world, move |tx| kernel::log::of_subject(tx, &dora.to_string(), 10).expect("log"));
        assert_eq!(log[0].kind, events::WITHDRAWN);
    });
}

#[test]
fn an_older_list_waits_until_the_newer_one_is_taken_back() {
    on_both(&[MIGRATIONS], |world| {
        let nothing = everything(world);
        let one = bring(world, "id,name,place\n1,Ana,Lugo\n2,Ben,Vigo\n", "Fair", "k1");
        let two = bring(world, "id,name,place\n1,Ana,Madrid\n2,Ben,Vigo\n", "Fair", "k2");
        let first = take_back(world, one.id);
        assert_eq!(counts(&first), (ImportState::Undone, [2, 2, 0, 0, 1, 1]));
        let kept = read(world, move |tx| rows(tx, &admin(), one.id, Outcome::Kept, None, 10).expect("read"));
        assert_eq!(kept.items[0].why, "import:Fair");
        assert_eq!(counts(&take_back(world, two.id)), (ImportState::Undone, [2, 0, 1, 1, 1, 0]));
        assert_eq!(names(world), ["Ana"]);
        let (one, two) = (bring(world, "id,name\n5,Eva\n", "Other", "k3"), bring(world, "id,name\n5,Eva M\n", "Other", "k4"));
        take_back(world, two.id);
        take_back(world, one.id);
        assert_eq!(names(world), ["Ana"]);
        assert_eq!(nothing, "");
    });
}

#[test]
fn a_yes_of_a_list_never_overrules_a_no() {
    on_both(&[MIGRATIONS], |world| {
        let ana = somebody(world, &["email:ana@x.es"], "Ana");
        write(world, move |tx| {
            let (purpose, channel, state) = (Purpose::Marketing, Channel::Email, ConsentState::Refused);
            let cmd = SetConsent { profile: ana, purpose, channel, state, evidence: "by phone".into(), source: Channel::Desk };
            set_consent(tx, &agent(), cmd).map(drop).expect("set");
        });
        let list = "name,email,marketing_email,evidence,consent date\nAna,ana@x.es,yes,Form A,\nEva,eva@x.es,yes,Form A,31/05/2024\n";
        let done = bring(world, list, "Fair", "k1");
        let eva = found(world, "eva@x.es")[0];
        let answer = read(world, move |tx| consent(tx, eva, Purpose::Marketing, Channel::Email).expect("read")).expect("given");
        assert_eq!((answer.evidence.as_str(), answer.at.to_rfc3339()), ("Form A (Fair.csv:3)", "2024-05-31T12:00:00Z".into()));
        let created = read(world, move |tx| rows(tx, &admin(), done.id, Outcome::Created, None, 10).expect("read")).items;
        assert_eq!(created.iter().map(|r| r.why.as_str()).collect::<Vec<_>>(), ["consent:refused", ""]);
        let imported = created[0].profile.expect("made");
        let person = read(world, move |tx| person(tx, imported.into()).expect("read")).expect("there");
        assert_eq!(person.consents.iter().filter(|c| c.profile == imported).count(), 0);
    });
}

#[test]
fn what_is_wrong_is_said_by_line_and_nothing_is_imported() {
    on_both(&[MIGRATIONS], |world| {
        let said =
            |file: &str| -> Vec<(u64, String)> { seen(world, file, "x").problems.into_iter().map(|p| (p.line, p.message)).collect() };
        assert_eq!(said("id,name\n1,Ana\n1,Ben\n"), [(3, "`1` is already on line 2, with other data".into())]);
        assert_eq!(said("id,name\n1,Ana,x,y\n"), [(2, "the line has 4 cells, the header 2; is a quote missing?".into())]);
        assert_eq!(said("a,b\n1,Ana\n"), [(1, "no column says anything of a customer; say what the columns mean".into())]);
        assert_eq!(said(""), [(1, "there is no header; the first line names the columns".into())]);
        assert_eq!(said("name\n\"Ana\n"), [(2, "a quoted text is not closed".into())]);
        assert_eq!(seen(world, "id,name\n1,Ana\n1,Ana\n,\n", "x").lines, 1);
        let attempt = |actor: Actor, asked: Asked, file: &'static str| {
            let cmd = BeginImport { key: "k".into(), asked, file_name: "x.csv".into(), file: file.as_bytes().to_vec() };
            world.db().write("begin", move |tx| begin(tx, &actor, &cmd)).wait().map(drop).map_err(|e| e.to_string())
        };
        assert_eq!(
            attempt(admin(), asked("x"), "id,name\n1,Ana\n1,Ben\n"),
            Err("the list has 1 problems; the first is on line 3: `1` is already on line 2, with other data".into())
        );
        assert_eq!(attempt(agent(), asked("x"), "id,name\n1,Ana\n"), Err(Denied(Permission::ImportCustomers).to_string()));
        assert_eq!(attempt(admin(), asked(" "), "id,name\n"), Err("an import needs a name of 1 to 80 letters, without a line end".into()));
        let short = Asked { name: "x".into(), mapping: Some(vec![Target::Skip]) };
        assert_eq!(attempt(admin(), short, "id,name\n"), Err("the mapping names 1 columns, the list has 2".into()));
        assert_eq!(names(world), Vec::<String>::new());
    });
}

#[test]
fn a_long_list_goes_on_step_by_step_and_can_be_stopped_halfway() {
    on_both(&[MIGRATIONS], |world| {
        let mut list = "id,name,email\n".to_owned();
        for n in 0..450 {
            list.push_str(&format!("{n},Ana {n},a{n}@x.es\n"));
        }
        let cmd = BeginImport { key: "k".into(), asked: asked("Long"), file_name: "long.csv".into(), file: list.clone().into_bytes() };
        let begun = write(world, move |tx| begin(tx, &admin(), &cmd).expect("begun"));
        let after = write(world, move |tx| step(tx, begun.id, 100).expect("step"));
        assert_eq!((after.state, after.finished(), after.total), (ImportState::Running, 100, 450));
        assert_eq!(counts(&take_back(world, begun.id)), (ImportState::Undone, [450, 100, 0, 0, 100, 0]));
        assert_eq!(everything(world), "");
        assert_eq!(counts(&bring(world, &list, "Long", "k2")), (ImportState::Done, [450, 450, 0, 0, 0, 0]));
        let pages = read(world, |tx| imports(tx, &admin(), None, 1).expect("listed"));
        assert_eq!((pages.items.len(), pages.items[0].state), (1, ImportState::Done));
        let next = read(world, move |tx| imports(tx, &admin(), pages.next.as_deref(), 1).expect("listed"));
        assert_eq!((next.items[0].id, next.next), (begun.id, None));
    });
}

#[test]
fn a_list_joins_whom_it_names_and_its_undo_leaves_them_as_they_were() {
    on_both(&[MIGRATIONS], |world| {
        let ana = somebody(world, &["email:ana@x.es", "phone:612345678"], "Ana Ruiz Gil");
        somebody(world, &["email:ben@x.es"], "Ben Sol");
        world.run_reactions(resolution::REACTIONS);
        let before = everything(world);
        let list = "id,nombre,apellidos,correo,movil\n1,Ana,Ruiz Gil,ana@x.es,612345678\n2,Cruz,Mar,cruz@x.es,\n";
        let done = bring(world, list, "Fair", "k1");
        let together = read(world, move |tx| profiles_of(tx, ana.into()).expect("read"));
        assert_eq!(together.len(), 2, "the list's Ana is ours");
        let claims = read(world, move |tx| claims_of(tx, &agent(), ana.into(), 10).expect("read"));
        assert_eq!((claims.len(), claims[0].is_standing(), claims[0].reason.is_empty()), (1, true, false));
        let undone = take_back(world, done.id);
        assert_eq!((undone.taken_back, undone.kept), (2, 0));
        assert_eq!(everything(world), before);
        let gone = together[1];
        assert_eq!(read(world, move |tx| resolution::evidence(tx, ana, gone).expect("read")), None);
    });
}

/// A list of a few people out of a small world, so that names, phones and e-mails meet.
fn some_list() -> impl proptest::strategy::Strategy<Value = String> {
    use proptest::prelude::*;
    let row = (0..6u8, 0..4u8, 0..4u8, 0..4u8, 0..3u8);
    prop::collection::vec(row, 1..8).prop_map(|rows| {
        let mut file = "id,name,email,phone,acepta email\n".to_owned();
        let mut seen = Vec::new();
        for (id, name, email, phone, yes) in rows {
            if seen.contains(&id) {
                continue;
            }
            seen.push(id);
            let name = ["Ana Ruiz", "Ben Sol", "Ana María Ruiz", ""][usize::from(name)];
            let email = ["ana@x.es", "ben@x.es", "new@x.es", ""][usize::from(email)];
            let phone = ["612345678", "699999999", "12", ""][usize::from(phone)];
            file.push_str(&format!("{id},{name},{email},{phone},{}\n", ["sí", "no", ""][usize::from(yes)]));
        }
        file
    })
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 24, ..Default::default() })]
    #[test]
    fn imports_taken_back_leave_everything_as_it_was(lists in proptest::collection::vec((some_list(), 0..2u8, proptest::bool::ANY), 1..4)) {
        on_sqlite(&[MIGRATIONS], |world| {
            somebody(world, &["email:ana@x.es", "phone:612345678"], "Ana Ruiz");
            let ben = somebody(world, &["email:ben@x.es"], "Ben Sol");
            let mut stack = Vec::new();
            for (n, (list, name, joins)) in lists.iter().enumerate() {
                let before = everything(world);
                let done = bring_alone(world, list, ["Fair", "Shop"][usize::from(*name)], &format!("k{n}"));
                stack.push((done, before));
                if *joins {
                    let made = read(world, move |tx| rows(tx, &admin(), stack_id(tx), Outcome::Created, None, 10).expect("read"));
                    if let Some(profile) = made.items.first().and_then(|line| line.profile) {
                        joining(world, ben, profile, 80, &format!("j{n}")).expect("joined");
                    }
                }
            }
            while let Some((done, before)) = stack.pop() {
                let undone = take_back_alone(world, done.id);
                assert_eq!((undone.state, undone.kept, undone.taken_back), (ImportState::Undone, 0, done.created + done.changed));
                assert_eq!(everything(world), before);
            }
        });
    }
}

/// The newest import.
fn stack_id(tx: &kernel::ReadTx<'_>) -> ImportId {
    imports(tx, &admin(), None, 1).expect("listed").items[0].id
}
