//! How well persons are recognised: `hilo resolve` on labelled sets that lie beside this checkout, scored by the scorer that lies there too.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::{project, shell};

/// A labelled set: which of its columns is of which kind, the least F1 of pairs that we promise, and whether only pairs across sources count.
struct Set {
    name: &'static str,
    fields: &'static [(&'static str, &'static str)],
    promise: f64,
    link_only: bool,
}

const FEBRL: &[(&str, &str)] = &[
    ("given_name", "given_name"),
    ("surname", "family_name"),
    ("street_number", "street_number"),
    ("address_1", "street"),
    ("address_2", "street"),
    ("suburb", "place"),
    ("postcode", "postcode"),
    ("state", "region"),
    ("date_of_birth", "birth_date"),
    ("soc_sec_id", "national_id"),
];

const SETS: &[Set] = &[
    Set {
        name: "fake_1000",
        fields: &[("first_name", "given_name"), ("surname", "family_name"), ("dob", "birth_date"), ("city", "place"), ("email", "email")],
        promise: 0.93,
        link_only: false,
    },
    Set { name: "febrl1", fields: FEBRL, promise: 0.995, link_only: false },
    Set { name: "febrl4", fields: FEBRL, promise: 0.999, link_only: true },
    Set {
        name: "pseudopeople_multi",
        fields: &[
            ("source", "source"),
            ("first_name", "given_name"),
            ("middle_initial", "middle_name"),
            ("last_name", "family_name"),
            ("date_of_birth", "birth_date"),
            ("age", "age"),
            ("sex", "sex"),
            ("street_number", "street_number"),
            ("street_name", "street"),
            ("unit_number", "unit"),
            ("city", "place"),
            ("state", "region"),
            ("zipcode", "postcode"),
            ("mailing_address_po_box", "other"),
            ("ssn", "national_id"),
        ],
        promise: 0.955,
        link_only: false,
    },
];

/// Incremental results may be this much worse than the batch.
const SLACK: f64 = 0.01;
const WAYS: [(&str, &[&str]); 4] = [
    ("batch", &["--batch"]),
    ("incremental, as written", &["--incremental"]),
    ("incremental, shuffled 1", &["--incremental", "--order", "shuffle:1"]),
    ("incremental, shuffled 2", &["--incremental", "--order", "shuffle:2"]),
];

/// Resolve every set in every way, print the scores as a table, and fail where a promise is not kept.
pub fn score(binary: &Path, shared: &Path) -> Result<()> {
    let work = project::target().join("identity");
    fs::create_dir_all(&work)?;
    println!("| set | way | pairs P | pairs R | pairs F1 | B-cubed F1 | records/s |");
    println!("|---|---|---|---|---|---|---|");
    let mut broken = Vec::new();
    for set in SETS {
        let data = shared.join("data/identity").join(set.name);
        let fields = work.join(format!("{}.toml", set.name));
        // A febrl file of one source has no such column.
        let records = fs::read_to_string(data.join("records.csv")).with_context(|| format!("reading {}", data.display()))?;
        let columns: Vec<&str> = records.lines().next().unwrap_or_default().split(',').collect();
        let mut text = "id = \"record_id\"\n[fields]\n".to_owned();
        for (column, kind) in set.fields {
            text.push_str(&format!("{column} = \"{kind}\"\n"));
        }
        if columns.contains(&"source") && !set.fields.iter().any(|(column, _)| *column == "source") {
            text.push_str("source = \"source\"\n");
        }
        fs::write(&fields, text)?;
        let mut batch = 0.0;
        for (way, arguments) in WAYS {
            let out = work.join("clusters.csv");
            let started = Instant::now();
            shell::output(
                Command::new(binary)
                    .args(["resolve", "--input"])
                    .arg(data.join("records.csv"))
                    .arg("--fields")
                    .arg(&fields)
                    .arg("--output")
                    .arg(&out)
                    .args(arguments),
            )?;
            let rate = (records.lines().count() - 1) as f64 / started.elapsed().as_secs_f64();
            let printed = evaluate(shared, set, &out)?;
            let score = |name: &str| number(&printed, name).with_context(|| format!("the scorer told no {name}"));
            let f1 = score("pairwise_f1")?;
            println!(
                "| {} | {way} | {:.4} | {:.4} | {f1:.4} | {:.4} | {rate:.0} |",
                set.name,
                score("pairwise_precision")?,
                score("pairwise_recall")?,
                score("bcubed_f1")?
            );
            if way == "batch" {
                batch = f1;
            }
            if f1 < set.promise || f1 < batch - SLACK {
                broken.push(format!("{} {way}: F1 {f1:.4}", set.name));
            }
        }
    }
    if !broken.is_empty() {
        bail!("recognition is worse than promised: {}", broken.join("; "));
    }
    Ok(())
}

/// Splink on the same sets, as the yardstick for speed: its own ready comparisons, no labels. Says so where Python or the package is not at hand.
pub fn splink(shared: &Path) -> Result<()> {
    let home = project::target().join("splink");
    let python = home.join("bin").join("python");
    let ready = || shell::output(Command::new(&python).args(["-c", "import splink, pandas"])).is_ok();
    if !ready() {
        let made = shell::output(Command::new("python3").args(["-m", "venv"]).arg(&home))
            .and_then(|_| shell::output(Command::new(&python).args(["-m", "pip", "install", "--quiet", "splink>=4,<6", "pandas"])));
        if made.is_err() || !ready() {
            println!("Splink is not at hand here: it needs python3 with venv, and the packages splink and pandas.");
            return Ok(());
        }
    }
    println!("| set | Splink: pairs F1 | B-cubed F1 | records/s |");
    println!("|---|---|---|---|");
    for set in SETS {
        let data = shared.join("data/identity").join(set.name);
        let out = project::target().join("identity").join("splink.csv");
        let pairs = set.fields.iter().map(|(column, kind)| format!("{column}={kind}"));
        let script = project::root().join("xtask").join("bench_splink.py");
        let seconds = shell::output(Command::new(&python).arg(script).arg(data.join("records.csv")).arg(&out).args(pairs))?;
        let seconds: f64 = seconds.trim().parse().context("the script told no seconds")?;
        let records = fs::read_to_string(data.join("records.csv"))?.lines().count() - 1;
        let printed = evaluate(shared, set, &out)?;
        let score = |name: &str| number(&printed, name).with_context(|| format!("the scorer told no {name}"));
        let rate = records as f64 / seconds;
        println!("| {} | {:.4} | {:.4} | {rate:.0} |", set.name, score("pairwise_f1")?, score("bcubed_f1")?);
    }
    Ok(())
}

/// What the scorer says of clusters, as JSON.
fn evaluate(shared: &Path, set: &Set, clusters: &Path) -> Result<String> {
    let mut scorer = shell::command("python3", project::root());
    let truth = shared.join("data/identity").join(set.name).join("truth.csv");
    scorer.arg(shared.join("tools/er_eval.py")).arg(clusters).arg(truth).arg("--json");
    if set.link_only {
        scorer.arg("--link-only");
    }
    shell::output(&mut scorer)
}

/// A number of a flat JSON object.
fn number(json: &str, name: &str) -> Option<f64> {
    let rest = json.split_once(&format!("\"{name}\": "))?.1;
    rest.split([',', '}']).next()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn a_number_is_found_by_its_name() {
        assert_eq!(number("{\"a\": 1, \"pairwise_f1\": 0.25}", "pairwise_f1"), Some(0.25));
        assert_eq!(number("{\"a\": 1}", "b"), None);
    }
}
