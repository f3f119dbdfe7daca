//! The customer is led to the gateway's page.

use crate::{Adapter, Ask, GatewayAccount, Opening, Way, adapter};
use channels::{Carrier, WireRequest};
use kernel::{Db, Fault, Locale};
use payments::{GatewaySession, Payment};

/// Whom to lead where, and back.
#[derive(Debug, Clone)]
pub struct Leading {
    /// The payment at its gateway.
    pub session: GatewaySession,
    /// The payment.
    pub payment: Payment,
    /// What the customer reads there.
    pub title: String,
    /// Their language.
    pub locale: Locale,
    /// How we are known on the web, without a final slash.
    pub public_url: String,
}

/// A way to pay, as our page offers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// Which.
    pub way: Way,
    /// The form that the browser brings to the gateway; without one it goes where [`lead`] says.
    pub form: Option<GatewayForm>,
}

/// A signed form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GatewayForm {
    /// Where it goes.
    pub action: String,
    /// Names and values.
    pub fields: Vec<(&'static str, String)>,
}

/// Why nobody is led anywhere; nothing is paid, and trying again is right.
#[derive(Debug, thiserror::Error)]
pub enum NotLed {
    /// The gateway did not make a page: in words for staff.
    #[error("the gateway made no page: {0}")]
    Refused(String),
    /// Ours to mend.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// A gateway at hand.
struct Desk {
    name: String,
    account: GatewayAccount,
    adapter: &'static dyn Adapter,
}

impl Desk {
    async fn of(db: &Db, session: &GatewaySession) -> Result<Self, Fault> {
        let id = session.gateway;
        let gateway = db.read(move |tx| payments::gateway(tx, id)).await?.ok_or_else(|| Fault::data("a gateway vanished"))?;
        Ok(Self { account: GatewayAccount::of(&gateway)?, adapter: adapter(gateway.provider), name: gateway.name })
    }

    fn open(&self, db: &Db, leading: &Leading, way: Way) -> Result<Opening, NotLed> {
        let Leading { session, payment, title, locale, public_url } = leading;
        let ask = Ask {
            payment: payment.id,
            amount: payment.amount,
            capture_later: payment.capture_later,
            title: title.clone(),
            locale: *locale,
            back: format!("{public_url}/pay/{}?returned", session.token),
            notices: format!("{public_url}/gateways/{}", session.gateway),
            attempt: format!("{}/{}", db.clock().now().as_micros(), way.as_str()),
        };
        self.adapter.open(&self.account, &ask, way).map_err(|missing| self.refused(missing.to_string()))
    }

    fn refused(&self, why: String) -> NotLed {
        tracing::error!(gateway = self.name, why, "customers cannot pay online");
        NotLed::Refused(why)
    }
}

/// The ways that our page offers. A form is good for one try: ask again for the next.
pub async fn offered(db: &Db, leading: &Leading) -> Result<Vec<Offered>, NotLed> {
    let desk = Desk::of(db, &leading.session).await?;
    let mut offered = Vec::new();
    for way in desk.adapter.ways(&desk.account) {
        offered.push(match desk.open(db, leading, way)? {
            Opening::Call(_) => Offered { way, form: None },
            Opening::Form { action, fields, reference } => {
                let payment = leading.payment.id;
                db.write("payments.note_opened", move |tx| payments::note_opened(tx, payment, &reference, None)).await?;
                Offered { way, form: Some(GatewayForm { action, fields }) }
            }
        });
    }
    Ok(offered)
}

/// Where the gateway's page lies; it is made when nobody asked for it before. However often it is asked for there is one page of a payment.
pub async fn lead(db: &Db, carrier: &Carrier, leading: &Leading) -> Result<String, NotLed> {
    if let Some(url) = &leading.session.url {
        return Ok(url.clone());
    }
    let desk = Desk::of(db, &leading.session).await?;
    let Opening::Call(request) = desk.open(db, leading, Way::Any)? else {
        return Err(desk.refused("this gateway is reached by a form".to_owned()));
    };
    let reply = carrier.carry("", WireRequest::Http(request)).await;
    let opened = desk.adapter.opened(&reply).map_err(|why| desk.refused(why))?;
    let (payment, url) = (leading.payment.id, opened.url.clone());
    db.write("payments.note_opened", move |tx| payments::note_opened(tx, payment, &opened.reference, Some(&url))).await?;
    Ok(opened.url)
}
