//! From bytes to text: which letters they are and what parts the cells.

use super::Encoding;

/// The text of a file: UTF-8 with or without a mark, UTF-16 with one, else Windows-1252.
pub(super) fn decode(bytes: &[u8]) -> (String, Encoding) {
    let (found, kind) = match encoding_rs::Encoding::for_bom(bytes) {
        Some((marked, _)) if marked == encoding_rs::UTF_8 => (marked, Encoding::Utf8),
        Some((marked, _)) => (marked, Encoding::Utf16),
        None if std::str::from_utf8(bytes).is_ok() => (encoding_rs::UTF_8, Encoding::Utf8),
        None => (encoding_rs::WINDOWS_1252, Encoding::Windows1252),
    };
    (found.decode_with_bom_removal(bytes).0.into_owned(), kind)
}

/// What parts the cells: of comma, semicolon, tab and bar the one that the header has most of, outside quotes.
pub(super) fn separator(text: &str) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0), (b'|', 0)];
    let mut quoted = false;
    for byte in text.trim_start().bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if !quoted => counts.iter_mut().filter(|(separator, _)| *separator == byte).for_each(|(_, count)| *count += 1),
            _ => {}
        }
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(separator, _)| separator)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_read_whatever_program_wrote_them() {
        assert_eq!(decode("\u{feff}Núñez".as_bytes()), ("Núñez".into(), Encoding::Utf8));
        assert_eq!(decode(b"N\xfa\xf1ez \x80 M.\xaa"), ("Núñez € M.ª".into(), Encoding::Windows1252));
        assert_eq!(decode(b"\xff\xfeN\x00\xfa\x00"), ("Nú".into(), Encoding::Utf16));
        assert_eq!(decode(b"\xfe\xff\x00N\x00\xfa"), ("Nú".into(), Encoding::Utf16));
    }

    #[test]
    fn the_header_says_what_parts_the_cells() {
        assert_eq!(separator("nombre;apellidos;dirección, piso\n"), b';');
        assert_eq!(separator("name\temail\n"), b'\t');
        assert_eq!(separator("\"a;b;c\",b\r\nx;y;z;w"), b',');
        assert_eq!(separator("email\nx;y"), b',');
    }
}
