# The shop's chat.
chat-title = Talk to us
chat-text = The conversation goes on when you change page
chat-to-shop = Back to the shop
chat-welcome = Hello, we are { $value }. Tell us what you need; a person answers.
chat-you = You
chat-message = Write your message
chat-send = Send
chat-about = You ask about
chat-about-order = About my order { $value }:
chat-answers = { $value } takes care of you
chat-expert-answers = { $value } takes care of you · { $title }
chat-waits = Wait: { $value }
chat-expert-waits = { $title } · wait: { $value }
chat-new = New
chat-seen = seen
