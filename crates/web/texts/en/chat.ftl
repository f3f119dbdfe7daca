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
