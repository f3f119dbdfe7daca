//! The stages of an order, a return or a journey: the thread lying down.

use super::{Icon, Moment, icon};
use askama::{Template, filters::HtmlSafe};

/// Where a stage stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StageState {
    /// Behind us.
    Done,
    /// Here.
    Now,
    /// Still to come.
    Ahead,
    /// Ended here, otherwise than hoped (cancelled, failed).
    Stopped,
}

/// One stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// Its name in the reader's words.
    pub name: String,
    /// Where it stands.
    pub state: StageState,
    /// When it was reached, or is promised.
    pub time: Option<Moment>,
}

impl Stage {
    fn class(&self) -> &'static str {
        match self.state {
            StageState::Done => "done",
            StageState::Now => "now",
            StageState::Ahead => "ahead",
            StageState::Stopped => "stopped",
        }
    }
    fn icon(&self) -> Option<Icon> {
        match self.state {
            StageState::Done => Some(icon("check")),
            StageState::Stopped => Some(icon("x")),
            _ => None,
        }
    }
}

/// All stages, in order.
#[derive(Template, Debug, Clone, PartialEq, Eq)]
#[template(path = "ui/stage_bar.html")]
pub struct StageBar {
    /// What it is, for those who do not see it.
    pub label: String,
    /// The stages.
    pub stages: Vec<Stage>,
}
impl HtmlSafe for StageBar {}

impl StageBar {
    /// Stages by name, with the index of the present one; a time for those that have one.
    pub fn at(label: impl Into<String>, names: impl IntoIterator<Item = (String, Option<Moment>)>, now: usize) -> Self {
        let state = |index: usize| match index.cmp(&now) {
            std::cmp::Ordering::Less => StageState::Done,
            std::cmp::Ordering::Equal => StageState::Now,
            std::cmp::Ordering::Greater => StageState::Ahead,
        };
        let stages = names.into_iter().enumerate().map(|(index, (name, time))| Stage { name, state: state(index), time }).collect();
        StageBar { label: label.into(), stages }
    }
}
