//! Write a contract with a provider down.

use super::{Gateway, GatewaySettings, Provider};
use crate::events::GATEWAY_SAVED;
use crate::store::gateways;
use crate::{GatewayId, PaymentError};
use kernel::{Actor, Event, Permission, Tx};
use serde_json::json;

/// Longest name.
const LONGEST: usize = 80;

/// A contract as it shall be.
#[derive(Debug, Clone)]
pub struct SaveGateway {
    /// The one to change; `None` for a new one.
    pub id: Option<GatewayId>,
    /// With whom; what is there keeps its own.
    pub provider: Provider,
    /// As staff call it.
    pub name: String,
    /// The adapter's settings.
    pub settings: GatewaySettings,
    /// Whether customers pay by it from now on; the one that was active before is not any more. Payments that were begun there end there.
    pub is_active: bool,
}

/// Save a contract.
///
/// # Errors
/// [`PaymentError::UnknownGateway`] and [`PaymentError::InvalidName`].
pub fn save_gateway(tx: &mut Tx<'_>, actor: &Actor, cmd: SaveGateway) -> Result<GatewayId, PaymentError> {
    actor.require(Permission::ManageChannels)?;
    let name = cmd.name.trim().to_owned();
    if name.is_empty() || name.chars().count() > LONGEST {
        return Err(PaymentError::InvalidName { longest: LONGEST });
    }
    let before = match cmd.id {
        Some(id) => Some(gateways::one(tx, id)?.ok_or(PaymentError::UnknownGateway)?),
        None => None,
    };
    let id = before.as_ref().map_or_else(|| tx.new_id(), |before| before.id);
    let provider = before.map_or(cmd.provider, |before| before.provider);
    if cmd.is_active {
        gateways::switch_off_all(tx)?;
    }
    gateways::save(tx, &Gateway { id, provider, name: name.clone(), settings: cmd.settings, is_active: cmd.is_active })?;
    let body = json!({ "provider": provider, "name": name, "is_active": cmd.is_active });
    tx.announce(Event::new(GATEWAY_SAVED, id).by(actor).body(&body).hidden())?;
    Ok(id)
}
