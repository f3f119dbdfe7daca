//! One promotion: new or changed, tried out, started and stopped.

use super::draft::{empty, field_of, form_of, ids, read};
use super::trial::{Trial, Tried, here, known_skus, named, shown, try_out, variants_of};
use super::{ReadError, TO_SEE, coupons, id, state, trial};
use crate::studio::tell::{Teller, Told};
use crate::studio::{Entered, Me, why};
use crate::ui::Badge;
use crate::{Answer, App, Flash, Form, Page, Trouble, format, show, show_refused};
use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::{get, post};
use catalogue::{ProductCard, ProductId, StaffFilter, VariantCard, VariantId};
use kernel::{Actor, Currency, Kind, Permission, Problem, ReadTx, log};
use pricing::{Offer, PriceError, Promotion, PromotionId, PromotionState, UsedPromotion};
use serde::Deserialize;

/// Entries of the history that are shown.
const HISTORY: i64 = 30;
/// Products that a search shows.
const FOUND: usize = 12;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/studio/promotions/new", get(new).post(create))
        .route("/studio/promotions/trial", post(try_now))
        .route("/studio/promotions/{id}", get(edit).post(save))
        .route("/studio/promotions/{id}/start", post(start))
        .route("/studio/promotions/{id}/stop", post(stop))
}

/// A product or a variant that may be ticked.
pub(super) struct Pick {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) sku: String,
}

/// What the pages of one promotion read.
struct Read {
    used: Option<UsedPromotion>,
    categories: Vec<catalogue::Category>,
    skus: Vec<VariantCard>,
    gift: Option<VariantCard>,
    products: Vec<ProductCard>,
    variants: Vec<VariantCard>,
    found_products: Vec<ProductCard>,
    found_variants: Vec<VariantCard>,
    history: Vec<kernel::Logged>,
    teller: Teller,
    coupons: Vec<pricing::Coupon>,
}

/// A promotion that is there.
struct Known {
    id: PromotionId,
    state: Badge,
    is_stopped: bool,
    is_over: bool,
    by_coupon: bool,
    uses: String,
    off: String,
}

#[derive(Template)]
#[template(path = "studio/promotions/edit.html")]
pub(super) struct Edit {
    page: Page,
    me: Me,
    title: String,
    action: String,
    form: Form,
    /// What was typed into the forms of coupons.
    typed: Form,
    known: Option<Known>,
    categories: Vec<(String, String)>,
    skus: Vec<(String, String)>,
    products: Vec<Pick>,
    variants: Vec<Pick>,
    found: bool,
    found_products: Vec<Pick>,
    found_variants: Vec<Pick>,
    trial: Trial,
    history: Vec<Told>,
    coupons: coupons::Shown,
    zone: String,
    edits: bool,
}

/// The trial alone, to replace `#trial`.
#[derive(Template)]
#[template(path = "studio/promotions/_trial.html")]
struct TrialPart {
    page: Page,
    trial: Trial,
}

#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// The last coupon of the page before.
    pub(super) after: String,
}

fn read_page(tx: &ReadTx<'_>, actor: &Actor, form: &Form, id: Option<PromotionId>, after: &str) -> Result<Read, ReadError> {
    actor.require(TO_SEE)?;
    let used = id.map(|id| pricing::promotion(tx, id)?.ok_or(ReadError::Price(PriceError::UnknownPromotion))).transpose()?;
    let search = form.value("q").to_owned();
    let (mut found_products, mut found_variants) = (Vec::new(), Vec::new());
    if !search.is_empty() {
        let filter = StaffFilter { text: Some(search), ..StaffFilter::default() };
        found_products = catalogue::staff_list(tx, actor, &filter, None, FOUND)?.items;
        found_variants = variants_of(tx, found_products.iter().map(|product| product.id), 4 * FOUND)?;
    }
    let history = id.map_or(Ok(Vec::new()), |id| log::of_subject(tx, &id.to_string(), HISTORY))?;
    let coupons = match &used {
        Some(used) if used.promotion.needs_coupon => pricing::coupons(tx, used.promotion.id, after, coupons::STEP + 1)?,
        _ => Vec::new(),
    };
    Ok(Read {
        used,
        categories: catalogue::categories(tx)?,
        skus: known_skus(tx, actor)?,
        gift: gift(tx, form)?,
        products: catalogue::cards(tx, &ids::<ProductId>(form, "product"))?,
        variants: catalogue::variants(tx, &ids::<VariantId>(form, "variant"))?,
        found_products,
        found_variants,
        teller: Teller::gather(tx, &history)?,
        history,
        coupons,
    })
}

fn gift(tx: &ReadTx<'_>, form: &Form) -> Result<Option<VariantCard>, kernel::Fault> {
    if form.value("gift").is_empty() { Ok(None) } else { catalogue::by_sku(tx, form.value("gift")) }
}

/// What the form says, tried; the field and text of what it does not say yet.
type Attempt = Result<Tried, Vec<(&'static str, String)>>;

fn attempt(
    tx: &ReadTx<'_>,
    actor: &Actor,
    page: &Page,
    form: &Form,
    (currency, zone): (Currency, &str),
    known: Option<&Promotion>,
) -> Result<Attempt, ReadError> {
    let gift = gift(tx, form)?.map(|card| card.id);
    let promotion = match read(form, (currency, zone), gift, known) {
        Ok(promotion) => promotion,
        Err(wrong) => return Ok(Err(wrong.into_iter().map(|(field, key)| (field, page.t(key))).collect())),
    };
    // A name is not needed to try.
    let tried = Promotion { name: catalogue::Localised::new("·", "·"), code: format!("{}\u{1}", promotion.code), ..promotion.clone() };
    if let Err(error) = pricing::check_promotion(&tried) {
        return Ok(Err(vec![refusal(page, &error)]));
    }
    let name = if promotion.name.is_empty() { tried.name } else { promotion.name.clone() };
    Ok(Ok(try_out(tx, actor, form, &Promotion { name, ..promotion }, currency)?))
}

/// The field that an error is about, with its words.
fn refusal(page: &Page, error: &PriceError) -> (&'static str, String) {
    let fields = error.fields();
    let field = fields.iter().find(|(name, _)| *name == "field").and_then(|(_, value)| value.as_str()).unwrap_or_default();
    (field_of(field), why(page, error))
}

fn in_words(page: &Page, attempt: Attempt) -> (Trial, Vec<(String, String)>) {
    match attempt {
        Ok(Tried::Cart(cards, preview)) => (shown(page, &cards, &preview), Vec::new()),
        Ok(Tried::Nothing) => (Trial::none(page.t("promo-trial-nothing")), Vec::new()),
        Ok(Tried::Unknown(lines)) => {
            let says = page.t("promo-trial-unknown");
            (Trial::none(says.clone()), lines.into_iter().map(|n| (format!("sku-{n}"), says.clone())).collect())
        }
        Err(wrong) => {
            let says = page.t("promo-trial-not-yet");
            (Trial::none(says), wrong.into_iter().map(|(field, words)| (field.to_owned(), words)).collect())
        }
    }
}

/// The page with this form; `shows_errors` puts what the trial lacks beside its fields.
async fn build(
    app: &App,
    page: Page,
    me: Me,
    id: Option<PromotionId>,
    (mut form, shows_errors): (Form, bool),
    (typed, asked): (Form, Asked),
) -> Result<Edit, Trouble> {
    let (actor, sent, at, zone, currency) = (me.actor.clone(), form.clone(), page.clone(), app.brand.zone.clone(), app.brand.currency);
    let after = asked.after.clone();
    let found = app.db.read(move |tx| {
        let mut read = read_page(tx, &actor, &sent, id, &after)?;
        let known = read.used.as_ref().map(|used| &used.promotion);
        // A page just opened shows what is stored.
        let sent = match known {
            Some(known) if sent.value("offer").is_empty() => {
                let card = match &known.offer {
                    Offer::Gift { variant, .. } => catalogue::variant(tx, *variant)?,
                    _ => None,
                };
                let form = form_of(known, &zone, card.map(|card| card.sku));
                read.products = catalogue::cards(tx, &ids::<ProductId>(&form, "product"))?;
                read.variants = catalogue::variants(tx, &ids::<VariantId>(&form, "variant"))?;
                form
            }
            _ => sent.clone(),
        };
        let attempt = attempt(tx, &actor, &at, &sent, (currency, &zone), known)?;
        Ok::<_, ReadError>((read, attempt, sent))
    });
    let (read, attempt, filled) = found.await?;
    if form.value("offer").is_empty() {
        form = filled;
    }
    let (trial, wrong) = in_words(&page, attempt);
    if shows_errors {
        wrong.into_iter().for_each(|(field, words)| form.refuse(&field, words));
    }
    let known = read.used.as_ref().map(|used| Known {
        id: used.promotion.id,
        state: state(&page, used.promotion.state(page.now)),
        is_stopped: used.promotion.is_stopped,
        is_over: used.promotion.state(page.now) == PromotionState::Ended,
        by_coupon: used.promotion.needs_coupon,
        uses: page.tn("promo-n-uses", used.uses),
        off: page.money(&used.off),
    });
    let word = |name: &str| app.pictures.word(name, page.locale).unwrap_or(name).to_owned();
    let sku = |card: &VariantCard| (card.sku.clone(), named(&page, card));
    let mut skus: Vec<_> = read.skus.iter().chain(&read.gift).map(sku).collect();
    skus.dedup();
    let of_product =
        |card: &ProductCard| Pick { id: card.id.to_string(), title: card.title.get(page.locale).to_owned(), sku: card.handle.clone() };
    let of_variant = |card: &VariantCard| Pick { id: card.id.to_string(), title: named(&page, card), sku: card.sku.clone() };
    let fresh = |field: &str, picks: Vec<Pick>| picks.into_iter().filter(|pick| !form.is(field, &pick.id)).collect();
    Ok(Edit {
        title: read.used.as_ref().map_or_else(|| page.t("promo-new"), |used| used.promotion.name.get(page.locale).to_owned()),
        action: id.map_or_else(|| "/studio/promotions/new".to_owned(), |id| format!("/studio/promotions/{id}")),
        categories: read.categories.iter().map(|known| (known.key.clone(), word(&known.name))).collect(),
        skus,
        products: read.products.iter().map(of_product).collect(),
        variants: read.variants.iter().map(of_variant).collect(),
        found: !form.value("q").is_empty(),
        found_products: fresh("product", read.found_products.iter().map(of_product).collect()),
        found_variants: fresh("variant", read.found_variants.iter().map(of_variant).collect()),
        history: read.teller.tell_all(&page, &read.history),
        coupons: coupons::Shown::of(&page, read.coupons, &asked),
        zone: app.brand.zone.clone(),
        edits: me.may("prices.edit"),
        known,
        trial,
        form,
        typed,
        page,
        me,
    })
}

async fn new(State(app): State<App>, Entered { page, me }: Entered) -> Answer {
    me.actor.require(Permission::EditPrices)?;
    show(&build(&app, page, me, None, (empty(), false), (Form::new(), Asked::default())).await?)
}

async fn edit(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let id = id(&text)?;
    show(&build(&app, page, me, Some(id), (Form::new(), false), (Form::new(), asked)).await?)
}

/// The page of a promotion with what was typed about its coupons.
pub(super) async fn with_coupons_refused(app: &App, page: Page, me: Me, id: PromotionId, typed: Form) -> Answer {
    show_refused(&build(app, page, me, Some(id), (Form::new(), false), (typed, Asked::default())).await?)
}

/// The trial of what is in the form, while it is typed. Nothing is kept.
async fn try_now(State(app): State<App>, Entered { page, me }: Entered, form: Form) -> Answer {
    let (actor, at, zone, currency) = (me.actor, page.clone(), app.brand.zone.clone(), app.brand.currency);
    let id: Option<PromotionId> = form.value("id").parse().ok();
    let read = app.db.read(move |tx| {
        actor.require(TO_SEE)?;
        let known = id.map_or(Ok(None), |id| pricing::promotion(tx, id))?.map(|used| used.promotion);
        attempt(tx, &actor, &at, &form, (currency, &zone), known.as_ref())
    });
    let (trial, _) = in_words(&page, read.await?);
    show(&TrialPart { trial, page })
}

async fn create(State(app): State<App>, Entered { page, me }: Entered, form: Form) -> Answer {
    write(app, page, me, None, form).await
}

async fn save(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>, form: Form) -> Answer {
    let id = id(&text)?;
    write(app, page, me, Some(id), form).await
}

async fn write(app: App, page: Page, me: Me, id: Option<PromotionId>, mut form: Form) -> Answer {
    me.actor.require(Permission::EditPrices)?;
    if matches!(form.value("do"), "find" | "try") {
        let shows_errors = form.is("do", "try");
        return show(&build(&app, page, me, id, (form, shows_errors), (Form::new(), Asked::default())).await?);
    }
    let sent = form.clone();
    let known = app.db.read(move |tx| {
        let known = id.map(|id| pricing::promotion(tx, id)?.ok_or(ReadError::Price(PriceError::UnknownPromotion))).transpose()?;
        Ok::<_, ReadError>((known.map(|used| used.promotion), gift(tx, &sent)?.map(|card| card.id)))
    });
    let (known, gift) = known.await?;
    let promotion = match read(&form, here(&app), gift, known.as_ref()) {
        Ok(promotion) => promotion,
        Err(wrong) => {
            wrong.into_iter().for_each(|(field, key)| form.refuse(field, page.t(key)));
            return show_refused(&build(&app, page, me, id, (form, false), (Form::new(), Asked::default())).await?);
        }
    };
    let actor = me.actor.clone();
    let written = match id {
        Some(_) => app.db.write("pricing.update_promotion", move |tx| pricing::update_promotion(tx, &actor, promotion.clone())).await,
        None => app.db.write("pricing.create_promotion", move |tx| pricing::create_promotion(tx, &actor, promotion.clone())).await,
    };
    match written {
        Ok(kept) => {
            let key = if id.is_some() { "saved" } else { "promo-made" };
            page.go_saying(&format!("/studio/promotions/{}", kept.id), &Flash::ok(key).with(kept.name.get(page.locale)))
        }
        Err(error) if matches!(error.kind(), Kind::Invalid | Kind::Conflict) => {
            let (field, words) = refusal(&page, &error);
            form.refuse(field, words);
            show_refused(&build(&app, page, me, id, (form, false), (Form::new(), Asked::default())).await?)
        }
        Err(error) => Err(error.into()),
    }
}

async fn start(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>) -> Answer {
    let (id, actor) = (id(&text)?, me.actor);
    let started = app.db.write("pricing.start_promotion", move |tx| pricing::start_promotion(tx, &actor, id)).await?;
    let key = format!("promo-now-{}", started.state(page.now));
    let when = format::when(started.span.starts_at, page.now, page.locale);
    let said = if started.state(page.now) == PromotionState::Planned { when } else { started.name.get(page.locale).to_owned() };
    page.go_saying(&format!("/studio/promotions/{id}"), &Flash::ok(&key).with(said).undo(format!("/studio/promotions/{id}/stop")))
}

async fn stop(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>) -> Answer {
    let (id, actor) = (id(&text)?, me.actor);
    let stopped = app.db.write("pricing.stop_promotion", move |tx| pricing::stop_promotion(tx, &actor, id)).await?;
    let flash = Flash::ok("promo-now-stopped").with(stopped.name.get(page.locale)).undo(format!("/studio/promotions/{id}/start"));
    page.go_saying(&format!("/studio/promotions/{id}"), &flash)
}
