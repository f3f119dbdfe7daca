//! The kinds of fields a record has.

use crate::IdentifierKind;

kernel::db_enum! {
    /// What a field of a record is about. The same words name the columns of an import and of `hilo resolve`.
    pub enum FieldKind {
        /// First names.
        GivenName = "given_name",
        /// Names between the first and the family's.
        MiddleName = "middle_name",
        /// Family names, both of them where there are two.
        FamilyName = "family_name",
        /// The whole name as written.
        FullName = "full_name",
        /// `1980-05-31`, `1980-05` or `1980`.
        BirthDate = "birth_date",
        /// Years, when it was said.
        Age = "age",
        /// As said.
        Sex = "sex",
        /// Trade or post.
        Occupation = "occupation",
        /// Where they were born.
        BirthPlace = "birth_place",
        /// Number in the street.
        StreetNumber = "street_number",
        /// Street, with its number when the source does not part them.
        Street = "street",
        /// Floor, door, flat.
        Unit = "unit",
        /// Town.
        Place = "place",
        /// Province or state.
        Region = "region",
        /// Without spaces, in capitals.
        Postcode = "postcode",
        /// Country.
        Country = "country",
        /// A phone number; also an identifier.
        Phone = "phone",
        /// An e-mail address; also an identifier.
        Email = "email",
        /// DNI, NIF, passport: capitals and digits.
        NationalId = "national_id",
        /// Where the source itself had it from.
        Source = "source",
        /// Anything else, as `label: value`.
        Other = "other",
    }
}

impl FieldKind {
    /// The identifier that a field of this kind also is.
    pub const fn identifier(self) -> Option<IdentifierKind> {
        match self {
            FieldKind::Email => Some(IdentifierKind::Email),
            FieldKind::Phone => Some(IdentifierKind::Phone),
            _ => None,
        }
    }
    /// True when one source may say several at once.
    pub const fn takes_several(self) -> bool {
        matches!(self, FieldKind::Email | FieldKind::Phone | FieldKind::Other)
    }
}
