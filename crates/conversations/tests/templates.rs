//! Templates: written, judged by the provider, and sent only while they are approved.

mod common;

use common::*;
use conversations::*;
use kernel::testing::{World, on_both};
use kernel::{Actor, Channel, Problem, Role, StaffId, Timestamp};
use std::time::Duration;

fn merchandiser() -> Actor {
    Actor::staff(StaffId::from_parts(8, 8), &[Role::Merchandiser])
}

fn ready(account: AccountId) -> WriteTemplate {
    let body = "Hola {{1}}, tu pedido {{2}} está listo.".into();
    let content = TemplateContent { body, examples: vec!["Ana".into(), "1001".into()], ..TemplateContent::default() };
    let fills = vec![Some(Variable::FirstName), Some(Variable::Order)];
    WriteTemplate { account, name: "pedido_listo".into(), language: "es".into(), category: TemplateCategory::Utility, content, fills }
}

fn writes_it(world: &World, cmd: WriteTemplate) -> Result<TemplateId, TemplateError> {
    world.db().write("test", move |tx| write_template(tx, &merchandiser(), &cmd)).wait()
}

fn told(world: &World, account: AccountId, state: TemplateState, reason: &'static str, at: Timestamp) {
    run(world, move |tx| {
        let says = TemplateSays::Stands { state, reason: reason.into() };
        let news = TemplateNews { name: "pedido_listo".into(), language: "es".into(), provider_id: Some("77".into()), says, at };
        apply_template_news(tx, account, &news)
    });
}

fn stands(world: &World, id: TemplateId) -> (TemplateState, String) {
    let template = world.db().read(move |tx| message_template(tx, id)).wait().expect("read").expect("there");
    (template.state, template.reason)
}

/// Say it by template, with these values; the customer wrote long ago.
fn says_it(
    world: &World,
    matter: MatterId,
    account: AccountId,
    params: &[&str],
    key: &'static str,
) -> Result<MessageId, ConversationError> {
    let params = params.iter().map(|value| (*value).to_owned()).collect();
    let template = Template { name: "pedido_listo".into(), language: "es".into(), params };
    let extras = Some(OutboundExtras { template: Some(template), ..OutboundExtras::default() });
    let cmd = Reply { extras, ..Reply::new(matter, account, "c1@cliente.test", "Hola", key) };
    world.db().write("test", move |tx| reply(tx, &as_agent(LUCIA), &cmd)).wait()
}

#[test]
fn a_template_that_no_provider_would_take_is_refused_with_nothing_written() {
    on_both(&[MIGRATIONS], |world| {
        let (number, mailbox) = (account_of(world, Channel::Whatsapp), account_of(world, Channel::Email));
        let right = ready(number);
        let with = |content: fn(&mut TemplateContent)| {
            let mut cmd = ready(number);
            content(&mut cmd.content);
            cmd
        };
        for (cmd, code) in [
            (WriteTemplate { account: mailbox, ..right.clone() }, "conversations.no_templates"),
            (WriteTemplate { name: "Pedido listo".into(), ..right.clone() }, "conversations.template_name"),
            (WriteTemplate { language: "español".into(), ..right.clone() }, "conversations.template_language"),
            (with(|c| c.body = "Hola {{2}}.".into()), "conversations.template_gaps"),
            (with(|c| c.body = "Hola {{1}}".into()), "conversations.template_gap_at_end"),
            (with(|c| c.header = "Pedido {{1}}".into()), "conversations.template_gap_elsewhere"),
            (with(|c| c.examples.truncate(1)), "conversations.template_example"),
            (with(|c| c.body = "a".repeat(1_025)), "conversations.template_too_long"),
        ] {
            assert_eq!(writes_it(world, cmd).expect_err("refused").code(), code);
        }
        let denied = world.db().write("test", move |tx| write_template(tx, &as_agent(LUCIA), &ready(number))).wait();
        assert!(matches!(denied, Err(TemplateError::Denied(_))));
        assert_eq!(world.db().read(move |tx| message_templates(tx, number)).wait().expect("read"), []);
        assert!(writes_it(world, right.clone()).is_ok());
        assert!(matches!(writes_it(world, right), Err(TemplateError::NameTaken)));
    });
}

#[test]
fn only_what_is_approved_now_leaves_and_each_gap_is_filled() {
    on_both(&[MIGRATIONS], |world| {
        let number = account_of(world, Channel::Whatsapp);
        let matter = writes(world, number, Channel::Whatsapp, 1, "Hola");
        let id = writes_it(world, ready(number)).expect("written");
        let code = |key| says_it(world, matter, number, &["Ana", "1001"], key).map_err(|refused| refused.code());
        assert_eq!(code("a"), Err("conversations.template_not_approved"), "a draft");
        let taken = HandedIn { provider_id: "77".into(), state: TemplateState::Pending, category: None };
        run(world, move |tx| record_template(tx, &merchandiser(), id, &taken));
        assert_eq!(code("b"), Err("conversations.template_not_approved"), "the provider looks at it");
        let now = world.db().clock().now();
        told(world, number, TemplateState::Approved, "", now);
        assert_eq!(says_it(world, matter, number, &["Ana"], "c").map_err(|e| e.code()), Err("conversations.template_open_gap"));
        assert_eq!(says_it(world, matter, number, &["Ana", " "], "d").map_err(|e| e.code()), Err("conversations.template_open_gap"));
        assert!(says_it(world, matter, number, &["Ana", "1001"], "e").is_ok());
        // What was said before is brought after: it changes nothing.
        told(world, number, TemplateState::Rejected, "SCAM", now.minus(Duration::from_secs(60)));
        assert_eq!(stands(world, id), (TemplateState::Approved, String::new()));
        told(world, number, TemplateState::Paused, "", now.plus(Duration::from_secs(60)));
        assert_eq!(code("f"), Err("conversations.template_not_approved"), "stopped for a time");
        assert_eq!(story(world, &id.to_string()), ["template.written", "template.state", "template.state", "template.state"]);
    });
}

#[test]
fn what_the_provider_has_is_kept_and_what_it_has_no_more_is_disabled() {
    on_both(&[MIGRATIONS], |world| {
        let number = account_of(world, Channel::Whatsapp);
        let draft = writes_it(world, WriteTemplate { name: "borrador".into(), ..ready(number) }).expect("written");
        let there = |name: &str, state, reason: &str, provider_id: &str| AtProvider {
            name: name.into(),
            language: "es".into(),
            category: TemplateCategory::Utility,
            content: ready(number).content,
            state,
            reason: reason.into(),
            provider_id: provider_id.into(),
        };
        let fetch = |there: Vec<AtProvider>| run(world, move |tx| keep_templates(tx, &merchandiser(), number, &there.clone().into()));
        let all = vec![there("uno", TemplateState::Approved, "", "1"), there("dos", TemplateState::Rejected, "PROMOTIONAL", "2")];
        assert_eq!(fetch(all.clone()), KeptTemplates { new: 2, changed: 0, gone: 0 });
        assert_eq!(fetch(all), KeptTemplates::default(), "the same again changes nothing");
        let known = world.db().read(move |tx| message_templates(tx, number)).wait().expect("read");
        let uno = known.iter().find(|template| template.name == "uno").expect("kept").id;
        let unread: std::collections::BTreeSet<_> = [("dos".to_owned(), "es".to_owned()), ("uno".to_owned(), "es".to_owned())].into();
        for part in [Fetched { has_more: true, ..Fetched::default() }, Fetched { unread, ..Fetched::default() }] {
            let kept = run(world, move |tx| keep_templates(tx, &merchandiser(), number, &part));
            assert_eq!(kept, KeptTemplates::default(), "what nobody has looked at, or could not read, is not gone");
        }
        let fills = [Some(Variable::Name), None];
        run(world, move |tx| set_template_fills(tx, &merchandiser(), uno, &fills));
        assert_eq!(fetch(vec![there("uno", TemplateState::Paused, "", "1")]), KeptTemplates { new: 0, changed: 1, gone: 1 });
        let known = world.db().read(move |tx| message_templates(tx, number)).wait().expect("read");
        let stand: Vec<_> = known.iter().map(|t| (t.name.as_str(), t.state.as_str(), t.reason.as_str(), t.fills.clone())).collect();
        let ours = vec![Some(Variable::FirstName), Some(Variable::Order)];
        assert_eq!(
            stand,
            [
                ("borrador", "draft", "", ours),
                ("dos", "disabled", "DELETED", vec![None, None]),
                ("uno", "paused", "", vec![Some(Variable::Name), None])
            ]
        );
        let words =
            |world: &World, id| world.db().read(move |tx| message_template(tx, id)).wait().expect("read").expect("kept").content.body;
        let other = |name: &str, state, provider_id: &str| {
            let mut one = there(name, state, "TAG", provider_id);
            one.content.body = "Otras palabras de {{1}}, {{2}}.".into();
            one
        };
        fetch(vec![other("uno", TemplateState::Rejected, "1")]);
        assert_eq!(words(world, uno), "Otras palabras de {{1}}, {{2}}.");
        let ours = ready(number);
        run(world, move |tx| change_template(tx, &merchandiser(), uno, &ours));
        fetch(vec![other("uno", TemplateState::Rejected, "1"), other("borrador", TemplateState::Approved, "9")]);
        assert_eq!(words(world, uno), ready(number).content.body, "what was written after it was rejected stays");
        assert_eq!(stands(world, draft), (TemplateState::Draft, String::new()), "so does a draft of a name that is taken there");
        fetch(vec![other("uno", TemplateState::Approved, "1")]);
        assert_eq!(words(world, uno), "Otras palabras de {{1}}, {{2}}.", "what is approved is what leaves");
        run(world, move |tx| remove_template(tx, &merchandiser(), draft));
        let refused = world.db().write("test", move |tx| remove_template(tx, &merchandiser(), uno)).wait();
        assert!(matches!(refused, Err(TemplateError::NotNow(TemplateState::Approved))));
    });
}
