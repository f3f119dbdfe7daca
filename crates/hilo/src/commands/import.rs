//! `hilo import`: a product catalogue from a file, after showing what would change; customers are in `import_customers.rs`.

use super::import_customers::{self, ImportCustomers, UndoImport};
use crate::config::Config;
use crate::wiring;
use anyhow::{Context, Result, bail};
use catalogue::import::run::{self, ItemOutcome, ProductImport, ProductImportId, RunError};
use catalogue::import::{self, ImportOptions, LineProblem, Outcome, Preview};
use clap::{Args, Subcommand};
use flows::{BeginProductImport, IMPORT_STEP};
use indicatif::ProgressBar;
use inventory::Location;
use kernel::{Actor, Currency, Db, Locale};
use std::io::{BufRead, IsTerminal, Write};
use std::path::PathBuf;

/// Lines shown of a long list.
const SHOWN: usize = 40;

/// A catalogue, or customers.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct ImportCommand {
    #[command(flatten)]
    products: Option<Import>,
    #[command(subcommand)]
    other: Option<Other>,
}

#[derive(Subcommand)]
enum Other {
    /// Bring in a list of customers, after showing what it would do.
    Customers(ImportCustomers),
    /// List the imports of products and of customers.
    List,
    /// Take an import back.
    Undo(UndoImport),
}

impl ImportCommand {
    /// Do what was asked.
    pub fn run(self, config: &Config) -> Result<()> {
        match (self.other, self.products) {
            (Some(Other::Customers(customers)), _) => customers.run(config),
            (Some(Other::Undo(undo)), _) => take_back(undo, config),
            (Some(Other::List), _) => print_list(config),
            (None, Some(products)) => products.run(config),
            (None, None) => bail!("say which file to import"),
        }
    }
}

/// What to import.
#[derive(Args)]
pub struct Import {
    /// A product export of Shopify or WooCommerce, product data for Google Merchant, or Open Food Facts: CSV, or parted by tabs.
    file: PathBuf,
    /// The language of its texts: es or en.
    #[arg(long, default_value = "es", value_name = "es|en")]
    locale: Locale,
    /// Leave out each product that has a problem on one of its lines, and import the others.
    #[arg(long)]
    leave_out: bool,
    /// Do not ask.
    #[arg(long)]
    yes: bool,
    /// Code of the place where the file's stock lies; the only place when there is one.
    #[arg(long, value_name = "CODE")]
    location: Option<String>,
    /// Code of the price list that takes the file's prices.
    #[arg(long, default_value = "base", value_name = "CODE")]
    price_list: String,
}

impl Import {
    /// Show, ask, import: all of the file or nothing. A file that was begun and not finished goes on where it was.
    pub fn run(self, config: &Config) -> Result<()> {
        let file = std::fs::read(&self.file).with_context(|| format!("reading {}", self.file.display()))?;
        let currency: Currency = config.brand.currency.parse().map_err(|why| anyhow::anyhow!("the currency of the brand: {why}"))?;
        let options = ImportOptions { locale: self.locale, currency, leave_out: self.leave_out };
        let db = wiring::open(config)?;
        let bytes = file.clone();
        if let Some(begun) = db.read(move |tx| run::unfinished(tx, &Actor::system(), &bytes)).wait()? {
            let (done, of) = begun.progress();
            println!("This file was begun at {}: going on after {done} of {of} products.", begun.created_at);
            let done = finish(&db, begun)?;
            println!("Imported. Products made: {}, changed: {}, as before: {}.", done.created, done.changed, done.unchanged);
            return Ok(());
        }
        let location = self.location(&db)?;
        let bytes = file.clone();
        let preview = db.read(move |tx| import::preview(tx, &Actor::system(), &bytes, options)).wait()?;
        print!("{}", describe(&preview));
        if !preview.is_ready(self.leave_out) {
            let more = if preview.is_ready(true) { "; --leave-out imports the rest" } else { "" };
            let found = lines(preview.problems_total);
            bail!("{} not imported: problems in {found}; nothing was changed{more}", self.file.display());
        }
        if preview.products.is_empty() {
            println!("There is nothing to import.");
            return Ok(());
        }
        match (&location, preview.stock_total) {
            (_, 0) => {}
            (Some(place), count) => {
                println!("Opening stock of up to {count} variants, where they are new, goes to {}.", place.details.name)
            }
            (None, count) => println!("The stock of {count} variants is left out: say where it lies with --location CODE."),
        }
        if !self.yes && !agreed()? {
            println!("Nothing was changed.");
            return Ok(());
        }
        let file_name = self.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let key = format!("cli/{:032x}", rand::random::<u128>());
        let opening_stock = location.map(|place| place.id);
        let cmd = BeginProductImport { key, file_name, file, options, price_list: self.price_list, opening_stock };
        apply(&db, cmd)
    }

    /// The place for opening stock: the one named, or the only one there is.
    fn location(&self, db: &Db) -> Result<Option<Location>> {
        let mut places = db.read(|tx| inventory::locations(tx, false, None, 100)).wait().map_err(wiring::say)?;
        let Some(code) = &self.location else { return Ok(if places.len() == 1 { places.pop() } else { None }) };
        let known: Vec<String> = places.iter().map(|place| place.details.code.clone()).collect();
        let found = places.into_iter().find(|place| place.details.code.eq_ignore_ascii_case(code));
        match found {
            Some(place) => Ok(Some(place)),
            None if known.is_empty() => bail!("there is no place {code}; add one in /studio/locations first"),
            None => bail!("there is no place {code}; known are {}", known.join(", ")),
        }
    }
}

fn apply(db: &Db, cmd: BeginProductImport) -> Result<()> {
    let begun = db.write("import.products", move |tx| flows::begin_import(tx, &Actor::system(), &cmd)).wait();
    let done = finish(db, begun.context("nothing was imported")?)?;
    println!(
        "Imported. Products made: {}, changed: {}, as before: {}, left out: {}.",
        done.created,
        done.changed,
        done.unchanged,
        done.left_out + done.refused
    );
    println!("Take it back with: hilo import undo {}", done.id);
    Ok(())
}

/// The newest imports of both kinds, one a line.
fn print_list(config: &Config) -> Result<()> {
    let db = wiring::open(config)?;
    let products = db.read(|tx| run::imports(tx, &Actor::system(), None, 50)).wait()?;
    for i in &products {
        let (id, at, state) = (i.id, i.created_at, i.state.as_str());
        println!("{id}  {at}  {state:8}  {} products, {} made, {} changed  {}", i.total, i.created, i.changed, i.file_name);
    }
    if products.is_empty() {
        println!("No file of products was imported.");
    }
    import_customers::print_list(&db)
}

/// Take an import of either kind back, and say what stays.
fn take_back(undo: UndoImport, config: &Config) -> Result<()> {
    let db = wiring::open(config)?;
    let id: ProductImportId = undo.id.to_string().parse()?;
    let found = match db.read(move |tx| run::product_import(tx, &Actor::system(), id)).wait() {
        Ok(found) => found,
        Err(RunError::Unknown(_)) => return undo.run(&db),
        Err(error) => return Err(error.into()),
    };
    println!("{} of {}: {} made, {} changed.", found.file_name, found.created_at, found.created, found.changed);
    if !undo.yes && !agreed()? {
        println!("Nothing was changed.");
        return Ok(());
    }
    let done = finish(&db, db.write("import.products", move |tx| flows::undo_import(tx, &Actor::system(), id)).wait()?)?;
    println!("Taken back: {}. Kept: {}.", done.taken_back, done.kept);
    let kept = db.read(move |tx| run::items(tx, &Actor::system(), (id, ItemOutcome::Kept), 0, SHOWN)).wait()?;
    let kept: Vec<String> = kept.iter().map(|item| format!("  line {}: {}", item.line, item.why)).collect();
    let mut text = String::new();
    list(&mut text, "What stays, and why", &kept);
    print!("{text}");
    Ok(())
}

/// Go on until nothing is left; a server that runs on the same data may do part of it.
fn finish(db: &Db, mut now: ProductImport) -> Result<ProductImport> {
    let bar = if std::io::stderr().is_terminal() { ProgressBar::new(now.progress().1) } else { ProgressBar::hidden() };
    let id = now.id;
    while now.state.goes_on() {
        now = db.write("import.products", move |tx| flows::import_step(tx, id, IMPORT_STEP)).wait()?;
        bar.set_position(now.progress().0);
    }
    bar.set_message("price ranges and lists");
    while kernel::settle(db, &wiring::reactions(), &wiring::timers()).map_err(wiring::say)? > 0 {}
    bar.finish_and_clear();
    Ok(now)
}

/// The preview as text.
fn describe(preview: &Preview) -> String {
    let mut text = format!(
        "Layout: {}. Products: {} with {} variants; {} new, {} to change, {} as they are, {} with problems. Prices: {}.\n",
        preview.layout.map_or("unknown", import::Layout::as_str),
        preview.created + preview.changed + preview.unchanged,
        preview.variants,
        preview.created,
        preview.changed,
        preview.unchanged,
        preview.left_out,
        preview.prices_total
    );
    let mut changes = Vec::new();
    for plan in preview.products.iter().filter(|plan| plan.outcome == Outcome::Changed) {
        for change in &plan.changes {
            changes.push(format!("  {} {}: {} -> {}", plan.handle, change.field, quoted(&change.before), quoted(&change.after)));
        }
    }
    list(&mut text, "What changes", &changes);
    let told = |found: &[LineProblem]| found.iter().map(|p| line(p.line, &p.column, &p.message)).collect::<Vec<_>>();
    list(&mut text, "Worth knowing", &told(&preview.notes));
    list(&mut text, "Problems", &told(&preview.problems));
    text
}

pub(super) fn line(line: u64, column: &str, message: &str) -> String {
    match column {
        "" => format!("  line {line}: {message}"),
        column => format!("  line {line}, {column}: {message}"),
    }
}

pub(super) fn lines(count: usize) -> String {
    if count == 1 { "1 line".into() } else { format!("{count} lines") }
}

fn quoted(value: &str) -> String {
    let mut short: String = value.chars().take(60).collect();
    if short.len() < value.len() {
        short.push('…');
    }
    format!("`{short}`")
}

pub(super) fn list(text: &mut String, title: &str, lines: &[String]) {
    if lines.is_empty() {
        return;
    }
    text.push_str(&format!("{title}:\n"));
    for line in lines.iter().take(SHOWN) {
        text.push_str(line);
        text.push('\n');
    }
    if lines.len() > SHOWN {
        text.push_str(&format!("  and {} more\n", lines.len() - SHOWN));
    }
}

pub(super) fn agreed() -> Result<bool> {
    if !std::io::stdin().is_terminal() {
        bail!("nobody is there to be asked: say --yes to import");
    }
    print!("Import it? [y/N] ");
    std::io::stdout().flush()?;
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes" | "s" | "sí" | "si"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::BrandConfig;

    fn importing(folder: &std::path::Path, csv: &str) -> (Import, Config) {
        let file = folder.join("products.csv");
        std::fs::write(&file, csv).expect("written");
        let config = Config {
            listen: "127.0.0.1:0".parse().expect("an address"),
            data: folder.into(),
            database: folder.join("hilo.db").to_string_lossy().into_owned(),
            secure: false,
            public_url: String::new(),
            brand: BrandConfig::default(),
        };
        (Import { file, locale: Locale::Es, leave_out: false, yes: true, location: None, price_list: "base".into() }, config)
    }
    fn products(config: &Config) -> usize {
        let db = wiring::open(config).expect("opened");
        db.read(|tx| catalogue::products_after(tx, catalogue::ProductId::nil(), 10)).wait().expect("read").len()
    }

    #[test]
    fn a_file_is_imported_whole_or_not_at_all() {
        let folder = tempfile::tempdir().expect("a folder");
        let head = "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price\n";
        let (bad, config) =
            importing(folder.path(), &format!("{head}a,Uno,Title,Default Title,A,10.00\nb,Dos,Title,Default Title,B,ten\n"));
        let error = bad.run(&config).expect_err("refused").to_string();
        assert!(error.contains("problems in 1 line; nothing was changed"), "{error}");
        assert!(error.ends_with("; --leave-out imports the rest"), "{error}");
        assert_eq!(products(&config), 0);
        let (rest, config) =
            importing(folder.path(), &format!("{head}a,Uno,Title,Default Title,A,10.00\nb,Dos,Title,Default Title,B,ten\n"));
        Import { leave_out: true, ..rest }.run(&config).expect("imported");
        assert_eq!(products(&config), 1);
        let (good, config) =
            importing(folder.path(), &format!("{head}a,Uno,Title,Default Title,A,10.00\nb,Dos,Title,Default Title,B,12.50\n"));
        good.run(&config).expect("imported");
        assert_eq!(products(&config), 2);
        let db = wiring::open(&config).expect("opened");
        let imports = db.read(|tx| run::imports(tx, &Actor::system(), None, 50)).wait().expect("read");
        drop(db);
        assert_eq!(imports.iter().map(|i| (i.created, i.unchanged, i.left_out)).collect::<Vec<_>>(), [(1, 1, 0), (1, 0, 1)]);
        print_list(&config).expect("listed");
        let id = imports[0].id.to_string().parse().expect("an id");
        take_back(UndoImport { id, yes: true }, &config).expect("undone");
        assert!(take_back(UndoImport { id, yes: true }, &config).expect_err("once").to_string().contains("already"));
        let (lost, config) = importing(folder.path(), head);
        let error = Import { location: Some("MAD".into()), ..lost }.run(&config).expect_err("refused").to_string();
        assert!(error.contains("there is no place MAD"), "{error}");
    }

    #[test]
    fn a_preview_names_lines_and_stops_in_time() {
        let problems = (0..50).map(|n| LineProblem { line: n + 2, column: "Variant Price".into(), message: "`x` is not a price".into() });
        let text = describe(&Preview { problems: problems.collect(), ..Preview::default() });
        assert!(text.contains("  line 2, Variant Price: `x` is not a price\n") && text.contains("and 10 more"), "{text}");
        assert_eq!(quoted(&"x".repeat(61)).chars().count(), 63);
    }
}
