//! Files that somebody brings: a supplier's goods, a list of customers, a picture. The first byte says which.
#![no_main]

use catalogue::import::ImportOptions;
use channels::read_file;
use customers::import::Asked;
use kernel::testing::World;
use kernel::{Actor, Fault};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static WORLD: LazyLock<World> = LazyLock::new(|| World::sqlite(&[catalogue::MIGRATIONS, customers::MIGRATIONS]));

fuzz_target!(|input: &[u8]| {
    let Some((which, file)) = input.split_first() else { return };
    let file = file.to_vec();
    match which % 3 {
        0 => goods(file),
        1 => people(file),
        _ => any(&file),
    }
});

/// Never more products than lines, each of them new.
fn goods(file: Vec<u8>) {
    let lines = lines(&file);
    let told = WORLD.db().read(move |tx| Ok::<_, Fault>(catalogue::import::preview(tx, &Actor::system(), &file, ImportOptions::default())));
    let told = told.wait().expect("the database answers").expect("anybody's file is read");
    assert!(told.products.len() <= lines && told.created == told.products.len());
}

/// Never more persons than lines, each of them new.
fn people(file: Vec<u8>) {
    let lines = lines(&file);
    let asked = Asked { name: "clientes".into(), mapping: None };
    let told = WORLD.db().read(move |tx| Ok::<_, Fault>(customers::import::preview(tx, &Actor::system(), &file, &asked)));
    let told = told.wait().expect("the database answers").expect("anybody's list is read");
    assert!(told.lines <= lines && told.created == told.lines && told.shown.len() <= told.lines);
}

/// How many lines a file can have at most.
fn lines(file: &[u8]) -> usize {
    1 + file.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count()
}

/// A name brings no path, and bytes are what they are.
fn any(file: &[u8]) {
    let name: String = String::from_utf8_lossy(&file[..file.len().min(200)]).into_owned();
    let Ok(taken) = read_file(&name, file.to_vec()) else { return };
    assert_eq!(taken.bytes, file);
    assert!(!taken.file_name.contains(['/', '\\', '\0', '\n', '\r']) && !taken.file_name.is_empty());
}
