//! Files that somebody here sends: what they are by their own bytes, and by which channels they go.

use crate::{FileWay, adapter, sniff};
use conversations::{FileProblem, MediaKind, NewUpload, Upload};
use kernel::Channel;

/// Largest file that is kept, in bytes, from whichever side.
pub const LARGEST_FILE: usize = 16 * 1024 * 1024;
/// What providers mean by a megabyte, where they might mean a little more.
pub(crate) const MEGABYTE: i64 = 1_000_000;
/// Longest name, in characters.
const LONGEST_NAME: usize = 120;

/// Why a file is not taken at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotTaken {
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// It is larger than [`LARGEST_FILE`].
    #[error("the file is larger than {LARGEST_FILE} bytes")]
    TooLarge,
    /// It is a program.
    #[error("the file is a program")]
    Program,
}

/// A file as it will be kept: nobody's word is taken for what it is, and its name brings no path.
pub fn read_file(name: &str, bytes: Vec<u8>) -> Result<NewUpload, NotTaken> {
    if bytes.is_empty() {
        return Err(NotTaken::Empty);
    }
    if bytes.len() > LARGEST_FILE {
        return Err(NotTaken::TooLarge);
    }
    if sniff::is_program(&bytes) {
        return Err(NotTaken::Program);
    }
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = name.chars().filter(|letter| !letter.is_control()).take(LONGEST_NAME).collect();
    let content_type = of_an_office(&name, sniff::content_type(&bytes));
    let kind = match content_type.split('/').next() {
        Some("image") => MediaKind::Image,
        Some("audio") => MediaKind::Audio,
        Some("video") => MediaKind::Video,
        _ => MediaKind::Document,
    };
    let file_name = if name.trim().is_empty() { kind.to_string() } else { name };
    Ok(NewUpload { kind, content_type: content_type.to_owned(), file_name, bytes })
}

/// Letters and tables are packed files or older ones: only their name says which.
fn of_an_office(name: &str, told: &'static str) -> &'static str {
    let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    match (told, ending.as_str()) {
        ("application/zip", "docx") => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ("application/zip", "xlsx") => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ("application/zip", "pptx") => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ("application/msword", "xls") => "application/vnd.ms-excel",
        ("application/msword", "ppt") => "application/vnd.ms-powerpoint",
        (told, _) => told,
    }
}

/// Why each of these files cannot go by this channel; `None` for one that can. Where several go inside one message they are weighed together.
pub fn file_problems(channel: Channel, files: &[Upload]) -> Vec<Option<FileProblem>> {
    let Some(adapter) = adapter(channel) else { return vec![Some(FileProblem::Kind); files.len()] };
    let capabilities = adapter.capabilities();
    let together = if adapter.file_way() == FileWay::Inside && capabilities.media_per_message > 1 {
        files.iter().map(|file| file.size_bytes).sum()
    } else {
        0
    };
    let weigh = |file: &Upload| capabilities.carries(file.kind, &file.content_type, file.size_bytes.max(together)).err();
    files.iter().map(weigh).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(name: &str, bytes: &[u8]) -> Result<(MediaKind, String, String), NotTaken> {
        read_file(name, bytes.to_vec()).map(|file| (file.kind, file.content_type, file.file_name))
    }

    #[test]
    fn a_file_is_taken_by_its_bytes_and_its_bare_name() {
        let png = (MediaKind::Image, "image/png".to_owned(), "foto.pdf".to_owned());
        assert_eq!(taken("C:\\fotos\\foto.pdf", b"\x89PNG\r\n\x1a\n...."), Ok(png));
        let table = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        assert_eq!(taken("tallas.xlsx", b"PK\x03\x04..").map(|file| file.1), Ok(table.to_owned()));
        assert_eq!(taken("", b"%PDF-1.7").map(|file| file.2), Ok("document".to_owned()));
        assert_eq!(taken("foto.jpg", b"MZ\x90"), Err(NotTaken::Program));
        assert_eq!(taken("foto.jpg", b""), Err(NotTaken::Empty));
        assert_eq!(taken("foto.jpg", &vec![b'x'; LARGEST_FILE + 1]), Err(NotTaken::TooLarge));
    }

    #[test]
    fn each_channel_says_what_it_carries() {
        let file = |kind, content_type: &str, size_bytes| Upload {
            id: conversations::UploadId::nil(),
            kind,
            content_type: content_type.into(),
            file_name: "x".into(),
            size_bytes,
        };
        let pdf = file(MediaKind::Document, "application/pdf", 900_000);
        let large = file(MediaKind::Image, "image/png", 7_000_000);
        let problems = |channel| file_problems(channel, &[pdf.clone(), large.clone()]);
        assert_eq!(problems(Channel::Whatsapp), [None, Some(FileProblem::TooLarge(5_000_000))]);
        let packed = file_problems(Channel::Whatsapp, &[file(MediaKind::Document, "application/zip", 1_000)]);
        assert!(matches!(packed[..], [Some(FileProblem::Type(types))] if types.len() == 8 && types.contains(&"application/pdf")));
        assert_eq!(problems(Channel::Instagram), [Some(FileProblem::Kind), None]);
        assert_eq!(problems(Channel::X), [Some(FileProblem::Kind), Some(FileProblem::TooLarge(5_000_000))]);
        assert_eq!(problems(Channel::Sms), [None, Some(FileProblem::TooLarge(5_000_000))]);
        assert_eq!(problems(Channel::Email), [None, None]);
        let many = vec![file(MediaKind::Video, "video/mp4", 10_000_000); 2];
        assert_eq!(
            file_problems(Channel::Email, &many),
            [Some(FileProblem::TooLarge(18_000_000)); 2],
            "together they are too heavy for a mail"
        );
        assert_eq!(file_problems(Channel::Telegram, &many), [None, None]);
        assert_eq!(file_problems(Channel::Webchat, &many), [None, None], "each is fetched by itself");
        assert_eq!(file_problems(Channel::Till, &[pdf]), [Some(FileProblem::Kind)]);
    }
}
