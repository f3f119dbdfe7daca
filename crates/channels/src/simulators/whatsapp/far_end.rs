//! WhatsApp as one of the far ends: what every phone can do.

use super::WhatsappSimulator;
use crate::simulators::{Delivered, FarEnd, Faults, Picture, Shown};
use axum::Router;
use futures::future::BoxFuture;
use serde_json::Value;

impl FarEnd for WhatsappSimulator {
    fn kind(&self) -> kernel::Channel {
        kernel::Channel::Whatsapp
    }
    fn router(&self) -> Router {
        Self::router(self)
    }
    fn set_faults(&self, faults: Faults) {
        Self::set_faults(self, faults);
    }
    fn deliver(&self) -> BoxFuture<'_, Delivered> {
        Box::pin(Self::deliver(self))
    }
    fn writes(&self, from: &str, name: &str, text: &str) -> String {
        Self::writes(self, from, name, text)
    }
    fn sends_picture(&self, from: &str, name: &str, picture: Picture<'_>) -> String {
        Self::sends_picture(self, from, name, picture.content_type, picture.bytes.to_vec(), picture.caption)
    }
    fn chooses(&self, from: &str, answered: &str, (id, title): (&str, &str)) -> String {
        Self::chooses(self, from, answered, id, title)
    }
    fn reads(&self, from: &str) {
        Self::reads(self, from);
    }
    fn judges(&self, template: &str, status: &str, reason: &str) -> bool {
        Self::judges(self, template, status, reason)
    }
    fn shown_to(&self, address: &str) -> Vec<Shown> {
        let arrived = self.sent_to(address).into_iter().filter(|sent| sent.failed.is_none());
        arrived
            .map(|sent| Shown { id: sent.id.clone(), at: sent.at, text: sent.words(), choices: choices(&sent.payload), file: sent.file })
            .collect()
    }
}

/// Buttons and rows of an interactive message.
fn choices(payload: &Value) -> Vec<(String, String)> {
    let action = &payload["interactive"]["action"];
    let buttons = action["buttons"].as_array().into_iter().flatten().map(|button| &button["reply"]);
    let sections = action["sections"].as_array().into_iter().flatten();
    let rows = sections.flat_map(|section| section["rows"].as_array().into_iter().flatten());
    let pair = |choice: &Value| Some((choice["id"].as_str()?.to_owned(), choice["title"].as_str()?.to_owned()));
    buttons.chain(rows).filter_map(pair).collect()
}
