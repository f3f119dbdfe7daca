//! `hilo resolve`: the engine that recognises customers, on any file.

use anyhow::{Context, Result, bail};
use clap::Args;
use identity::{Engine, FieldKind, Schema};
use indicatif::{ProgressBar, ProgressStyle};
use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// Complaints shown; the rest is counted.
const SHOWN: usize = 20;

/// Which records, and how.
#[derive(Args)]
pub struct Resolve {
    /// A CSV file with a header; UTF-8, or Windows-1252 where it is not.
    #[arg(long, value_name = "FILE")]
    input: PathBuf,
    /// A TOML file: `id = "column"` and a table `[fields]` of column = kind, such as `surname = "family_name"`.
    #[arg(long, value_name = "FILE")]
    fields: PathBuf,
    /// The file to write: `record_id,entity_id`, in the order of the input.
    #[arg(long, value_name = "FILE")]
    output: PathBuf,
    /// In which order records arrive: `file`, or `shuffle:SEED`.
    #[arg(long, default_value = "file", value_name = "ORDER")]
    order: Order,
    /// All at once; this is the default.
    #[arg(long, conflicts_with = "incremental")]
    batch: bool,
    /// One by one, each resolved as it arrives.
    #[arg(long)]
    incremental: bool,
}

/// In which order records arrive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// As written.
    File,
    /// Shuffled, the same way for the same seed.
    Shuffled(u64),
}

impl FromStr for Order {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once(':') {
            None if text == "file" => Ok(Order::File),
            Some(("shuffle", seed)) => {
                seed.parse().map(Order::Shuffled).map_err(|_| format!("`{seed}` is no seed: write a whole number, as in shuffle:7"))
            }
            _ => Err("write `file` or `shuffle:SEED`".into()),
        }
    }
}

/// `fields.toml`.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Fields {
    id: String,
    fields: BTreeMap<String, FieldKind>,
}

/// Records of a file as the engine takes them.
struct Table {
    kinds: Vec<FieldKind>,
    ids: Vec<String>,
    rows: Vec<Vec<String>>,
    complaints: Vec<Complaint>,
}

/// What is odd about a line.
#[derive(Debug, PartialEq, Eq)]
struct Complaint {
    line: u64,
    what: String,
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.what)
    }
}

impl Resolve {
    /// Read, resolve, write. Every record of the input is in the output; odd lines are complained about and taken as far as they can be read.
    pub fn run(self) -> Result<()> {
        let table = read(&self.input, &self.fields)?;
        for complaint in table.complaints.iter().take(SHOWN) {
            eprintln!("{}: {complaint}", self.input.display());
        }
        if table.complaints.len() > SHOWN {
            eprintln!("… and {} more", table.complaints.len() - SHOWN);
        }
        let order = arrival(self.order, table.rows.len());
        let mut schema = Schema::new(&table.kinds);
        if schema.left_out() > 0 {
            eprintln!("{}: the last {} columns are not compared; 32 are the most", self.fields.display(), schema.left_out());
        }
        schema.learn_columns(table.rows.iter().map(Vec::as_slice));
        let mut engine = Engine::new(schema);
        let style =
            ProgressStyle::with_template("{msg} {wide_bar} {human_pos}/{human_len} {eta}").unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar =
            ProgressBar::new(order.len() as u64).with_style(style).with_message(if self.incremental { "resolving" } else { "reading" });
        for at in &order {
            if self.incremental {
                engine.resolve(&table.rows[*at]);
            } else {
                engine.add(&table.rows[*at]);
            }
            bar.inc(1);
        }
        if !self.incremental {
            bar.set_message("learning and grouping");
            engine.resolve_all();
        }
        bar.finish_and_clear();
        let mut persons = vec![0; order.len()];
        for (record, at) in (0..).zip(&order) {
            persons[*at] = engine.person(record);
        }
        write(&self.output, &table.ids, &persons)?;
        let distinct: HashSet<_> = persons.iter().collect();
        let quality = engine.quality();
        println!(
            "{} records are {} persons. Of {} pairs held to be one person, {:.1} % are expected to be wrong.",
            persons.len(),
            distinct.len(),
            quality.pairs,
            quality.expected_wrong * 100.0
        );
        Ok(())
    }
}

/// Numbers of rows in the order they arrive.
fn arrival(order: Order, count: usize) -> Vec<usize> {
    let mut all: Vec<usize> = (0..count).collect();
    if let Order::Shuffled(seed) = order {
        use rand::SeedableRng;
        use rand::seq::SliceRandom;
        all.shuffle(&mut rand::rngs::StdRng::seed_from_u64(seed));
    }
    all
}

fn read(input: &Path, fields: &Path) -> Result<Table> {
    let text = std::fs::read_to_string(fields).with_context(|| format!("reading {}", fields.display()))?;
    let fields_of: Fields = toml::from_str(&text).with_context(|| format!("understanding {}", fields.display()))?;
    let file = std::fs::File::open(input).with_context(|| format!("opening {}", input.display()))?;
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(std::io::BufReader::new(file));
    let header: Vec<String> = reader.byte_headers().context("reading the header")?.iter().map(|cell| decode(cell).0).collect();
    let header: Vec<String> = header.iter().map(|cell| cell.trim_start_matches('\u{feff}').trim().to_owned()).collect();
    let column = |name: &str| header.iter().position(|cell| cell == name);
    let Some(id) = column(&fields_of.id) else {
        bail!("{} has no column `{}` for the id; its columns are {}", input.display(), fields_of.id, header.join(", "));
    };
    if let Some(lost) = fields_of.fields.keys().find(|name| column(name).is_none()) {
        bail!("{} has no column `{lost}`; its columns are {}", input.display(), header.join(", "));
    }
    let columns: Vec<(usize, FieldKind)> =
        header.iter().enumerate().filter_map(|(at, name)| Some((at, *fields_of.fields.get(name)?))).collect();
    let mut table = Table { kinds: columns.iter().map(|c| c.1).collect(), ids: Vec::new(), rows: Vec::new(), complaints: Vec::new() };
    let mut seen: HashSet<String> = HashSet::new();
    let mut record = csv::ByteRecord::new();
    loop {
        let line = reader.position().line();
        match reader.read_byte_record(&mut record) {
            Ok(false) => return Ok(table),
            Ok(true) => {}
            Err(error) => return Err(error).with_context(|| format!("reading {} after line {line}", input.display())),
        }
        let line = record.position().map_or(line, csv::Position::line);
        let mut complain = |what: String| table.complaints.push(Complaint { line, what });
        if record.len() != header.len() {
            complain(format!("{} columns instead of {}; what is there is read", record.len(), header.len()));
        }
        let mut foreign = false;
        let mut cell = |at: usize| {
            let (text, utf8) = decode(record.get(at).unwrap_or_default());
            foreign |= !utf8;
            text
        };
        let row: Vec<String> = columns.iter().map(|(at, _)| cell(*at)).collect();
        let mut name = cell(id).trim().to_owned();
        if foreign {
            complain("not UTF-8; read as Windows-1252".into());
        }
        if name.is_empty() {
            name = format!("line-{line}");
            complain(format!("no id; written as {name}"));
        } else if !seen.insert(name.clone()) {
            let again = format!("{name}#line-{line}");
            complain(format!("id {name} was there before; written as {again}"));
            name = again;
        }
        table.ids.push(name);
        table.rows.push(row);
    }
}

/// As UTF-8, or else as Windows-1252; and whether it was the first.
fn decode(cell: &[u8]) -> (String, bool) {
    match std::str::from_utf8(cell) {
        Ok(text) => (text.to_owned(), true),
        Err(_) => (encoding_rs::WINDOWS_1252.decode_without_bom_handling(cell).0.into_owned(), false),
    }
}

/// Written beside and moved into place, so that nobody meets half a file.
fn write(output: &Path, ids: &[String], persons: &[identity::PersonId]) -> Result<()> {
    let mut beside = output.as_os_str().to_owned();
    beside.push(".part");
    let beside = PathBuf::from(beside);
    let mut writer = csv::Writer::from_path(&beside).with_context(|| format!("writing {}", beside.display()))?;
    writer.write_record(["record_id", "entity_id"])?;
    for (id, person) in ids.iter().zip(persons) {
        writer.write_record([id.as_str(), &person.to_string()])?;
    }
    writer.flush()?;
    std::fs::rename(&beside, output).with_context(|| format!("writing {}", output.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELDS: &str = "id = \"id\"\n[fields]\nname = \"full_name\"\nborn = \"birth_date\"\nphone = \"phone\"\n";

    fn resolve(folder: &Path, csv: &[u8], incremental: bool) -> Result<String> {
        let at = |name: &str| folder.join(name);
        std::fs::write(at("in.csv"), csv)?;
        std::fs::write(at("fields.toml"), FIELDS)?;
        let order = Order::Shuffled(3);
        Resolve { input: at("in.csv"), fields: at("fields.toml"), output: at("out.csv"), order, batch: !incremental, incremental }.run()?;
        Ok(std::fs::read_to_string(at("out.csv"))?)
    }

    #[test]
    fn two_writings_of_one_person_get_one_id_and_nothing_is_lost() {
        let folder = tempfile::tempdir().expect("a folder");
        let csv = b"id,name,born,phone\na,Ana Garc\xeda L\xf3pez,1980-03-14,600111222\nb,\"Garcia Lopez, Ana\",14/03/1980,\nc,Hugo Prado,1971-01-02\na,Eva Mir,1990-09-09,\n";
        for incremental in [false, true] {
            let out = resolve(folder.path(), csv, incremental).expect("resolved");
            let person: BTreeMap<&str, &str> = out.lines().skip(1).filter_map(|line| line.split_once(',')).collect();
            assert_eq!(person.keys().copied().collect::<Vec<_>>(), ["a", "a#line-5", "b", "c"]);
            assert_eq!(person["a"], person["b"]);
            assert_eq!(person.values().collect::<HashSet<_>>().len(), 3);
        }
    }

    #[test]
    fn complaints_name_their_line() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("in.csv"), b"id,name,born,phone\n,Ana,,\nb,Eva,1990-09-09\n").expect("written");
        std::fs::write(folder.path().join("fields.toml"), FIELDS).expect("written");
        let table = read(&folder.path().join("in.csv"), &folder.path().join("fields.toml")).expect("read");
        let said: Vec<String> = table.complaints.iter().map(ToString::to_string).collect();
        assert_eq!(said, ["line 2: no id; written as line-2", "line 3: 3 columns instead of 4; what is there is read"]);
        assert_eq!(table.ids, ["line-2", "b"]);
    }

    #[test]
    fn a_wrong_column_or_kind_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let (csv, fields) = (folder.path().join("in.csv"), folder.path().join("fields.toml"));
        std::fs::write(&csv, "id,nombre\n1,Ana\n").expect("written");
        std::fs::write(&fields, "id = \"id\"\n[fields]\nname = \"full_name\"\n").expect("written");
        let error = read(&csv, &fields).err().expect("refused").to_string();
        assert!(error.ends_with("has no column `name`; its columns are id, nombre"), "{error}");
        std::fs::write(&fields, "id = \"id\"\n[fields]\nnombre = \"nickname\"\n").expect("written");
        let error = format!("{:#}", read(&csv, &fields).err().expect("refused"));
        assert!(error.contains("unknown variant `nickname`, expected one of `given_name`"), "{error}");
        assert_eq!("shuffle:x".parse::<Order>(), Err("`x` is no seed: write a whole number, as in shuffle:7".into()));
    }
}
