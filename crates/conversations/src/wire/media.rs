//! Pictures, recordings, films and files.

use serde::{Deserialize, Serialize};

/// What sort of thing a media part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MediaKind {
    /// A still picture.
    Image,
    /// A recording.
    Audio,
    /// A film.
    Video,
    /// Any other file.
    Document,
    /// A small picture used as a sign.
    Sticker,
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
