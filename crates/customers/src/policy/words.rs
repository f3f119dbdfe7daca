//! The reasons in words.

use super::{Cap, Contact, Context, Decision, Reason, Shut, Why, zone};
use kernel::{Channel, Locale, Timestamp};

impl Why {
    /// The stable code of the reason.
    pub const fn code(&self) -> &'static str {
        match self {
            Why::Preferred => "preferred",
            Why::Reachable => "reachable",
            Why::LessPreferred => "less_preferred",
            Why::NoAddress => "no_address",
            Why::NotConnected => "not_connected",
            Why::ByVoice => "by_voice",
            Why::Shut(Shut::Window) => "window_closed",
            Why::Shut(Shut::OptedOut) => "opted_out",
            Why::Shut(Shut::Undeliverable) => "undeliverable",
            Why::Shut(Shut::SwitchedOff) => "switched_off",
            Why::Shut(Shut::Unproven) => "unproven",
            Why::Refused => "refused",
            Why::NeverAsked => "never_asked",
            Why::Quiet { .. } => "quiet_hours",
            Why::Capped { .. } => "frequency_cap",
            Why::Paused(Context::Complaint) => "open_complaint",
            Why::Paused(Context::Dispute) => "payment_dispute",
            Why::Paused(Context::Debt) => "debt_case",
        }
    }

    /// The reason as a sentence without a full stop; times by the clock of `zone` (IANA).
    pub fn text(&self, locale: Locale, zone_name: &str) -> String {
        let pick = |es: &str, en: &str| if locale == Locale::Es { es.to_owned() } else { en.to_owned() };
        match self {
            Why::Preferred => pick("es el canal que prefiere y está abierto", "the channel they prefer, and it is open"),
            Why::Reachable => pick("está abierto; no prefiere otro que lo esté", "it is open, and they prefer no other that is"),
            Why::LessPreferred => pick("también está abierto, pero otro va antes", "open as well, but another comes first"),
            Why::NoAddress => pick("no tenemos su dirección en este canal", "we have no address of theirs there"),
            Why::NotConnected => pick("la marca no usa este canal", "the brand does not use this channel"),
            Why::ByVoice => pick("por teléfono llama una persona", "a colleague has to call"),
            Why::Shut(Shut::Window) => pick("hace demasiado que no escribe por aquí", "they have not written here for too long"),
            Why::Shut(Shut::OptedOut) => pick("pidió que no le escribamos por aquí", "they asked not to be written to here"),
            Why::Shut(Shut::Undeliverable) => {
                pick("lo que se manda ahí vuelve, o no lo quieren", "what is sent there comes back, or is unwanted")
            }
            Why::Shut(Shut::SwitchedOff) => pick("el canal está apagado", "the channel is switched off"),
            Why::Shut(Shut::Unproven) => pick("nadie ha comprobado que sea suyo", "nobody has proven that it is theirs"),
            Why::Refused => pick("ha dicho que no para esto", "they said no to this"),
            Why::NeverAsked => pick("nunca nos ha dado permiso para esto", "they never allowed this"),
            Why::Quiet { until } => {
                let time = clock(*until, zone_name);
                pick(&format!("son sus horas de descanso, hasta las {time}"), &format!("these are their quiet hours, until {time}"))
            }
            Why::Capped { cap: Cap { most, days }, .. } => {
                pick(&format!("ya ha recibido {most} mensajes en {days} días"), &format!("they have had {most} messages in {days} days"))
            }
            Why::Paused(Context::Complaint) => pick("tiene una queja abierta", "they have an open complaint"),
            Why::Paused(Context::Dispute) => pick("tiene un pago en disputa", "they dispute a payment"),
            Why::Paused(Context::Debt) => pick("tiene una deuda en gestión", "their debt is being recovered"),
        }
    }
}

impl Decision {
    /// What to do, as a stable word: `send`, `wait`, `hold`.
    pub const fn outcome(&self) -> &'static str {
        match self.contact {
            Contact::Send { .. } => "send",
            Contact::Wait { .. } => "wait",
            Contact::Hold => "hold",
        }
    }
    /// The reasons for one channel.
    pub fn of(&self, channel: Channel) -> impl Iterator<Item = &Reason> {
        self.reasons.iter().filter(move |reason| reason.channel == channel)
    }
    /// `channel:code` of every reason, for the log.
    pub fn codes(&self) -> Vec<String> {
        self.reasons.iter().map(|reason| format!("{}:{}", reason.channel, reason.why.code())).collect()
    }
}

/// `08:00` there, with the day when it is not the same as now would be: the reader sees hours, not dates.
fn clock(at: Timestamp, zone_name: &str) -> String {
    let there = at.to_jiff().to_zoned(zone(zone_name));
    format!("{:02}:{:02}", there.hour(), there.minute())
}
