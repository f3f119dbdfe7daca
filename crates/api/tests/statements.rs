//! Every statement linked into the API is known to both engines.

mod common;

use kernel::testing::on_both;

#[test]
fn every_statement_is_prepared_on_both() {
    on_both(common::ROOMS, |world| assert_eq!(world.db().prepare_all().expect("a connection"), Vec::<String>::new()));
}
