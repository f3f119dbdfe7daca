//! Why a template was refused.

use super::{MOST, TemplateState};
use kernel::{Denied, Fault, Kind, Problem};

/// A template was refused; nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// No such template.
    #[error("there is no such template")]
    Unknown,
    /// No such account, or one of a channel without templates.
    #[error("this channel has no templates")]
    NoTemplates,
    /// Not a name.
    #[error("a name has small letters, digits and underscores")]
    BadName,
    /// Not a language.
    #[error("a language is written as es or en_US")]
    BadLanguage,
    /// Taken.
    #[error("this account has a template of this name and language")]
    NameTaken,
    /// Full.
    #[error("an account has at most {MOST} templates")]
    TooMany,
    /// Something that it cannot do without.
    #[error("the {0} is missing")]
    Missing(&'static str),
    /// Beyond what the provider takes.
    #[error("the {field} has at most {limit} characters")]
    TooLong {
        /// What.
        field: &'static str,
        /// Its most characters.
        limit: usize,
    },
    /// Gaps with a hole.
    #[error("gaps are numbered from {{{{1}}}} without leaving one out")]
    Gaps,
    /// A gap without words before or after it.
    #[error("a text does not begin or end with a gap")]
    GapAtEnd,
    /// A gap outside the body.
    #[error("gaps stand in the text only")]
    GapElsewhere,
    /// A gap that nobody can imagine filled.
    #[error("gap {0} needs an example")]
    MissingExample(usize),
    /// Too many.
    #[error("a template has at most {0} buttons")]
    TooManyButtons(usize),
    /// A button without words, address or number.
    #[error("a button needs words and, to open a page, an address with https://")]
    BadButton,
    /// Not in this state.
    #[error("a template that is {0} cannot be changed")]
    NotNow(TemplateState),
    /// Not allowed.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Ours.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Problem for TemplateError {
    fn kind(&self) -> Kind {
        use TemplateError::*;
        match self {
            Unknown => Kind::NotFound,
            NameTaken | TooMany | NotNow(_) => Kind::Conflict,
            Denied(e) => e.kind(),
            Fault(e) => e.kind(),
            _ => Kind::Invalid,
        }
    }
    fn code(&self) -> &'static str {
        use TemplateError::*;
        match self {
            Unknown => "conversations.unknown_template",
            NoTemplates => "conversations.no_templates",
            BadName => "conversations.template_name",
            BadLanguage => "conversations.template_language",
            NameTaken => "conversations.template_name_taken",
            TooMany => "conversations.too_many_templates",
            Missing(_) => "conversations.template_missing",
            TooLong { .. } => "conversations.template_too_long",
            Gaps => "conversations.template_gaps",
            GapAtEnd => "conversations.template_gap_at_end",
            GapElsewhere => "conversations.template_gap_elsewhere",
            MissingExample(_) => "conversations.template_example",
            TooManyButtons(_) => "conversations.template_buttons",
            BadButton => "conversations.template_button",
            NotNow(_) => "conversations.template_not_now",
            Denied(e) => e.code(),
            Fault(e) => e.code(),
        }
    }
    fn fields(&self) -> Vec<(&'static str, serde_json::Value)> {
        match self {
            TemplateError::TooLong { field, limit } => vec![("field", (*field).into()), ("limit", (*limit).into())],
            TemplateError::Missing(field) => vec![("field", (*field).into())],
            TemplateError::MissingExample(number) => vec![("number", (*number).into())],
            TemplateError::TooManyButtons(limit) => vec![("limit", (*limit).into())],
            TemplateError::NotNow(state) => vec![("state", state.as_str().into())],
            _ => Vec::new(),
        }
    }
}
