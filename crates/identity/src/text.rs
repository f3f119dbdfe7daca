//! Words as they are compared: without accents, case or punctuation.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case, accents off, letters that no accent explains spelt out; anything but letters and digits parts words, which one space joins.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'þ' => out.push_str("th"),
            'ı' => out.push('i'),
            '\'' | '’' | '·' | '`' | '´' => {}
            c if c.is_alphanumeric() => out.push(c),
            _ if out.ends_with(' ') || out.is_empty() => {}
            _ => out.push(' '),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Letters and digits only, lower case, without accents: identifiers, postcodes.
pub fn compact(text: &str) -> String {
    let mut folded = fold(text);
    folded.retain(|c| c != ' ');
    folded
}

/// A rough sound of a word: vowels and doubled letters out, letters that sound alike in Spanish or English written as one.
pub fn sound(word: &str) -> String {
    let mut out = String::with_capacity(6);
    let mut chars = word.chars().peekable();
    let mut last = ' ';
    let mut first = true;
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        let code = match c {
            'h' | 'w' if !first => continue,
            'h' => continue,
            'c' if matches!(next, 'e' | 'i' | 'y') => 's',
            'c' | 'q' | 'k' | 'x' if !(c == 'x' && first) => 'k',
            'z' | 's' => 's',
            'b' | 'v' => 'b',
            'p' if next == 'h' => 'f',
            'g' if matches!(next, 'e' | 'i') => 'j',
            'l' if next == 'l' => 'l',
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' if !first => {
                last = ' ';
                continue;
            }
            'm' | 'n' => 'n',
            'd' | 't' => 't',
            c => c,
        };
        first = false;
        if code != last {
            out.push(code);
            last = code;
        }
        if out.len() >= 5 {
            break;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writings_of_one_word_are_one() {
        assert_eq!(fold("  Núñez-O’Neill,  "), "nunez oneill");
        assert_eq!(fold("Łukasz Ørsted Straße"), "lukasz orsted strasse");
        assert_eq!(compact("W1A 1HQ"), "w1a1hq");
        assert_eq!(sound("gimenez"), sound("jimenez"));
        assert_eq!(sound("vasquez"), sound("bazquez"));
        assert_ne!(sound("garcia"), sound("lopez"));
    }
}
