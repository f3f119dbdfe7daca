//! Somebody asks on our own pages, chooses how they want to be answered, and perhaps whom they want to talk to.

use crate::receive_event;
use conversations::{Account, AccountId, ConversationError, InboundEvent, MatterId, TeamId, Wanted};
use customers::Identifier;
use kernel::{Actor, Channel, Fault, Kind, Locale, Problem, Tx};

/// A question from our own pages.
#[derive(Debug, Clone)]
pub struct Question {
    /// The chat's account.
    pub account: Account,
    /// What they wrote, as the chat tells it.
    pub event: InboundEvent,
    /// By which other account they want to be answered, and the address that they typed; `None` is here.
    pub answer_by: Option<(AccountId, String)>,
    /// The team of experts that they asked for.
    pub experts: Option<TeamId>,
    /// The language that they read.
    pub locale: Locale,
}

/// A question was refused; nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum QuestionError {
    /// Not an address of that channel.
    #[error("this is not an address that we can write to")]
    NotAnAddress,
    /// That channel is not connected, or only answers who has written there first.
    #[error("we cannot answer by this channel")]
    NotByThis,
    /// Nobody can be asked for there.
    #[error("there are no such experts")]
    NoSuchExperts,
    /// Ours.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Problem for QuestionError {
    fn kind(&self) -> Kind {
        match self {
            QuestionError::NotAnAddress => Kind::Invalid,
            QuestionError::NotByThis => Kind::Conflict,
            QuestionError::NoSuchExperts => Kind::NotFound,
            QuestionError::Fault(e) => e.kind(),
        }
    }
    fn code(&self) -> &'static str {
        match self {
            QuestionError::NotAnAddress => "flows.not_an_address",
            QuestionError::NotByThis => "flows.not_by_this_channel",
            QuestionError::NoSuchExperts => "flows.no_such_experts",
            QuestionError::Fault(e) => e.code(),
        }
    }
}

/// True when whoever has never written there can be answered by this account.
pub fn can_be_chosen(account: &Account) -> bool {
    account.active && account.window_hours.is_none() && matches!(account.channel, Channel::Email | Channel::Sms)
}

/// Take a question in, once; note the channel by which the answer is wanted, and whom it is for. Answers its matter.
pub fn ask_question(tx: &mut Tx<'_>, cmd: &Question) -> Result<Option<MatterId>, QuestionError> {
    let experts = match cmd.experts {
        Some(team) => Some((team, conversations::team_rules(tx, Some(team))?.expert.ok_or(QuestionError::NoSuchExperts)?)),
        None => None,
    };
    let chosen = cmd.answer_by.as_ref().map(|(account, address)| way(tx, *account, address)).transpose()?;
    let Some(received) = receive_event(tx, &cmd.account, &cmd.event)? else { return Ok(None) };
    if !received.is_new {
        return Ok(Some(received.matter));
    }
    let system = Actor::system();
    if let Some((account, address)) = chosen {
        let said = conversations::messages(tx, &[received.message])?.pop().ok_or_else(|| Fault::data("a question vanished"))?;
        // Whose address it is already stays theirs: then it is not offered to the agent.
        conversations::know_address(tx, account.id, &address, said.profile)?;
        conversations::wish_channel(tx, &system, received.matter, Some(account.channel)).map_err(outside)?;
    }
    if let Some((team, expert)) = experts {
        let language = cmd.locale.to_string();
        let wanted = Wanted { channel: cmd.account.channel, team: Some(team), skill: expert.skill, language, passed: None };
        conversations::ask_for(tx, &system, received.matter, &wanted).map_err(outside)?;
    }
    Ok(Some(received.matter))
}

fn way(tx: &Tx<'_>, account: AccountId, address: &str) -> Result<(Account, String), QuestionError> {
    let account = conversations::account(tx, account)?.filter(can_be_chosen).ok_or(QuestionError::NotByThis)?;
    let identifier = match account.channel {
        Channel::Email => Identifier::email(address),
        _ => Identifier::phone(address, "ES"),
    };
    let address = identifier.map_err(|_| QuestionError::NotAnAddress)?.value().to_owned();
    Ok((account, address))
}

fn outside(error: ConversationError) -> QuestionError {
    Fault::outside("noting what a question asks for", error).into()
}
