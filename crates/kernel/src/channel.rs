//! Where something happened. A channel is a property of an entry, never of a thread, a customer, a cart or an order.

crate::db_enum! {
    /// A kind of door between a person and the brand.
    pub enum Channel {
        /// The storefront in a browser.
        Web = "web",
        /// The installed app.
        App = "app",
        /// E-mail.
        Email = "email",
        /// WhatsApp.
        Whatsapp = "whatsapp",
        /// The chat widget.
        Webchat = "webchat",
        /// Text message.
        Sms = "sms",
        /// A telephone call.
        Phone = "phone",
        /// A video room.
        Video = "video",
        /// A shop's till or tablet.
        Till = "till",
        /// The agents' desk.
        Desk = "desk",
        /// The studio of marketing and operations.
        Studio = "studio",
        /// A program with a key.
        Api = "api",
        /// Facebook Messenger.
        Messenger = "messenger",
        /// Instagram direct.
        Instagram = "instagram",
        /// Telegram.
        Telegram = "telegram",
        /// X.
        X = "x",
        /// A voice assistant.
        Voice = "voice",
        /// Push notification.
        Push = "push",
        /// A commerce assistant (MCP, ACP, UCP).
        Assistant = "assistant",
        /// Hilo itself: timers, reactions.
        System = "system",
    }
}
