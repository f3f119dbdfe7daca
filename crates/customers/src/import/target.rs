//! What a column of a list means.

use crate::{FieldKind, Purpose, fold};
use kernel::Channel;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Where the cells of a column go. As text: a kind of field, or `skip`, `external_id`, `card`, `consent:marketing:email`, `evidence`,
/// `consent_date`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Target {
    /// Nowhere.
    Skip,
    /// The record's name in the system it comes from: it stays the same when the rest changes.
    ExternalId,
    /// A field of the record. Several columns of one kind are put together.
    Field(FieldKind),
    /// A loyalty card.
    Card,
    /// Yes or no to a purpose on a channel.
    Consent(Purpose, Channel),
    /// The words or the form that consents were given with.
    Evidence,
    /// The day on which they were given.
    ConsentDate,
}

impl Target {
    /// Every target there is, in the order to offer them.
    pub fn all() -> Vec<Target> {
        let fields = FieldKind::ALL.iter().map(|kind| Target::Field(*kind));
        let consents = [Channel::Email, Channel::Sms, Channel::Whatsapp, Channel::Phone].map(|c| Target::Consent(Purpose::Marketing, c));
        [Target::Skip, Target::ExternalId]
            .into_iter()
            .chain(fields)
            .chain([Target::Card])
            .chain(consents)
            .chain([Target::Evidence, Target::ConsentDate])
            .collect()
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Target::Skip => f.write_str("skip"),
            Target::ExternalId => f.write_str("external_id"),
            Target::Field(kind) => kind.fmt(f),
            Target::Card => f.write_str("card"),
            Target::Consent(purpose, channel) => write!(f, "consent:{purpose}:{channel}"),
            Target::Evidence => f.write_str("evidence"),
            Target::ConsentDate => f.write_str("consent_date"),
        }
    }
}
impl FromStr for Target {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let found = Target::all().into_iter().find(|target| target.to_string() == text);
        found.ok_or_else(|| format!("`{text}` is nothing that a column can mean"))
    }
}
impl From<Target> for String {
    fn from(target: Target) -> Self {
        target.to_string()
    }
}
impl TryFrom<String> for Target {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

/// Names that columns have in Spanish and English lists, folded, by what they mean. The first that fits whole words counts.
const NAMES: &[(&str, &[&str])] = &[
    (
        "external_id",
        &[
            "id",
            "record id",
            "customer id",
            "client id",
            "external id",
            "uid",
            "id cliente",
            "cod cliente",
            "codigo cliente",
            "codigo",
            "n cliente",
            "no cliente",
            "num cliente",
            "numero cliente",
            "numero de cliente",
            "referencia",
            "ref",
        ],
    ),
    (
        "consent:marketing:email",
        &[
            "marketing email",
            "email marketing",
            "consent email",
            "consentimiento email",
            "acepta email",
            "acepta correo",
            "newsletter",
            "boletin",
            "acepta publicidad",
            "accepts marketing",
            "opt in",
            "email opt in",
            "accepts email marketing",
            "acepta marketing",
        ],
    ),
    (
        "consent:marketing:sms",
        &["marketing sms", "sms marketing", "consent sms", "consentimiento sms", "acepta sms", "sms opt in", "accepts sms marketing"],
    ),
    (
        "consent:marketing:whatsapp",
        &["marketing whatsapp", "whatsapp marketing", "consent whatsapp", "consentimiento whatsapp", "acepta whatsapp"],
    ),
    ("consent:marketing:phone", &["marketing phone", "consent phone", "acepta llamadas", "consentimiento telefono"]),
    ("evidence", &["consent evidence", "evidence", "evidencia", "prueba", "origen consentimiento", "texto legal"]),
    ("consent_date", &["consent date", "fecha consentimiento", "fecha de consentimiento", "opt in date"]),
    (
        "card",
        &[
            "card",
            "loyalty card",
            "card number",
            "tarjeta",
            "num tarjeta",
            "numero tarjeta",
            "numero de tarjeta",
            "tarjeta cliente",
            "tarjeta de cliente",
            "tarjeta fidelidad",
        ],
    ),
    (
        "full_name",
        &[
            "full name",
            "fullname",
            "nombre completo",
            "nombre y apellidos",
            "apellidos y nombre",
            "customer name",
            "contact name",
            "cliente",
            "titular",
        ],
    ),
    ("middle_name", &["middle name", "middlename", "second name", "segundo nombre", "middle"]),
    (
        "family_name",
        &[
            "family name",
            "last name",
            "lastname",
            "surname",
            "apellidos",
            "apellido",
            "primer apellido",
            "segundo apellido",
            "apellido 1",
            "apellido 2",
            "apellido1",
            "apellido2",
            "1er apellido",
            "2o apellido",
            "1 apellido",
            "2 apellido",
            "surname 1",
            "surname 2",
        ],
    ),
    ("given_name", &["given name", "first name", "firstname", "forename", "given", "nombre", "nombre de pila", "name"]),
    (
        "birth_date",
        &[
            "birth date",
            "birthdate",
            "date of birth",
            "dob",
            "birthday",
            "fecha nacimiento",
            "fecha de nacimiento",
            "f nacimiento",
            "fec nac",
            "fecha nac",
            "nacimiento",
            "cumpleanos",
        ],
    ),
    ("age", &["age", "edad"]),
    ("sex", &["sex", "gender", "sexo", "genero"]),
    ("occupation", &["occupation", "job", "job title", "profession", "profesion", "ocupacion", "cargo"]),
    ("birth_place", &["birth place", "birthplace", "place of birth", "lugar nacimiento", "lugar de nacimiento"]),
    ("street_number", &["street number", "house number", "numero", "num", "n", "portal", "no"]),
    (
        "unit",
        &["unit", "apartment", "flat", "address 2", "address2", "address line 2", "piso", "puerta", "piso y puerta", "planta", "escalera"],
    ),
    (
        "street",
        &[
            "street",
            "address",
            "address 1",
            "address1",
            "address line 1",
            "street address",
            "direccion",
            "domicilio",
            "calle",
            "via",
            "direccion 1",
        ],
    ),
    ("postcode", &["postcode", "post code", "zip", "zip code", "zipcode", "postal code", "cp", "c p", "codigo postal", "cod postal"]),
    ("place", &["place", "city", "town", "poblacion", "localidad", "ciudad", "municipio", "suburb"]),
    ("region", &["region", "state", "province", "county", "provincia", "comunidad", "estado"]),
    ("country", &["country", "pais", "country code"]),
    (
        "phone",
        &[
            "phone",
            "telephone",
            "tel",
            "phone number",
            "mobile",
            "mobile phone",
            "cell",
            "cellphone",
            "telefono",
            "telefono 1",
            "telefono 2",
            "telefono1",
            "telefono2",
            "telefono movil",
            "telefono fijo",
            "movil",
            "fijo",
            "tfno",
            "tlf",
            "whatsapp",
            "home phone",
            "work phone",
        ],
    ),
    (
        "email",
        &[
            "email",
            "e mail",
            "mail",
            "email address",
            "correo",
            "correo electronico",
            "email 1",
            "email 2",
            "correo e",
            "direccion de correo",
        ],
    ),
    (
        "national_id",
        &[
            "national id",
            "id number",
            "passport",
            "ssn",
            "nif",
            "dni",
            "nie",
            "cif",
            "dni nif",
            "nif dni",
            "dni nie",
            "nif nie",
            "dni nif nie",
            "nif cif",
            "documento",
            "documento de identidad",
            "pasaporte",
            "vat number",
        ],
    ),
    ("source", &["source", "origin", "origen", "procedencia", "canal"]),
    ("other", &["note", "notes", "comments", "notas", "observaciones", "comentarios", "remarks"]),
];

/// What a list's columns probably mean, by their names and, where a name says nothing, by their cells.
pub(super) fn guess(columns: &[String], cells: impl Fn(usize) -> Vec<String>) -> Vec<Target> {
    let mut targets: Vec<Target> = columns.iter().map(|name| by_name(name)).collect();
    for (at, target) in targets.iter_mut().enumerate().filter(|(_, target)| **target == Target::Skip) {
        let cells = cells(at);
        if !cells.is_empty() && cells.iter().all(|cell| crate::Identifier::email(cell).is_ok()) {
            *target = Target::Field(FieldKind::Email);
        }
    }
    let has = |targets: &[Target], kind| targets.contains(&Target::Field(kind));
    // A lone column of names holds whole names.
    if !has(&targets, FieldKind::FamilyName) && !has(&targets, FieldKind::FullName) {
        for (target, name) in targets.iter_mut().zip(columns) {
            if *target == Target::Field(FieldKind::GivenName) && matches!(fold(name).as_str(), "name" | "nombre") {
                *target = Target::Field(FieldKind::FullName);
            }
        }
    }
    // One column alone can name the record.
    let first_id = targets.iter().position(|target| *target == Target::ExternalId);
    for (at, target) in targets.iter_mut().enumerate() {
        if *target == Target::ExternalId && Some(at) != first_id {
            *target = Target::Skip;
        }
    }
    targets
}

fn by_name(name: &str) -> Target {
    let plain = fold(name);
    let found = NAMES.iter().find(|(_, names)| names.contains(&plain.as_str()));
    if let Some((target, _)) = found {
        return target.parse().unwrap_or(Target::Skip);
    }
    // The kinds' own words.
    name.trim().to_ascii_lowercase().parse().unwrap_or(Target::Skip)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guessed(header: &str) -> Vec<String> {
        let columns: Vec<String> = header.split(',').map(str::to_owned).collect();
        guess(&columns, |_| Vec::new()).iter().map(Target::to_string).collect()
    }

    #[test]
    fn every_target_reads_back_and_every_known_name_leads_to_one() {
        for target in Target::all() {
            assert_eq!(target.to_string().parse(), Ok(target));
        }
        for (target, names) in NAMES {
            assert!(target.parse::<Target>().is_ok(), "{target}");
            for name in *names {
                assert_eq!(fold(name), *name, "names are written folded");
            }
        }
    }

    #[test]
    fn spanish_and_english_headers_are_understood() {
        assert_eq!(
            guessed("Nº Cliente,Nombre,Primer Apellido,Segundo apellido,N.I.F.,F. Nacimiento,Móvil,Correo electrónico,C.P.,Población"),
            ["external_id", "given_name", "family_name", "family_name", "skip", "birth_date", "phone", "email", "postcode", "place"]
        );
        assert_eq!(
            guessed("id,First Name,Last Name,DOB,E-Mail,Accepts Marketing,Shoe size"),
            ["external_id", "given_name", "family_name", "birth_date", "email", "consent:marketing:email", "skip"]
        );
        assert_eq!(guessed("NOMBRE,DNI/NIF,Dirección,birth_place"), ["full_name", "national_id", "street", "birth_place"]);
        let by_cells = guess(&["x".into()], |_| vec!["ana@x.es".into(), "ben@x.es".into()]);
        assert_eq!(by_cells, [Target::Field(FieldKind::Email)]);
    }
}
