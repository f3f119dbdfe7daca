//! Files come home: looked up where the provider says so, downloaded with a limit, checked, kept with their message.

use super::channel_account;
use crate::guard::{self, Refused};
use crate::{ChannelAccount, Fetch, LARGEST_FILE, adapter, sniff};
use conversations::MediaFetch;
use kernel::{Channel, Db, Fault, Timestamp};

/// Files fetched in one round.
const ROUND: i64 = 10;
/// Largest answer to the question where a file is.
const ANSWER: usize = 64 * 1024;

/// Fetch as long as it is polled.
pub(super) async fn follow(db: Db) {
    let mut signal = db.log_signal();
    loop {
        match fetch_media(&db).await {
            Ok(0) => super::signal_or_moment(&mut signal).await,
            Ok(_) => {}
            Err(fault) => {
                tracing::error!(fault = fault.chain(), "files stay at their providers for now");
                tokio::time::sleep(super::LOOK).await;
            }
        }
    }
}

/// Fetch what is due; answers how many files were tried.
pub async fn fetch_media(db: &Db) -> Result<usize, Fault> {
    let due = db.read(conversations::next_media).await?;
    if due.is_none_or(|at| at > db.clock().now()) {
        return Ok(0);
    }
    let taken = db.write("channels.take_media", |tx| conversations::take_media(tx, ROUND)).await?;
    let count = taken.len();
    let fetching = taken.into_iter().map(|fetch| one(db, fetch));
    futures::future::join_all(fetching).await.into_iter().collect::<Result<(), _>>()?;
    Ok(count)
}

async fn one(db: &Db, fetch: MediaFetch) -> Result<(), Fault> {
    let account = fetch.account;
    let found = db.read(move |tx| conversations::account(tx, account)).await?;
    let outcome = match found.as_ref().map(channel_account) {
        Some(Ok(view)) => bring(&view, &fetch, db.clock().now()).await,
        Some(Err(fault)) => Err(Refused::later(fault.chain())),
        None => Err(Refused::never("the account was removed")),
    };
    let record = move |tx: &mut kernel::Tx<'_>| match &outcome {
        Ok((content_type, bytes)) => conversations::keep_media(tx, &fetch, content_type, bytes),
        Err(refused) => conversations::postpone_media(tx, fetch.id, &refused.why, refused.is_final),
    };
    db.write("channels.keep_media", record).await
}

/// The file with the media type that its own bytes tell.
async fn bring(account: &ChannelAccount, fetch: &MediaFetch, now: Timestamp) -> Result<(&'static str, Vec<u8>), Refused> {
    // Recordings of calls are where the pictures of text messages are.
    let kind = if account.kind == Channel::Phone { Channel::Sms } else { account.kind };
    let adapter = adapter(kind).ok_or_else(|| Refused::never("this channel carries no files"))?;
    let request = match adapter.fetch(account, &fetch.media.source, now) {
        None => return Err(Refused::never("this channel cannot say where its files are")),
        Some(Err(why)) => return Err(Refused::never(why.to_string())),
        Some(Ok(Fetch::Download(request))) => request,
        Some(Ok(Fetch::LookUp(request))) => {
            let told = guard::download(account, request, ANSWER).await?;
            adapter.found(account, &told).map_err(|why| Refused::never(why.to_string()))?
        }
    };
    let bytes = guard::download(account, request, LARGEST_FILE).await?;
    sniff::check(&fetch.media, bytes)
}
