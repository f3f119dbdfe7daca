//! Products go on sale and off it when their moment comes.

mod common;

use catalogue::{EditError, PRODUCT_PLANNED, Plan, ProductChange, ProductId, Status, plan_publication, publication};
use common::{create, editor, shirt};
use kernel::testing::{World, on_both};
use kernel::{Actor, Timestamp};
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3600);

fn plan(world: &World, actor: Actor, id: ProductId, plan: Plan) -> Result<(), EditError> {
    world.db().write("plan", move |tx| plan_publication(tx, &actor, id, plan)).wait()
}

fn planned(world: &World, id: ProductId) -> Vec<(Status, Timestamp)> {
    let found = world.db().read(move |tx| publication(tx, id)).wait().expect("read");
    found.into_iter().map(|step| (step.status, step.at)).collect()
}

fn stands(world: &World, id: ProductId) -> (Status, i64) {
    let product = world.db().read(move |tx| catalogue::product(tx, id)).wait().expect("read").expect("there");
    (product.status, product.version)
}

/// A shirt that is a draft.
fn draft(world: &World) -> ProductId {
    create(world, catalogue::NewProduct { status: Status::Draft, ..shirt() }).id
}

fn set(world: &World, id: ProductId, status: Status) {
    let change = ProductChange { status: Some(status), ..ProductChange::default() };
    world.db().write("set", move |tx| catalogue::update_product(tx, &editor(), id, change.clone())).wait().expect("changed");
}

fn passes(world: &World, time: Duration) {
    world.clock().advance(time);
    world.run_timers(catalogue::TIMERS);
}

#[test]
fn a_product_goes_on_sale_and_off_it_at_its_moments() {
    on_both(&[catalogue::MIGRATIONS], |world| {
        let (id, now) = (draft(world), kernel::Clock::now(world.clock()));
        let wanted = Plan { on_sale: Some(now.plus(HOUR)), off_sale: Some(now.plus(3 * HOUR)) };
        plan(world, editor(), id, wanted).expect("planned");
        let kinds = world.log().len();
        plan(world, editor(), id, wanted).expect("the same again");
        assert_eq!((world.log().len(), world.log().last().map(|entry| entry.kind.clone())), (kinds, Some(PRODUCT_PLANNED.into())));
        assert_eq!(planned(world, id), [(Status::Active, now.plus(HOUR)), (Status::Draft, now.plus(3 * HOUR))]);
        passes(world, HOUR - Duration::from_secs(1));
        assert_eq!(stands(world, id), (Status::Draft, 1));
        passes(world, Duration::from_secs(1));
        assert_eq!((stands(world, id), planned(world, id).len()), ((Status::Active, 2), 1));
        let viewer = editor();
        let history = world.db().read(move |tx| {
            let viewer = Actor::api_key(kernel::ApiKeyId::nil(), vec![kernel::Permission::ViewCatalogue]);
            catalogue::versions::versions(tx, &viewer, id, i64::MAX, 9)
        });
        assert_eq!(history.wait().expect("read")[0].saved_by, viewer.to_string(), "whoever planned it is named");
        passes(world, 2 * HOUR);
        assert_eq!((stands(world, id), planned(world, id)), ((Status::Draft, 3), vec![]));
    });
}

#[test]
fn a_plan_is_moved_and_taken_back_and_brings_nothing_archived_back() {
    on_both(&[catalogue::MIGRATIONS], |world| {
        let (id, now) = (draft(world), kernel::Clock::now(world.clock()));
        let on = |hours: u32| Plan { on_sale: Some(now.plus(hours * HOUR)), off_sale: None };
        plan(world, editor(), id, on(1)).expect("planned");
        plan(world, editor(), id, on(2)).expect("moved");
        passes(world, HOUR);
        assert_eq!(stands(world, id), (Status::Draft, 1));
        plan(world, editor(), id, Plan::default()).expect("taken back");
        passes(world, 2 * HOUR);
        assert_eq!((stands(world, id), planned(world, id)), ((Status::Draft, 1), vec![]));
        // By hand before its moment: nothing is left to do. Archived meanwhile: it stays so.
        plan(world, editor(), id, on(4)).expect("planned");
        set(world, id, Status::Active);
        passes(world, HOUR);
        assert_eq!(stands(world, id), (Status::Active, 2));
        plan(world, editor(), id, Plan { on_sale: None, off_sale: Some(now.plus(6 * HOUR)) }).expect("planned");
        set(world, id, Status::Archived);
        passes(world, 2 * HOUR);
        assert_eq!((stands(world, id), planned(world, id)), ((Status::Archived, 3), vec![]));
    });
}

#[test]
fn what_cannot_be_planned_is_refused_and_leaves_the_plan_as_it_was() {
    on_both(&[catalogue::MIGRATIONS], |world| {
        let (id, now) = (draft(world), kernel::Clock::now(world.clock()));
        let kept = Plan { on_sale: Some(now.plus(HOUR)), off_sale: None };
        plan(world, editor(), id, kept).expect("planned");
        let before = world.log().len();
        let refused = |wanted: Plan| match plan(world, editor(), id, wanted) {
            Err(EditError::Invalid { field, .. }) => field,
            other => panic!("{other:?}"),
        };
        assert_eq!(refused(Plan { on_sale: Some(now), ..Plan::default() }), "on_sale");
        assert_eq!(refused(Plan { on_sale: Some(now.plus(HOUR)), off_sale: Some(now.plus(HOUR)) }), "off_sale");
        assert!(matches!(plan(world, editor(), ProductId::nil(), kept), Err(EditError::UnknownProduct)));
        assert!(matches!(plan(world, Actor::guest(), id, Plan::default()), Err(EditError::Denied(_))));
        assert_eq!((planned(world, id), world.log().len()), (vec![(Status::Active, now.plus(HOUR))], before));
        // A plan that stands may be saved again after a part of it has passed.
        passes(world, 30 * HOUR);
        assert_eq!(stands(world, id).0, Status::Active);
    });
}
