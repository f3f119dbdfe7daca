//! Leaving out what a reply repeats: quoted history and signature. For display only; the whole text is kept.

/// The words that are new in a mail's text. The whole text when nothing else would be left (somebody answered below or inside the quote).
pub(super) fn fresh(text: &str) -> &str {
    let mut end = text.len();
    let mut at = 0;
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    for (index, line) in lines.iter().enumerate() {
        let next = lines.get(index + 1).copied().unwrap_or_default();
        if begins_history(line, next) {
            end = at;
            break;
        }
        at += line.len();
    }
    let kept = without_trailing_quote(&text[..end]).trim();
    if kept.is_empty() { text.trim() } else { kept }
}

/// Whether everything from this line on is history or signature.
fn begins_history(line: &str, next: &str) -> bool {
    let bare = line.trim_end_matches(['\r', '\n']);
    if bare == "-- " || bare == "--" {
        return true;
    }
    let words = bare.trim().trim_matches(['*', '_']).to_lowercase();
    // "El lun, 3 nov 2025, Ana escribió:" may be broken over two lines.
    let joined = format!("{words} {}", next.trim().to_lowercase());
    let opens = ["on ", "el ", "le ", "am ", "em "].iter().any(|start| words.starts_with(start));
    let wrote = ["wrote:", "escribió:", "escribio:", "escribió en", "a écrit :", "a écrit:", "schrieb:", "escreveu:"];
    if opens && words.len() < 200 && wrote.iter().any(|verb| words.ends_with(verb) || (joined.ends_with(verb) && joined.len() < 250)) {
        return true;
    }
    let dashes = words.starts_with("-----")
        && ["original message", "mensaje original", "forwarded message", "mensaje reenviado"].iter().any(|name| words.contains(name));
    // Outlook's header block, in English and Spanish.
    let block = (words.starts_with("from:") || words.starts_with("de:")) && {
        let next = next.trim().trim_matches(['*', '_']).to_lowercase();
        ["sent:", "enviado:", "enviado el:", "date:", "fecha:"].iter().any(|name| next.starts_with(name))
    };
    let rule = words.len() >= 30 && words.chars().all(|letter| letter == '_') && next.to_lowercase().contains(':');
    dashes || block || rule
}

/// The text without the lines at its end that begin with `>`.
fn without_trailing_quote(text: &str) -> &str {
    let mut kept = text.trim_end();
    while let Some(last) = kept.rsplit('\n').next()
        && last.trim_start().starts_with('>')
    {
        kept = kept[..kept.len() - last.len()].trim_end();
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::fresh;

    #[test]
    fn history_and_signature_are_left_out() {
        assert_eq!(fresh("Sí, la M.\n\nEl lun, 3 nov 2025 a las 10:00, Hilo <hola@hilo.example> escribió:\n> ¿Qué talla?\n"), "Sí, la M.");
        assert_eq!(fresh("Sí.\nEl lun, 3 nov 2025 a las 10:00, Tienda de la Calle Mayor\n<hola@hilo.example> escribió:\n> a"), "Sí.");
        assert_eq!(fresh("Yes\r\n\r\nOn Mon, Nov 3, 2025 at 10:00 AM Hilo <a@b.example> wrote:\r\n> Size?"), "Yes");
        assert_eq!(fresh("Hola\n-- \nAna\n600 111 222"), "Hola");
        assert_eq!(fresh("Vale\n\nDe: Hilo <hola@hilo.example>\nEnviado: lunes, 3 de noviembre\nAsunto: Talla"), "Vale");
        assert_eq!(fresh("ok\n-----Mensaje original-----\nDe: Hilo"), "ok");
        assert_eq!(fresh("ok\n> a\n> b\n"), "ok");
    }

    #[test]
    fn nothing_is_hidden_where_all_would_be() {
        assert_eq!(fresh("> ¿Qué talla?\n"), "> ¿Qué talla?");
        assert_eq!(fresh("> ¿Qué talla?\nLa M"), "> ¿Qué talla?\nLa M");
        assert_eq!(fresh("El vestido rojo me gusta:\nes bonito"), "El vestido rojo me gusta:\nes bonito");
        assert_eq!(fresh(""), "");
    }
}
