//! The form bodies that Twilio posts.

use crate::clean::clean;

/// The fields of a form, in order; a name may come more than once.
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Read a body. What is no form has no fields that anybody asks for.
    pub fn of(body: &[u8]) -> Self {
        Self(form_urlencoded::parse(body).into_owned().collect())
    }

    /// The first field of that name, cleaned; `None` when it is missing or empty.
    pub fn get(&self, name: &str) -> Option<String> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| clean(value)).filter(|value| !value.is_empty())
    }

    /// The first of several names that has a value: Twilio renamed some of them and sends the old ones beside.
    pub fn any(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.get(name))
    }

    /// A whole number.
    pub fn number(&self, name: &str) -> Option<u32> {
        self.get(name)?.parse().ok()
    }

    /// Every field as received.
    pub fn all(&self) -> &[(String, String)] {
        &self.0
    }
}
