//! A file between its preview and its import: kept in memory, few and for a short time.

use crate::{Form, Trouble};
use axum::extract::Multipart;
use axum::http::StatusCode;
use kernel::{StaffId, Timestamp};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Files kept at once.
const MOST: usize = 4;
/// How long a preview can be acted upon.
const LIFE: Duration = Duration::from_secs(30 * 60);

/// A file that somebody is looking at.
#[derive(Clone)]
pub(super) struct Upload {
    pub name: String,
    pub bytes: Arc<Vec<u8>>,
    owner: StaffId,
    token: String,
    until: Timestamp,
}

/// A form with one file.
pub(super) struct Sent {
    pub form: Form,
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Read such a form.
pub(super) async fn take(mut parts: Multipart) -> Result<Sent, Trouble> {
    let mut sent = Sent { form: Form::new(), name: String::new(), bytes: Vec::new() };
    let broken = |_| Trouble::of(StatusCode::PAYLOAD_TOO_LARGE);
    while let Some(part) = parts.next_field().await.map_err(|_| Trouble::of(StatusCode::BAD_REQUEST))? {
        let name = part.name().unwrap_or_default().to_owned();
        if name == "file" {
            sent.name = part.file_name().unwrap_or_default().to_owned();
            sent.bytes = part.bytes().await.map_err(broken)?.to_vec();
        } else {
            let value = part.text().await.map_err(broken)?;
            sent.form = sent.form.fill(&name, value);
        }
    }
    Ok(sent)
}

/// Read a form with any number of files, each under `file`; empty ones are passed over.
pub(super) async fn take_all(mut parts: Multipart) -> Result<(Form, Vec<Vec<u8>>), Trouble> {
    let (mut form, mut files) = (Form::new(), Vec::new());
    let broken = |_| Trouble::of(StatusCode::PAYLOAD_TOO_LARGE);
    while let Some(part) = parts.next_field().await.map_err(|_| Trouble::of(StatusCode::BAD_REQUEST))? {
        let name = part.name().unwrap_or_default().to_owned();
        if name == "file" {
            files.push(part.bytes().await.map_err(broken)?.to_vec());
        } else {
            let value = part.text().await.map_err(broken)?;
            form = form.fill(&name, value);
        }
    }
    files.retain(|file| !file.is_empty());
    Ok((form, files))
}

/// The files of this process.
#[derive(Clone, Default)]
pub(super) struct Uploads(Arc<Mutex<VecDeque<Upload>>>);

impl Uploads {
    /// Keep a file; the oldest gives way.
    pub fn keep(&self, owner: StaffId, token: &str, name: &str, bytes: Vec<u8>, now: Timestamp) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|upload| upload.until > now);
        while kept.len() >= MOST {
            kept.pop_front();
        }
        let (name, token) = (name.to_owned(), token.to_owned());
        kept.push_back(Upload { name, bytes: Arc::new(bytes), owner, token, until: now.plus(LIFE) });
    }

    /// The file that this person is looking at.
    pub fn find(&self, owner: StaffId, token: &str, now: Timestamp) -> Option<Upload> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|upload| upload.owner == owner && upload.token == token && upload.until > now).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_kept_for_its_owner_for_half_an_hour_and_gives_way() {
        let (uploads, now) = (Uploads::default(), Timestamp::from_seconds(1000));
        let (ana, luis) = (StaffId::from_parts(1, 1), StaffId::from_parts(1, 2));
        uploads.keep(ana, "a", "a.csv", vec![1], now);
        assert_eq!(uploads.find(ana, "a", now).map(|u| u.bytes.to_vec()), Some(vec![1]));
        assert!(uploads.find(luis, "a", now).is_none() && uploads.find(ana, "a", now.plus(LIFE)).is_none());
        for token in ["b", "c", "d", "e"] {
            uploads.keep(ana, token, "x", Vec::new(), now);
        }
        assert!(uploads.find(ana, "a", now).is_none() && uploads.find(ana, "b", now).is_some());
    }
}
