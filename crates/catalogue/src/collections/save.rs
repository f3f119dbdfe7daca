//! Make a collection, change it, give it up.

use super::model::{Collection, CollectionState, MAX_COLLECTIONS};
use super::{CollectionError, CollectionId, Rule, build, store};
use crate::{Localised, slug};
use kernel::{Actor, Event, Fault, Permission, Tx};

/// The kind of the event that says that a collection is new or changed; its subject is the collection's id.
const COLLECTION_SAVED: &str = "collection.saved";
/// The kind of the event that says that a collection is gone.
const COLLECTION_DELETED: &str = "collection.deleted";
const MAX_NAME: usize = 120;
const MAX_SLUG: usize = 80;
const MAX_TEXT: usize = 2_000;

/// A collection that is not there yet.
#[derive(Debug, Clone)]
pub struct CreateCollection {
    /// The caller's name for this intent; repeating it returns the first collection.
    pub key: String,
    /// Its name in addresses; empty makes one of the name.
    pub slug: String,
    /// Its name.
    pub name: Localised,
    /// What is said above its products.
    pub text: Localised,
    /// Who belongs to it, and in which order.
    pub rule: Rule,
}

/// The fields to change; `None` leaves one as it is.
#[derive(Debug, Clone, Default)]
pub struct CollectionChange {
    /// Its name in addresses.
    pub slug: Option<String>,
    /// Its name.
    pub name: Option<Localised>,
    /// What is said above its products.
    pub text: Option<Localised>,
    /// Who belongs to it, and in which order.
    pub rule: Option<Rule>,
    /// Refuse when it is no longer at this version.
    pub if_version: Option<i64>,
}

/// Make a collection. The first [`super::STEP`] products are looked at once, the others in steps. Announces `collection.saved`.
pub fn create_collection(tx: &mut Tx<'_>, actor: &Actor, cmd: CreateCollection) -> Result<Collection, CollectionError> {
    actor.require(Permission::EditCatalogue)?;
    if let Some(done) = store::by_intent(tx, &cmd.key)? {
        return Ok(done);
    }
    let now = tx.now();
    let mut collection = Collection {
        id: tx.new_id(),
        slug: cmd.slug,
        name: cmd.name,
        text: cmd.text,
        rule: cmd.rule.checked()?,
        state: CollectionState::Building,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    check(&mut collection)?;
    if store::all(tx, MAX_COLLECTIONS as i64)?.len() == MAX_COLLECTIONS {
        return Err(CollectionError::Full);
    }
    refuse_taken(tx, &collection)?;
    store::insert(tx, &cmd.key, &collection)?;
    store::set_key(tx, collection.id, collection.rule.key())?;
    let collection = build::begin(tx, collection)?;
    tell(tx, actor, COLLECTION_SAVED, &collection)?;
    Ok(collection)
}

/// Change a collection. Another rule or order goes through the products again: the first [`super::STEP`] at once, the others in steps.
/// Announces `collection.saved` when anything changed.
pub fn change_collection(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: CollectionId,
    change: CollectionChange,
) -> Result<Collection, CollectionError> {
    actor.require(Permission::EditCatalogue)?;
    let before = store::by_id(tx, id)?.ok_or(CollectionError::Unknown)?;
    if change.if_version.is_some_and(|version| version != before.version) {
        return Err(CollectionError::Changed { version: before.version });
    }
    let mut after = before.clone();
    after.slug = change.slug.unwrap_or(after.slug);
    after.name = change.name.unwrap_or(after.name);
    after.text = change.text.unwrap_or(after.text);
    if let Some(rule) = change.rule {
        after.rule = rule.checked()?;
    }
    check(&mut after)?;
    if after == before {
        return Ok(after);
    }
    refuse_taken(tx, &after)?;
    after.version += 1;
    after.updated_at = tx.now();
    store::save(tx, &after)?;
    if after.rule != before.rule {
        store::set_key(tx, id, after.rule.key())?;
        after = build::begin(tx, after)?;
    }
    tell(tx, actor, COLLECTION_SAVED, &after)?;
    Ok(after)
}

/// Give a collection up; its products stay as they are. Removing it again is refused as unknown. Announces `collection.deleted`.
pub fn delete_collection(tx: &mut Tx<'_>, actor: &Actor, id: CollectionId) -> Result<(), CollectionError> {
    actor.require(Permission::EditCatalogue)?;
    let collection = store::by_id(tx, id)?.ok_or(CollectionError::Unknown)?;
    store::remove(tx, id)?;
    build::begin_clearing(tx, id)?;
    tell(tx, actor, COLLECTION_DELETED, &collection)?;
    Ok(())
}

pub(super) fn tell_saved(tx: &mut Tx<'_>, actor: &Actor, collection: &Collection) -> Result<(), Fault> {
    tell(tx, actor, COLLECTION_SAVED, collection)
}

fn tell(tx: &mut Tx<'_>, actor: &Actor, kind: &'static str, collection: &Collection) -> Result<(), Fault> {
    let body = serde_json::json!({ "slug": collection.slug, "version": collection.version });
    tx.announce(Event::new(kind, collection.id).by(actor).body(&body))
}

/// Texts trimmed and short enough, an address that is one.
fn check(collection: &mut Collection) -> Result<(), CollectionError> {
    collection.name.trim();
    collection.text.trim();
    if collection.name.is_empty() {
        return Err(CollectionError::NoName);
    }
    let fits = |text: &Localised, most: usize| [&text.es, &text.en].iter().all(|text| text.chars().count() <= most);
    for (field, text, most) in [("name", &collection.name, MAX_NAME), ("text", &collection.text, MAX_TEXT)] {
        if !fits(text, most) {
            return Err(CollectionError::TooLong { field, most });
        }
    }
    let wanted = if collection.slug.trim().is_empty() { collection.name.get(kernel::Locale::Es) } else { &collection.slug };
    collection.slug = slug(wanted);
    match collection.slug.chars().count() {
        0 => Err(CollectionError::BadSlug),
        n if n > MAX_SLUG => Err(CollectionError::TooLong { field: "slug", most: MAX_SLUG }),
        _ => Ok(()),
    }
}

fn refuse_taken(tx: &Tx<'_>, collection: &Collection) -> Result<(), CollectionError> {
    match store::by_slug(tx, &collection.slug)? {
        Some(owner) if owner.id != collection.id => Err(CollectionError::SlugTaken { slug: collection.slug.clone() }),
        _ => Ok(()),
    }
}
