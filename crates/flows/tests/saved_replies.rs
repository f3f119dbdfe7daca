//! Which saved replies are offered to whom.

use conversations::{MIGRATIONS, SaveReply, TeamId};
use flows::saved_replies_for;
use kernel::testing::{World, on_both};
use kernel::{Actor, StaffId};

const LUCIA: StaffId = StaffId::from_parts(1, 1);
const IKER: StaffId = StaffId::from_parts(2, 1);

fn makes(world: &World, name: &'static str, team: Option<TeamId>, es: &'static str) {
    let made = world.db().write("make", move |tx| {
        let cmd = SaveReply { name: name.into(), team, text_es: es.into(), text_en: String::new() };
        conversations::make_saved_reply(tx, &Actor::system(), &cmd)
    });
    made.wait().expect("made");
}

fn offered(world: &World, staff: StaffId, matter: Option<TeamId>, typed: &'static str) -> Vec<String> {
    let found = world.db().read(move |tx| saved_replies_for(tx, staff, matter, typed, 20)).wait().expect("read");
    found.into_iter().map(|reply| reply.name).collect()
}

#[test]
fn everybody_gets_everybodys_and_a_team_its_own() {
    on_both(&[MIGRATIONS], |world| {
        let billing = world.db().write("team", |tx| {
            let team = conversations::ensure_team(tx, &Actor::system(), "Facturación")?;
            conversations::join_team(tx, &Actor::system(), team, IKER)?;
            Ok::<_, conversations::ConversationError>(team)
        });
        let billing = billing.wait().expect("a team");
        makes(world, "/Envío", None, "Tu pedido {order} va de camino, {first_name}.");
        makes(world, "cobro-doble", Some(billing), "Te devolvemos el cobro.");
        makes(world, "adios", None, "Gracias por escribir a {brand}.");
        assert_eq!(offered(world, LUCIA, None, ""), ["adios", "envío"]);
        assert_eq!(offered(world, LUCIA, Some(billing), "co"), ["cobro-doble"], "she works on a matter of theirs");
        assert_eq!(offered(world, IKER, None, "ENVIO"), ["envío"], "accents and capitals do not matter");
        assert_eq!(offered(world, IKER, None, "e"), ["envío", "cobro-doble", "adios"], "names first, then what is said");
    });
}
