# Codes
studio-codes = Codes
studio-codes-say = Each code opens exactly this item and remembers where the visit came from. Print this page for the labels.
studio-code-of = Code of { $value }
studio-code-whole = All variants
studio-code-place = Where they will be
studio-code-place-such = shelf, window, tv-advert
studio-code-shelf = shelf
studio-code-window = window
studio-code-advert = advert
studio-code-make = Make
