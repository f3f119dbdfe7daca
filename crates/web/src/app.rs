//! What every handler of a face holds: the database, the live hub, the brand.

use crate::Hub;
use crate::guesses::Guesses;
use crate::kept::Kept;
use crate::parity::ParityBoard;
use axum::body::Bytes;
use kernel::{Currency, Db, Locale};
use std::ops::Deref;
use std::sync::Arc;

/// Shared by all requests; cheap to clone.
#[derive(Clone)]
pub struct App(Arc<AppParts>, Arc<Kept>, Arc<ParityBoard>, Arc<Guesses>);

/// What an [`App`] is made of.
pub struct AppParts {
    /// The tenant's database.
    pub db: Db,
    /// Who follows what, live.
    pub hub: Hub,
    /// The catalogue's search index.
    pub search: Arc<catalogue::search::SearchIndex>,
    /// The brand.
    pub brand: Brand,
    /// Pictures by reference.
    pub pictures: Arc<dyn Pictures>,
    /// How payment gateways are reached.
    pub carrier: channels::Carrier,
    /// True behind HTTPS.
    pub secure: bool,
    /// Simulators that run in this process; none on a live brand.
    pub simulators: Simulators,
}

/// What customers know of the brand.
#[derive(Debug, Clone)]
pub struct Brand {
    /// Its name.
    pub name: String,
    /// One line under the name.
    pub slogan: [String; 2],
    /// The currency it sells in.
    pub currency: Currency,
    /// Time zone of its calendar, IANA.
    pub zone: String,
    /// The address that customers type, without a final slash.
    pub public_url: String,
}

impl Brand {
    /// The slogan in a language; may be empty.
    pub fn slogan(&self, locale: Locale) -> &str {
        match locale {
            Locale::Es => &self.slogan[0],
            Locale::En => &self.slogan[1],
        }
    }
}

/// Where pictures come from (uploads, or the demo brand's drawings), and the words and colours that go with them.
pub trait Pictures: Send + Sync {
    /// Content type and bytes of a reference such as `picture:tee/azul`; `None` when there is no such picture.
    fn picture(&self, reference: &str) -> Option<(&'static str, Bytes)>;
    /// A named colour as `#aabbcc`.
    fn colour(&self, _name: &str) -> Option<&str> {
        None
    }
    /// What readers of a language call a code or word of the catalogue (`algodon-organico`, `Talla`).
    fn word(&self, _code: &str, _locale: Locale) -> Option<&str> {
        None
    }
    /// The picture that stands for a category.
    fn tile(&self, _category: &str) -> Option<&str> {
        None
    }
    /// Large pictures with words for the home page, first to last.
    fn scenes(&self) -> &[Scene] {
        &[]
    }
}

/// A large picture of the home page and where it leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scene {
    /// The picture's reference.
    pub picture: String,
    /// A path of the storefront.
    pub href: String,
    /// The words over it.
    pub title: catalogue::Localised,
    /// One sentence below them.
    pub text: catalogue::Localised,
    /// What its button says.
    pub action: catalogue::Localised,
}

/// Far ends that run in this process, so that a shop can rehearse a day.
#[derive(Clone, Default)]
pub struct Simulators {
    /// Telephones that ring.
    pub telephone: Option<channels::simulators::TwilioSimulator>,
    /// A mailbox in memory.
    pub mail: Option<Arc<channels::simulators::MemoryMail>>,
    /// A push service, with the browsers behind it.
    pub push: Option<channels::simulators::PushSimulator>,
    /// The providers of the other kinds of channel, one to a kind.
    pub far_ends: Vec<Arc<dyn channels::simulators::FarEnd>>,
}

impl Simulators {
    /// The simulated provider of a kind of channel.
    pub fn far_end(&self, kind: kernel::Channel) -> Option<&Arc<dyn channels::simulators::FarEnd>> {
        self.far_ends.iter().find(|far_end| far_end.kind() == kind)
    }

    /// Whether anything is simulated here: then it is a rehearsal.
    pub fn rehearse(&self) -> bool {
        self.mail.is_some() || self.telephone.is_some() || self.push.is_some() || !self.far_ends.is_empty()
    }

    /// Whether a simulator stands in for the far end of a kind of channel.
    pub fn stands_in(&self, kind: kernel::Channel) -> bool {
        match kind {
            kernel::Channel::Email => self.mail.is_some(),
            kernel::Channel::Phone => self.telephone.is_some(),
            kernel::Channel::Push => self.push.is_some(),
            other => self.far_end(other).is_some(),
        }
    }
}

impl App {
    /// Put the parts together.
    pub fn new(parts: AppParts) -> Self {
        App(Arc::new(parts), Arc::default(), Arc::default(), Arc::default())
    }
    /// What the watch over the channels found, for whoever watches and whoever reads.
    pub fn parity(&self) -> &Arc<ParityBoard> {
        &self.2
    }
    /// Codes of coupons that do not exist.
    pub(crate) fn guesses(&self) -> &Guesses {
        &self.3
    }
    /// Pages that are the same for many.
    pub(crate) fn kept(&self) -> &Kept {
        &self.1
    }
}

impl Deref for App {
    type Target = AppParts;
    fn deref(&self) -> &AppParts {
        &self.0
    }
}
