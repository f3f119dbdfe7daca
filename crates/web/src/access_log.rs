//! The person sees who opened their record: a page that shows one says so, once an hour for each member of staff.

use crate::App;
use customers::PersonId;
use kernel::{Actor, Channel, Fault};

/// Note that staff opened a record; reads first, because most of the time it is noted already.
pub(crate) async fn note_access(app: &App, actor: &Actor, person: PersonId, door: Channel) -> Result<(), Fault> {
    let (reader, writer) = (actor.clone(), actor.clone());
    if app.db.read(move |tx| customers::is_unnoted(tx, &reader, person)).await? {
        app.db.write("customers.note_access", move |tx| customers::note_access(tx, &writer, person, door)).await?;
    }
    Ok(())
}
