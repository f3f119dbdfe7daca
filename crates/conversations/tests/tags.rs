//! What matters are about: the brand's own list, at the desk, in the queue and in the counts.

mod common;

use common::*;
use conversations::*;
use kernel::testing::{World, on_both};
use kernel::{Channel, Fault};

fn lists(world: &World, name: &'static str) -> TagId {
    run(world, move |tx| list_tag(tx, &lead(), name))
}

fn tags_on(world: &World, id: MatterId) -> Vec<String> {
    let found = world.db().read(move |tx| tags_of(tx, id)).wait().expect("read");
    found.into_iter().map(|tag| tag.name).collect()
}

fn counted(world: &World) -> Vec<(String, i64)> {
    let day: jiff::civil::Date = "2026-06-01".parse().expect("a day");
    let next = day.tomorrow().expect("a day");
    let found = world.db().read(move |tx| tag_days(tx, &lead(), day, next)).wait().expect("read");
    found.into_iter().map(|day| (day.name, day.matters)).collect()
}

#[test]
fn a_matter_is_tagged_once_found_by_it_and_counted() {
    on_both(&[MIGRATIONS], |world| {
        let mailbox = account_of(world, Channel::Email);
        let [one, two] = [1, 2].map(|n| writes(world, mailbox, Channel::Email, n, "Hola"));
        let (late, size) = (lists(world, "  Envío   tarde "), lists(world, "Talla"));
        assert_eq!(lists(world, "Envío tarde"), late, "one word is one tag");
        for (matter, tag) in [(one, late), (one, late), (one, size), (two, late)] {
            passes(world, minutes(1));
            run(world, move |tx| tag_matter(tx, &as_agent(LUCIA), matter, tag));
        }
        assert_eq!(tags_on(world, one), ["Envío tarde", "Talla"]);
        assert_eq!(story(world, &one.to_string()).iter().filter(|kind| *kind == "matter.tagged").count(), 2);
        let page = |after, limit| {
            let found = world.db().read(move |tx| queue_by_due(tx, View::Tagged(late), after, limit)).wait().expect("read");
            found.into_iter().map(|matter| matter.id).collect::<Vec<_>>()
        };
        let end = move |tx: &kernel::ReadTx<'_>| page_key(tx, View::Tagged(late), &matter(tx, two)?.expect("there"));
        let end = world.db().read(end).wait().expect("read");
        assert_eq!((page(None, 1), page(Some(end), 10)), (vec![two], vec![one]));
        settle(world);
        assert_eq!(counted(world), [("Envío tarde".to_owned(), 2), ("Talla".to_owned(), 1)]);
        run(world, move |tx| untag_matter(tx, &as_agent(LUCIA), one, late));
        run(world, move |tx| untag_matter(tx, &as_agent(LUCIA), one, late));
        settle(world);
        assert_eq!((tags_on(world, one), counted(world)), (vec!["Talla".into()], vec![("Envío tarde".into(), 1), ("Talla".into(), 1)]));
    });
}

#[test]
fn what_is_off_the_list_stays_where_it_is_and_is_given_no_more() {
    on_both(&[MIGRATIONS], |world| {
        let mailbox = account_of(world, Channel::Email);
        let [one, two] = [1, 2].map(|n| writes(world, mailbox, Channel::Email, n, "Hola"));
        let tag = lists(world, "Talla");
        run(world, move |tx| tag_matter(tx, &as_agent(LUCIA), one, tag));
        run(world, move |tx| unlist_tag(tx, &lead(), tag));
        assert_eq!(world.db().read(tags).wait().expect("read"), []);
        assert_eq!(tags_on(world, one), ["Talla"]);
        let gives = world.db().write("tag", move |tx| tag_matter(tx, &as_agent(LUCIA), two, tag)).wait();
        assert!(matches!(gives, Err(ConversationError::UnknownTag)));
        assert_eq!(lists(world, "Talla"), tag, "back on the list, the same");
        let denied = world.db().write("tag", |tx| list_tag(tx, &as_agent(LUCIA), "Otra")).wait();
        assert!(matches!(denied, Err(ConversationError::Denied(_))));
        let profile = look(world, one).profile;
        let told =
            world.db().read(move |tx| Ok::<_, Fault>(export_talk(tx, &[profile])?["matters"][0]["tags"].clone())).wait().expect("read");
        assert_eq!(told, serde_json::json!(["Talla"]));
        run(world, move |tx| erase_talk(tx, &[profile]));
        assert_eq!(tags_on(world, one), Vec::<String>::new());
    });
}
