# The record of a customer, and lists of customers.
studio-people = People
studio-customers-says = Everybody, and where each thing known of them comes from.
studio-customer-pages = List of customers
studio-nameless = No name
studio-profiles = Profiles
studio-n-profiles = { $n ->
    [one] 1 profile
   *[other] { $n } profiles
}
studio-no-customers = No customers yet
studio-no-customers-says = They come by themselves when they write or buy. You can bring in a list, too.
studio-open-at-desk = Open at the desk
studio-consents = Consents

record = Record
record-says = The best value of each thing is shown. Open it to see who said it and why it is believed.
record-where-from = Where each value comes from
record-empty = Nothing is known yet.
record-differing = { $n ->
    [one] 1 differs
   *[other] { $n } differ
}
record-why = Why this value:
record-agrees = agrees
record-list = List { $value }
record-why-only = No other source says anything.
record-why-agreed = { $n ->
   *[other] All { $n } sources say the same.
}
record-why-basis = { $best } counts for more than { $other }.
record-why-newest = Of equal sources the newest is believed.
record-why-first = It is the first of those that the source gave at once.
basis-code = Proven
basis-staff = Team
basis-customer = Customer
basis-import = List or system
basis-channel = Channel's name
basis-code-words = What was proven by a code
basis-staff-words = What the team said
basis-customer-words = what the customer said
basis-import-words = what a list or another system says
basis-channel-words = the name that a channel shows
record-identifiers = Contacts
record-identifiers-says = They are how the person is recognised on every channel.
record-no-identifiers = There are none.
identifier-is-verified = Proven
identifier-is-vouched = Trusted
identifier-is-typed = Not proven
identifier-is-shared = Used by several
consent-is-granted = Yes
consent-is-refused = No
record-joins = Profiles and joins
record-joins-says = { $n ->
   *[other] { $n } profiles make up this person. Joining and separating lose nothing.
}
record-one-profile = One profile; nothing is joined.
record-oldest = The oldest
record-not-same = Not the same person
record-claims = What was said of them
record-sure = { $n } % sure
record-withdrawn = Undone by { $value }
record-undo = Undo
record-claim-same = Same person
record-claim-not-same = Not the same
not-same-by-staff = The team says so

record-field-given-name = First name
record-field-middle-name = Middle name
record-field-family-name = Family name
record-field-full-name = Full name
record-field-birth-date = Date of birth
record-field-age = Age
record-field-sex = Sex
record-field-occupation = Occupation
record-field-birth-place = Place of birth
record-field-street-number = Street number
record-field-street = Street
record-field-unit = Flat
record-field-place = Town
record-field-region = Region
record-field-postcode = Postcode
record-field-country = Country
record-field-phone = Phone
record-field-email = E-mail
record-field-national-id = Identity document
record-field-source = Origin
record-field-other = Other
target-skip = Not imported
target-external-id = Id in the other system
target-consent = Consent: { $value }
target-evidence = Evidence of the consent
target-consent-date = Date of the consent

studio-imports = Imports
studio-imports-says = The lists you brought in. Each can be undone.
studio-import-pages = Imports
studio-no-imports = No list yet
studio-no-imports-says = Bring a CSV: you see what it will do before it does anything.
studio-import-list = Import a list
studio-import-list-says = From a CSV. First you say what each column is and see the result; nothing changes until you say so.
studio-list-hint = CSV with commas, semicolons or tabs, up to 20 MB. The first line names the columns.
studio-list-name = Name of the list
studio-list-name-hint = Shown as the origin of each value. Under the same name a list knows its lines again next time. Left empty, it is the file's name.
studio-list-unnamed = List
studio-list-next-columns = Choose columns
studio-list-columns = Columns
studio-list-columns-says = Say what each column is. Several columns of one thing are put together; without an id, a changed line counts as new.
studio-n-lines = { $n ->
    [one] 1 line
   *[other] { $n } lines
}
studio-lines = Lines
studio-read-as = { $letters }, cells parted by { $separator }
studio-separator-tab = tabs
studio-column-n = Column { $n }
studio-samples = Examples
studio-means = What it is
studio-list-first = { $n ->
    [one] The first line, as it will be read
   *[other] The first { $n } lines, as they will be read
}
studio-list-earlier = This very file was imported before under the name “{ $value }”. Under another name its lines count as new.
studio-list-nothing-new = Everything in this list is known already. There is nothing to import.
studio-list-source-is = Each value will say that it comes from the list “{ $value }”.
studio-list-apply = { $n ->
    [0] Import
    [one] Import 1 line
   *[other] Import { $n } lines
}
studio-list-back = Change the columns
studio-list-progress = { $done } of { $of } lines
studio-list-progress-label = Progress
studio-list-people = People of this list
studio-list-kept = They stay
studio-list-kept-says = Something else has happened to them since the import, so they are not taken out.
studio-why-kept = Why
studio-list-undo = Undo the import
studio-list-undo-says = Takes out the profiles it made and puts back the values it changed. Those of people with orders, messages or later changes stay, and are listed here.
studio-list-undo-do = Undo
studio-already-undone = This import was undone already
import-is-running = Under way
import-is-done = Done
import-is-undoing = Being undone
import-is-undone = Undone
line-is-created = New
line-is-changed = Changed
line-is-unchanged = Known
studio-list-gone = Nothing of this list is left.
studio-does = What it does
line-created = New
line-changed = Changed
line-unchanged = Known already
line-taken_back = Undone
line-kept = Stay
import-why-order = Has orders
import-why-message = Has messages
import-why-cart = Has a cart
import-why-payment = Has payments
import-why-return = Has returns
import-why-identifier = Has proven or added a contact
import-why-customer = The record was changed, or they signed in
import-why-consent = Has changed a consent
import-why-import = A later list of the same name changed it; undo that one first
import-why-other = Something else has happened ({ $value })
list-file-too-large = The file is larger than { $value } MB; part it
list-not-text = This is not a text; save the list as CSV
list-no-header = There is no header; the first line names the columns
list-many-columns = There are too many columns ({ $value })
list-too-many-lines = There are more than { $value } lines; part the file
list-many-cells = The line has { $value } cells, more than the header; is a quote missing?
list-open-quote = A quote is not closed
list-no-meaning = No column says anything of a customer; say what the columns are
list-nothing-said = The line says nothing; it is passed over
list-twice = It is the same as line { $value }; it is passed over
list-twice-differs = “{ $value }” is on another line already, with other data
list-bad-email = “{ $value }” is not an e-mail address; it is kept as other data
list-bad-phone = “{ $value }” is not a phone number; it is kept as other data
list-bad-card = “{ $value }” is not a card; it is kept as other data
list-bad-date = “{ $value }” is not a date; it is kept as other data
list-bad-age = “{ $value }” is not an age; it is kept as other data
list-too-long = “{ $value }” is too long; it is kept as other data
list-bad-answer = “{ $value }” is neither yes nor no; it is no consent
list-bad-consent-date = “{ $value }” is not a date; today's counts
told-customers-imported = imported a list of customers
told-customers-import-undone = undid an import of customers
told-customer-withdrawn = took out a profile, undoing an import
