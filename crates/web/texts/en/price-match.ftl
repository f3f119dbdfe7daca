# The studio: a shop matches the price of the web.
match-rule = Price matching
match-rule-says = A shop may ask what our own web asks when that is less. Each time it is kept who, from what to what, and why.
match-allowed = Shops match the price of our web
match-allowed-hint = If not, whoever sells sees it and cannot ask it.
match-most-percent = At most off, in per cent
match-most-amount = At most off, as an amount
match-empty-hint = Empty: no limit.
match-reason-over = With a reason from
match-reason-hint = More than this off one unit needs a reason. Empty: always.
match-roles = Who may
match-history = Changes of the rule
why-pricing-invalid-most-basis-points = From 0.01 to 100 per cent.
why-pricing-invalid-most = An amount above zero.
why-pricing-invalid-reason-over = It cannot be negative.
why-pricing-invalid-roles = Choose somebody who may.

# A price matched to that of our own web.
till-on-the-web = On the web: { $value }
till-same-on-the-web = It costs the same on the web.
till-match = Match
till-unmatch = Undo
till-matched = Matched to the web: { $to } instead of { $from }
till-match-reason = Reason
till-match-reason-of = Reason to match { $value }
till-match-off = This brand matches no prices.
till-match-role = Ask somebody who may match prices.
till-match-not-lower = It is no cheaper on the web.
till-match-too-much = At most { $value } may come off.
till-match-needs-reason = Write the reason to take more than { $value } off.
event-price-match-made = Price matched to the web in the shop
told-price-match-made = matched the price of { $name }
told-price-match-rule-set = changed the rule of matching prices
