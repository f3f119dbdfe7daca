//! Places, staff, catalogue and channels, all through the rooms' own commands.

use super::brand::Brand;
use super::world::{Member, Place, Plan, Progress, Ware, World};
use super::{files, offer, stock};
use access::{CreateStaff, Password};
use anyhow::{Context, Result, bail};
use catalogue::ProductId;
use catalogue::import::ImportOptions;
use conversations::{Expert, SaveAccount, SaveReply, Settings, TeamRules, WorkProfile, WorkRules};
use flows::ImportProducts;
use inventory::{Hours, LocationDetails, Point};
use kernel::{Actor, Channel, Currency, Db, Locale, Quantity, Reaction, Role, TimerHandler, Tx, VirtualClock};
use serde_json::json;
use std::collections::BTreeMap;

/// Code of the price list that everybody buys from.
const PRICES: &str = "base";

/// Load everything but the people into an empty database.
pub fn load(
    db: &Db,
    clock: &VirtualClock,
    (reactions, timers): (Vec<Reaction>, Vec<TimerHandler>),
    plan: Plan,
    progress: &dyn Progress,
) -> Result<World> {
    let mut world = World {
        db: db.clone(),
        clock: clock.clone(),
        reactions,
        timers,
        plan,
        brand: Brand::read()?,
        places: Vec::new(),
        staff: Vec::new(),
        teams: BTreeMap::new(),
        accounts: Vec::new(),
        wares: Vec::new(),
        people: Vec::new(),
    };
    progress.part("shops, staff and channels", 4);
    staff(&mut world)?;
    progress.done(1);
    places(&mut world)?;
    progress.done(1);
    channels(&mut world)?;
    progress.done(2);
    progress.part("catalogue", 3);
    products(&mut world, progress)?;
    offer::load(&world)?;
    stock::load(&world, progress)?;
    world.settle()?;
    Ok(world)
}

fn roles(code: &str) -> Result<Vec<Role>> {
    Ok(vec![match code {
        "administrator" => Role::Administrator,
        "manager_catalogue" | "manager_marketing" => Role::Merchandiser,
        "supervisor" => Role::Supervisor,
        "agent" => Role::Agent,
        "associate" => Role::Associate,
        // The warehouse picks, ships and counts: what whoever runs a place may do.
        "shop_manager" | "warehouse" => Role::ShopManager,
        other => bail!("`{other}` is no role of staff.toml"),
    }])
}

fn staff(world: &mut World) -> Result<()> {
    // One hash for all: they share a public password, and hashing is slow on purpose.
    let password = Password::new(world.brand.staff.password.clone())?.hash()?;
    let members: Vec<(CreateStaff, Option<String>, WorkProfile)> = world
        .brand
        .staff
        .staff
        .iter()
        .map(|member| {
            let cmd = CreateStaff {
                email: member.email.clone(),
                name: member.name.clone(),
                password: password.clone(),
                roles: roles(&member.role)?,
                location: member.location.clone(),
                locale: member.locale,
            };
            let (skills, languages) = (member.skills.clone(), member.languages.clone());
            Ok((cmd, member.team.clone(), WorkProfile { skills, languages, ..WorkProfile::default() }))
        })
        .collect::<Result<_>>()?;
    let teams = world.brand.staff.team.clone();
    let (tags, replies) = (world.brand.staff.tags.clone(), world.brand.staff.reply.clone());
    let made = world.write("demo.staff", move |tx| {
        let system = Actor::system();
        let mut known = BTreeMap::new();
        for team in &teams {
            known.insert(team.code.clone(), conversations::ensure_team(tx, &system, &team.es)?);
        }
        // The agents of the past sit at no desk, and keep what they have for their day.
        let rules = WorkRules { silent_minutes: 8 * 60, silent: [].into(), ..WorkRules::default() };
        conversations::save_work_rules(tx, &system, &rules)?;
        for team in teams.iter().filter(|team| team.skill.is_some() || team.fallback.is_some()) {
            let expert = team.skill.clone().map(|skill| Expert { skill, title_es: team.title_es.clone(), title_en: team.title_en.clone() });
            let fallback = team.fallback.as_ref().and_then(|code| known.get(code)).copied();
            let own = TeamRules { expert, fallback, overflow_minutes: 10, ..TeamRules::default() };
            conversations::save_team_rules(tx, &system, *known.get(&team.code).context("a team of staff.toml is missing")?, &own)?;
        }
        for tag in &tags {
            conversations::list_tag(tx, &system, tag)?;
        }
        for words in &replies {
            let team = words.team.as_ref().map(|code| known.get(code).copied().context("a saved reply names no team of staff.toml"));
            let (name, text_es, text_en) = (words.name.clone(), words.es.clone(), words.en.clone());
            let cmd = SaveReply { name, team: team.transpose()?, text_es, text_en };
            conversations::make_saved_reply(tx, &system, &cmd)?;
        }
        let mut ids = Vec::new();
        for (cmd, team, profile) in &members {
            let id = access::create_staff(tx, &system, cmd.clone())?;
            if let Some(team) = team {
                conversations::join_team(tx, &system, *known.get(team).context("a team of staff.toml is missing")?, id)?;
            }
            if !profile.skills.is_empty() || !profile.languages.is_empty() {
                conversations::save_work_profile(tx, &system, id, profile)?;
            }
            ids.push(id);
        }
        Ok((ids, known))
    })?;
    world.teams = made.1;
    for (id, member) in made.0.into_iter().zip(&world.brand.staff.staff) {
        world.staff.push(Member {
            role: member.role.clone(),
            team: member.team.clone(),
            place: member.location.clone(),
            actor: Actor::staff(id, &roles(&member.role)?),
        });
    }
    Ok(())
}

/// Who loads the brand: its administrator, so that the audit trail reads as it would.
pub(super) fn administrator(world: &World) -> Result<Actor> {
    let found = world.staff.iter().find(|member| member.role == "administrator");
    Ok(found.context("staff.toml has no administrator")?.actor.clone())
}

fn places(world: &mut World) -> Result<()> {
    let actor = administrator(world)?;
    let mut all = Vec::new();
    for place in &world.brand.locations {
        let exceptions: Vec<_> = place.holidays.iter().map(|date| json!({ "date": date })).collect();
        let hours: Hours = serde_json::from_value(json!({ "week": place.hours, "exceptions": exceptions }))
            .with_context(|| format!("the hours of {}", place.code))?;
        all.push(LocationDetails {
            code: place.code.clone(),
            name: place.name.clone(),
            kind: place.kind,
            address: place.address.clone(),
            postcode: place.postcode.clone(),
            city: place.city.clone(),
            province: place.province.clone(),
            country: place.country.clone(),
            point: Point { latitude: place.latitude, longitude: place.longitude },
            time_zone: place.time_zone.clone(),
            tax_zone: place.tax_zone.clone(),
            hours,
            phone: place.phone.clone(),
            email: place.email.clone(),
            collects: place.collect,
            ships: place.ships,
            safety_stock: Quantity(0),
            is_active: true,
        });
    }
    let create = move |tx: &mut Tx<'_>| -> Result<Vec<_>> {
        all.iter().map(|details| Ok(inventory::create_location(tx, &actor, details.clone())?)).collect()
    };
    let ids = world.write("demo.places", create)?;
    for (id, place) in ids.into_iter().zip(&world.brand.locations) {
        world.places.push(Place { id, code: place.code.clone(), name: place.name.clone(), kind: place.kind });
    }
    Ok(())
}

fn channels(world: &mut World) -> Result<()> {
    let actor = administrator(world)?;
    let mail = world.brand.about.mailbox.iter().map(|mailbox| (Channel::Email, mailbox.es.clone(), mailbox.address.clone(), None));
    let others = [
        (Channel::Whatsapp, "WhatsApp".to_owned(), world.brand.about.contact.whatsapp.clone(), Some(24)),
        (Channel::Webchat, "Chat de la web".to_owned(), "web".to_owned(), None),
    ];
    let wanted: Vec<_> = mail.chain(others).collect();
    world.accounts = world.write("demo.channels", move |tx| {
        for (channel, name, address, window_hours) in &wanted {
            let settings = settings(tx, *channel);
            let cmd = SaveAccount {
                channel: *channel,
                name: name.clone(),
                address: address.clone(),
                window_hours: *window_hours,
                settings: Settings(settings.to_string()),
                active: true,
            };
            conversations::save_account(tx, &actor, cmd)?;
        }
        Ok(conversations::accounts(tx)?)
    })?;
    Ok(())
}

/// What an adapter needs to talk to its simulator; the addresses are filled in when the site starts and its port is known.
fn settings(tx: &mut Tx<'_>, channel: Channel) -> serde_json::Value {
    let mut secret = || format!("{:016x}{:016x}", tx.random_u64(), tx.random_u64());
    match channel {
        Channel::Whatsapp => json!({
            "settings": { "phone_number_id": "200000000000001", "business_account_id": "100000000000001" },
            "secrets": { "app_secret": secret(), "verify_token": secret(), "access_token": secret() },
        }),
        Channel::Webchat => json!({ "secrets": { "visitor_key": secret() } }),
        _ => json!({}),
    }
}

fn products(world: &mut World, progress: &dyn Progress) -> Result<()> {
    let actor = administrator(world)?;
    let currency: Currency = world.brand.about.currency.parse().map_err(|error| anyhow::anyhow!("the currency: {error}"))?;
    let cmd = ImportProducts {
        file: files::PRODUCTS.to_vec(),
        options: ImportOptions { locale: Locale::Es, currency, leave_out: false },
        price_list: PRICES.into(),
        opening_stock: None,
    };
    let clerk = actor.clone();
    world.write("demo.products", move |tx| Ok(flows::import_products(tx, &clerk, &cmd).map(drop)?))?;
    progress.done(2);
    let english = move |tx: &mut Tx<'_>| Ok(catalogue::import::apply_texts(tx, &actor, files::PRODUCTS_EN, Locale::En).map(drop)?);
    world.write("demo.english", english)?;
    progress.done(1);
    let mut after = ProductId::nil();
    loop {
        let page = world.db.read(move |tx| catalogue::products_after(tx, after, 200)).wait()?;
        let Some(last) = page.last() else { break };
        after = last.id;
        for product in &page {
            let size = product.options.iter().position(|option| option.is_size());
            for variant in &product.variants {
                world.wares.push(Ware {
                    variant: variant.id,
                    sku: variant.sku.clone(),
                    handle: product.handle.clone(),
                    title: product.title.clone(),
                    kind: product.category_key(),
                    tags: product.tags.clone(),
                    size: size.and_then(|at| variant.option_values.get(at).cloned()),
                    is_fixed: world.brand.stock.fixed.iter().any(|fixed| fixed.fits(&product.handle, &variant.sku)),
                });
            }
        }
    }
    // By code, since ids are no order that a seed could repeat.
    world.wares.sort_by(|a, b| a.sku.cmp(&b.sku));
    Ok(())
}
