//! Reading a mailbox: each mail is stored in the same transaction that moves the cursor past it.

use crate::{MailCursor, MailFault, MailTransport};
use conversations::{Account, AccountId};
use kernel::{Db, Fault, ReadTx, Tx, params, sql};
use std::sync::Arc;
use std::time::Duration;

/// Mails fetched in one round.
const ROUND: usize = 50;
/// Longest wait on the server before looking again (RFC 2177 asks for less than 29 minutes).
const WAIT: Duration = Duration::from_secs(5 * 60);
/// Pause after the server was away.
const PAUSE: Duration = Duration::from_secs(10);

pub(super) async fn follow(db: Db, account: Account, transport: Arc<dyn MailTransport>) {
    loop {
        let read = read_mailbox(&db, account.id, &*transport).await;
        let waited = match read {
            Ok(n) if n > 0 => continue,
            Ok(_) => transport.wait(WAIT).await,
            Err(error) => Err(error),
        };
        if let Err(error) = waited {
            tracing::warn!(account = account.name, error = %error, "a mailbox cannot be read now");
            tokio::time::sleep(PAUSE).await;
        }
    }
}

/// Store what is new; answers how many mails were fetched.
pub async fn read_mailbox(db: &Db, account: AccountId, transport: &dyn MailTransport) -> Result<usize, MailFault> {
    let failed = |fault: Fault| MailFault::Unreachable(Box::new(fault));
    let cursor = db.read(move |tx| cursor(tx, account)).await.map_err(failed)?;
    let mails = transport.fetch(cursor, ROUND).await?;
    let count = mails.len();
    for mail in mails {
        let store = move |tx: &mut Tx<'_>| {
            let dedupe = format!("imap:{}:{}", mail.cursor.validity, mail.cursor.last_uid);
            conversations::store_raw(tx, account, &dedupe, &[], &mail.raw)?;
            move_cursor(tx, account, mail.cursor)
        };
        db.write("channels.store_mail", store).await.map_err(failed)?;
    }
    Ok(count)
}

fn cursor(tx: &ReadTx<'_>, account: AccountId) -> Result<MailCursor, Fault> {
    let found = tx.query_opt(sql!("SELECT validity, last_uid FROM mail_cursor WHERE account = ?1"), params![account], |row| {
        Ok(MailCursor { validity: row.get(0)?, last_uid: row.get(1)? })
    })?;
    Ok(found.unwrap_or_default())
}

fn move_cursor(tx: &mut Tx<'_>, account: AccountId, to: MailCursor) -> Result<(), Fault> {
    tx.execute(
        sql!(
            "INSERT INTO mail_cursor (account, validity, last_uid) VALUES (?1, ?2, ?3)
              ON CONFLICT (account) DO UPDATE SET validity = excluded.validity, last_uid = excluded.last_uid"
        ),
        params![account, to.validity, to.last_uid],
    )
    .map(drop)
}
