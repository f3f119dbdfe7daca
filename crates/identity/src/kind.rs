//! What a column holds.

use serde::{Deserialize, Serialize};

/// What sort of fact a field is. The words are those of `fields.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// First name or names.
    GivenName,
    /// Middle name, or its initial.
    MiddleName,
    /// Family name or names; two in Spain and Latin America.
    FamilyName,
    /// The whole name in one field, in any order.
    FullName,
    /// Date of birth, whole or in part, in any usual writing.
    BirthDate,
    /// Age in years.
    Age,
    /// Sex or gender, in words or a letter.
    Sex,
    /// Profession.
    Occupation,
    /// Town, region or country of birth.
    BirthPlace,
    /// Number in the street.
    StreetNumber,
    /// Street, or a line of an address.
    Street,
    /// Floor, door, flat, box.
    Unit,
    /// Town.
    Place,
    /// Province or state.
    Region,
    /// Postcode.
    Postcode,
    /// Country.
    Country,
    /// Telephone number.
    Phone,
    /// E-mail address.
    Email,
    /// A number that an authority or a register gives to one person.
    NationalId,
    /// The list that the record comes from.
    Source,
    /// Anything else that may agree.
    Other,
}

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Rule {
    Given,
    Middle,
    Family,
    /// Words of the whole name that are in neither given nor family name.
    Epithet,
    Date,
    Age,
    Sex,
    Number,
    Street,
    Text,
    Postcode,
    Phone,
    Email,
    Id,
    Source,
}

impl FieldKind {
    /// The rule for everything but names, which are put together from several columns.
    pub(crate) const fn rule(self) -> Option<Rule> {
        Some(match self {
            FieldKind::GivenName | FieldKind::MiddleName | FieldKind::FamilyName | FieldKind::FullName => return None,
            FieldKind::BirthDate => Rule::Date,
            FieldKind::Age => Rule::Age,
            FieldKind::Sex => Rule::Sex,
            FieldKind::StreetNumber | FieldKind::Unit => Rule::Number,
            FieldKind::Street => Rule::Street,
            FieldKind::Occupation
            | FieldKind::BirthPlace
            | FieldKind::Place
            | FieldKind::Region
            | FieldKind::Country
            | FieldKind::Other => Rule::Text,
            FieldKind::Postcode => Rule::Postcode,
            FieldKind::Phone => Rule::Phone,
            FieldKind::Email => Rule::Email,
            FieldKind::NationalId => Rule::Id,
            FieldKind::Source => Rule::Source,
        })
    }
}
