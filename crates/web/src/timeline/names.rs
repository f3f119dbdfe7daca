//! Names of those who act, each read once per page.

use crate::Page;
use access::staff_member;
use kernel::{Fault, ReadTx, StaffId};
use std::collections::HashMap;

/// Names of members of staff by id.
#[derive(Debug, Clone, Default)]
pub struct Names(HashMap<StaffId, String>);

impl Names {
    /// No names yet.
    pub fn new() -> Self {
        Names::default()
    }
    /// Read a name unless it is known.
    pub fn learn(&mut self, tx: &ReadTx<'_>, id: StaffId) -> Result<(), Fault> {
        if !self.0.contains_key(&id)
            && let Some(staff) = staff_member(tx, id)?
        {
            self.0.insert(id, staff.name);
        }
        Ok(())
    }
    /// Read the name behind `staff:ID`; other actors have none.
    pub fn learn_actor(&mut self, tx: &ReadTx<'_>, actor: &str) -> Result<(), Fault> {
        staff_in(actor).map_or(Ok(()), |id| self.learn(tx, id))
    }
    /// A name; empty when nobody is known by this id.
    pub fn of(&self, id: StaffId) -> &str {
        self.0.get(&id).map_or("", String::as_str)
    }
    /// The name behind `staff:ID`; `None` for customers, programs and Hilo itself.
    pub fn of_actor(&self, actor: &str) -> Option<&str> {
        staff_in(actor).map(|id| self.of(id)).filter(|name| !name.is_empty())
    }
    /// Whoever did something, for staff: the name of one of them, else what kind of actor it was.
    pub fn who(&self, page: &Page, actor: &str) -> String {
        let kind = || page.t(&format!("actor-{}", actor.split(':').next().unwrap_or_default().replace('_', "-")));
        self.of_actor(actor).map_or_else(kind, str::to_owned)
    }
    /// Whoever wrote on the brand's side: the name of staff, else the brand's.
    pub(super) fn author(&self, page: &Page, author: &str) -> String {
        self.of_actor(author).map_or_else(|| page.brand.to_string(), str::to_owned)
    }
}

pub(super) fn staff_in(actor: &str) -> Option<StaffId> {
    actor.strip_prefix("staff:")?.parse().ok()
}
