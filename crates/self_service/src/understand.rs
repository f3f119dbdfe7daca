//! From words or keys to what is wanted.

use crate::{Step, near::begins_like};
use catalogue::fold;
use kernel::Locale;
use orders::OrderNumber;

/// Who writes more than this writes a letter, and wants a person.
const LETTER: usize = 500;
/// More digits than this are no order's number.
const SERIAL: usize = 8;

/// What somebody wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Intent {
    /// Where an order is.
    Order,
    /// To send something back.
    Return,
    /// When shops are open.
    Hours,
    /// Whether something is left.
    Stock,
    /// A person: they said so, or it is nothing for a machine.
    Person,
    /// Another language.
    Language(Locale),
    /// The number of an order.
    Number {
        /// Which.
        number: OrderNumber,
        /// Whose it is, when they said that as well.
        proof: Option<String>,
        /// They want to send it back.
        returns: bool,
    },
    /// Whose order it is: an e-mail address or a postcode.
    Proof(String),
    /// The product that was asked for.
    Product,
    /// Hello.
    Hello,
    /// Thank you.
    Thanks,
    /// None of these.
    Unclear,
}

/// What turns words into an intent. Hilo comes with [`Words`]; a brand may pass another.
pub trait Assistant {
    /// What these words want, after what was asked last.
    fn understand(&self, heard: &str, step: Step) -> Intent;
}

/// Keys and words in Spanish and English; the same words always mean the same.
#[derive(Debug, Clone, Copy, Default)]
pub struct Words;

const PERSON: &[&str] =
    &["persona", "agente", "humano", "humana", "operador", "alguien", "person", "agent", "human", "somebody", "someone", "operator"];
/// What no machine puts right; typed as it is, since `queda` is one slip from `queja`.
const MATTER: &[&str] = &[
    "direccion",
    "factura",
    "anula",
    "cancel",
    "reclam",
    "queja",
    "denunc",
    "roto",
    "rota",
    "defect",
    "danad",
    "equivocad",
    "cobrado",
    "cobro",
    "estafa",
    "address",
    "invoice",
    "complain",
    "broken",
    "damaged",
    "wrong",
    "charged",
    "fraud",
];
const RETURN: &[&str] = &["devol", "devolver", "devolucion", "devuel", "cambi", "return", "exchange", "refund", "reembolso"];
const ORDER: &[&str] = &["pedido", "paquete", "encargo", "order", "parcel", "package"];
/// An order's, when somebody asks for theirs or where it is.
const SENT: &[&str] = &["envio", "entrega", "delivery", "shipment"];
const MINE: &[&str] = &["mi", "mis", "my", "donde", "where", "cuando", "when"];
const HOURS: &[&str] = &["horario", "abris", "abre", "abiert", "cerrais", "cierr", "hours", "open", "close"];
const STOCK: &[&str] = &["queda", "stock", "disponib", "agotad", "teneis", "availab", "left", "sold"];
const HELLO: &[&str] = &["hola", "buenas", "buenos", "dias", "tardes", "noches", "hello", "hi", "hey", "good", "morning", "evening"];
const THANKS: &[&str] =
    &["gracias", "thanks", "thank", "adios", "bye", "perfecto", "vale", "ok", "genial", "great", "nada", "mas", "no", "you"];

impl Assistant for Words {
    fn understand(&self, heard: &str, step: Step) -> Intent {
        let heard = heard.trim();
        if heard.chars().count() > LETTER {
            return Intent::Person;
        }
        let folded = fold(heard);
        let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let begins = |stems: &[&str]| words.iter().any(|word| stems.iter().any(|stem| begins_like(word, stem)));
        let is_one = |list: &[&str]| words.iter().any(|word| list.contains(word));
        if heard == "0" || is_one(PERSON) {
            return Intent::Person;
        }
        match words.as_slice() {
            ["9"] | ["english"] | ["ingles"] | ["in", "english"] => return Intent::Language(Locale::En),
            ["espanol"] | ["castellano"] | ["spanish"] | ["en", "espanol"] => return Intent::Language(Locale::Es),
            _ => {}
        }
        let proof = proof(heard, step);
        if let Some(number) = number(heard, step) {
            return Intent::Number { number, proof, returns: begins(RETURN) };
        }
        if let Some(proof) = proof.filter(|_| step == Step::AskProof) {
            return Intent::Proof(proof);
        }
        match heard.trim_end_matches('#') {
            "1" => return Intent::Order,
            "2" => return Intent::Return,
            "3" => return Intent::Hours,
            "4" => return Intent::Stock,
            "5" => return Intent::Person,
            _ => {}
        }
        match () {
            () if words.iter().any(|word| MATTER.iter().any(|stem| word.starts_with(stem))) => Intent::Person,
            () if begins(RETURN) => Intent::Return,
            () if begins(ORDER) || (begins(SENT) && is_one(MINE)) => Intent::Order,
            () if begins(HOURS) => Intent::Hours,
            () if begins(STOCK) => Intent::Stock,
            () if words.is_empty() => Intent::Unclear,
            () if words.iter().all(|word| THANKS.contains(word)) => Intent::Thanks,
            () if words.iter().all(|word| HELLO.contains(word)) => Intent::Hello,
            () if step == Step::AskProduct => Intent::Product,
            () => Intent::Unclear,
        }
    }
}

/// `H-000123` anywhere; bare digits, in groups or not, only where a number was asked for.
fn number(heard: &str, step: Step) -> Option<OrderNumber> {
    let is_ours = |word: &&str| word.len() > 1 && word.starts_with(['H', 'h']) && word.bytes().any(|b| b.is_ascii_digit());
    let named = heard.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').filter(is_ours).find_map(|word| word.parse().ok());
    if named.is_some() || step != Step::AskOrder {
        return named;
    }
    // A telephone hears "hache 1 2 3"; keys end with #. A postcode beside it has a word of its own.
    let first = heard.split([',', ';']).next().unwrap_or_default();
    let spoken = fold(first);
    let only: String = spoken.split_whitespace().filter(|word| !["hache", "h", "el", "numero", "number", "guion"].contains(word)).collect();
    let digits = only.trim_matches(['#', '.', '-']);
    let is_serial = !digits.is_empty() && digits.len() <= SERIAL && digits.bytes().all(|b| b.is_ascii_digit());
    is_serial.then(|| digits.parse().ok()).flatten()
}

/// An e-mail address, as written or as spoken ("ana arroba cliente punto es"), or five digits.
fn proof(heard: &str, step: Step) -> Option<String> {
    let written =
        heard.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '<' | '>' | '(' | ')')).find(|word| word.contains('@'));
    if let Some(address) = written {
        return Some(address.trim_matches(['.', '?', '!', ':']).to_lowercase());
    }
    let folded = fold(heard);
    if folded.contains(" arroba ") {
        let words = folded.split_whitespace().map(|word| match word {
            "arroba" => "@",
            "punto" => ".",
            "guion" => "-",
            other => other,
        });
        return Some(words.collect());
    }
    let five = |word: &&str| word.len() == 5 && word.bytes().all(|b| b.is_ascii_digit());
    if let Some(postcode) = heard.split(|c: char| !c.is_ascii_alphanumeric()).find(five) {
        return Some(postcode.to_owned());
    }
    let digits: String = heard.chars().filter(char::is_ascii_digit).collect();
    let only_digits = heard.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '#' | '.'));
    (step == Step::AskProof && only_digits && digits.len() == 5).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(heard: &str, step: Step) -> Intent {
        Words.understand(heard, step)
    }

    #[test]
    fn the_same_is_understood_in_two_languages_by_keys_with_and_without_accents_and_with_slips() {
        for heard in ["1", "¿Dónde está mi pedido?", "donde esta mi pedio", "MI PEDIDO", "Where is my order", "my parcle?", "¿y mi envío?"]
        {
            assert_eq!(at(heard, Step::Menu), Intent::Order, "{heard}");
        }
        for heard in ["2", "Quiero devolver unos zapatos de mi pedido", "Devolver algo", "I want a refund", "devolucion", "una devolusión"]
        {
            assert_eq!(at(heard, Step::Menu), Intent::Return, "{heard}");
        }
        for heard in ["3", "¿A qué hora abrís?", "Horarios", "horaios", "opening hours", "When do you open?"] {
            assert_eq!(at(heard, Step::Menu), Intent::Hours, "{heard}");
        }
        for heard in ["4", "¿Os queda la camisa?", "Si queda un producto", "If it is in stock"] {
            assert_eq!(at(heard, Step::Menu), Intent::Stock, "{heard}");
        }
        for heard in
            ["0", "5", "quiero hablar con una PERSONA", "Una persona", "agent please", "mi pedido ha llegado roto", "change my address"]
        {
            assert_eq!(at(heard, Step::Menu), Intent::Person, "{heard}");
        }
        assert_eq!(at("English", Step::Menu), Intent::Language(Locale::En));
        assert_eq!(at("¡Buenas tardes!", Step::Begin), Intent::Hello);
        assert_eq!(at("Vale, gracias", Step::Menu), Intent::Thanks);
        for heard in ["hmm", "😀😀😀", "", "?", "asdf ghjk"] {
            assert_eq!(at(heard, Step::Menu), Intent::Unclear, "{heard}");
        }
    }

    #[test]
    fn whatever_the_menu_offers_is_understood_as_itself() {
        for locale in [Locale::Es, Locale::En] {
            for (key, words) in crate::menu(locale) {
                assert_eq!(at(words, Step::Menu), at(key, Step::Menu), "{words}");
                assert_ne!(at(words, Step::Menu), Intent::Unclear, "{words}");
            }
        }
    }

    #[test]
    fn bare_digits_are_a_number_only_where_one_was_asked_for() {
        let number = |text: &str| Intent::Number { number: text.parse().expect("a number"), proof: None, returns: false };
        for heard in ["123#", "123", "1 2 3", "hache 123", "H-000123", "el h123, por favor"] {
            assert_eq!(at(heard, Step::AskOrder), number("H-000123"), "{heard}");
        }
        assert_eq!(at("¿Y el H-000123?", Step::Menu), number("H-000123"));
        assert_eq!(at("123", Step::Menu), Intent::Unclear);
        assert_eq!(at("4111111111111111", Step::AskOrder), Intent::Unclear, "a card is no order");
    }

    #[test]
    fn whose_it_is_is_understood_as_written_keyed_and_spoken() {
        let proof = |text: &str| Intent::Proof(text.into());
        for heard in ["41010", "41010#", "4 1 0 1 0", "el 41010"] {
            assert_eq!(at(heard, Step::AskProof), proof("41010"), "{heard}");
        }
        for heard in ["Ana@Cliente.test", "es ana@cliente.test.", "ana arroba cliente punto test"] {
            assert_eq!(at(heard, Step::AskProof), proof("ana@cliente.test"), "{heard}");
        }
        assert_eq!(
            at("H-000123, ana@cliente.test", Step::AskOrder),
            Intent::Number { number: "123".parse().expect("one"), proof: Some("ana@cliente.test".into()), returns: false }
        );
        assert_eq!(at("no me acuerdo", Step::AskProof), Intent::Unclear);
    }

    #[test]
    fn a_letter_is_for_a_person() {
        assert_eq!(at(&"mi pedido ".repeat(100), Step::Menu), Intent::Person);
    }

    proptest! {
        #[test]
        fn whatever_is_said_is_understood_one_way_and_a_word_for_a_person_always_reaches_one(heard in "\\PC{0,600}", step in 0..5usize) {
            let step = [Step::Begin, Step::Menu, Step::AskOrder, Step::AskProof, Step::AskProduct][step];
            prop_assert_eq!(at(&heard, step), at(&heard, step));
            prop_assert_eq!(at(&format!("{heard} persona"), step), Intent::Person);
        }
        #[test]
        fn one_swapped_pair_of_letters_changes_nothing(at_letter in 1usize..5) {
            for (word, wanted) in [("pedido", Intent::Order), ("devolver", Intent::Return), ("horarios", Intent::Hours)] {
                let mut letters: Vec<char> = word.chars().collect();
                letters.swap(at_letter, at_letter - 1 + usize::from(at_letter == 1));
                let typed: String = letters.iter().collect();
                prop_assert_eq!(at(&typed, Step::Menu), wanted, "{}", typed);
            }
        }
    }
}
