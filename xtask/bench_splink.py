"""Splink on the same records, with its own ready comparisons and no labels: the yardstick of `cargo xtask bench identity`.

Usage: bench_splink.py RECORDS.csv OUT.csv column=kind ...   Writes record_id,entity_id; prints the seconds from the first comparison to the last cluster.
"""

import csv
import logging
import sys
import time

import pandas
import splink.comparison_library as ready
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

logging.getLogger("splink").setLevel(logging.ERROR)
records, out, fields = sys.argv[1], sys.argv[2], [pair.split("=") for pair in sys.argv[3:]]
rows = pandas.read_csv(records, dtype=str, keep_default_na=False, na_values=[""])
of_kind = {
    "given_name": lambda column: ready.NameComparison(column),
    "family_name": lambda column: ready.NameComparison(column),
    "birth_date": lambda column: ready.LevenshteinAtThresholds(column, [1, 2]),
    "street": lambda column: ready.JaroWinklerAtThresholds(column, [0.9]),
    "place": lambda column: ready.JaroWinklerAtThresholds(column, [0.9]),
    "email": lambda column: ready.EmailComparison(column),
    "phone": lambda column: ready.LevenshteinAtThresholds(column, [1, 2]),
    "postcode": lambda column: ready.LevenshteinAtThresholds(column, [1]),
    "national_id": lambda column: ready.LevenshteinAtThresholds(column, [1]),
    "street_number": lambda column: ready.ExactMatch(column),
    "sex": lambda column: ready.ExactMatch(column),
}
used = [(column, kind) for column, kind in fields if kind in of_kind and rows[column].notna().any()]
named = {kind: column for column, kind in reversed(used)}
pairs = [("given_name", "family_name"), ("family_name", "birth_date"), ("given_name", "birth_date"), ("family_name", "postcode"), ("given_name", "place")]
blocks = [block_on(named[a], named[b]) for a, b in pairs if a in named and b in named]
blocks += [block_on(named[kind]) for kind in ("email", "phone", "national_id") if kind in named]
settings = SettingsCreator(
    link_type="dedupe_only",
    unique_id_column_name="record_id",
    comparisons=[of_kind[kind](column) for column, kind in used],
    blocking_rules_to_generate_predictions=blocks,
)

started = time.time()
api = DuckDBAPI()
linker = Linker(api.register(rows), settings) if hasattr(api, "register") else Linker(rows, settings, api)
linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
for rule in blocks[:2]:
    linker.training.estimate_parameters_using_expectation_maximisation(rule)
matches = linker.inference.predict(threshold_match_probability=0.01)
groups = linker.clustering.cluster_pairwise_predictions_at_threshold(matches, threshold_match_probability=0.95)
found = groups.as_pandas_dataframe()
print(f"{time.time() - started:.3f}")
with open(out, "w", newline="") as file:
    writer = csv.writer(file)
    writer.writerow(["record_id", "entity_id"])
    writer.writerows(zip(found["record_id"], found["cluster_id"]))
