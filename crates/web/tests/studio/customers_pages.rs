//! Customers: a list comes in by the four steps, the record says who said what, and all of it goes out again.

use crate::brand::{Studio, studio, write};
use axum::http::StatusCode;
use customers::*;
use kernel::{Actor, ProfileId};

const LIST: &str = "Nº cliente;Nombre;Apellidos;Móvil;Correo;Población;Acepta email\r\n\
    1;Ana;Ruiz Gil;612345678;ana@x.es;Lugo;sí\r\n2;Ben;Sol;12;ben@x.es;Vigo;no\r\n";

/// The addresses that the wizard leads to, up to the import's own page.
pub fn bring(studio: &Studio<'_>, name: &str, list: &str) -> String {
    let sent = studio.upload("/studio/customers/import", &[("name", name)], list);
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.html);
    let columns = studio.get(sent.location());
    let chosen: Vec<(String, String)> = (0..)
        .map(|at| format!("c{at}"))
        .map_while(|id| {
            let (_, select) = columns.html.split_once(&format!("id=\"{id}\" name=\"{id}\">"))?;
            let (before, _) = select.split_once(" selected").expect("something is chosen");
            let (_, value) = before.rsplit_once("value=\"")?;
            Some((id, value.trim_end_matches('"').to_owned()))
        })
        .collect();
    let (file, name) = (columns.field("file"), columns.field("name"));
    let mut fields: Vec<(&str, &str)> = chosen.iter().map(|(id, value)| (id.as_str(), value.as_str())).collect();
    fields.extend([("file", file.as_str()), ("name", name.as_str())]);
    let preview = studio.done("/studio/customers/import/columns", &fields);
    assert_eq!(preview.status, StatusCode::OK);
    let hidden: Vec<(&str, String)> = ["file", "name", "columns", "key"].iter().map(|field| (*field, preview.field(field))).collect();
    let fields: Vec<(&str, &str)> = hidden.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let begun = studio.post("/studio/customers/import/application", &fields);
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.html);
    let twice = studio.post("/studio/customers/import/application", &fields);
    assert_eq!(twice.location(), begun.location(), "sent twice is one import");
    let path = begun.location().to_owned();
    let running = studio.get(&path);
    assert!(running.has("Under way") && running.has("<progress"), "{}", running.html);
    studio.world.run_timers(customers::TIMERS);
    path
}

pub fn person_of(studio: &Studio<'_>, email: &'static str) -> ProfileId {
    let identifier = Identifier::email(email).unwrap();
    studio.read(move |tx| by_identifier(tx, &identifier).unwrap()).unwrap().profile
}

#[test]
fn a_list_is_mapped_seen_brought_in_and_taken_back() {
    studio(|studio| {
        let sent = studio.upload("/studio/customers/import", &[("name", "")], LIST);
        let columns = studio.get(sent.location());
        assert!(columns.has("products.csv · 2 lines · UTF-8, cells parted by «;»"), "{}", columns.html);
        assert_eq!(columns.field("name"), "products", "the file's name, when none is given");
        assert!(columns.has("<option value=\"family_name\" selected>Family name") && columns.has("Ana · Ben"), "{}", columns.html);
        let preview = studio.get(&sent.location().replace("/columns?", "/preview?"));
        assert!(preview.has("<td data-label=\"Phone\">+34612345678</td>"), "{}", preview.html);
        assert!(preview.has("“12” is not a phone number; it is kept as other data"), "{}", preview.html);
        assert!(preview.has("Import 2 lines") && studio.get("/studio/customers").has("No customers yet"));
        let path = bring(studio, "Old shop", LIST);
        let done = studio.get(&path);
        assert!(done.has("Done") && done.has(">Ana Ruiz Gil</a>") && !done.has("<progress"), "{}", done.html);
        let list = studio.get("/studio/customers?q=ruiz");
        assert!(list.has("Ana Ruiz Gil") && !list.has("Ben Sol"), "{}", list.html);
        assert!(studio.get("/studio/customers/imports").has("Old shop"));
        let again = studio.upload("/studio/customers/import", &[("name", "Old shop")], LIST);
        let known = studio.get(&again.location().replace("/columns?", "/preview?"));
        assert!(known.has("Everything in this list is known already"), "{}", known.html);
        let undone = studio.done(&format!("{path}/withdrawal"), &[]);
        assert!(undone.has("Being undone"), "{}", undone.html);
        studio.world.run_timers(customers::TIMERS);
        assert!(studio.get(&path).has("Undone") && studio.get("/studio/customers").has("No customers yet"));
        assert!(studio.done(&format!("{path}/withdrawal"), &[]).has("This import was undone already"));
    });
}

#[test]
fn a_bad_list_says_which_lines_and_nothing_can_be_imported() {
    studio(|studio| {
        let empty = studio.upload("/studio/customers/import", &[], "");
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        let sent = studio.upload("/studio/customers/import", &[], "id,name\n1,Ana\n1,Ben\n");
        let seen = studio.get(&sent.location().replace("/columns?", "/preview?"));
        assert!(seen.has("“1” is on another line already, with other data") && !seen.has("import/application"), "{}", seen.html);
        let gone = studio.get("/studio/customers/import/preview?file=nothing&name=x");
        assert_eq!(gone.location(), "/studio/customers/import");
    });
}

#[test]
fn the_record_says_who_said_what_and_why_it_is_believed() {
    studio(|studio| {
        bring(studio, "Old shop", LIST);
        let ana = person_of(studio, "ana@x.es");
        write(studio.world, move |tx| {
            let desk = FieldSource::Channel(kernel::Channel::Desk);
            set_fields(tx, &Actor::system(), ana, vec![(FieldKind::Place, "Ourense".into())], FieldSource::Import("ERP".into())).unwrap();
            let staff = Actor::staff(kernel::StaffId::from_parts(1, 1), &[kernel::Role::Agent]);
            set_fields(tx, &staff, ana, vec![(FieldKind::Place, "Santiago".into())], desk).map(drop).unwrap();
        });
        let page = studio.get(&format!("/studio/customers/{ana}"));
        assert!(page.has("What the team said counts for more than what a list or another system says."), "{}", page.html);
        assert!(page.has("List Old shop · Ada Admin") && page.has("List ERP") && page.has("2 differ"), "{}", page.html);
        assert!(page.has("One profile; nothing is joined.") && page.has("products.csv:2"), "{}", page.html);
        assert_eq!(studio.get("/studio/customers/01JZ8Q3V5N6W7X8Y9Z0A1B2C3D").status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn a_join_is_read_separated_and_undone_on_the_person_s_page() {
    studio(|studio| {
        bring(studio, "One", LIST);
        let two = bring(studio, "Two", "name,email,phone\nAna R. Gil,ana.gil@y.es,612345678\n");
        let (a, b) = (person_of(studio, "ana@x.es"), person_of(studio, "ana.gil@y.es"));
        let claim = write(studio.world, move |tx| {
            let cmd = Join { a, b, reason: "one telephone".into(), confidence: 95, key: "k".into() };
            join(tx, &Actor::system(), cmd).unwrap()
        });
        let page = studio.get(&format!("/studio/customers/{b}"));
        assert!(page.has("2 profiles make up this person") && page.has("one telephone") && page.has("95 % sure"), "{}", page.html);
        let (one, other) = (a.to_string(), b.to_string());
        let apart = studio.done(&format!("/studio/customers/{a}/separations"), &[("a", &one), ("b", &other), ("key", "k")]);
        assert!(apart.has("One profile; nothing is joined.") && apart.has("Not the same"), "{}", apart.html);
        let claims = studio.read(move |tx| claims_of(tx, &Actor::system(), a.into(), 10).unwrap());
        studio.done(&format!("/studio/customers/{a}/claims/{}/withdrawal", claims[0].id), &[]);
        assert_eq!(studio.read(move |tx| profiles_of(tx, a.into()).unwrap()), [a, b]);
        studio.done(&format!("{two}/withdrawal"), &[]);
        studio.world.run_timers(customers::TIMERS);
        let left = studio.get(&format!("/studio/customers/{a}"));
        assert!(left.has("One profile; nothing is joined.") && left.has("Undone by"), "{}", left.html);
        assert!(studio.read(move |tx| customers::claims_of(tx, &Actor::system(), a.into(), 10).unwrap()).iter().any(|c| c.id == claim));
    });
}
