//! The files of `demo/`, inside the program, so that it can show the demo brand by itself.

/// Name, slogan, contact, mailboxes, scenes.
pub const BRAND: &str = include_str!("../../../../demo/brand.toml");
/// Shops and the warehouse.
pub const LOCATIONS: &str = include_str!("../../../../demo/locations.toml");
/// Members of staff, their roles and teams.
pub const STAFF: &str = include_str!("../../../../demo/staff.toml");
/// How much lies where.
pub const STOCK: &str = include_str!("../../../../demo/stock.toml");
/// Names, streets and habits; the people of the story.
pub const PEOPLE: &str = include_str!("../../../../demo/people.toml");
/// What people write about.
pub const CONVERSATIONS: &str = include_str!("../../../../demo/conversations.toml");
/// Words of the catalogue's codes.
pub const VOCABULARY: &str = include_str!("../../../../demo/vocabulary.toml");
/// Colours and patterns of the drawings.
pub const COLOURS: &str = include_str!("../../../../demo/colours.toml");
/// The catalogue, in the Shopify layout.
pub const PRODUCTS: &[u8] = include_bytes!("../../../../demo/products.csv");
/// Its English texts.
pub const PRODUCTS_EN: &[u8] = include_bytes!("../../../../demo/products.en.csv");

macro_rules! drawings {
    ($folder:literal: $($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../../../demo/", $folder, "/", $name, ".svg")))),*]
    };
}

/// Name and drawing of each template.
pub const PICTURES: &[(&str, &str)] = drawings!("pictures": "backpack", "basket", "beanie", "belt", "blazer", "blouse", "boot", "chino", "coat", "dress-midi", "dress-shirt", "dress-short", "dress-wrap", "espadrille", "foulard", "hat", "jeans", "knit-cardigan", "knit-crew", "knit-turtleneck", "knit-vest", "knit-vneck", "loafer", "overshirt", "polo", "puffer", "sandal", "scarf", "service-alteration", "service-engraving", "service-styling", "shirt", "shirt-mao", "shirt-short", "shorts", "shoulder-bag", "skirt-midi", "skirt-pleated", "skirt-short", "sneaker", "socks", "sunglasses", "tank", "tee", "tee-long", "tee-v", "tote", "trench", "trousers-straight", "trousers-wide");

/// Name and drawing of each scene.
pub const BANNERS: &[(&str, &str)] = drawings!("banners": "lino", "punto", "tienda");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_drawing_of_the_folder_is_forgotten() {
        for (folder, known) in [("pictures", PICTURES), ("banners", BANNERS)] {
            let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo").join(folder);
            let mut there: Vec<String> = std::fs::read_dir(path)
                .expect("the folder")
                .filter_map(|file| file.ok()?.path().file_stem()?.to_str().map(str::to_owned))
                .collect();
            there.sort();
            assert_eq!(there, known.iter().map(|(name, _)| *name).collect::<Vec<_>>());
        }
    }
}
