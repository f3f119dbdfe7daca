//! `hilo import customers`: a list of customers from a file, after showing what it would do; and the way back.

use super::import::{agreed, line, lines, list};
use crate::config::Config;
use crate::wiring;
use anyhow::{Context, Result, bail};
use clap::Args;
use customers::import::{self, Asked, BeginImport, Import, ImportId, ImportState, Outcome, Preview, STEP, Target};
use indicatif::ProgressBar;
use kernel::{Actor, Db};
use std::io::IsTerminal;
use std::path::PathBuf;

/// Lines of a list that are shown as they will be read.
const SHOWN: usize = 5;

/// What to import.
#[derive(Args)]
pub struct ImportCustomers {
    /// A CSV file: comma, semicolon, tab or bar; UTF-8, UTF-16 or Windows-1252. The first line names the columns.
    file: PathBuf,
    /// What the list is called; lists of one name know their lines again. The file's own name when not given.
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// What each column means, in order, parted by commas: skip, external_id, given_name, family_name, full_name, birth_date, phone,
    /// email, postcode, card, consent:marketing:email, evidence ... Guessed from the header when not given.
    #[arg(long, value_name = "TARGET,...", value_delimiter = ',')]
    columns: Vec<Target>,
    /// Do not ask.
    #[arg(long)]
    yes: bool,
}

/// Which import to take back.
#[derive(Args)]
pub struct UndoImport {
    /// The import's id, as `hilo import list` prints it.
    pub(super) id: ImportId,
    /// Do not ask.
    #[arg(long)]
    pub(super) yes: bool,
}

impl ImportCustomers {
    /// Show, ask, import: all lines or none.
    pub fn run(self, config: &Config) -> Result<()> {
        let file = std::fs::read(&self.file).with_context(|| format!("reading {}", self.file.display()))?;
        let stem = self.file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let mapping = Some(self.columns).filter(|columns| !columns.is_empty());
        let asked = Asked { name: self.name.unwrap_or(stem), mapping };
        let db = wiring::open(config)?;
        let (bytes, how) = (file.clone(), asked.clone());
        let preview = db.read(move |tx| import::preview(tx, &Actor::system(), &bytes, &how)).wait()?;
        print!("{}", describe(&preview));
        if !preview.problems.is_empty() {
            bail!("{} not imported: problems in {}; nothing was changed", self.file.display(), lines(preview.problems.len()));
        }
        if preview.created + preview.changed == 0 {
            println!("There is nothing to import.");
            return Ok(());
        }
        if !self.yes && !agreed()? {
            println!("Nothing was changed.");
            return Ok(());
        }
        let file_name = self.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let begun = db.write("customers.import", move |tx| {
            let key = format!("cli/{:016x}{:016x}", tx.random_u64(), tx.random_u64());
            let cmd = BeginImport { key, asked: asked.clone(), file_name: file_name.clone(), file: file.clone() };
            import::begin(tx, &Actor::system(), &cmd)
        });
        let done = finish(&db, begun.wait()?, |import| import.finished())?;
        println!("Imported. Customers made: {}, changed: {}, as before: {}.", done.created, done.changed, done.unchanged);
        println!("Take it back with: hilo import undo {}", done.id);
        Ok(())
    }
}

impl UndoImport {
    /// Take an import back, and say what stays.
    pub fn run(self, db: &Db) -> Result<()> {
        let id = self.id;
        let found = db.read(move |tx| import::import(tx, &Actor::system(), id)).wait()?;
        println!("{} of {}: {} made, {} changed.", found.name, found.created_at, found.created, found.changed);
        if !self.yes && !agreed()? {
            println!("Nothing was changed.");
            return Ok(());
        }
        let begun = db.write("customers.undo_import", move |tx| import::undo(tx, &Actor::system(), id)).wait()?;
        let done = finish(db, begun, |import| import.taken_back + import.kept)?;
        println!("Taken back: {}. Kept: {}.", done.taken_back, done.kept);
        let kept = db.read(move |tx| import::rows(tx, &Actor::system(), id, Outcome::Kept, None, 100)).wait()?;
        let kept: Vec<String> = kept.items.iter().map(|row| format!("  line {}: {}", row.line, row.why)).collect();
        let mut text = String::new();
        list(&mut text, "What stays, and what happened to it", &kept);
        print!("{text}");
        Ok(())
    }
}

/// The newest imports, one a line.
pub fn print_list(db: &Db) -> Result<()> {
    let found = db.read(|tx| import::imports(tx, &Actor::system(), None, 50)).wait()?;
    for i in &found.items {
        println!(
            "{}  {}  {:8}  {} lines, {} made, {} changed  {}",
            i.id,
            i.created_at,
            i.state.as_str(),
            i.total,
            i.created,
            i.changed,
            i.name
        );
    }
    if found.items.is_empty() {
        println!("No list of customers was imported.");
    }
    Ok(())
}

/// Go on until nothing is left; a server that runs on the same data may do part of it.
fn finish(db: &Db, begun: Import, so_far: impl Fn(&Import) -> u64) -> Result<Import> {
    let bar = if std::io::stderr().is_terminal() { ProgressBar::new(begun.total) } else { ProgressBar::hidden() };
    let (id, mut now) = (begun.id, begun);
    while matches!(now.state, ImportState::Running | ImportState::Undoing) {
        now = db.write("customers.import", move |tx| import::step(tx, id, STEP)).wait()?;
        bar.set_position(so_far(&now));
        kernel::settle(db, &wiring::reactions(), &wiring::timers()).map_err(wiring::say)?;
    }
    while kernel::settle(db, &wiring::reactions(), &wiring::timers()).map_err(wiring::say)? > 0 {}
    bar.finish_and_clear();
    Ok(now)
}

/// The preview as text.
fn describe(preview: &Preview) -> String {
    let separator = match preview.separator {
        '\t' => "tab".to_owned(),
        other => format!("`{other}`"),
    };
    let mut text = format!(
        "Lines: {}; {} new, {} to change, {} as they are. Written in {}, cells parted by {separator}.\n",
        preview.lines, preview.created, preview.changed, preview.unchanged, preview.encoding
    );
    if let Some(earlier) = &preview.earlier {
        text.push_str(&format!("This very file was imported before, as `{}`: say --name to know its lines again.\n", earlier.name));
    }
    let columns = preview.columns.iter().map(|c| format!("  {} -> {}", c.name, c.target));
    list(&mut text, "What the columns mean", &columns.collect::<Vec<_>>());
    let shown = preview.shown.iter().take(SHOWN).map(|row| {
        let fields = row.fields.iter().map(|(kind, value)| format!("{kind} `{value}`"));
        format!("  line {}: {}", row.line, fields.collect::<Vec<_>>().join(", "))
    });
    list(&mut text, "As they will be read", &shown.collect::<Vec<_>>());
    let told = |found: &[import::LineProblem]| found.iter().map(|p| line(p.line, &p.column, &p.message)).collect::<Vec<_>>();
    list(&mut text, "Worth knowing", &told(&preview.notes));
    list(&mut text, "Problems", &told(&preview.problems));
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::BrandConfig;

    fn importing(folder: &std::path::Path, csv: &str) -> (ImportCustomers, Config) {
        let file = folder.join("fair.csv");
        std::fs::write(&file, csv).expect("written");
        let config = Config {
            listen: "127.0.0.1:0".parse().expect("an address"),
            data: folder.into(),
            database: folder.join("hilo.db").to_string_lossy().into_owned(),
            secure: false,
            public_url: String::new(),
            brand: BrandConfig::default(),
        };
        (ImportCustomers { file, name: None, columns: Vec::new(), yes: true }, config)
    }
    fn people(config: &Config) -> Vec<String> {
        let db = wiring::open(config).expect("opened");
        let found = db.read(|tx| customers::people(tx, &Actor::system(), None, 50)).wait().expect("read");
        found.items.into_iter().map(|card| card.name.text).collect()
    }

    #[test]
    fn a_list_comes_in_once_and_goes_out_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let (bad, config) = importing(folder.path(), "id;nombre\n1;Ana\n1;Ben\n");
        let error = bad.run(&config).expect_err("refused").to_string();
        assert!(error.contains("problems in 1 line; nothing was changed"), "{error}");
        for _ in 0..2 {
            let (good, config) = importing(folder.path(), "id;nombre;correo\n1;Ana Ruiz;ana@x.es\n2;Ben Sol;\n");
            good.run(&config).expect("imported");
            assert_eq!(people(&config).len(), 2);
        }
        let db = wiring::open(&config).expect("opened");
        let imports = db.read(|tx| import::imports(tx, &Actor::system(), None, 50)).wait().expect("read").items;
        assert_eq!(imports.iter().map(|i| (i.name.as_str(), i.created)).collect::<Vec<_>>(), [("fair", 2)]);
        print_list(&db).expect("listed");
        UndoImport { id: imports[0].id, yes: true }.run(&db).expect("undone");
        drop(db);
        assert_eq!(people(&config), Vec::<String>::new());
    }
}
