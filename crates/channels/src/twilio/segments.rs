//! How a text is cut for the network, which is what it costs: GSM-7 (GSM 03.38) when it can be written so, else UCS-2.

/// How a text travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Seven bits a character: 160 in one message, 153 in each of several.
    Gsm7,
    /// Sixteen bits: 70 in one message, 67 in each of several. One `í` or one emoji is enough to need it.
    Ucs2,
}

/// What a text needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segments {
    /// How it travels.
    pub encoding: Encoding,
    /// Messages on the network; each is paid for. 0 for an empty text.
    pub count: usize,
    /// Characters (septets or 16-bit units) that still fit into the last of them.
    pub left: usize,
}

/// The default alphabet, one septet each.
const BASIC: &str =
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/// The extension table, two septets each.
const EXTENDED: &str = "^{}\\[~]|€\u{c}";

/// Count what a text needs.
pub fn segments(text: &str) -> Segments {
    let gsm: Option<Vec<usize>> = text.chars().map(septets).collect();
    let (encoding, units, single, several) = match gsm {
        Some(units) => (Encoding::Gsm7, units, 160, 153),
        None => (Encoding::Ucs2, text.chars().map(char::len_utf16).collect(), 70, 67),
    };
    let total: usize = units.iter().sum();
    if total == 0 {
        return Segments { encoding, count: 0, left: single };
    }
    if total <= single {
        return Segments { encoding, count: 1, left: single - total };
    }
    // What takes two units is never cut in half.
    let (count, used) =
        units.iter().fold((1, 0), |(count, used), unit| if used + unit > several { (count + 1, *unit) } else { (count, used + unit) });
    Segments { encoding, count, left: several - used }
}

fn septets(letter: char) -> Option<usize> {
    if BASIC.contains(letter) { Some(1) } else { EXTENDED.contains(letter).then_some(2) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &str) -> (Encoding, usize, usize) {
        let found = segments(text);
        (found.encoding, found.count, found.left)
    }

    #[test]
    fn the_alphabet_has_128_places_of_which_one_is_the_escape() {
        assert_eq!(BASIC.chars().count(), 127);
        assert_eq!(EXTENDED.chars().count(), 10);
    }

    #[test]
    fn plain_text_fills_160_then_153_each() {
        assert_eq!(count(""), (Encoding::Gsm7, 0, 160));
        assert_eq!(count(&"a".repeat(160)), (Encoding::Gsm7, 1, 0));
        assert_eq!(count(&"ñ".repeat(161)), (Encoding::Gsm7, 2, 145));
        assert_eq!(count(&"a".repeat(306)), (Encoding::Gsm7, 2, 0));
        assert_eq!(count(&"a".repeat(307)), (Encoding::Gsm7, 3, 152));
        assert_eq!(count("19,99 €"), (Encoding::Gsm7, 1, 152));
    }

    #[test]
    fn one_accent_halves_the_room() {
        assert_eq!(count("Aquí está"), (Encoding::Ucs2, 1, 61));
        assert_eq!(count(&"í".repeat(71)), (Encoding::Ucs2, 2, 63));
        assert_eq!(count("👋"), (Encoding::Ucs2, 1, 68));
    }

    #[test]
    fn nothing_that_takes_two_units_is_cut_in_half() {
        assert_eq!(count(&format!("{}€{}", "a".repeat(152), "a".repeat(20))), (Encoding::Gsm7, 2, 131));
        assert_eq!(count(&"👋".repeat(36)), (Encoding::Ucs2, 2, 61));
    }
}
