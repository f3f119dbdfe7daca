//! What a file is by its own bytes: nobody's word is taken for it.

use crate::guard::Refused;
use conversations::{Media, MediaKind};
use sha2::{Digest, Sha256};

/// Where each kind begins: offset, bytes, media type.
const KINDS: &[(usize, &[u8], &str)] = &[
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF8", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypmif1", "image/heic"),
    (4, b"ftypM4A", "audio/mp4"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x1aE\xdf\xa3", "video/webm"),
    (0, b"OggS", "audio/ogg"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"\xff\xf1", "audio/aac"),
    (0, b"\xff\xf9", "audio/aac"),
    (0, b"#!AMR", "audio/amr"),
    (8, b"WAVE", "audio/wav"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"PK\x03\x04", "application/zip"),
    (0, b"\xd0\xcf\x11\xe0", "application/msword"),
    (0, b"\x1f\x8b", "application/gzip"),
];
/// Programs, which nobody sends to a shop in good faith.
const PROGRAMS: &[&[u8]] = &[b"MZ", b"\x7fELF", b"#!/", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe"];

/// The media type that the bytes tell, and the bytes; refused when they are not of the kind they should be, are a program, are empty, or are
/// not those that the provider told of.
pub(crate) fn check(media: &Media, bytes: Vec<u8>) -> Result<(&'static str, Vec<u8>), Refused> {
    if bytes.is_empty() {
        return Err(Refused::later("the file is empty"));
    }
    if let conversations::MediaSource::Provider { sha256: Some(told), .. } = &media.source {
        use base64::{Engine, engine::general_purpose::STANDARD};
        let digest = Sha256::digest(&bytes);
        if STANDARD.encode(digest) != *told && hex::encode(digest) != told.to_lowercase() {
            return Err(Refused::later("the file is not the one that the provider told of"));
        }
    }
    if is_program(&bytes) {
        return Err(Refused::never("the file is a program"));
    }
    let kind = content_type(&bytes);
    let fits = match media.kind {
        MediaKind::Image => kind.starts_with("image/"),
        // Films and recordings share their containers.
        MediaKind::Audio | MediaKind::Video => kind.starts_with("audio/") || kind.starts_with("video/"),
        // A moving sticker is a film or a packed drawing.
        MediaKind::Sticker => kind.starts_with("image/") || kind == "video/webm" || kind == "application/gzip",
        MediaKind::Document => true,
    };
    if fits { Ok((kind, bytes)) } else { Err(Refused::never(format!("the file should be a {:?} and is {kind}", media.kind))) }
}

/// Whether these bytes are a program.
pub(crate) fn is_program(bytes: &[u8]) -> bool {
    PROGRAMS.iter().any(|start| bytes.starts_with(start))
}

/// The media type that bytes tell.
pub(crate) fn content_type(bytes: &[u8]) -> &'static str {
    let told = KINDS.iter().find(|(at, start, _)| bytes.get(*at..).is_some_and(|rest| rest.starts_with(start))).map(|(.., kind)| *kind);
    told.unwrap_or_else(|| if std::str::from_utf8(bytes).is_ok() { "text/plain" } else { "application/octet-stream" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use conversations::MediaSource;

    fn checked(kind: MediaKind, bytes: &[u8], sha256: Option<&str>) -> Result<&'static str, String> {
        let source = MediaSource::Provider { id: "1".into(), sha256: sha256.map(str::to_owned) };
        let media = Media { kind, content_type: "text/html".into(), file_name: None, caption: None, content_id: None, source };
        check(&media, bytes.to_vec()).map(|(kind, _)| kind).map_err(|refused| refused.why)
    }

    #[test]
    fn a_file_is_what_its_bytes_say() {
        assert_eq!(checked(MediaKind::Image, b"\x89PNG\r\n\x1a\n....", None), Ok("image/png"));
        assert_eq!(checked(MediaKind::Document, b"%PDF-1.7", None), Ok("application/pdf"));
        assert_eq!(checked(MediaKind::Document, b"<script>alert(1)</script>", None), Ok("text/plain"), "shown as words, never as a page");
        assert_eq!(checked(MediaKind::Audio, b"OggS\x00", None), Ok("audio/ogg"));
        assert_eq!(checked(MediaKind::Image, b"<svg onload=x>", None), Err("the file should be a Image and is text/plain".into()));
        assert_eq!(checked(MediaKind::Document, b"MZ\x90", None), Err("the file is a program".into()));
        assert_eq!(checked(MediaKind::Image, b"", None), Err("the file is empty".into()));
        let other = Err("the file is not the one that the provider told of".into());
        assert_eq!(checked(MediaKind::Image, b"\x89PNG\r\n\x1a\n", Some("AAAA")), other);
    }
}
