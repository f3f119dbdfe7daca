//! Pictures: read as what they are, made upright in each size, kept once.

mod common;

use catalogue::pictures::{PictureError, PictureSize, Prepared, StoredPicture, keep, prepare, stored};
use common::{create, editor, shirt};
use image::{DynamicImage, ExtendedColorType, ImageEncoder, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use kernel::Actor;
use kernel::testing::{World, on_both};
use std::io::Cursor;

fn file(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).expect("written");
    bytes.into_inner()
}

/// Red above, blue below.
fn flag(width: u32, height: u32) -> DynamicImage {
    RgbImage::from_fn(width, height, |_, y| if y < height / 2 { Rgb([230, 20, 20]) } else { Rgb([20, 20, 230]) }).into()
}

/// A JPEG whose camera was held upright: its first row is the right side.
fn turned(width: u32, height: u32) -> Vec<u8> {
    let tiff = [b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0".as_slice(), b"Calle Betis 3, Sevilla"].concat();
    let exif = [b"Exif\0\0".as_slice(), &tiff].concat();
    let plain = file(&flag(width, height), ImageFormat::Jpeg);
    let length = u16::try_from(exif.len() + 2).expect("short").to_be_bytes();
    [&plain[..2], b"\xff\xe1", &length, &exif, &plain[2..]].concat()
}

fn kept(world: &World, picture: &Prepared) -> String {
    let picture = picture.clone();
    world.db().write("keep", move |tx| keep(tx, &editor(), &picture)).wait().expect("kept")
}

fn get(world: &World, source: &str, size: PictureSize) -> Option<StoredPicture> {
    let source = source.to_owned();
    world.db().read(move |tx| stored(tx, &source, size)).wait().expect("read")
}

/// Kind, width, height and the dot in the upper left.
fn look(stored: &StoredPicture) -> (&str, u32, u32, [u8; 3]) {
    let picture = image::load_from_memory(&stored.bytes).expect("a picture").to_rgb8();
    (&stored.content_type, picture.width(), picture.height(), picture.get_pixel(3, 3).0)
}

#[test]
fn a_picture_is_kept_once_in_each_size_upright_and_without_what_the_camera_noted() {
    on_both(&[catalogue::MIGRATIONS], |world| {
        let sent = turned(2000, 3000);
        assert!(sent.windows(5).any(|bytes| bytes == b"Betis"));
        let source = kept(world, &prepare(&sent).expect("a picture"));
        assert_eq!(kept(world, &prepare(&sent).expect("the same")), source);
        let (large, small) = (get(world, &source, PictureSize::Large), get(world, &source, PictureSize::Small));
        let (large, small) = (large.expect("large"), small.expect("small"));
        let (kind, width, height, corner) = look(&large);
        // Turned by a quarter: blue, which was below, is on the left now.
        assert_eq!((kind, width, height), ("image/jpeg", 1600, 1066));
        assert!(corner[2] > 200 && corner[0] < 60, "{corner:?}");
        assert_eq!((look(&small).1, look(&small).2), (640, 426));
        for picture in [&large, &small] {
            assert!(!picture.bytes.windows(5).any(|bytes| bytes == b"Betis") && !picture.bytes.windows(4).any(|bytes| bytes == b"Exif"));
        }
        assert_eq!(get(world, "upload:0123", PictureSize::Small), None);
        assert_eq!(get(world, "picture:shirt/azul", PictureSize::Small), None);
        let product = create(world, shirt()).id;
        let media = catalogue::MediaChange { source: source.clone(), ..Default::default() };
        let saved =
            world.db().write("media", move |tx| catalogue::save_media(tx, &editor(), product, media.clone())).wait().expect("saved");
        assert_eq!(saved.media.last().map(|media| media.source.clone()), Some(source));
    });
}

#[test]
fn small_ones_are_not_blown_up_and_what_is_seen_through_stays_so() {
    on_both(&[catalogue::MIGRATIONS], |world| {
        let opaque = kept(world, &prepare(&file(&flag(300, 200), ImageFormat::Png)).expect("a picture"));
        assert_eq!(look(&get(world, &opaque, PictureSize::Large).expect("there")).1, 300);
        assert_eq!(look(&get(world, &opaque, PictureSize::Small).expect("there")).0, "image/jpeg");
        let glass: DynamicImage = RgbaImage::from_pixel(800, 40, Rgba([10, 200, 10, 90])).into();
        for format in [ImageFormat::Png, ImageFormat::WebP] {
            let source = kept(world, &prepare(&file(&glass, format)).expect("a picture"));
            let small = get(world, &source, PictureSize::Small).expect("there");
            let dots = image::load_from_memory(&small.bytes).expect("a picture").to_rgba8();
            assert_eq!((small.content_type.as_str(), dots.width(), dots.height()), ("image/webp", 640, 32));
            assert_eq!(dots.get_pixel(5, 5).0[3], 90);
        }
    });
}

#[test]
fn what_is_no_picture_is_refused_and_nothing_is_kept() {
    on_both(&[catalogue::MIGRATIONS], |world| {
        let refused = |bytes: &[u8]| prepare(bytes).expect_err("refused");
        for other in [b"".as_slice(), b"hello", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>", b"GIF89a\x01\0\x01\0\0\0\0;", b"%PDF-1.7"] {
            assert!(matches!(refused(other), PictureError::NotAPicture), "{other:?}");
        }
        let png = file(&flag(400, 400), ImageFormat::Png);
        assert!(matches!(refused(&png[..png.len() / 2]), PictureError::Broken(_)));
        // A few bytes that claim to be sixty thousand dots wide.
        let mut bomb = Vec::new();
        let encoder = image::codecs::png::PngEncoder::new(&mut bomb);
        encoder.write_image(&[0; 4], 2, 2, ExtendedColorType::L8).expect("written");
        bomb[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
        let checked = crc(&bomb[12..29]).to_be_bytes();
        bomb[29..33].copy_from_slice(&checked);
        assert!(matches!(refused(&bomb), PictureError::TooManyDots));
        assert!(matches!(refused(&vec![0; catalogue::pictures::LARGEST + 1]), PictureError::TooLarge));
        let good = prepare(&png).expect("a picture");
        let ready = good.clone();
        let denied = world.db().write("keep", move |tx| keep(tx, &Actor::guest(), &ready)).wait();
        assert!(matches!(denied, Err(PictureError::Denied(_))));
        assert_eq!(get(world, &kept_source(&good), PictureSize::Small), None);
    });
}

/// The name that a picture would be kept under, found by keeping it elsewhere.
fn kept_source(picture: &Prepared) -> String {
    kept(&World::sqlite(&[catalogue::MIGRATIONS]), picture)
}

/// As PNG wants it.
fn crc(bytes: &[u8]) -> u32 {
    !bytes
        .iter()
        .fold(!0_u32, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg())))
}

#[test]
fn no_file_however_bent_brings_it_down() {
    let mut whole = [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP].map(|format| file(&flag(24, 24), format)).to_vec();
    whole.push(turned(24, 24));
    for file in whole {
        for at in 0..file.len() {
            for bend in [0x80, 0xff] {
                let mut bent = file.clone();
                bent[at] ^= bend;
                let _ = prepare(&bent);
            }
            let _ = prepare(&file[..at]);
        }
    }
}
