//! A form as it was typed: its values go back into the fields, its errors beside them.

use std::collections::BTreeMap;

/// Values by field name, in the order sent, and one error text per wrong field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form {
    values: Vec<(String, String)>,
    errors: BTreeMap<String, String>,
}

impl Form {
    /// An empty form.
    pub fn new() -> Self {
        Form::default()
    }
    /// From pairs, such as those of `axum::Form<Vec<(String, String)>>` or of a stored thing.
    pub fn of(pairs: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>) -> Self {
        Form { values: pairs.into_iter().map(|(name, value)| (name.into(), value.into())).collect(), errors: BTreeMap::new() }
    }
    /// What was typed into a field, trimmed; empty when nothing was.
    pub fn value(&self, name: &str) -> &str {
        self.values.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.trim())
    }
    /// Every value of a field that may come more than once.
    pub fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.values.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.trim())
    }
    /// True when a box was ticked or a choice has this value.
    pub fn is(&self, name: &str, value: &str) -> bool {
        self.values(name).any(|sent| sent == value)
    }
    /// All values as they stand.
    pub fn pairs(&self) -> impl Iterator<Item = (String, String)> {
        self.values.clone().into_iter()
    }
    /// Fill a field, replacing what was there.
    pub fn fill(mut self, name: &str, value: impl Into<String>) -> Self {
        self.values.retain(|(field, _)| field != name);
        self.values.push((name.to_owned(), value.into()));
        self
    }
    /// With one value more of a field that may come more than once.
    pub fn and(mut self, name: &str, value: impl Into<String>) -> Self {
        self.values.push((name.to_owned(), value.into()));
        self
    }
    /// Without this value of a field.
    pub fn without(mut self, name: &str, value: &str) -> Self {
        self.values.retain(|(field, sent)| field != name || sent != value);
        self
    }
    /// Say what is wrong with a field, in the reader's language. The first word stands.
    pub fn refuse(&mut self, name: &str, error: impl Into<String>) {
        self.errors.entry(name.to_owned()).or_insert_with(|| error.into());
    }
    /// What is wrong with a field.
    pub fn error(&self, name: &str) -> Option<&str> {
        self.errors.get(name).map(String::as_str)
    }
    /// True when no field was refused.
    pub fn is_fine(&self) -> bool {
        self.errors.is_empty()
    }
    /// Number of refused fields.
    pub fn error_count(&self) -> usize {
        self.errors.len()
    }
}

impl<S: Send + Sync> axum::extract::FromRequest<S> for Form {
    type Rejection = axum::extract::rejection::FormRejection;
    async fn from_request(request: axum::extract::Request, state: &S) -> Result<Self, Self::Rejection> {
        let axum::Form(pairs) = axum::Form::<Vec<(String, String)>>::from_request(request, state).await?;
        Ok(Form::of(pairs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_was_typed_and_the_first_error() {
        let mut form = Form::of([("email", " ana@example.es "), ("size", "S"), ("size", "M")]);
        form.refuse("email", "one");
        form.refuse("email", "two");
        assert_eq!(form.value("email"), "ana@example.es");
        assert_eq!(form.values("size").collect::<Vec<_>>(), ["S", "M"]);
        assert!(form.is("size", "M") && !form.is("size", "L"));
        assert_eq!((form.error("email"), form.error("size"), form.is_fine()), (Some("one"), None, false));
        assert_eq!(form.fill("size", "L").values("size").collect::<Vec<_>>(), ["L"]);
    }
}
