# Calls: the desk's bar, the page of calls, "call me" in the shop.
calls = Calls
call-bar = Call
calls-expected = { $n ->
    [one] Whoever calls now waits about 1 minute.
   *[other] Whoever calls now waits about { $n } minutes.
}
calls-not-connected = No telephone is connected yet.
calls-connect = Connect a telephone
calls-waiting = Waiting
calls-nobody = Nobody is waiting. Calls appear here and in the bar above.
calls-latest = Latest
calls-none = There have been no calls yet.
call-state-requested = Wants to be called
call-state-menu = With the machine
call-state-ringing = Waiting on the line
call-state-dialling = Ringing
call-state-answered = Talking
call-state-held = On hold
call-state-voicemail = Left a message
call-state-ended = Ended
call-state-missed = Missed
call-answer = Answer
call-answer-name = Answer { $value }
call-ring = Call
call-ring-name = Call { $value }
call-hold = Hold
call-resume = Resume
call-transfer = Transfer
call-transfer-to = Transfer to
call-transferred = Call transferred
call-end = Hang up
call-over = Call ended
call-gone = Somebody else has taken that call, or they hung up.
call-busy = You have another call open. End or transfer it first.
call-more-waiting = { $n ->
    [one] 1 more person is waiting
   *[other] { $n } more people are waiting
}
call-own-phone = Your telephone
call-own-phone-label = Where we ring you
call-own-phone-hint = With its prefix, such as +34 600 11 22 33, or a sip: address
call-needs-phone = Tell us at which telephone we put customers through to you.
call-phone-saved = Telephone saved
call-phone-like = Write a number with its prefix, such as +34 600 11 22 33, or an address sip:name@server.
softphone = Telephone
softphone-open = Open the telephone
softphone-offer = You can take calls on this computer, without another telephone. Leave its window open while you work.
softphone-mute = Mute
softphone-keys = Keypad
softphone-needs-scripts = The telephone needs JavaScript.
softphone-no-server = The brand has no SIP server yet. An administrator sets it in Studio, Channels, Telephone.
softphone-no-address = Write your sip: address and its password under your telephone:
softphone-says-connecting = Connecting…
softphone-says-ready = Ready. What you take at the desk is heard here.
softphone-says-ringing = Somebody rings your address
softphone-says-answering = Opening the microphone…
softphone-says-talking = Talking
softphone-says-lost = No connection to the SIP server. We keep trying; calls are not lost, they go back to the queue.
softphone-says-refused-line = The SIP server does not accept your address or your password. Write them again in Calls, your telephone.
softphone-says-elsewhere = The telephone is open in another window already. You can close this one.
softphone-says-gone = There is no line for you. Open this window again from Calls.
softphone-says-refused = The browser does not allow the microphone. Press the icon to the left of the address and allow it.
softphone-says-no-device = We find no microphone. Connect one and answer again.
softphone-says-in-use = Another program is using the microphone. Close it and answer again.
softphone-says-insecure = The browser allows talking on secure addresses (https) only.
softphone-says-default-device = The system's
call-password-label = SIP password
call-password-hint = To answer in the browser. Empty, it stays.
call-phone-for-password = The password is of a sip: address; a number has none.
call-password-like = At most 200 characters, without line breaks.
call-customer = Call this number
keys-call = Answer or call
keys-hold = Hold or resume
call-me = Call me
call-me-title = We call you
call-me-text = Tell us at which number and go on with your day.
call-me-expected = { $n ->
    [one] Right now we would call you in about 1 minute.
   *[other] Right now we would call you in about { $n } minutes.
}
call-me-next = { $n ->
    [one] You are the next call: in about 1 minute.
   *[other] You are the next call: in about { $n } minutes.
}
call-me-waiting = { $n ->
    [one] We will call you in about 1 minute ({ $ahead } before you).
   *[other] We will call you in about { $n } minutes ({ $ahead } before you).
}
call-me-ringing = Your telephone is ringing.
call-me-talking = You are talking with us.
call-me-cancel = No longer needed
call-me-cancelled = All right, we will not call you.
call-me-closed = We do not take calls at the moment.
call-me-sign-in = Sign in first: then we know who you are and do not ask again.
call-me-number = Your number
call-me-number-hint = We call you about this only.
call-me-number-like = Write a telephone number, such as 600 123 456.
call-me-about = About: { $value }
call-me-back = Back to where I was
problem-calls-not-now = The call has changed meanwhile. Nothing was done.
problem-calls-busy = You have another call open. End or transfer it first.
problem-calls-no-phone = Tell us first at which telephone we put customers through to you.
problem-calls-no-account = No telephone is connected.
problem-calls-unknown = There is no such call.
event-call-began = Call
event-call-requested = Wants to be called
event-call-dialling = We are calling
event-call-answered = Call answered
event-call-transferred = Call transferred to { $value }
event-call-ended = Call ended
event-call-missed = Missed call
event-call-cancelled = No longer wants to be called
event-contact-opted-in = Wants to be written to here again
call-lasted = { $value } of talk
call-missed-busy = the line was busy
call-missed-no-answer = nobody picked up
call-missed-failed = could not be called
call-missed-completed = hung up before

# channels by Twilio
offer-sms = An SMS number, by Twilio.
offer-phone = A telephone number, by Twilio.
field-address-sms = SMS number
field-address-sms-hint = As in Twilio: +34910000000, without spaces.
field-address-phone = Telephone number
field-address-phone-hint = As in Twilio: +34910000000, without spaces.
field-account-sid = Account SID
field-account-sid-hint = On the first page of Twilio's console; begins with AC.
field-auth-token = Auth token
field-auth-token-hint = Beside the Account SID. It signs webhooks and lets us send.
field-messaging-service-sid = Messaging Service
field-messaging-service-sid-hint = If you send by a service instead of the number; begins with MG.
step-sms-who = Which number it is
step-sms-who-says = The number that your customers write to.
step-sms-key = Permission to send
step-sms-key-says = Two facts from Twilio's first page.
step-phone-who = Which number it is
step-phone-who-says = The name is heard on calls: give the brand's.
step-phone-key = Permission to call
step-phone-key-says = Two facts from Twilio's first page.
step-phone-softphone = Calls in the browser
step-phone-softphone-says = With a SIP server that speaks WebSocket your agents take calls without another telephone.
field-softphone-url = SIP server
field-softphone-url-hint = Like wss://sip.yourbrand.com:8443/ws. Empty if your agents use their own telephone.
step-twilio-webhook = Paste this address into Twilio
step-sms-webhook-says = At the number, under "A message comes in": Webhook, HTTP POST.
step-phone-webhook-says = At the number, under "A call comes in" and also "Call status changes": Webhook, HTTP POST.
step-trial-sms-says = Sends an SMS to your phone. If anything fails, you see Twilio's exact words.
step-trial-phone-says = Call the number from your phone: the call appears at the top of the desk, with your name if we know you.
sms-segments = { $n ->
    [one] 1 SMS
   *[other] { $n } SMS
}
