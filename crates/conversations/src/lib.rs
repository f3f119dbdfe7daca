//! Threads, matters and messages: all that passes between one person and the brand, over every channel.
//!
//! A thread has no table. It is the person's entries on the event log; a message is one of them, and its channel is a
//! property of its own. A *matter* is one concern within the thread: it has a state, an owner and a clock.

/// A statement over whole matters: the columns that [`queries::matter_row`] reads, then the rest of the text.
macro_rules! matter_sql {
    ($rest:literal) => {
        kernel::sql!(concat!(
            "SELECT id, profile, subject, state, team, owner, channel, preview, unread, opened_at, last_at, waiting_since, snoozed_until, ",
            "skill, language, wish, answer_due, resolve_due, answered_at, promised FROM matter ",
            $rest
        ))
    };
}

mod accounts;
mod calls;
mod card;
mod clock;
mod drafts;
mod error;
mod fetches;
mod files;
mod language;
mod machine;
mod matters;
mod mentions;
mod model;
mod outbox;
mod pace;
mod presence;
mod privacy;
mod promises;
mod queries;
mod queue;
mod raw;
mod receive;
mod reply;
mod report;
mod rooms;
mod routing;
mod rules;
mod saved;
mod scheduled;
mod standing;
mod surveys;
mod tags;
mod templates;
mod transfers;
mod undeliverable;
mod viewing;
mod waiting;
mod wall;
mod wire;

pub use accounts::{SaveAccount, account, account_by_address, accounts, save_account};
pub use calls::*;
pub use card::{Card, CardKind, CardOffer, CardOffers};
pub use clock::{Clocks, Urgency};
pub use drafts::{CHAT, draft, save_draft, save_matter_draft};
pub use error::ConversationError;
pub use fetches::{MediaFetch, MediaFetchId, keep_media, next_media, postpone_media, take_media};
pub use files::{
    FileRef, MOST_FILES, NewUpload, Upload, UploadId, VISITOR, drop_upload, give_back, hand_over_uploads, keep_upload, share_file,
    shared_file, upload_bytes, uploads,
};
pub use language::language_of;
pub use machine::{give_to_people, leave_to_machine};
pub use matters::{
    Assign, Team, ask_for, assign, ensure_team, hand_round, join_team, leave_team, mark_seen, reopen, resolve, snooze, teams, teams_of,
    wish_channel,
};
pub use mentions::{Mention, mention, unseen_mentions};
pub use model::*;
pub use outbox::{
    ToSend, apply_read_until, apply_receipt, keep_lease, next_due, read_on_screen, record_failed, record_retry, record_sent, release,
    take_due,
};
pub use presence::{
    Presence, PresenceState, SetPresence, WorkProfile, members, presence, presences, save_work_profile, set_presence, show_life,
};
pub use privacy::{ErasedTalk, erase_talk, export_talk};
pub use promises::{
    MakePromise, PROMISE_LIMIT, Promise, PromiseId, PromiseState, keep_promise, make_promise, open_promise, promises_of, withdraw_promise,
};
pub use queries::{
    Attachment, ContactPoint, ReplyOption, attachment, attachments_of, attachments_of_all, contact_point, matter, matters_of, message_key,
    messages, messages_of, reply_options,
};
pub use queue::{QueueKey, View, page_key, queue, queue_before, queue_by_due, queue_length};
pub use raw::{Raw, finish_raw, forget_raw, postpone_raw, refused_raw, store_raw, waiting_raw};
pub use receive::{Receive, Received, Said, by_provider_id, receive};
pub use reply::{Answered, Reply, add_note, allow_address, cancel_message, close_address, know_address, open_for, own_address, reply};
pub use report::{TalkDay, talk_days};
pub use rooms::{
    Ice, IceServer, RelayRules, Room, RoomError, RoomId, begin_room, end_room, enter_room, guest_room, ice, leave_room, open_room,
    open_room_of, relay_rules, renew_room, room, room_by_token, rooms_of, save_relay_rules,
};
pub use routing::{Candidate, Wanted, choose};
pub use rules::{Expert, Target, TeamRules, WorkRules, save_site, save_team_rules, save_work_rules, site, team_rules, work_rules};
pub use saved::{
    SaveReply, SavedReply, SavedReplyError, SavedReplyId, Variable, change_saved_reply, fill, gap, make_saved_reply, remove_saved_reply,
    saved_replies, saved_reply,
};
pub use scheduled::{
    SCHEDULED, ScheduleReply, Scheduled, ScheduledId, ScheduledState, cancel_scheduled, change_scheduled, hold_scheduled, schedule_reply,
    scheduled, scheduled_for, send_scheduled,
};
pub use standing::{MatterCounts, Standing, matter_counts, outbox_counts, standing};
pub use surveys::{
    BEST_SCORE, Scored, Survey, SurveyError, SurveyId, ask_survey, awaited_survey, latest_survey, low_scores, open_survey, score_survey,
    survey_of_token,
};
pub use tags::{Tag, TagDay, TagId, list_tag, tag, tag_days, tag_matter, tags, tags_of, unlist_tag, untag_matter};
pub use templates::{
    AtProvider, Fetched, HandedIn, KeptTemplates, MessageTemplate, TemplateButton, TemplateCategory, TemplateContent, TemplateError,
    TemplateId, TemplatePiece, TemplateState, WriteTemplate, apply_template_news, approved_templates, change_template, fill_numbers,
    keep_templates, message_template, message_templates, record_template, remove_template, set_template_fills, template_may_leave,
    template_pieces, write_template,
};
pub use transfers::{
    Offer, Recipient, Transfer, TransferError, TransferId, TransferState, accept_transfer, decline_transfer, offer_transfer, open_transfer,
    summary, transfer, transfers_for, transfers_of, withdraw_transfer,
};
pub use undeliverable::apply_complaint;
pub use viewing::{Viewer, look_at, viewers};
pub use waiting::{Desk, DeskNow, Wait, Waiting, estimate, waiting_time, waiting_times};
pub use wall::{ChannelNow, channels_now};
pub use wire::*;

use kernel::TimerHandler;

/// What this room does later.
pub const TIMERS: &[TimerHandler] = &[
    TimerHandler { kind: matters::WAKE, run: matters::wake },
    TimerHandler { kind: clock::WARN, run: clock::warn },
    TimerHandler { kind: clock::LATE, run: clock::late },
    TimerHandler { kind: presence::LAPSE, run: presence::lapse },
    TimerHandler { kind: presence::AFTER_CALL, run: presence::after_call },
    TimerHandler { kind: routing::OVERFLOW, run: routing::overflow },
    TimerHandler { kind: routing::SILENT, run: routing::take_back::silent },
    TimerHandler { kind: transfers::EXPIRE, run: transfers::expire },
    TimerHandler { kind: promises::NEAR, run: promises::near },
    TimerHandler { kind: promises::BROKEN, run: promises::broken },
    TimerHandler { kind: rooms::LAPSE, run: rooms::lapse },
    TimerHandler { kind: rooms::EXPIRE, run: rooms::expire },
];

/// What this room does when something has happened.
pub const REACTIONS: &[kernel::Reaction] = &[
    kernel::Reaction { name: "conversations.route", kinds: routing::KINDS, folds: false, react: routing::follow },
    kernel::Reaction { name: "conversations.counts", kinds: report::KINDS, folds: false, react: report::follow },
    kernel::Reaction { name: "conversations.tag_counts", kinds: tags::KINDS, folds: false, react: tags::follow },
    kernel::Reaction { name: "conversations.pace", kinds: &["matter.answered"], folds: false, react: pace::follow },
];

/// Tables of this room.
pub const MIGRATIONS: kernel::Migrations = kernel::migrations!(
    "conversations",
    [
        "0001_conversations",
        "0002_failures",
        "0003_privacy",
        "0004_work",
        "0005_talk",
        "0006_counts",
        "0007_calls",
        "0009_media",
        "0010_order",
        "0011_saved_replies",
        "0012_mentions",
        "0013_tags",
        "0014_scheduled",
        "0015_rooms",
        "0016_files",
        "0017_templates",
        "0018_promises",
        "0019_surveys",
        "0020_mail",
        "0021_low_scores"
    ]
);
