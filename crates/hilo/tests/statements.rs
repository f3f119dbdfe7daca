//! Every statement of the program, on the tables of every room: it prepares on both engines, and reads no growing table from end to end.

use hilo::wiring::ROOMS;
use kernel::testing::{on_both, on_sqlite, plans};

/// Tables that hold a brand's own few things, not its history; reading one whole is the cheapest way.
const SMALL: &[&str] = &["channel_account", "inventory_location", "payment_gateway", "price_list", "staff"];
/// Names that statements give to their own small steps.
const STEPS: &[&str] = &["CONSTANT", "f", "m", "n", "place", "w", "r", "region"];
/// Statements that may look at everything, by words of theirs, with the reason.
const WHOLE: &[(&str, &str)] = &[
    ("a.posted <> COALESCE(p.amount, 0)", "`hilo doctor` compares the whole book"),
    ("HAVING CAST(SUM(posted) AS BIGINT) <> 0", "`hilo doctor` sums the whole book"),
    ("posted - held <= ?2", "a page of the studio; see ledger::lowest"),
    ("COUNT(*) FROM parked_event", "empty unless something is broken"),
    ("COUNT(*) FROM raw_inbound WHERE state = 'refused'", "empty unless something is broken"),
];

#[test]
fn all_prepare_on_both() {
    on_both(ROOMS, |world| {
        assert!(kernel::STATEMENTS.len() > 300, "the linker kept them");
        assert!(kernel::STATEMENTS.len() <= 1024, "the cache of prepared statements in kernel/src/db/sqlite.rs holds all");
        assert_eq!(world.db().prepare_all().expect("prepared"), Vec::<String>::new());
    });
}

#[test]
fn none_reads_a_growing_table_whole() {
    on_sqlite(ROOMS, |world| {
        let mut whole = Vec::new();
        for (place, text, plan) in plans(world.db()) {
            let reads_all = |step: &&String| {
                let Some(scan) = step.strip_prefix("SCAN ") else { return false };
                let table = scan.split(' ').next().unwrap_or_default();
                let in_order_until_enough = scan.contains(" USING ") && text.contains("LIMIT");
                !in_order_until_enough && !SMALL.contains(&table) && !STEPS.contains(&table) && !scan.ends_with("VALUES CLAUSE")
            };
            if plan.iter().any(|step| reads_all(&step)) && !WHOLE.iter().any(|(words, _)| text.contains(words)) {
                whole.push(format!("{place}: {plan:?}"));
            }
        }
        assert_eq!(whole, Vec::<String>::new());
    });
}
