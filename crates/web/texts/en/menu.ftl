# What a shop has right now

shops-menu = What is here now
menu-of = { $value } right now
menu-all = Everything
menu-more = See all
menu-none = Nothing is left right now
menu-none-text = As soon as there is something, it appears here by itself.
