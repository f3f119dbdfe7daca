//! Pictures, recordings, films and files.

use crate::AttachmentId;
use serde::{Deserialize, Serialize};

kernel::db_enum! {
    /// What sort of thing a media part is.
    pub enum MediaKind {
        /// A still picture.
        Image = "image",
        /// A recording.
        Audio = "audio",
        /// A film.
        Video = "video",
        /// Any other file.
        Document = "document",
        /// A small picture used as a sign.
        Sticker = "sticker",
    }
}

/// A picture, recording, film or file, and where its bytes are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    /// What sort it is.
    pub kind: MediaKind,
    /// Media type as told, such as `image/jpeg`; not to be trusted.
    pub content_type: String,
    /// The file's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_name: Option<String>,
    /// Words that go with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caption: Option<String>,
    /// The name that HTML of the same message calls it by (`cid:`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_id: Option<String>,
    /// Where the bytes are.
    pub source: MediaSource,
}

/// Where the bytes of a media part are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "from", rename_all = "snake_case")]
pub enum MediaSource {
    /// Here.
    Bytes {
        /// The file itself (base64 in JSON).
        #[serde(with = "base64_bytes")]
        bytes: Vec<u8>,
    },
    /// At the provider, under this number: to be fetched by a job, soon, as such numbers expire.
    Provider {
        /// The provider's number.
        id: String,
        /// SHA-256 of the file as the provider tells it (base64).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sha256: Option<String>,
    },
    /// On the web.
    Link {
        /// Its address.
        url: String,
    },
    /// Here, with the message that it goes with: brought when it is sent.
    Kept {
        /// The file.
        attachment: AttachmentId,
        /// Its size in bytes.
        size_bytes: i64,
    },
    /// Nowhere: it was larger than we take.
    TooLarge {
        /// Its size in bytes.
        size_bytes: u64,
    },
}

mod base64_bytes {
    use base64::{Engine, engine::general_purpose::STANDARD};
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(bytes: &[u8], out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(&STANDARD.encode(bytes))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Vec<u8>, D::Error> {
        STANDARD.decode(String::deserialize(input)?).map_err(D::Error::custom)
    }
}
