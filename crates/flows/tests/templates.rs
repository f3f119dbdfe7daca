//! A template fills its gaps for one customer, and says nothing that must not be kept.

use conversations::{
    AtProvider, ConversationError, Reply, SaveAccount, Settings, Template, TemplateCategory, TemplateContent, TemplateState,
};
use customers::{Identifier, Recognise};
use flows::*;
use kernel::testing::on_both;
use kernel::{Actor, Channel, Role, StaffId, Tx};

const ROOMS: &[kernel::Migrations] = &[customers::MIGRATIONS, conversations::MIGRATIONS, self_service::MIGRATIONS];
const PHONE: &str = "+34612345678";

#[test]
fn a_card_number_in_a_gap_goes_neither_to_the_customer_nor_into_the_thread() {
    on_both(ROOMS, |world| {
        let say = |tx: &mut Tx<'_>| {
            let system = Actor::system();
            let (name, settings) = ("whatsapp".to_owned(), Settings::default());
            let cmd = SaveAccount {
                channel: Channel::Whatsapp,
                address: "+34600000000".into(),
                name,
                window_hours: Some(24),
                settings,
                active: true,
            };
            let account = conversations::save_account(tx, &system, cmd).expect("connected");
            let there = AtProvider {
                name: "pago".into(),
                language: "es".into(),
                category: TemplateCategory::Utility,
                content: TemplateContent { body: "Pagado con {{1}}, pedido {{2}}, gracias".into(), ..TemplateContent::default() },
                state: TemplateState::Approved,
                reason: String::new(),
                provider_id: "1".into(),
            };
            conversations::keep_templates(tx, &system, account, &vec![there].into()).expect("kept");
            let template = conversations::approved_templates(tx, account)?.remove(0).id;
            let identifiers = vec!["phone:612345678".parse::<Identifier>().expect("an identifier")];
            let who = Recognise { identifiers, name: Some("Ana".into()), locale: None, channel: Channel::Web, verified: true };
            let ana = customers::recognise(tx, &system, who).expect("Ana").profile;
            conversations::know_address(tx, account, PHONE, ana)?;
            let matter = conversations::open_for(tx, &[ana], ana, Channel::Whatsapp, "Pago")?;
            let agent = Actor::staff(StaffId::from_parts(1, 1), &[Role::Agent]);
            let values = ["4111 1111 1111 1111".to_owned(), "1001".to_owned()];
            let id = reply_with_template(tx, &agent, &Reply::new(matter, account, PHONE, "", "k1"), (template, &values))?;
            Ok::<_, ConversationError>(conversations::messages(tx, &[id])?.remove(0))
        };
        let message = world.db().write("test", say).wait().expect("said");
        assert_eq!(message.text, "Pagado con •••• •••• •••• 1111, pedido 1001, gracias");
        let params = vec!["•••• •••• •••• 1111".to_owned(), "1001".to_owned()];
        let sent = Template { name: "pago".into(), language: "es".into(), params };
        assert_eq!(message.content.outbound.expect("extras").template, Some(sent));
    });
}
