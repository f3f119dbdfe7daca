//! A file becomes a picture in each size.

use super::{PictureError, PictureSize};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::webp::WebPEncoder;
use image::error::{ImageError, LimitErrorKind};
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, imageops::FilterType};
use sha2::{Digest, Sha256};
use std::io::Cursor;
use std::sync::{Mutex, PoisonError};

/// Largest file, in bytes.
pub const LARGEST: usize = 20 << 20;
/// Dots of a side.
const MOST_DOTS: u32 = 12_000;
/// Bytes that reading may take: twelve thousand by eight thousand dots of a camera.
const MOST_MEMORY: u64 = 512 << 20;
/// Of a hundred: nobody sees the difference, and a file is a third of the best.
const QUALITY: u8 = 84;
const SIZES: [(PictureSize, u32); 2] = [(PictureSize::Large, 1600), (PictureSize::Small, 640)];

/// A picture that is ready to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    pub(super) hash: String,
    pub(super) sizes: Vec<(PictureSize, Made)>,
}

/// In one size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Made {
    pub(super) content_type: &'static str,
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) bytes: Vec<u8>,
}

/// Read a file as a picture (JPEG, PNG or WebP, by its bytes and not its name), turn it upright, and write it in each size. Slow: a tenth
/// of a second and more.
pub fn prepare(file: &[u8]) -> Result<Prepared, PictureError> {
    if file.len() > LARGEST {
        return Err(PictureError::TooLarge);
    }
    // One at a time: a large picture takes much memory for a moment.
    static ONE: Mutex<()> = Mutex::new(());
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let mut picture = read(file)?;
    let hash = Sha256::digest(file).iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    let mut sizes = Vec::with_capacity(SIZES.len());
    for (size, width) in SIZES {
        if picture.width() > width {
            let height = (u64::from(picture.height()) * u64::from(width) / u64::from(picture.width())).max(1) as u32;
            picture = picture.resize_exact(width, height, FilterType::Lanczos3);
        }
        sizes.push((size, write(&picture)?));
    }
    Ok(Prepared { hash, sizes })
}

fn read(file: &[u8]) -> Result<DynamicImage, PictureError> {
    let mut reader = ImageReader::new(Cursor::new(file)).with_guessed_format().map_err(|error| PictureError::Broken(error.to_string()))?;
    if !matches!(reader.format(), Some(ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) {
        return Err(PictureError::NotAPicture);
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_DOTS);
    limits.max_image_height = Some(MOST_DOTS);
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(refused)?;
    let turned = decoder.orientation().map_err(refused)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(refused)?;
    picture.apply_orientation(turned);
    Ok(picture)
}

/// What one can see through stays so; everything else is a JPEG.
fn write(picture: &DynamicImage) -> Result<Made, PictureError> {
    let (width, height) = (picture.width(), picture.height());
    let mut bytes = Vec::new();
    let rgba = picture.color().has_alpha().then(|| picture.to_rgba8()).filter(|dots| dots.pixels().any(|dot| dot.0[3] < 255));
    let content_type = match rgba {
        Some(dots) => {
            let encoder = WebPEncoder::new_lossless(&mut bytes);
            encoder.encode(&dots, width, height, image::ExtendedColorType::Rgba8).map_err(refused)?;
            "image/webp"
        }
        None => {
            JpegEncoder::new_with_quality(&mut bytes, QUALITY).encode_image(&picture.to_rgb8()).map_err(refused)?;
            "image/jpeg"
        }
    };
    Ok(Made { content_type, width, height, bytes })
}

fn refused(error: ImageError) -> PictureError {
    match error {
        ImageError::Limits(limit) => match limit.kind() {
            LimitErrorKind::DimensionError | LimitErrorKind::InsufficientMemory => PictureError::TooManyDots,
            _ => PictureError::Broken(limit.to_string()),
        },
        ImageError::Unsupported(_) => PictureError::NotAPicture,
        other => PictureError::Broken(other.to_string()),
    }
}
